"""MediaWiki XML dumps with history (``export-0.11`` and before): one row a revision.

What is written in a page or said of an edit is no value of a row, only how long the page is.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault, row_from_record

_ABOUT_PAGE: Final = frozenset({"title", "ns", "id"})


def read_mediawiki(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """A row a revision, with its page, its length and by how much it changed that.

    Raises:
        InputError: It is no dump of a wiki.
    """
    position = 0
    try:
        for position, record in enumerate(_revisions(stream, name), start=1):
            yield row_from_record(model, position, None, record)
    except DefusedXmlException as error:
        raise InputError(
            f"{name} declares a document type, which Tilth does not read.",
            remedy="Dumps of MediaWiki have none; ask where the file comes from.",
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        fault = RowFault(
            "document",
            f"the dump is no XML that can be read from here on ({type(error).__name__})",
            "Write the dump again.",
        )
        yield Row(position + 1, None, {}, None, fault)


def _revisions(stream: BinaryIO, name: str) -> Iterator[dict[str, Any]]:
    page: dict[str, Any] = {}
    lengths: dict[str, int] = {}
    open_elements: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        tag = _local(element)
        if event == "start":
            if not open_elements and tag != "mediawiki":
                raise InputError(
                    f"{name} begins with <{tag}>, not <mediawiki>: it is no dump of a wiki.",
                    remedy="Write it with maintenance/dumpBackup.php --full.",
                )
            if tag == "page":
                page, lengths = {}, {}
            open_elements.append(element)
            continue
        open_elements.pop()
        inside = _local(open_elements[-1]) if open_elements else ""
        if inside == "page" and tag in _ABOUT_PAGE:
            page[tag] = element.text
        if inside == "page" and tag == "revision":
            yield {"page": dict(page), **_revision(element, lengths)}
        if inside in {"page", "mediawiki"}:
            open_elements[-1].remove(element)


def _revision(element: Element, lengths: dict[str, int]) -> dict[str, Any]:
    parts = {_local(child): child for child in element}
    contributor = {_local(child): child.text for child in parts.get("contributor", ())}
    text = parts.get("text")
    number, parent = _text(parts, "id"), _text(parts, "parentid")
    parent = None if parent == "0" else parent
    length = _length(text)
    before = 0 if parent is None else lengths.get(parent)
    if number is not None and length is not None:
        lengths[number] = length
    return {
        "revision": number,
        "parent": parent,
        "time": _text(parts, "timestamp"),
        "user": contributor.get("username"),
        "address": contributor.get("ip"),
        "is_minor": "minor" in parts,
        "length": length,
        "change": None if length is None or before is None else length - before,
    }


def _length(text: Element | None) -> int | None:
    """Bytes of the page; dumps without texts state them, old ones do not."""
    if text is None or text.get("deleted"):
        return None
    stated = text.get("bytes")
    if stated is not None and stated.isdecimal():
        return int(stated)
    return len((text.text or "").encode())


def _text(parts: dict[str, Element], tag: str) -> str | None:
    return parts[tag].text if tag in parts else None


def _local(element: Element) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]
