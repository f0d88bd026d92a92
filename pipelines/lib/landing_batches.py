"""One row per batch that no published night has seen: what its files hold and what they promise.

Aggregated by DuckDB, so that a batch of ten million rows is checked in the memory of one row.
"""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb

from xapi_ingest.errors import LandingError
from xapi_ingest.landing.tables import TABLES
from xapi_ingest.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
IRI = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"

BATCHES_SQL = """
with batches as (
    select * from read_parquet($batches, union_by_name = true, hive_partitioning = false)
    where table_name = 'statements' and not list_contains($seen, batch_id)
        -- the batches that stg_landing__batches takes
        and loaded_at + to_microseconds((coalesce(ingest_seconds, 0) * 1000000)::bigint) <= $cut_at
),

statements as (
    select
        batch_id,
        count(*) as statement_rows,
        count(*) - count(distinct position) as repeated_position_count,
        count(*) filter (not coalesce(regexp_full_match(statement_id, $uuid), false))
            as bad_id_count,
        count(*) filter (coalesce(fingerprint, '') = '') as missing_fingerprint_count,
        count(*) filter (occurred_at is null or loaded_at is null) as missing_instant_count,
        -- a time of receipt says nothing about the sender's clock
        count(*) filter (occurred_at > $as_of + interval 1 day and not is_time_inferred)
            as future_count,
        count(*) filter (not coalesce(regexp_full_match(verb_iri, $iri), false))
            as bad_verb_count,
        count(*) filter (statement_json is null) as missing_original_count
    from read_parquet($statements, union_by_name = true, hive_partitioning = false)
    where batch_id in (select batch_id from batches)
    group by batch_id
),

rejected as (
    select batch_id, count(*) as rejected_rows
    from read_parquet($rejected, union_by_name = true, hive_partitioning = false)
    where batch_id in (select batch_id from batches)
    group by batch_id
)

select
    batches.batch_id,
    batches.source_name,
    batches.input_name,
    batches.read_count,
    batches.accepted_count,
    batches.rejected_count,
    batches.accepted_count + batches.rejected_count as accounted_count,
    coalesce(rejected.rejected_rows, 0) as rejected_rows,
    coalesce(statements.statement_rows, 0) as statement_rows,
    coalesce(statements.repeated_position_count, 0) as repeated_position_count,
    coalesce(statements.bad_id_count, 0) as bad_id_count,
    coalesce(statements.missing_fingerprint_count, 0) as missing_fingerprint_count,
    coalesce(statements.missing_instant_count, 0) as missing_instant_count,
    coalesce(statements.future_count, 0) as future_count,
    coalesce(statements.bad_verb_count, 0) as bad_verb_count,
    coalesce(statements.missing_original_count, 0) as missing_original_count
from batches
left join statements using (batch_id)
left join rejected using (batch_id)
order by batches.loaded_at, batches.batch_id
"""


def new_batches(
    settings: Settings, *, as_of: datetime, cut_at: datetime, seen: Collection[str]
) -> "pd.DataFrame":
    """One row per batch of statements committed by ``cut_at`` whose id is not in ``seen``.

    Raises:
        LandingError: A file of the landing cannot be read; names it.
    """
    parameters = {
        "batches": table_files(settings, "batches"),
        "statements": table_files(settings, "statements"),
        "rejected": table_files(settings, "rejected"),
        "seen": sorted(seen),
        "uuid": UUID,
        "iri": IRI,
        "as_of": as_of,
        "cut_at": cut_at,
    }
    try:
        with duckdb.connect() as connection:
            return connection.execute(BATCHES_SQL, parameters).df()
    except duckdb.Error as error:
        raise LandingError(
            f"The landing cannot be read: {error}",
            remedy="Restore the file that it names, or remove it and ingest its export again.",
        ) from error


def table_files(settings: Settings, table: str) -> str:
    """The pattern of a landing table's files."""
    return str(settings.landing / table / "source=*" / "loaded_date=*" / "*.parquet")


def landing_rows(settings: Settings) -> dict[str, int]:
    """Rows of each landing table, from the files' footers."""
    query = "select count(*) from read_parquet($files, union_by_name = true)"
    with duckdb.connect() as connection:
        return {
            table: connection.execute(query, {"files": table_files(settings, table)}).fetchall()[0][
                0
            ]
            for table in TABLES
        }


def committed_ids(settings: Settings) -> set[str]:
    """Ids of all committed batches, of statements and of everything else."""
    query = "select batch_id from read_parquet($files, union_by_name = true)"
    with duckdb.connect() as connection:
        found = connection.execute(query, {"files": table_files(settings, "batches")}).fetchall()
    return {row[0] for row in found}


def accepted_count(settings: Settings) -> int:
    """Statements of all committed batches, duplicates included."""
    query = """
        select coalesce(sum(accepted_count), 0)::bigint
        from read_parquet($files, union_by_name = true)
        where table_name = 'statements'
    """
    with duckdb.connect() as connection:
        found = connection.execute(query, {"files": table_files(settings, "batches")}).fetchall()
    return int(found[0][0])
