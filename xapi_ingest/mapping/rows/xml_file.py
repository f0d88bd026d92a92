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
        InputError: The document declares a document type.
    """
    wanted = model.input.records or "row"
    position = 0
    root: Element | None = None
    try:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if root is None:
                root = element
            if event == "end" and _local(element.tag) == wanted:
                position += 1
                yield row_from_record(model, position, None, _record(element))
                element.clear()
                if len(root) > 1:
                    root.clear()
    except DefusedXmlException as error:
        raise InputError(
            f"{name} declares a document type, which Tilth does not read.",
            remedy="Exports need none; ask where the file comes from.",
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        fault = RowFault(
            "document",
            f"the document is no XML from here on ({error})"[:200],
            "Fetch the file again, or correct what writes it.",
        )
        yield Row(position + 1, None, {}, None, fault)


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
