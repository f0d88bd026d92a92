"""The ``ops`` tables of the small published file: four sources, one of them silent too long."""

import datetime as dt

import polars as pl

AS_OF = dt.datetime.fromisoformat("2026-07-01T02:00")
RECONCILIATION = {
    "lms": (12_000, 40, 11_900, 55, 5, 30),
    "video": (9_000, 0, 9_000, 0, 0, 0),
    "social": (4_000, 0, 3_990, 10, 0, 4),
    "work": (2_500, 2, 2_498, 0, 0, 0),
}


def ops_tables(build_id, format_version, *, has_warning=True, received_days=70):
    late = AS_OF - dt.timedelta(hours=3)
    days = [AS_OF.date() - dt.timedelta(days=number) for number in range(received_days, 0, -1)]
    return {
        "ops.build": pl.DataFrame(
            {
                "build_id": [build_id],
                "built_at": [AS_OF],
                "as_of": [AS_OF],
                "code_version": ["3f2a1c9"],
                "tilth_version": ["0.1.0"],
                "format_version": [format_version],
            }
        ),
        "ops.reconciliation": pl.DataFrame(
            [
                {
                    "source_name": name,
                    "read_count": read,
                    "accepted_count": read - rejected,
                    "rejected_count": rejected,
                    "replayed_count": 7 if name == "lms" else 0,
                    "discarded_count": 5 if name == "lms" else 0,
                    "unique_count": unique,
                    "duplicate_count": duplicate,
                    "conflict_count": conflict,
                    "voided_count": voided,
                }
                for name, (
                    read,
                    rejected,
                    unique,
                    duplicate,
                    conflict,
                    voided,
                ) in RECONCILIATION.items()
            ]
        ),
        "ops.freshness": pl.DataFrame(
            [
                {
                    "source_name": name,
                    "last_loaded_at": late - dt.timedelta(hours=age),
                    "last_occurred_at": late - dt.timedelta(hours=age + 2),
                    "hours_since_loaded": 3.0 + age,
                    "is_stale": age > 36,
                }
                for name, age in (("lms", 0), ("video", 0), ("social", 90), ("work", 1))
            ]
        ),
        "ops.event_times": pl.DataFrame(
            [
                {
                    "source_name": name,
                    "stated_count": RECONCILIATION[name][2],
                    "future_count": 3 if name == "work" else 0,
                    "too_early_count": 1 if name == "work" else 0,
                    "late_count": 12,
                    "lateness_p50_hours": 0.1,
                    "lateness_p95_hours": 2.5,
                }
                for name in RECONCILIATION
            ]
        ),
        "ops.coverage": pl.DataFrame(
            [
                {
                    "source_name": name,
                    "received_date": day,
                    "received_count": RECONCILIATION[name][0] // 70 + (day.toordinal() % 7) * 4,
                    "expected_count": None,
                    "coverage": "unknown",
                }
                for name in RECONCILIATION
                for day in days
            ],
            schema_overrides={"expected_count": pl.Int64},
        ),
        "ops.refused_files": pl.DataFrame(
            {
                "table_name": ["leave_periods", "leave_periods"],
                "source_name": ["hr", "hr"],
                "input_name": ["leave_periods.csv", "leave_periods.csv"],
                "refused_at": [late, late],
                "standing_since": [late - dt.timedelta(days=30)] * 2,
                "fault_count": [2, 2],
                "position": [1, 2],
                "line_number": [14, 31],
                "column_name": ["end_date", "start_date"],
                "rule_id": ["dates_are_ordered", "value_has_its_type"],
                "message": ["is before start_date", "the value is not a date such as 2026-03-31"],
                "remedy": ["Correct one of the two.", "Correct it in the system that exports it."],
            }
        ),
        "ops.rejections": pl.DataFrame(
            [
                {
                    "source_name": "lms",
                    "rule_id": "verb_has_an_iri",
                    "clause": "xAPI Data 2.4.3",
                    "message": "A verb has an id, which is an IRI.",
                    "remedy": "Send an absolute IRI.",
                    "rejected_count": 33,
                    "replayed_count": 7,
                    "discarded_count": 5,
                    "first_input_name": "lms_2026-05.ndjson",
                    "first_position": 1204,
                    "last_loaded_at": late,
                },
                {
                    "source_name": "lms",
                    "rule_id": "timestamp_is_iso8601",
                    "clause": "xAPI Data 4.5",
                    "message": "A timestamp is a date and time that exists.",
                    "remedy": "Send a time such as 2026-03-01T09:30:00Z.",
                    "rejected_count": 2,
                    "replayed_count": 0,
                    "discarded_count": 0,
                    "first_input_name": "lms_2026-06.ndjson",
                    "first_position": 77,
                    "last_loaded_at": late,
                },
                {
                    "source_name": "work",
                    "rule_id": "actor_has_one_identifier",
                    "clause": "xAPI Data 2.4.2",
                    "message": "An agent has exactly one identifier.",
                    "remedy": "Send exactly one of mbox, mbox_sha1sum, openid and account.",
                    "rejected_count": 2,
                    "replayed_count": 0,
                    "discarded_count": 0,
                    "first_input_name": "search.json",
                    "first_position": 9,
                    "last_loaded_at": late,
                },
            ]
        ),
        "ops.classification": pl.DataFrame(
            [
                {
                    "rule_id": f"rule_{code}",
                    "component": code,
                    "rule_version": "1",
                    "note": f"Places what belongs to {code}.",
                    "event_count": events,
                    "event_share": events / 27_388,
                }
                for code, events in (
                    ("pathways", 12_000),
                    ("knowledge_support", 8_000),
                    ("learning_spaces", 4_388),
                    ("on_the_job", 1_500),
                    ("practice", 1_000),
                    ("unclassified", 500),
                )
            ]
        ),
        "ops.unmapped_iris": pl.DataFrame(
            [
                {
                    "source_name": "work",
                    "kind": "verb",
                    "iri": "https://vendor.example/verbs/pinned",
                    "statement_count": 41,
                }
            ]
        ),
        "ops.inputs": pl.DataFrame(
            [
                {
                    "table_name": "employees",
                    "is_available": True,
                    "source_count": 1,
                    "row_count": 44,
                    "last_loaded_at": late,
                },
                {
                    "table_name": "org_units",
                    "is_available": True,
                    "source_count": 2,
                    "row_count": 5,
                    "last_loaded_at": late,
                },
                {
                    "table_name": "content_catalogue",
                    "is_available": False,
                    "source_count": 0,
                    "row_count": 0,
                    "last_loaded_at": None,
                },
            ]
        ),
        "ops.checks": pl.DataFrame(
            [
                {
                    "check_name": "landing_statements_arrive_daily",
                    "layer": "landing",
                    "table_name": "statements",
                    "column_name": "occurred_at",
                    "status": "warned",
                    "severity": "warn",
                    "failures": 1,
                    "message": "social has sent nothing for 90 hours",
                    "checked_at": AS_OF,
                },
                {
                    "check_name": "reconciliation_adds_up",
                    "layer": "ops",
                    "table_name": None,
                    "column_name": None,
                    "status": "passed",
                    "severity": "error",
                    "failures": 0,
                    "message": "",
                    "checked_at": AS_OF,
                },
            ]
        ).filter(pl.lit(has_warning) | (pl.col("status") == "passed")),
        "ops.runs": pl.DataFrame(
            [
                {
                    "run_id": "r1",
                    "started_at": AS_OF,
                    "finished_at": AS_OF + dt.timedelta(seconds=41),
                    "status": "published",
                    "as_of": AS_OF,
                    "seconds": 41.25,
                    "code_version": "3f2a1c9",
                }
            ]
        ),
    }
