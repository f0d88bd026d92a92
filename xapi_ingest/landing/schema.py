"""Columns of the landing's tables: the contract between the ingest and every reader.

One file a batch: ``landing/<table>/source=<source>/loaded_date=<date>/<batch_id>.parquet``. The
batch's row in ``batches`` is written last and is its commit mark: rows without one do not exist.
Instants are UTC without a zone. A column is added at the end, never renamed, retyped or removed.
The reference tables stand in ``landing/contracts``.
"""

from typing import Final

import pyarrow as pa

INSTANT: Final = pa.timestamp("us")
TEXTS: Final = pa.list_(pa.string())

STATEMENTS: Final = pa.schema(
    [
        # which statement, and where it came from
        (
            "statement_id",
            pa.string(),
        ),  # the sender's, lower case; else UUIDv5 of source and content
        ("is_id_derived", pa.bool_()),
        (
            "fingerprint",
            pa.string(),
        ),  # of the canonical content less id, stored, authority, version
        ("source_name", pa.string()),
        ("batch_id", pa.string()),
        ("position", pa.int64()),  # 1-based ordinal in the file
        ("occurred_at", INSTANT),  # timestamp, else stored, else loaded_at
        ("is_time_inferred", pa.bool_()),
        ("stored_at", INSTANT),
        ("loaded_at", INSTANT),
        # who
        ("actor_type", pa.string()),  # Agent or Group
        (
            "actor_ifi_kind",
            pa.string(),
        ),  # mbox, mbox_sha1sum, openid, account; null: anonymous group
        ("actor_ifi_value", pa.string()),  # mbox without mailto: in lower case; account: page|name
        ("actor_account_home_page", pa.string()),
        ("actor_account_name", pa.string()),
        ("actor_name", pa.string()),
        # did what, to what
        ("verb_iri", pa.string()),
        ("object_type", pa.string()),  # Activity, Agent, Group, StatementRef, SubStatement
        ("object_id", pa.string()),  # activity IRI, statement id, or IFI value
        ("activity_type_iri", pa.string()),
        ("activity_name", pa.string()),  # English if given, else the first language
        # with what result
        ("score_scaled", pa.float64()),
        ("score_raw", pa.float64()),
        ("score_min", pa.float64()),
        ("score_max", pa.float64()),
        ("is_success", pa.bool_()),
        ("is_completion", pa.bool_()),
        ("duration_seconds", pa.float64()),  # result.duration
        ("played_seconds", pa.float64()),  # union of the video profile's played-segments
        ("response", pa.string()),
        # in what context
        ("registration_id", pa.string()),
        ("session_id", pa.string()),  # session-id of the video or cmi5 profile, or Open edX
        ("platform", pa.string()),
        ("language", pa.string()),
        ("instructor_ifi_value", pa.string()),
        ("team_ifi_value", pa.string()),
        ("parent_ids", TEXTS),
        ("grouping_ids", TEXTS),
        ("category_ids", TEXTS),
        ("other_ids", TEXTS),
        ("context_type_iris", TEXTS),  # activity types of all context activities, distinct
        ("statement_ref_id", pa.string()),  # context.statement.id
        ("delivery_mode", pa.string()),  # Tilth's own context extension
        # as received
        ("authority_ifi_value", pa.string()),
        ("version", pa.string()),
        ("extensions_json", pa.string()),  # {"object": …, "result": …, "context": …}, null if none
        ("statement_json", pa.string()),
    ]
)

REJECTED: Final = pa.schema(
    [
        ("source_name", pa.string()),
        ("batch_id", pa.string()),
        ("position", pa.int64()),
        ("loaded_at", INSTANT),
        ("input_name", pa.string()),
        ("rule_ids", TEXTS),  # every rule that objects, in order, distinct
        ("first_rule_id", pa.string()),
        ("problems_json", pa.string()),  # [{pointer, rule_id, clause, message, remedy}, …]
        ("received_bytes", pa.binary()),  # as received; null when it stands in overflow_name
        ("received_size", pa.int64()),
        (
            "overflow_name",
            pa.string(),
        ),  # file under landing/overflow for what is too long for a row
        ("row_json", pa.string()),  # of a mapped table: the row, enough to map it again; else null
    ]
)

# What became of rejected items later. Of several rows about one item the highest sequence counts.
RESOLUTIONS: Final = pa.schema(
    [
        ("source_name", pa.string()),
        ("batch_id", pa.string()),  # of the batch that settles
        ("loaded_at", INSTANT),  # when
        ("rejected_batch_id", pa.string()),
        ("rejected_position", pa.int64()),
        ("sequence", pa.int64()),  # 1, 2, …: of the batches that settle items of the rejected one
        ("action", pa.string()),  # replayed, discarded, restored (a discard taken back)
        ("reason", pa.string()),
        ("resolved_by", pa.string()),
        ("first_position", pa.int64()),  # in the batch, of the statements that it became
        ("statement_count", pa.int64()),  # how many; 0 of what was not replayed
        ("rules_version", pa.string()),
    ]
)

BATCHES: Final = pa.schema(
    [
        ("batch_id", pa.string()),
        ("table_name", pa.string()),  # statements, resolutions, or the reference table
        ("source_name", pa.string()),
        ("input_name", pa.string()),  # the file's name, without its folder
        ("input_bytes", pa.int64()),
        ("loaded_at", INSTANT),
        ("read_count", pa.int64()),  # = accepted + rejected
        ("accepted_count", pa.int64()),
        ("rejected_count", pa.int64()),
        ("first_occurred_at", INSTANT),
        ("last_occurred_at", INSTANT),
        ("ingest_seconds", pa.float64()),
        ("rules_version", pa.string()),
        ("tilth_version", pa.string()),
        ("replayed_count", pa.int64()),  # items of earlier batches that it took from quarantine
        ("mapping_name", pa.string()),  # what made statements of rows; else null
        ("mapping_version", pa.string()),  # of its content, that of its base included
    ]
)

# Files of reference tables that were refused: a row a fault. A file holds one refusal whole, so it
# needs no commit mark. No cell of a column that may tell about a person is in it.
REFUSALS: Final = pa.schema(
    [
        ("refusal_id", pa.string()),
        ("table_name", pa.string()),
        ("source_name", pa.string()),
        ("input_name", pa.string()),
        ("loaded_at", INSTANT),  # when it was refused
        ("fault_count", pa.int64()),  # of the whole file; at most a thousand are listed
        ("position", pa.int64()),  # 1-based ordinal of the fault
        ("line_number", pa.int64()),  # null: the whole file, or SQL
        ("column_name", pa.string()),
        ("rule_id", pa.string()),
        ("message", pa.string()),
        ("remedy", pa.string()),
    ]
)

# One row per parameter set of a run; the newest row is the run in progress. Written by the night.
RUNS: Final = pa.schema(
    [
        ("run_id", pa.string()),
        ("as_of", INSTANT),
        ("started_at", INSTANT),
        ("code_version", pa.string()),
        ("cut_at", INSTANT),  # batches committed later belong to the next night
    ]
)
