"""Confluence space exports in XML: versions of pages and blog posts, and comments on them.

The zip holds ``entities.xml``, a dump of Confluence's objects that point to each other by id. It is
read twice: first for people, spaces and lengths, then for what people did. Bodies are no values of
a row, only how long they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from xapi_ingest.archives.zipped import Archive
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, row_from_record

_ENTITIES: Final = "entities.xml"
_PAGES: Final = frozenset({"Page", "BlogPost"})
_UNREADABLE: Final = (ParseError, LookupError, ValueError)
_REMEDY: Final = "Export the space again."


def read_confluence(model: MappingModel, archive: Archive, name: str) -> Iterator[Row]:
    """A row a version of a page or blog post, and a row a comment.

    Raises:
        InputError: It has no ``entities.xml``, or that breaks off.
    """
    try:
        for position, record in enumerate(_Known(archive).rows(), start=1):
            yield row_from_record(model, position, None, record)
    except DefusedXmlException as error:
        raise InputError(
            f"{name}: {_ENTITIES} declares a document type, which Tilth does not read.",
            remedy="Exports of Confluence have none; ask where the file comes from.",
        ) from error
    except _UNREADABLE as error:
        raise InputError(
            f"{name}: {_ENTITIES} is no XML that can be read to its end ({type(error).__name__}).",
            remedy=_REMEDY,
        ) from error


class _Known:
    """What one object says of another: found in a first reading, looked up in the second."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._people: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._spaces: dict[str, dict[str, Any]] = {}
        self._titles: dict[str, dict[str, Any]] = {}
        self._versions: dict[tuple[str, str], str] = {}
        self._lengths: dict[str, int] = {}
        for kind, found in self._objects():
            self._note(kind, found)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every version of a page and every comment, in the order of the file."""
        for kind, found in self._objects():
            if kind in _PAGES:
                yield self._version(kind, found)
            elif kind == "Comment":
                yield self._comment(found)

    def _note(self, kind: str, found: dict[str, Any]) -> None:
        number = str(found.get("id"))
        if kind == "ConfluenceUserImpl":
            name = found.get("name") or found.get("atlassianAccountId") or number
            self._people[number] = found.get("emailAddress") or found.get("email") or name
        elif kind == "InternalUser" and found.get("emailAddress"):
            self._addresses[str(found.get("name")).lower()] = found["emailAddress"]
        elif kind == "Space":
            self._spaces[number] = {"key": found.get("key"), "name": found.get("name")}
        elif kind in _PAGES:
            page = str(_original(found) or number)
            self._versions[page, str(found.get("version"))] = number
            if page == number:
                self._titles[page] = {"title": found.get("title"), "space": found.get("space")}
        elif kind == "BodyContent" and found.get("content"):
            self._lengths[found["content"]] = len(found.get("body") or "")

    def _version(self, kind: str, found: dict[str, Any]) -> dict[str, Any]:
        original, version = _original(found), found.get("version")
        page = str(original or found.get("id"))
        length = self._lengths.get(str(found.get("id")))
        before = self._length_before(page, version)
        return {
            "kind": kind,
            **self._about(page, found),
            "is_history": original is not None,
            "status": found.get("contentStatus"),
            "version": version,
            "created": found.get("creationDate"),
            "creator": self._person(found.get("creator")),
            "changed": found.get("lastModificationDate"),
            "editor": self._person(found.get("lastModifier")),
            "length": length,
            "change": None if length is None or before is None else length - before,
        }

    def _about(self, page: str | None, found: dict[str, Any]) -> dict[str, Any]:
        """The page as it is called now; a former version does not always say its space."""
        now = self._titles.get(str(page), found)
        return {
            "page": page,
            "title": now.get("title"),
            "space": self._spaces.get(str(now.get("space"))),
        }

    def _length_before(self, page: str, version: Any) -> int | None:
        if not str(version).isdecimal():
            return None
        before = self._versions.get((page, str(int(version) - 1)))
        return None if before is None else self._lengths.get(before)

    def _comment(self, found: dict[str, Any]) -> dict[str, Any]:
        return {
            "kind": "Comment",
            "comment": found.get("id"),
            "parent": found.get("parent"),
            **self._about(found.get("containerContent") or found.get("owner"), {}),
            "is_history": _original(found) is not None,
            "status": found.get("contentStatus"),
            "created": found.get("creationDate"),
            "creator": self._person(found.get("creator")),
        }

    def _person(self, key: Any) -> str | None:
        if key is None:
            return None
        name = self._people.get(str(key), str(key))
        return self._addresses.get(name.lower(), name)

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        name = self._archive.name
        found = [each.name for each in self._archive.members if each.name.endswith(_ENTITIES)]
        if not found:
            raise InputError(
                f"{name} has no {_ENTITIES}, so it is no space export of Confluence.",
                remedy="Export the space as XML (Space settings > Export space).",
            )
        with self._archive.open(min(found, key=len)) as stream:
            yield stream

    def _objects(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Class and values of every object; what an object refers to is the id of it."""
        with self._opened() as stream:
            depth = 0
            root: Element | None = None
            for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    root = element if root is None else root
                    depth += 1
                    continue
                depth -= 1
                if depth == 1 and root is not None:
                    if element.tag == "object":
                        yield element.get("class", ""), _values(element)
                    root.remove(element)


def _values(element: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for child in element:
        if child.tag == "id":
            values["id"] = child.text
        elif child.tag == "property":
            referred = child.find("id")
            values[child.get("name", "")] = child.text if referred is None else referred.text
    return values


def _original(found: dict[str, Any]) -> str | None:
    """The page of which ``found`` is a former version: a reference, or in the cloud a number."""
    original: str | None = found.get("originalVersion") or found.get("originalVersionId")
    return original
