"""JSON: one object a line, or an array anywhere in one document."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import ijson
import orjson

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault, row_from_record

MAX_LINE: Final = 16 * 1024 * 1024


def read_ndjson(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:  # noqa: ARG001  (the readers' signature)
    """Rows of a file with one JSON object a line; empty lines do not count."""
    position = number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if not line.endswith(b"\n") and len(line) == MAX_LINE:
            position += 1
            yield faulty(position, number, None, f"a line longer than {MAX_LINE:,} bytes")
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            continue
        if not line.strip():
            continue
        position += 1
        try:
            record = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError:
            text = line.decode("utf-8", "replace").strip()
            yield faulty(position, number, text, "the line is no JSON")
            continue
        yield _row(model, position, number, record)


def read_json(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of the array at ``records``, or of the document itself where it is an array.

    Several documents may stand one after another, as the pages of an answer do.

    Raises:
        InputError: There is no array.
    """
    place = model.input.records or ""
    prefix = f"{place}.item" if place else "item"
    start = stream.tell()
    position = 0
    try:
        for found in ijson.items(stream, prefix, use_float=True, multiple_values=True):
            for record in _with_nested(model, found):
                position += 1
                yield _row(model, position, None, record)
        stream.seek(start)
        is_found = position or (place, "start_array") in (
            (path, event) for path, event, _ in ijson.parse(stream, multiple_values=True)
        )
    except (ijson.JSONError, UnicodeDecodeError):
        # the library's own message quotes the document, and with it perhaps a person
        yield faulty(position + 1, None, None, "the document is no JSON from here on")
        return
    if not is_found:
        raise InputError(
            f"{name} has no array at '{place}'." if place else f"{name} is no array of objects.",
            remedy="Write the dotted path to the array as records under input.",
        )


def _with_nested(model: MappingModel, record: Any) -> Iterator[Any]:
    """A record, and after it the records of the list in it that ``nested`` names."""
    yield record
    inner = record.get(model.input.nested) if isinstance(record, dict) else None
    if isinstance(inner, list):
        yield from inner


def _row(model: MappingModel, position: int, line: int | None, record: Any) -> Row:
    if isinstance(record, dict):
        return row_from_record(model, position, line, record)
    return faulty(position, line, record, "not a JSON object")


def faulty(position: int, line: int | None, raw: Any, message: str) -> Row:
    """The row of what stands at a row's place in a document and is none."""
    remedy = "Fetch the file again, or correct what writes it."
    return Row(position, line, {}, raw, RowFault("document", message, remedy))
