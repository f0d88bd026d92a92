"""One row to its statements. What fails is handed to ``explain``, which takes it apart."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
import orjson
from jinja2 import TemplateError

from xapi_ingest.mapping.functions import uuid_of
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.mapping.plan import NEEDED, Leaf, StatementPlan
from xapi_ingest.mapping.problems import RowProblem, ValueProblemError
from xapi_ingest.mapping.rows.row import Row

# What a program can raise on a row. Jinja's own errors are for what the fence did not foresee.
FAULTS: Final = (
    ValueProblemError, TypeError, ValueError, ArithmeticError, LookupError, TemplateError,
)  # fmt: skip
IDENTIFIERS: Final = ("mbox", "mbox_sha1sum", "openid", "account", "member")


class MappedRow(msgspec.Struct, frozen=True):
    """What became of one row: statements, or problems, or left out on purpose.

    Attributes:
        position: 1-based ordinal of the row among the rows of the file.
        line: Line of the file at which the row ends; None where the form has no lines.
        statements: Statements as compact JSON, in the mapping's order.
        problems: Every objection; then there are no statements, so that the row is put aside whole.
        skipped_because: The mapping's reason for leaving the row out.
        raw: The row as received, as JSON, for what is put aside.
        row: The row itself.
    """

    position: int
    line: int | None
    statements: tuple[bytes, ...]
    problems: tuple[RowProblem, ...]
    skipped_because: str | None
    raw: bytes
    row: Row


class FaultError(Exception):
    """A statement came out without what every statement needs.

    Args:
        rule: The kind of statement.
        kind: Last part of the rule id.
        part: The property that is missing or unusable; ``key`` for the key.
    """

    def __init__(self, rule: StatementPlan, kind: str, part: str) -> None:
        super().__init__(part)
        self.rule = rule
        self.kind = kind
        self.part = part


def row_values(mapping: Mapping, row: Row) -> dict[str, Any]:
    """The value of every name that expressions may use, ``let`` apart."""
    return {**mapping.plan.constants, **row.values, "position": row.position}


def skip_number(mapping: Mapping, values: dict[str, Any]) -> int | None:
    """Number of the rule by which the row is left out; None if none is met."""
    program = mapping.plan.skip
    number: int | None = program(values)["_rule"] if program else None
    return number


def statements_of(mapping: Mapping, values: dict[str, Any]) -> Iterator[bytes]:
    """Every statement of a row.

    Raises:
        FaultError: A statement lacks what it needs.
        ValueProblemError: A value cannot become what it should; so for everything in ``FAULTS``.
    """
    results = mapping.plan.main(values)
    for number, rule in enumerate(mapping.plan.statements):
        for made in _made(rule, number, values, results):
            if made is not None:
                yield _finished(mapping, rule, *made)


def _made(
    rule: StatementPlan, number: int, values: dict[str, Any], results: dict[str, Any]
) -> Iterator[Any]:
    if rule.each is None or rule.item is None:
        yield results[f"_{number}"]
        return
    everything = values | results
    for item in items_of(rule.each, everything):
        yield rule.item(everything | {"item": item})["_statement"]


def items_of(each: Leaf, values: dict[str, Any]) -> Iterable[Any]:
    """What ``each`` stands for in a row.

    Raises:
        ValueProblemError: It is no list.
    """
    found = each.program(values)["_value"]
    if found is None:
        return []
    if isinstance(found, str | dict) or not isinstance(found, Iterable):
        raise ValueProblemError("item", "each is not a list", "Make one of it with split().")
    items: Iterable[Any] = found
    return items


def _finished(
    mapping: Mapping, rule: StatementPlan, key: list[Any], statement: dict[str, Any]
) -> bytes:
    if None in key:
        raise FaultError(rule, "key", "key")
    body = pruned(statement) or {}
    for name in NEEDED:
        if name not in body:
            raise FaultError(rule, "nothing", name)
    actor = body["actor"]
    if not isinstance(actor, dict) or not any(name in actor for name in IDENTIFIERS):
        raise FaultError(rule, "actor", "actor")
    account = actor.get("account")
    if isinstance(account, dict) and len(account) != 2:  # noqa: PLR2004  (home page and name)
        raise FaultError(rule, "actor", "actor")
    return orjson.dumps({"id": uuid_of(mapping.name, rule.name, *key), **body})


def pruned(value: Any) -> Any:
    """``value`` without what is nothing, and without what is left empty by that."""
    if isinstance(value, dict):
        kept = {}
        for key, part in value.items():
            whole = pruned(part) if isinstance(part, dict | list) else part
            if whole is not None:
                kept[key] = whole
        return kept or None
    if isinstance(value, list):
        items = [whole for part in value if (whole := pruned(part)) is not None]
        return items or None
    return value
