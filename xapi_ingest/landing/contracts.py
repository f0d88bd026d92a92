"""What a reference file must hold: the written contract of each table, and the check of a file.

A file is taken whole or refused whole, with every fault that was found in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import available_timezones

import pyarrow as pa

from xapi_ingest.landing.schema import (
    CONTENT_CATALOGUE,
    EMPLOYEES,
    ORG_UNITS,
    REFERENCE_SUFFIX,
)
from xapi_ingest.statement.identity import iri_from_text

Row = dict[str, Any]
_SUFFIX_NAMES: Final = frozenset(name for name, _ in REFERENCE_SUFFIX)
_PROVENANCES: Final = frozenset({"created", "curated", "adapted", "external"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks a contract; ``row`` counts from 0 and is None for the whole file."""

    row: int | None
    column: str
    rule_id: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Contract:
    """What one table requires.

    Attributes:
        schema: Columns and types.
        key: The column whose value names a row.
        required: Columns that are never empty, the key included.
        parent: Column that names another row of the same file, if the table is a tree.
        ordered: Pairs of dates of which the first is not after the second.
        allowed: Columns with a closed list of values, or a check of their own, and what to send.
    """

    schema: pa.Schema
    key: str
    required: frozenset[str]
    parent: str | None = None
    ordered: tuple[tuple[str, str], ...] = ()
    allowed: dict[str, tuple[Callable[[str], bool], str]] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, pa.DataType]:
        """Columns of the file with their types."""
        return {item.name: item.type for item in self.schema if item.name not in _SUFFIX_NAMES}


def _is_iri(text: str) -> bool:
    try:
        iri_from_text(text)
    except ValueError:
        return False
    return True


CONTRACTS: Final = {
    "employees": Contract(
        EMPLOYEES,
        key="employee_id",
        required=frozenset({"employee_id"}),
        parent="manager_employee_id",
        ordered=(("hire_date", "leave_date"),),
        allowed={
            "time_zone": (
                lambda text: text in available_timezones(),
                "Send an IANA name such as Europe/Berlin.",
            )
        },
    ),
    "org_units": Contract(
        ORG_UNITS,
        key="org_unit_id",
        required=frozenset({"org_unit_id", "org_unit_name"}),
        parent="parent_org_unit_id",
    ),
    "content_catalogue": Contract(
        CONTENT_CATALOGUE,
        key="activity_iri",
        required=frozenset({"activity_iri", "title"}),
        ordered=(("published_date", "retired_date"), ("published_date", "reviewed_date")),
        allowed={
            "activity_iri": (_is_iri, "Send the IRI that the statements use."),
            "provenance": (
                lambda text: text in _PROVENANCES,
                "Send created, curated, adapted or external.",
            ),
        },
    ),
}


def faults_of(rows: list[Row], contract: Contract) -> Iterator[Fault]:
    """Everything in ``rows``, whose values have their types, that breaks ``contract``."""
    yield from _missing(rows, contract)
    yield from _repeated(rows, contract)
    yield from _disallowed(rows, contract)
    yield from _disordered(rows, contract)
    if contract.parent:
        yield from _lost_or_looping(rows, contract.key, contract.parent)


def _missing(rows: list[Row], contract: Contract) -> Iterator[Fault]:
    for number, row in enumerate(rows):
        for column in sorted(contract.required):
            if row[column] is None:
                yield Fault(number, column, "value_is_present", "is empty", "Fill it in.")


def _repeated(rows: list[Row], contract: Contract) -> Iterator[Fault]:
    seen: dict[Any, int] = {}
    for number, row in enumerate(rows):
        key = row[contract.key]
        if key is not None and seen.setdefault(key, number) != number:
            # The header is line 1, so row 0 is line 2.
            message = f"has the value of line {seen[key] + 2} again"
            yield Fault(number, contract.key, "key_is_unique", message, "Send each row once.")


def _disallowed(rows: list[Row], contract: Contract) -> Iterator[Fault]:
    for column, (is_allowed, remedy) in contract.allowed.items():
        verdicts: dict[str, bool] = {}
        for number, row in enumerate(rows):
            value = row[column]
            if value is None:
                continue
            if value not in verdicts:
                verdicts[value] = is_allowed(value)
            if not verdicts[value]:
                message = f"{value[:60]!r} is not known here"
                yield Fault(number, column, "value_is_allowed", message, remedy)


def _disordered(rows: list[Row], contract: Contract) -> Iterator[Fault]:
    for first, second in contract.ordered:
        for number, row in enumerate(rows):
            begin, end = row[first], row[second]
            if begin and end and end < begin:
                message = f"{end} is before {first} {begin}"
                yield Fault(number, second, "dates_are_ordered", message, "Correct one of the two.")


def _lost_or_looping(rows: list[Row], key: str, parent: str) -> Iterator[Fault]:
    above = {row[key]: row[parent] for row in rows if row[key] is not None}
    ends: set[str] = set()  # rows from which the way up is known to end
    for number, row in enumerate(rows):
        name = row[parent]
        if name is not None and name not in above:
            yield Fault(
                number,
                parent,
                "parent_is_known",
                f"names no {key} of this file",
                "Send the whole tree in one file, or leave it empty.",
            )
        path = []
        here: str | None = row[key]
        while here is not None and here not in ends and here not in path:
            path.append(here)
            here = above.get(here)
        if here is not None and here in path:
            if here == row[key]:
                message = "leads back to this row"
                yield Fault(number, parent, "tree_has_no_loop", message, "Break the loop.")
        else:
            ends.update(path)
