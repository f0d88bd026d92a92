"""What may be published: the one list, and the words that no published column may bear.

A table is added here when it holds no person. Facts about people's events stay in the warehouse.
"""

import re
from collections.abc import Iterable

WHOLE_SCHEMAS = ("reports", "ops")
"""Every table of these is published."""

SINGLE_TABLES = (
    "metrics.metric_values",
    "metrics.metric_catalogue",
    "marts.dim_org_units",
    "marts.dim_components",
    "marts.dim_shared_activities",
)
"""Of the other schemas only these: never ``met_*``, which are not suppressed."""

PERSONAL = re.compile(
    r"learner_key|employee|e_?mail|mbox|actor|ifi_|_ifi|full_name|first_name|last_name|username"
    r"|user_id|manager|hire_date|leave_date|birth|statement_id|statement_json|session_key|registration_id"
)
"""A column whose name matches tells about one person."""


def is_published(schema: str, table: str) -> bool:
    """Whether the table goes into ``tilth.duckdb``."""
    return schema in WHOLE_SCHEMAS or f"{schema}.{table}" in SINGLE_TABLES


def personal_columns(columns: Iterable[str]) -> list[str]:
    """Those of ``schema.table.column`` that tell about one person."""
    return [name for name in columns if PERSONAL.search(name.rsplit(".", 1)[-1].lower())]
