"""XML: one element a row. A document type, and with it every entity, is refused."""

from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault, row_from_record


def read_xml(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of the elements called ``records``: attributes, and elements inside by their path.

    Raises:
        InputError: It declares a document type, or holds other elements only.
    """
    wanted = model.input.records or "row"
    position = 0
    try:
        for position, element in enumerate(_ended(stream, wanted), start=1):
            yield row_from_record(model, position, None, _record(element))
    except _NoRecordError as error:
        raise InputError(
            f"{name} has no element <{wanted}>; there is <{error}>.",
            remedy="Write the name of the element of a row as records under input.",
        ) from error
    except DefusedXmlException as error:
        raise InputError(
            f"{name} declares a document type, which Tilth does not read.",
            remedy="Exports need none; ask where the file comes from.",
        ) from error
    except (ParseError, LookupError, ValueError, RecursionError) as error:
        fault = RowFault(
            "document",
            f"the document is no XML that can be read from here on ({type(error).__name__})",
            "Fetch the file again, or correct what writes it.",
        )
        yield Row(position + 1, None, {}, None, fault)


class _NoRecordError(Exception):
    """The document holds elements, but none is a row; the message names one."""


def _ended(stream: BinaryIO, wanted: str) -> Iterator[Element]:
    """Every row's element as it ends. What lies outside of one is let go at once."""
    open_elements: list[Element] = []
    rows_open = rows_seen = 0
    other = ""
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        is_row = _local(element.tag) == wanted
        if event == "start":
            open_elements.append(element)
            rows_open += is_row
            continue
        open_elements.pop()
        rows_open -= is_row
        rows_seen += is_row
        if is_row:
            yield element
        elif open_elements:
            other = other or _local(element.tag)
        if open_elements and not rows_open:
            open_elements[-1].remove(element)
    if other and not rows_seen:
        raise _NoRecordError(other)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _record(element: Element) -> dict[str, Any]:
    record: dict[str, Any] = {_local(key): value for key, value in element.attrib.items()}
    for child in element:
        value: Any = _record(child) if len(child) or child.attrib else child.text
        name = _local(child.tag)
        if name in record:
            known = record[name]
            record[name] = [*known, value] if isinstance(known, list) else [known, value]
        else:
            record[name] = value
    if element.text and element.text.strip() and (len(element) or element.attrib):
        record["text"] = element.text.strip()
    return record
