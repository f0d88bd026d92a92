"""A reference table as CSV, whatever the form of its file, for the check of its contract.

What is CSV passes as it is; a table in another form has to fit into memory.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from xapi_ingest.archives.guard import UnpackLimits
from xapi_ingest.errors import InputError
from xapi_ingest.sources.files import InputFile
from xapi_ingest.sources.reader import content_of
from xapi_ingest.sources.stream import without_mark

Cells = Iterable[Any]
_NO_WORKBOOK: Final = (
    BadZipFile, InvalidFileException, KeyError, ValueError, OSError, ParseError,
    DefusedXmlException,
)  # fmt: skip


def csv_blocks(
    file: InputFile, *, limits: UnpackLimits, on_bytes: Callable[[bytes], None]
) -> Iterator[bytes]:
    """The rows of ``file`` as CSV, the header first; each byte as stored passes ``on_bytes``.

    Line numbers are those of the file where it has lines or rows with numbers.

    Raises:
        InputError: It cannot be read as what its name says.
    """
    blocks = without_mark(content_of(file, limits=limits, on_bytes=on_bytes))
    if file.form == "csv":
        yield from blocks
        return
    read = {"excel": _excel_rows, "parquet": _parquet_rows, "documents": _json_rows}[file.form]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in read(b"".join(blocks)):
        writer.writerow([_written(cell) for cell in row])
    yield text.getvalue().encode()


def _excel_rows(data: bytes) -> Iterator[Cells]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book[book.sheetnames[0]]
        sheet.reset_dimensions()  # what some programs write there is wrong
        rows = list(sheet.iter_rows(values_only=True))
    except _NO_WORKBOOK as error:
        raise InputError(
            f"is no Excel workbook that can be read ({type(error).__name__}).",
            remedy="Save it as .xlsx without a password.",
        ) from error
    width = len([cell for cell in rows[0] if cell is not None]) if rows else 0
    for row in rows:
        cells = [*row, *[None] * (width - len(row))]
        beyond = any(cell is not None for cell in cells[width:])
        yield cells if beyond else cells[:width]


def _parquet_rows(data: bytes) -> Iterator[Cells]:
    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"is no Parquet file that can be read ({type(error).__name__}).",
            remedy="Write it again.",
        ) from error
    yield table.column_names
    for row in table.to_pylist():
        yield row.values()


def _json_rows(data: bytes) -> Iterator[Cells]:
    try:
        rows = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InputError(f"is no JSON: line {error.lineno}.", remedy="Export it again.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("is no array of objects.", remedy="Write one object for each row.")
    names = list(dict.fromkeys(name for row in rows for name in row))
    yield names
    for row in rows:
        yield [row.get(name) for name in names]


def _written(cell: Any) -> str:
    """A cell as a CSV export would have it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):  # how spreadsheets keep a date
        is_day = cell.time() == datetime.min.time()
        return cell.date().isoformat() if is_day else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
