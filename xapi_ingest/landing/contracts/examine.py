"""One file against its contract: its rows, and every place that is wrong. Nothing lands."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xapi_ingest.errors import InputError
from xapi_ingest.landing.contracts.check import PlacedFault, Row, faults_of
from xapi_ingest.landing.contracts.contract import Contract
from xapi_ingest.landing.contracts.rows import typed_rows
from xapi_ingest.sources.stream import read_blocks, without_mark

_HEADER_LINE: Final = 1


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file holds.

    Attributes:
        rows: Column → value.
        faults: Every place that breaks the contract.
        left_out: Optional columns that the file leaves out.
    """

    rows: list[Row]
    faults: list[PlacedFault]
    left_out: list[str]


def examine(
    path: Path, contract: Contract, *, on_bytes: Callable[[bytes], None] | None = None
) -> Examined:
    """Read the file and hold it to ``contract``.

    Raises:
        InputError: It cannot be read, or is not UTF-8.
    """
    typed = typed_rows(_text_of(path, on_bytes or (lambda _: None)), contract)
    # A cell that could not be read is not also empty.
    unread = {(each.row, each.column) for each in typed.faults}
    checked = faults_of(typed.rows, typed.lines, contract)
    faults = typed.faults + [each for each in checked if (each.row, each.column) not in unread]
    placed = [
        PlacedFault(_HEADER_LINE if each.row is None else typed.lines[each.row], each)
        for each in faults
    ]
    return Examined(typed.rows, placed, typed.left_out)


def _text_of(path: Path, on_bytes: Callable[[bytes], None]) -> str:
    data = b"".join(without_mark(read_blocks(path, on_bytes=on_bytes)))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"is not UTF-8: byte {error.start + 1}, line {line}.", remedy="Export it as UTF-8."
        ) from error
