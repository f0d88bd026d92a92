"""One row, whatever the file: its place, its values by the mapping's names, and what it was."""

from collections.abc import Mapping as Values
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from xapi_ingest.mapping.model import MappingModel

_MISSING: Final = object()


class RowFault(NamedTuple):
    """Why what stands at a row's place is not a row.

    Attributes:
        kind: Last part of the rule id.
        message: What is wrong.
        remedy: What to do.
    """

    kind: str
    message: str
    remedy: str


class Row(NamedTuple):
    """One row.

    Attributes:
        position: 1-based ordinal among the rows of the file.
        line: Line at which it ends; None where the form has no lines.
        values: By the names of the mapping's columns; None where nothing stands.
        raw: What was read, for what is put aside.
        fault: Why it is none; then there are no values.
        above: Of a table of cells: the lines above the row that give the cells their meaning.
    """

    position: int
    line: int | None
    values: dict[str, Any]
    raw: Any
    fault: RowFault | None = None
    above: Sequence[list[Any]] | None = None


def cleaned(value: Any) -> Any:
    """A cell without the space around it; None if nothing is left."""
    return (value.strip() or None) if isinstance(value, str) else value


def row_from_record(
    model: MappingModel, position: int, line: int | None, record: Values[str, Any]
) -> Row:
    """A row from a record such as a JSON object: columns are keys, or paths with points."""
    values: dict[str, Any] = {"others": []}
    for name, column in model.columns.items():
        found = [
            value
            for header in column.headers
            if (value := cleaned(_at(record, header))) is not None
        ]
        if column.every:
            values[name] = [item for part in found for item in _listed(part)]
        else:
            values[name] = found[0] if found else None
    return Row(position, line, values, record)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _at(record: Values[str, Any], path: str) -> Any:
    value = record.get(path, _MISSING)
    if value is not _MISSING:
        return value
    found: Any = record
    for step in path.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(step)
    return found
