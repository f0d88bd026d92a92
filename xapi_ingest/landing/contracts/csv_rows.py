"""The rows of a CSV file with a header, in chunks and typed as its contract says."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from xapi_ingest.errors import InputError
from xapi_ingest.landing.contracts.check import QUOTED_LENGTH, Checker, Chunk, Fault, Faults
from xapi_ingest.landing.contracts.contract import Contract
from xapi_ingest.landing.contracts.values import typed_row

_CHUNK_ROWS: Final = 5_000
_HEADER_LINE: Final = 1


@dataclass
class CsvRows:
    """One reading of a file.

    Attributes:
        blocks: Its bytes, without a byte order mark.
        faults: Where to say what is wrong.
        left_out: Optional columns that the file leaves out; known once the reading has begun.
    """

    blocks: Iterable[bytes]
    contract: Contract
    faults: Faults
    left_out: list[str] = field(default_factory=list)

    def checked(self) -> Iterator[Chunk]:
        """The rows, each chunk checked.

        Raises:
            InputError: The file is not UTF-8.
        """
        reader = csv.reader(_lines(self.blocks), strict=True)
        checker = Checker(self.contract, self.faults)
        try:
            header = [name.strip() for name in next(reader, [])]
            wrong = list(_header_faults(header, self.contract))
            self.faults.add(*wrong)
            if wrong:
                return
            self.left_out = [name for name in self.contract.by_name if name not in header]
            chunk: Chunk = ([], [])
            unread: set[tuple[int, str]] = set()
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    self._add(chunk, unread, dict_of(header, cells), reader.line_num)
                    if len(cells) != len(header):
                        self._say_uneven(len(cells), len(header), reader.line_num)
                if len(chunk[0]) == _CHUNK_ROWS:
                    checker.check(chunk, frozenset(unread))
                    yield chunk
                    chunk, unread = ([], []), set()
            checker.check(chunk, frozenset(unread))
            yield chunk
        except csv.Error as error:
            self.faults.add(_fault(reader.line_num, "", "file_is_csv", str(error)))
        checker.finish()

    def _add(
        self, chunk: Chunk, unread: set[tuple[int, str]], cells: dict[str, str], line: int
    ) -> None:
        row, wrong = typed_row(cells, self.contract)
        chunk[0].append(row)
        chunk[1].append(line)
        for column, message in wrong:
            unread.add((line, column))
            self.faults.add(_fault(line, column, "value_has_its_type", message))

    def _say_uneven(self, found: int, wanted: int, line: int) -> None:
        message = f"has {found} values for {wanted} columns"
        self.faults.add(_fault(line, "", "row_is_whole", message))


def dict_of(header: list[str], cells: list[str]) -> dict[str, str]:
    """The cells by their columns; those that a short row lacks are empty."""
    return dict(zip(header, cells, strict=False))


def _lines(blocks: Iterable[bytes]) -> Iterator[str]:
    """Lines with their ends, so that a cell may hold a line break."""
    rest, number, offset = b"", 0, 0
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            number += 1
            yield _decoded(line + b"\n", number, offset)
            offset += len(line) + 1
    if rest:
        yield _decoded(rest, number + 1, offset)


def _decoded(line: bytes, number: int, offset: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8: byte {offset + error.start + 1}, line {number}.",
            remedy="Export it as UTF-8.",
        ) from None


def _header_faults(header: list[str], contract: Contract) -> Iterator[Fault]:
    for column in contract.columns:
        if column.name not in header and not column.is_optional:
            remedy = "Add it; it may be empty." if not column.is_required else "Add it."
            yield Fault(_HEADER_LINE, column.name, "column_is_present", "is missing", remedy)
    known = contract.by_name
    # A file without a header has a person's data where the names of columns should be.
    is_header = any(name in known for name in header)
    for place, name in enumerate(header, start=1):
        if name not in known:
            said = name[:QUOTED_LENGTH] if is_header else f"number {place}"
            remedy = f"Known are {', '.join(known)}."
            yield Fault(_HEADER_LINE, said, "column_is_known", "is unknown", remedy)
    for name in dict.fromkeys(header):
        if header.count(name) > 1 and name in known:
            remedy = "Keep one of the two."
            yield Fault(_HEADER_LINE, name, "column_is_unique", "comes twice", remedy)


def _fault(line: int, column: str, rule_id: str, message: str) -> Fault:
    return Fault(line, column, rule_id, message, "Correct it in the system that exports it.")
