"""Excel workbooks, row by row. The text of all cells is kept once, as the format keeps it."""

from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault
from xapi_ingest.mapping.rows.table import Line, header_in, no_header, rows_of_table

MAX_TEXTS_BYTES: Final = 512 * 1024 * 1024
_UNREADABLE: Final = (
    BadZipFile, InvalidFileException, KeyError, ValueError, OSError, ParseError,
    DefusedXmlException,
)  # fmt: skip


def read_excel(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of one sheet.

    Raises:
        InputError: It is no workbook, lacks the sheet, or has no header with the columns.
    """
    try:
        with ZipFile(stream) as parts:
            texts = [part.file_size for part in parts.infolist() if "sharedStr" in part.filename]
        if sum(texts) > MAX_TEXTS_BYTES:
            raise InputError(f"{name}: the texts of the workbook would not fit into memory.")
        stream.seek(0)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _UNREADABLE as error:
        raise InputError(
            f"{name} is no Excel workbook that can be read ({type(error).__name__}).",
            remedy="Save it as .xlsx without a password.",
        ) from error
    try:
        wanted = model.input.sheet or book.sheetnames[0]
        if wanted not in book.sheetnames:
            raise InputError(
                f"{name} has no sheet '{wanted}'.",
                remedy=f"It has {', '.join(book.sheetnames)}; name one as sheet under input.",
            )
        sheet = book[wanted]
        sheet.reset_dimensions()  # what some programs write there is wrong
        lines = _lines(sheet.iter_rows(values_only=True))
        header = header_in(model, lines)
        if header is None:
            raise no_header(model, name)
        yield from rows_of_table(model, header, lines)
    finally:
        book.close()


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[Line]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows, None)
        except _UNREADABLE as error:
            fault = RowFault(
                "document",
                f"the workbook cannot be read on from here ({type(error).__name__})",
                "Fetch the file again, or save it anew in Excel.",
            )
            yield Line(number, [], fault)
            return
        if cells is None:
            return
        yield Line(number, list(cells))
