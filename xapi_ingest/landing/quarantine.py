"""What is in quarantine: rejected items, what became of each, and their bytes as received.

Reads the landing and writes nothing. An item is settled once it was replayed or discarded; what
settles it is in ``resolutions``, so that no rejected row is ever written anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.statement.problems import Problem

OPEN: Final = "open"
REPLAYED: Final = "replayed"
DISCARDED: Final = "discarded"
RESTORED: Final = "restored"
"""An action only: what was discarded is open again."""

_FEW_ROWS: Final = 500
_BATCH_COLUMNS: Final = ["batch_id", "loaded_at"]
_NAMES: Final = ["position", "rule_ids", "first_rule_id", "input_name", "received_size"]
_CONTENT: Final = ["problems_json", "received_bytes", "overflow_name", "row_json"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which items are meant. What is None does not narrow.

    Attributes:
        rule_id: A rule that objected, be it the first or not.
        batch_id: The batch's id or its beginning.
    """

    source_name: str | None = None
    rule_id: str | None = None
    batch_id: str | None = None
    position: int | None = None

    def is_everything(self) -> bool:
        """Whether nothing is narrowed."""
        return self == Chosen()


@dataclass(slots=True)
class Rejected:
    """One batch with rejected items, and what became of them.

    Attributes:
        states: ``replayed`` or ``discarded`` by position; the others are open.
        settlings: How many batches have settled some of its items.
    """

    batch_id: str
    source_name: str
    loaded_at: datetime
    path: Path
    states: dict[int, str] = field(default_factory=dict)
    settlings: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One rejected item. The content is empty where only names were asked for.

    Attributes:
        rule_ids: Every rule that objected, in order.
        received: The bytes as received; None while they stand in ``overflow_name``.
        row_json: The row of a mapped table that it is made of.
    """

    batch: Rejected
    position: int
    rule_ids: list[str]
    input_name: str
    received_size: int
    problems_json: str = "[]"
    received: bytes | None = None
    overflow_name: str | None = None
    row_json: str | None = None

    @property
    def state(self) -> str:
        """``open``, ``replayed`` or ``discarded``."""
        return self.batch.states.get(self.position, OPEN)

    @property
    def problems(self) -> list[Problem]:
        """Every reason, with what it quotes."""
        return msgspec.json.decode(self.problems_json, type=list[Problem])

    def content(self, landing: Path) -> bytes:
        """The bytes as received, wherever they stand.

        Raises:
            LandingError: The file that they were put aside in cannot be read.
        """
        if self.overflow_name is None:
            return self.received or b""
        try:
            return (landing / "overflow" / self.overflow_name).read_bytes()
        except OSError as error:
            raise LandingError(
                f"landing/overflow/{self.overflow_name} cannot be read: {error.strerror or error}.",
                remedy="Restore it from the backup, or discard the item.",
            ) from error


def rejected_batches(landing: Path, chosen: Chosen) -> list[Rejected]:
    """Every committed batch with rejected items that ``chosen`` can mean, oldest first.

    Raises:
        InputError: No batch has an id that begins so, or several have.
    """
    marks = _marks(landing)
    found = {}
    for path in _files(landing, "rejected", chosen.source_name):
        batch_id = path.stem
        loaded_at = marks.get(batch_id)
        if loaded_at is None or not batch_id.startswith(chosen.batch_id or ""):
            continue
        first = next(_opened(path).iter_batches(1, columns=["loaded_at"]))
        if first["loaded_at"][0].as_py() == loaded_at:  # else of an attempt that was killed
            found[batch_id] = Rejected(batch_id, _source_of(path), loaded_at, path)
    _with_states(landing, chosen.source_name, marks, found)
    if chosen.batch_id is not None and len(found) != 1:
        what = "no batch with rejected items" if not found else f"{len(found)} such batches"
        raise InputError(
            f"There is {what} whose id begins with {chosen.batch_id!r}.",
            remedy="`tilth quarantine list` names them.",
        )
    return sorted(found.values(), key=lambda batch: (batch.loaded_at, batch.batch_id))


def items_of(
    batch: Rejected, chosen: Chosen, *, states: frozenset[str] | None, has_content: bool
) -> Iterator[Item]:
    """The chosen items of a batch in order; those in one of ``states``, or all if None."""
    columns = [*_NAMES, *(_CONTENT if has_content else [])]
    with _opened(batch.path) as file:
        known = [name for name in columns if name in file.schema_arrow.names]
        for part in file.iter_batches(_FEW_ROWS, columns=known):
            for row in part.to_pylist():
                item = _item(batch, row)
                if chosen.rule_id is not None and chosen.rule_id not in item.rule_ids:
                    continue
                if chosen.position not in {None, item.position}:
                    continue
                if states is None or item.state in states:
                    yield item


def _item(batch: Rejected, row: dict[str, Any]) -> Item:
    return Item(
        batch=batch,
        position=row["position"],
        rule_ids=row["rule_ids"],
        input_name=row["input_name"],
        received_size=row["received_size"],
        problems_json=row.get("problems_json", "[]"),
        received=row.get("received_bytes"),
        overflow_name=row.get("overflow_name"),
        row_json=row.get("row_json"),
    )


def _with_states(
    landing: Path, source_name: str | None, marks: dict[str, datetime], found: dict[str, Rejected]
) -> None:
    """Note in each batch of ``found`` what became of its items."""
    rows = [
        row
        for path in _files(landing, "resolutions", source_name)
        if path.stem in marks
        for row in _opened(path).read().to_pylist()
        if row["loaded_at"] == marks[path.stem] and row["rejected_batch_id"] in found
    ]
    for row in sorted(rows, key=lambda row: row["sequence"]):
        batch = found[row["rejected_batch_id"]]
        batch.settlings = max(batch.settlings, row["sequence"])
        if row["action"] == RESTORED:
            batch.states.pop(row["rejected_position"], None)
        else:
            batch.states[row["rejected_position"]] = row["action"]


def _marks(landing: Path) -> dict[str, datetime]:
    marks: dict[str, datetime] = {}
    for path in _files(landing, "batches", None):
        rows = _opened(path).read(_BATCH_COLUMNS)
        marks |= zip(rows["batch_id"].to_pylist(), rows["loaded_at"].to_pylist(), strict=True)
    return marks


def _files(landing: Path, table: str, source_name: str | None) -> Iterator[Path]:
    for path in sorted(landing.glob(f"{table}/source=*/loaded_date=*/*.parquet")):
        if path.name[0] != "." and source_name in {None, _source_of(path)}:
            yield path


def _source_of(path: Path) -> str:
    return path.parent.parent.name.removeprefix("source=")


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise LandingError(
            f"{path} cannot be read ({type(error).__name__}).",
            remedy="Restore the file, or remove it and ingest its export again.",
        ) from error
