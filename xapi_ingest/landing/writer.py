"""One batch's Parquet files: written beside as rows come, renamed in together at the end."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.landing.batches import Batch
from xapi_ingest.landing.files import replacing
from xapi_ingest.landing.schema import REJECTED, RESOLUTIONS, STATEMENTS

# Values that seldom come twice gain nothing from a dictionary and cost the time to build one.
_DISTINCT: Final = frozenset({"statement_json", "extensions_json", "statement_id", "fingerprint"})
# More than this in memory is written, however few the rows.
_MOST_BYTES: Final = 64 * 1024 * 1024


class BatchWriter:
    """Rows of one batch, on their way to their files.

    Use ``writing``; a table that gets no row gets no file.
    """

    def __init__(self, landing: Path, batch: Batch, *, batch_rows: int, stack: ExitStack) -> None:
        self._landing = landing
        self._batch = batch
        self._batch_rows = batch_rows
        self._stack = stack
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = self._waiting_bytes = 0
        self._rejected: list[pa.Table] = []
        self._rejected_bytes = 0

    def add_accepted(self, rows: pa.RecordBatch) -> None:
        """Take accepted statements; they are written once enough have come together."""
        if not rows.num_rows:
            return
        self._waiting.append(rows)
        self._waiting_rows += rows.num_rows
        self._waiting_bytes += rows.nbytes
        if self._waiting_rows >= self._batch_rows or self._waiting_bytes >= _MOST_BYTES:
            self.flush()

    def add_rejected(self, rows: pa.Table) -> None:
        """Take rejected items; they are written once enough have come together."""
        self._rejected.append(rows)
        self._rejected_bytes += rows.nbytes
        if len(self._rejected) >= self._batch_rows or self._rejected_bytes >= _MOST_BYTES:
            self._flush_rejected()

    def add_resolutions(self, rows: pa.Table) -> None:
        """Write what the batch settles in quarantine; once, since it is known only at the end."""
        self._writer("resolutions", RESOLUTIONS).write_table(rows)

    def flush(self) -> None:
        """Write what is waiting, each table's as one row group."""
        self._flush_rejected()
        if self._waiting:
            table = pa.Table.from_batches(self._waiting, schema=STATEMENTS)
            self._writer("statements", STATEMENTS).write_table(table, row_group_size=len(table))
        self._waiting = []
        self._waiting_rows = self._waiting_bytes = 0

    def _flush_rejected(self) -> None:
        if self._rejected:
            table = pa.concat_tables(self._rejected)
            self._writer("rejected", REJECTED).write_table(table, row_group_size=len(table))
        self._rejected = []
        self._rejected_bytes = 0

    def _writer(self, table: str, schema: pa.Schema) -> pq.ParquetWriter:
        if table not in self._writers:
            beside = self._stack.enter_context(replacing(self._batch.path(self._landing, table)))
            repeated = [field.name for field in schema if field.name not in _DISTINCT]
            writer = pq.ParquetWriter(beside, schema, compression="zstd", use_dictionary=repeated)
            self._writers[table] = self._stack.enter_context(writer)
        return self._writers[table]


@contextmanager
def writing(landing: Path, batch: Batch, *, batch_rows: int) -> Iterator[BatchWriter]:
    """A writer whose files appear when the block ends well, and not at all otherwise."""
    with ExitStack() as stack:
        writer = BatchWriter(landing, batch, batch_rows=batch_rows, stack=stack)
        yield writer
        writer.flush()
