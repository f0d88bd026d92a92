"""One file against its contract, before it is sent. Nothing lands."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xapi_ingest.landing.contracts.check import Faults
from xapi_ingest.landing.contracts.contract import Contract
from xapi_ingest.landing.contracts.csv_rows import CsvRows
from xapi_ingest.sources.stream import read_blocks, without_mark


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file holds.

    Attributes:
        row_count: Rows below the header.
        faults: What breaks the contract.
        left_out: Optional columns that the file leaves out.
    """

    row_count: int
    faults: Faults
    left_out: list[str]

    @property
    def would_land(self) -> bool:
        """Whether an ingest would take the file."""
        return bool(self.row_count) and not self.faults.count


def open_rows(
    path: Path, contract: Contract, *, on_bytes: Callable[[bytes], None] | None = None
) -> CsvRows:
    """A reading of the file; ``on_bytes`` sees every block of it."""
    blocks = read_blocks(path, on_bytes=on_bytes or (lambda _: None))
    return CsvRows(without_mark(blocks), contract, Faults())


def examine(path: Path, contract: Contract) -> Examined:
    """Read the file and hold it to ``contract``.

    Raises:
        InputError: It cannot be read, or is not UTF-8.
    """
    reading = open_rows(path, contract)
    count = sum(len(rows) for rows, _ in reading.checked())
    return Examined(count, reading.faults, reading.left_out)
