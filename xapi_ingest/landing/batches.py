"""What a batch is: its name, its place, its commit mark, and what a broken attempt left behind.

A batch is one file of one source. Its id hashes the source's name and the file's bytes, so the same
file lands once, whatever it is called. Its row in ``batches`` is written last; without it, nothing
of the batch exists for any reader.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.schema import BATCHES
from xapi_ingest.sources.stream import open_hash
from xapi_ingest.statement.rules import RULES_VERSION

TILTH_VERSION: Final = version("tilth-warehouse")


@dataclass(frozen=True, slots=True)
class Batch:
    """One file of one source on its way into the landing.

    Attributes:
        mapping: Name and version of the mapping that makes its statements of rows.
        loaded_at: When it began to land; UTC without a zone. Fixed by the first commit.
    """

    batch_id: str
    table_name: str
    source_name: str
    input_name: str
    input_bytes: int
    loaded_at: datetime
    mapping: tuple[str, str] | None = None

    def path(self, landing: Path, table: str) -> Path:
        """Where the batch's rows of ``table`` stand."""
        folder = landing / table / f"source={self.source_name}"
        return folder / f"loaded_date={self.loaded_at:%Y-%m-%d}" / f"{self.batch_id}.parquet"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a batch brought, how many items it took from quarantine, and how long that took."""

    accepted: int
    rejected: int
    seconds: float
    first_occurred_at: datetime | None = None
    last_occurred_at: datetime | None = None
    replayed: int = 0


def batch_id_from(source_name: str, digest: bytes) -> str:
    """The id of the batch of ``source_name`` whose file has ``digest``."""
    hashed = open_hash()
    hashed.update(source_name.encode())
    hashed.update(b"\n")
    hashed.update(digest)
    return str(hashed.hexdigest())


def present_instant() -> datetime:
    """Now, in UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def committed(landing: Path, source_name: str, batch_id: str) -> dict[str, Any] | None:
    """The batch's row in ``batches``, or None while it has not landed."""
    folder = landing / "batches" / f"source={source_name}"
    for path in folder.glob(f"loaded_date=*/{batch_id}.parquet"):
        row: dict[str, Any] = pq.ParquetFile(path).read().to_pylist()[0]
        return row
    return None


def remove_leftovers(landing: Path, source_name: str, batch_id: str) -> None:
    """Remove what an attempt left that was stopped before its commit.

    Only under the batch's lock, and only while it is not committed.
    """
    for path in landing.glob(f"*/source={source_name}/loaded_date=*/*{batch_id}*"):
        path.unlink(missing_ok=True)
    for path in (landing / "overflow").glob(f"{batch_id}-*"):
        path.unlink(missing_ok=True)


def commit(landing: Path, batch: Batch, counts: Counts) -> None:
    """Write the batch's row in ``batches``: from now on it has landed."""
    mapping_name, mapping_version = batch.mapping or (None, None)
    row = {
        "batch_id": batch.batch_id,
        "table_name": batch.table_name,
        "source_name": batch.source_name,
        "input_name": batch.input_name,
        "input_bytes": batch.input_bytes,
        "loaded_at": batch.loaded_at,
        "read_count": counts.accepted + counts.rejected,
        "accepted_count": counts.accepted,
        "rejected_count": counts.rejected,
        "first_occurred_at": counts.first_occurred_at,
        "last_occurred_at": counts.last_occurred_at,
        "ingest_seconds": counts.seconds,
        "rules_version": RULES_VERSION,
        "tilth_version": TILTH_VERSION,
        "replayed_count": counts.replayed,
        "mapping_name": mapping_name,
        "mapping_version": mapping_version,
    }
    table = pa.Table.from_pylist([row], schema=BATCHES)
    write_parquet_atomically(table, batch.path(landing, "batches"))


@contextmanager
def locked(state: Path, name: str) -> Iterator[None]:
    """Hold the lock ``name``: a second ingest of the same waits until the first is through."""
    folder = state / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"{name}.lock"):
        yield
