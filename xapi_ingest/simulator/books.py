"""Reference files that grow: what HR, finance, work systems and surveys export, by table."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.csv as pacsv

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
        with self._appending(table) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            csv.writer(text, lineterminator="\n").writerows(
                [*map(_cell, row), *[""] * (len(columns) - len(row))] for row in rows
            )
            text.detach()

    def add_columns(self, table: str, rows: pa.Table) -> None:
        """Add rows that are columns already; their order is that of the contract's columns."""
        options = pacsv.WriteOptions(include_header=False, quoting_style="needed")
        with self._appending(table) as file:
            pacsv.write_csv(rows, file, options)

    @contextmanager
    def _appending(self, table: str) -> Iterator[BinaryIO]:
        """The file of a table, with its header."""
        path = self._exports / SYSTEMS[table] / f"{table}.csv"
        with path.open("ab") as file:
            before = file.tell()
            if table not in self._begun:
                self._begun.add(table)
                file.write((",".join(CONTRACTS[table].by_name) + "\n").encode())
            yield file
            self.byte_count += file.tell() - before


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
