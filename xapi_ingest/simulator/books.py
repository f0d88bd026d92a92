"""Reference files that grow: what HR, finance, work systems and surveys export, by table."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from xapi_ingest.landing.contracts.registry import CONTRACTS

# Which system exports a table: the folder, and so the source.
SYSTEMS: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            "employees", "employment_periods", "leave_periods", "org_units", "accounts", "skills",
            "roles", "role_skills", "skill_records", "hiring", "pay_rates", "working_days",
        ),
        "hr",
    ),
    **dict.fromkeys(
        (
            "content_catalogue", "content_versions", "content_skills", "source_domains",
            "offerings", "assignments", "paths", "path_steps", "compliance_requirements",
            "programmes", "programme_members", "recommendation_log", "nudge_log", "targets",
            "expected_counts",
        ),
        "academy",
    ),
    **dict.fromkeys(("cost_ledger", "unit_values", "exchange_rates"), "finance"),
    **dict.fromkeys(
        ("kpis", "kpi_panel", "task_skills", "task_starts", "observations", "work_records"),
        "operations",
    ),
    **dict.fromkeys(
        ("surveys", "survey_answers", "usability_tests", "time_use_survey", "support_tickets"),
        "surveys",
    ),
}  # fmt: skip


class Books:
    """One CSV file a table, with the columns of its contract; rows are added as they come."""

    def __init__(self, exports: Path) -> None:
        self._exports = exports
        self._begun: set[str] = set()
        self.byte_count = 0

    def add(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows, whose values stand in the order of the contract's columns.

        None is an empty cell, a boolean is written true or false. Optional columns at the end may
        be left out of a row.
        """
        columns = list(CONTRACTS[table].by_name)
        path = self._exports / SYSTEMS[table] / f"{table}.csv"
        is_new = table not in self._begun
        self._begun.add(table)
        with path.open("a", encoding="utf-8", newline="") as file:
            before = path.stat().st_size
            writer = csv.writer(file, lineterminator="\n")
            if is_new:
                writer.writerow(columns)
            writer.writerows([*map(_cell, row), *[""] * (len(columns) - len(row))] for row in rows)
        self.byte_count += path.stat().st_size - before


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
