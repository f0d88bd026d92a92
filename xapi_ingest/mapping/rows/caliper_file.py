"""IMS Caliper: envelopes or bare events, one a line, in an array, or one document by itself."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import ijson
import orjson

from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.json_file import MAX_LINE, faulty
from xapi_ingest.mapping.rows.row import Row, row_from_record

_WHOLE: Final = "the document is no JSON from here on"


def read_caliper(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:  # noqa: ARG001  (the readers' signature)
    """Rows of the entries of every envelope's ``data``, and of every event outside of one."""
    start = stream.tell()
    first = stream.readline(MAX_LINE)
    while first and not first.removeprefix(b"\xef\xbb\xbf").strip():
        first = stream.readline(MAX_LINE)
    stream.seek(start)
    is_array = first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    is_lines = _is_whole(first) and not is_array
    found = _of_lines(stream) if is_lines else _of_document(stream)
    for position, (line, entry, message) in enumerate(found, start=1):
        if message:
            yield faulty(position, line, entry, message)
        elif isinstance(entry, dict):
            yield row_from_record(model, position, line, entry)
        else:
            yield faulty(position, line, entry, "not a JSON object")


def _is_whole(line: bytes) -> bool:
    try:
        orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return False
    return True


def _entries(document: Any) -> Iterator[Any]:
    """An envelope's entries; of another document, itself."""
    if isinstance(document, dict) and isinstance(document.get("data"), list):
        yield from document["data"]
    else:
        yield document


def _of_lines(stream: BinaryIO) -> Iterator[tuple[int | None, Any, str]]:
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if not line.endswith(b"\n") and len(line) == MAX_LINE:
            yield number, None, f"a line longer than {MAX_LINE:,} bytes"
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            continue
        if not line.strip():
            continue
        try:
            document = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError:
            yield number, line.decode("utf-8", "replace").strip(), "the line is no JSON"
            continue
        for entry in _entries(document):
            yield number, entry, ""


def _of_document(stream: BinaryIO) -> Iterator[tuple[int | None, Any, str]]:
    """The entries of a document that does not fit in a line, an event at a time."""
    start = stream.tell()
    try:
        for prefix in ("data.item", "item"):
            stream.seek(start)
            is_found = False
            for document in ijson.items(stream, prefix, use_float=True, multiple_values=True):
                is_found = True
                for entry in _entries(document):
                    yield None, entry, ""
            if is_found:
                return
        stream.seek(start)
        for document in ijson.items(stream, "", use_float=True, multiple_values=True):
            for entry in _entries(document):
                yield None, entry, ""
    except (ijson.JSONError, UnicodeDecodeError):
        yield None, None, _WHOLE
