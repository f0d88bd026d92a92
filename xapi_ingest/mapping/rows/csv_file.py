"""Text tables: comma, semicolon, tab or bar; with or without lines above the header."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault
from xapi_ingest.mapping.rows.table import Line, header_in, no_header, rows_of_table

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = (",", "\t", ";", "|")


def read_csv(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of a text table.

    Raises:
        InputError: There is no header with the mapping's columns.
    """
    start = stream.tell()
    encoding = _encoding(model, stream.read(4), name)
    wanted = model.input.delimiter
    for delimiter in _DELIMITERS if wanted == "auto" else (wanted,):
        stream.seek(start)
        text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
        try:
            lines = _lines(text, delimiter)
            header = header_in(model, lines)
            if header is not None:
                yield from rows_of_table(model, header, lines)
                return
        finally:
            text.detach()
    raise no_header(model, name)


def _encoding(model: MappingModel, head: bytes, name: str) -> str:
    if model.input.encoding == "auto":
        return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "utf-8")
    try:
        return codecs.lookup(model.input.encoding).name
    except LookupError as error:
        raise InputError(
            f"{name}: there is no encoding '{model.input.encoding}'.",
            remedy="Write one like utf-8, utf-16 or cp1252 under input, or auto.",
        ) from error


def _lines(text: io.TextIOWrapper, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
            yield Line(reader.line_num, cells)
        except StopIteration:
            return
        except csv.Error as error:
            fault = RowFault(
                "row_shape",
                f"the line cannot be divided into cells: {error}",
                "Look for a quotation mark that is not closed in this line or above it.",
            )
            yield Line(reader.line_num, [], fault)
        except UnicodeDecodeError:
            # UTF-16 alone: where it breaks off, no later byte can be told apart.
            fault = RowFault(
                "encoding",
                "the file breaks off in the middle of a letter",
                "Fetch the file again.",
            )
            yield Line(reader.line_num, [], fault)
            return
