"""Why a row cannot be mapped: every expression is worked out alone, each objection gets its place.

Only rows that failed come here; speed does not matter.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from xapi_ingest.mapping.apply import FAULTS, FaultError, items_of, row_values
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.mapping.plan import Leaf, StatementPlan
from xapi_ingest.mapping.problems import RowProblem, ValueProblemError
from xapi_ingest.mapping.rows.row import Row

_REMEDIES: Final = {
    "key": "Every part of the key has to be filled: choose other columns, or correct the row.",
    "nothing": "Fill the column, give a default, or leave such rows out with skip.",
    "actor": "Fill the column that names the person, or leave such rows out with skip.",
}
_UNREADABLE: Final = re.compile(r"[\ud800-\udfff]")  # what stands for bytes that are no text


class Explainer:
    """Finds every objection to one row."""

    def __init__(self, mapping: Mapping, row: Row, input_name: str) -> None:
        self._mapping = mapping
        self._row = row
        self._input_name = input_name
        self._values = row_values(mapping, row)
        self._is_let_broken = False

    def problems(self, fault: Exception) -> tuple[RowProblem, ...]:
        """All objections, never none; ``fault`` is what the row failed with."""
        found = list(self._unreadable()) or list(dict.fromkeys(self._all()))
        return tuple(found) or (self._of_fault(fault),)

    def none_applies(self) -> RowProblem:
        """The objection to a row that makes no statement and is not left out on purpose."""
        return self._problem(
            "no_statement",
            "no statement of the mapping applies to this row",
            "Add a statement for such rows, or say under skip or otherwise why that is in order.",
        )

    def _all(self) -> Iterator[RowProblem]:
        plan = self._mapping.plan
        skipping = [problem for leaf in plan.skip_leaves for problem in self._try(leaf)]
        yield from skipping
        if skipping:
            return
        for name, leaf in plan.lets:
            problems = list(self._try(leaf))
            yield from problems
            self._is_let_broken |= bool(problems)
            self._values[name] = None if problems else leaf.program(self._values)["_value"]
        for rule in plan.statements:
            yield from self._of_rule(rule)

    def _of_rule(self, rule: StatementPlan) -> Iterator[RowProblem]:
        try:
            for values in self._items(rule):
                yield from self._of_statement(rule, values)
        except ValueProblemError as error:
            place = rule.each.place if rule.each else rule.place
            kind = error.rule_id.partition(".")[2]
            yield self._problem(kind, error.message, error.remedy, clause=place)

    def _items(self, rule: StatementPlan) -> Iterator[dict[str, Any]]:
        if rule.each is None:
            yield self._values
        elif not list(self._try(rule.each)):
            for item in items_of(rule.each, self._values):
                yield self._values | {"item": item}

    def _of_statement(self, rule: StatementPlan, values: dict[str, Any]) -> Iterator[RowProblem]:
        if rule.when is not None:
            doubts = list(self._try(rule.when, values))
            yield from doubts
            if doubts or not rule.when.program(values)["_value"]:
                return
        for leaf in (*rule.key, *rule.leaves):
            yield from self._try(leaf, values)
        if self._is_let_broken:
            return  # what is empty may be so because of that
        for leaf in rule.key:
            if not list(self._try(leaf, values)) and leaf.program(values)["_value"] is None:
                message = "a part of the key is empty"
                yield self._at(leaf, "key", message, _REMEDIES["key"], leaf.columns)

    def _try(self, leaf: Leaf, values: dict[str, Any] | None = None) -> Iterator[RowProblem]:
        given = self._values if values is None else values
        column = leaf.columns or _column_of_item(given)
        try:
            leaf.program(given)
        except ValueProblemError as error:
            kind = error.rule_id.partition(".")[2]
            yield self._at(leaf, kind, error.message, error.remedy, column)
        except FAULTS as error:
            kind = type(error).__name__
            yield self._at(
                leaf,
                "expression",
                f"the expression cannot be worked out for this row ({kind})",
                "Test the value before it is used: … if column is not none.",
                column,
            )

    def _of_fault(self, fault: Exception) -> RowProblem:
        if not isinstance(fault, FaultError):
            kind = type(fault).__name__
            return self._problem(
                "statement",
                f"what the row makes cannot be written as JSON ({kind})",
                "Look for numbers out of all bounds.",
            )
        pointer = "" if fault.part == "key" else f"/{fault.part}"
        columns = [
            leaf.columns
            for leaf in fault.rule.leaves
            if pointer and leaf.pointer.startswith(pointer) and leaf.columns
        ]
        message = {
            "key": "a part of the key is empty",
            "nothing": f"'{fault.part}' comes out empty",
            "actor": "nothing says who it was",
        }[fault.kind]
        return self._problem(
            fault.kind,
            message,
            _REMEDIES[fault.kind],
            clause=fault.rule.place,
            pointer=pointer,
            column=", ".join(dict.fromkeys(columns)),
        )

    def _unreadable(self) -> Iterator[RowProblem]:
        for name, value in self._row.values.items():
            column = self._mapping.model.columns.get(name)
            if isinstance(value, str) and _UNREADABLE.search(value):
                yield self._problem(
                    "encoding",
                    "bytes that are no text in the file's encoding",
                    "Export the file as UTF-8, or set encoding under input.",
                    column=column.headers[0] if column else "",
                )

    def _at(self, leaf: Leaf, kind: str, message: str, remedy: str, column: str) -> RowProblem:
        return self._problem(
            kind, message, remedy, clause=leaf.place, pointer=leaf.pointer, column=column
        )

    def _problem(  # noqa: PLR0913  (one argument a field)
        self,
        kind: str,
        message: str,
        remedy: str,
        *,
        clause: str = "",
        pointer: str = "",
        column: str = "",
    ) -> RowProblem:
        return RowProblem(
            input_name=self._input_name,
            position=self._row.position,
            line=self._row.line,
            column=column,
            rule_id=f"mapping.{kind}",
            clause=clause,
            pointer=pointer,
            message=message,
            remedy=remedy,
        )


def _column_of_item(values: dict[str, Any]) -> str:
    """Header of the column that ``item`` is, where it is one of ``others``."""
    item = values.get("item")
    if isinstance(item, dict) and item.keys() == {"name", "value", "next"}:
        return str(item["name"])
    return ""  # a record of the file's own, whose name may be a person's
