"""Rows of cells to rows: finds the header, keeps what stands above it, names the cells."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import Column, MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault, cleaned

HEADER_WITHIN: Final = 200
Cells = list[Any]


class Line(NamedTuple):
    """One line of cells, with the line of the file at which it ends.

    Attributes:
        number: That line.
        cells: The cells; empty where ``fault`` says why there are none.
        fault: What the reader of the format objects to.
    """

    number: int
    cells: Cells
    fault: RowFault | None = None


class Header(NamedTuple):
    """Where each column of the mapping stands.

    Attributes:
        places: Numbers of the cells by column.
        names: The header as it stands.
        above: What stands above it.
    """

    places: dict[str, list[int]]
    names: list[str]
    above: list[Cells]


def header_in(model: MappingModel, lines: Iterator[Line]) -> Header | None:
    """The first line that has every column that has to be there, read up to it; None without."""
    above: list[Cells] = []
    for line, _ in zip(lines, range(HEADER_WITHIN), strict=False):
        places = _places(model.columns, line.cells)
        if places is not None:
            return Header(places, [_folded(cell) for cell in line.cells], above)
        if any(_folded(cell) for cell in line.cells):
            if model.input.preamble == "none":
                return None
            above.append(line.cells)
    return None


def no_header(model: MappingModel, name: str) -> InputError:
    """The error for a file without a header."""
    wanted = [column.headers[0] for column in model.columns.values() if not column.optional]
    return InputError(
        f"{name}: no line has the columns {', '.join(wanted)}.",
        remedy="Check that it is this export, or say under columns what they are called there.",
    )


def rows_of_table(model: MappingModel, header: Header, lines: Iterator[Line]) -> Iterator[Row]:
    """The rows below the header."""
    head = _head(model.input.preamble, header.above)
    above = [*header.above, header.names]
    position = 0
    for line in lines:
        if line.fault is None and not any(
            cell is not None and cell != "" for cell in map(cleaned, line.cells)
        ):
            if model.input.ends_at_blank:
                return
            continue
        position += 1
        yield _row(model, header, head, position, line)._replace(above=above)


def _row(
    model: MappingModel, header: Header, head: dict[str, Any], position: int, line: Line
) -> Row:
    cells = line.cells
    fault = line.fault
    width = len(header.names)
    if len(cells) > width and any(cleaned(cell) is not None for cell in cells[width:]):
        fault = RowFault(
            "row_shape",
            f"{len(cells)} cells under a header of {width}",
            "A separator or quotation mark inside a cell is not written as the format asks.",
        )
    if fault is not None:
        return Row(position, line.number, {}, cells, fault)
    values: dict[str, Any] = {"head": head}
    for name, places in header.places.items():
        if model.columns[name].every:
            found = [cleaned(cells[place]) for place in places if place < len(cells)]
            values[name] = [value for value in found if value is not None]
        elif places and places[0] < len(cells):
            values[name] = cleaned(cells[places[0]])
        else:
            values[name] = None
    values["others"] = _Others(header, cells)
    return Row(position, line.number, values, cells)


class _Others:
    """Name and value of the cells that no column of the mapping names, made when asked for."""

    def __init__(self, header: Header, cells: Cells) -> None:
        self._header = header
        self._cells = cells

    def __iter__(self) -> Iterator[dict[str, Any]]:
        named = {place for places in self._header.places.values() for place in places}
        beside = dict(enumerate(map(cleaned, self._cells)))
        for place, name in enumerate(self._header.names):
            if place not in named and name:
                yield {"name": name, "value": beside.get(place), "next": beside.get(place + 1)}


def _places(columns: dict[str, Column], cells: Cells) -> dict[str, list[int]] | None:
    at: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        at.setdefault(_folded(cell).casefold(), []).append(place)
    places = {}
    for name, column in columns.items():
        named = [at[header.casefold()] for header in column.headers if header.casefold() in at]
        if not named and not column.optional:
            return None
        places[name] = named[0] if named else []
    return places


def _folded(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _head(preamble: str, above: list[Cells]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if preamble == "pairs":
        for cells in above:
            if len(cells) > 1 and _folded(cells[0]):
                found.setdefault(_folded(cells[0]), cleaned(cells[1]))
    elif preamble == "table" and len(above) > 1:
        for name, value in zip(above[-2], above[-1], strict=False):
            if _folded(name):
                found.setdefault(_folded(name), cleaned(value))
    return found
