"""What systems log of themselves: recommendations, nudges, their holdouts, and own counts."""

from typing import Final

from xapi_ingest.landing.contracts.contract import (
    Contract,
    Load,
    choice,
    code,
    day,
    instant,
    truth,
    whole,
)
from xapi_ingest.landing.contracts.shared import activity, employee, skill

RECOMMENDATION_LOG: Final = Contract(
    table="recommendation_log",
    rows="One row per item or path that was suggested to a person, or held back by design.",
    load=Load.LOG,
    key=("impression_id",),
    ordered=(("shown_at", "opened_at"),),
    metrics="GP01 GP07 GP08 GP09 GP10",
    columns=(
        code("impression_id", "Id of the suggestion.", "IM-1|IM-2", is_required=True),
        instant(
            "shown_at",
            "When it was shown; of one held back, when it would have been.",
            "2025-06-02T07:00:00Z|2025-06-02T07:05:00Z",
            is_required=True,
        ),
        employee("E1002|E1003", is_required=True),
        activity("https://wiki.example.com/seams|", "The item; empty for a path."),
        code("path_id", "The path; empty for an item.", "|welder", refers_to="paths.path_id"),
        skill("weld-tig|weld-tig", "Skill that it is to serve."),
        code("surface", "Where it stood.", "home|mail", is_required=True),
        whole("rank", "Place in the list, from 1.", "1|2", low=1),
        truth("is_holdout", "Held back by lot.", "false|true", is_required=True),
        instant("opened_at", "When it was opened; empty: never.", "2025-06-02T07:01:00Z|"),
        code("model_version", "What chose it.", "rules-3|rules-3", is_optional=True),
    ),
)

NUDGE_LOG: Final = Contract(
    table="nudge_log",
    rows="One row per reminder to a person, or held back by design.",
    load=Load.LOG,
    key=("nudge_id",),
    ordered=(("sent_at", "opened_at"),),
    metrics="HB17",
    columns=(
        code("nudge_id", "Id of the reminder.", "NU-1|NU-2", is_required=True),
        code(
            "campaign_id",
            "Campaign that it belongs to.",
            "spring-habit|spring-habit",
            is_required=True,
        ),
        employee("E1002|E1003", is_required=True),
        instant(
            "sent_at",
            "When it went out; of one held back, when it would have.",
            "2025-05-05T06:00:00Z|2025-05-05T06:00:00Z",
            is_required=True,
        ),
        choice("channel", "By what.", "mail chat app sms", "mail|mail"),
        truth("is_holdout", "Held back by lot.", "false|true", is_required=True),
        activity("|", "What it reminds of, if an item."),
        instant(
            "opened_at",
            "When it was opened; empty: never.",
            "2025-05-05T06:20:00Z|",
            is_optional=True,
        ),
    ),
)

EXPECTED_COUNTS: Final = Contract(
    table="expected_counts",
    rows="One row per source and day: how many statements it says that it has of that day.",
    load=Load.LOG,
    key=("source_name", "count_date"),
    metrics="DQ01 X02",
    columns=(
        code("source_name", "The source, by its name in Tilth.", "lms|chat", is_required=True),
        day("count_date", "Day, in UTC.", "2025-06-02|2025-06-02", is_required=True),
        whole("expected_count", "Statements of that day.", "1840|5120", is_required=True, low=0),
        instant("counted_at", "When it counted.", "2025-06-03T01:00:00Z|2025-06-03T01:00:00Z"),
        choice(
            "count_basis",
            "Which day of a statement it counts by.",
            "timestamp stored",
            "stored|timestamp",
        ),
    ),
)

CONTRACTS: Final = (RECOMMENDATION_LOG, NUDGE_LOG, EXPECTED_COUNTS)
