"""Bookmarks as browsers export them: the Netscape bookmark file, a row a bookmark.

The form is Microsoft's description of it, with the attributes that Firefox, Chrome, Pinboard and
Raindrop add (TAGS, TOREAD, PRIVATE, a description in DD).
"""

import codecs
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, BinaryIO, Final

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, row_from_record

_BLOCK: Final = 64 * 1024
_MARK: Final = b"<!doctype netscape-bookmark-file-1"
_MAX_TEXT: Final = 100_000
_MAX_TAG: Final = 4 * 1024 * 1024


def read_bookmarks(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of the bookmarks, with the titles of the folders that they are in.

    Raises:
        InputError: It is no bookmark file.
    """
    start = stream.tell()
    head = stream.read(1024).removeprefix(codecs.BOM_UTF8).lstrip()
    if not head.lower().startswith(_MARK):
        raise InputError(
            f"{name} is no bookmark file of a browser.",
            remedy="Export the bookmarks as HTML; such a file begins with "
            "<!DOCTYPE NETSCAPE-Bookmark-file-1>.",
        )
    stream.seek(start)
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    parser = _Parser()
    position = 0
    is_open = True
    while is_open:
        block = stream.read(_BLOCK)
        is_open = bool(block)
        parser.feed(decoder.decode(block, final=not is_open))
        if len(parser.rawdata) > _MAX_TAG:
            raise InputError(
                f"{name}: a tag in line {parser.getpos()[0]} does not end.",
                remedy="Export the bookmarks again; something has damaged the file.",
            )
        if not is_open:
            parser.finish()
        while parser.found:
            position += 1
            line, record = parser.found.popleft()
            yield row_from_record(model, position, line, record)


class _Parser(HTMLParser):
    """Collects finished bookmarks; one is finished when the next thing begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: deque[tuple[int, dict[str, Any]]] = deque()
        self._folders: list[str] = []
        self._named: str | None = None
        self._record: dict[str, Any] | None = None
        self._line = 0
        self._into: str | None = None
        self._text: list[str] = []

    def finish(self) -> None:
        """The file is over: what is open is finished."""
        self.close()
        self._end_text()
        self._end_record()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a folder, a bookmark or a description."""
        if tag not in ("dt", "a", "h3", "dl", "dd"):
            return
        self._end_text()
        if tag != "dd":
            self._end_record()
        if tag == "dl":
            self._folders.append(self._named or "")
            self._named = None
        elif tag == "a":
            self._line = self.getpos()[0]
            self._record = {key: value for key, value in attrs if key != "icon"}
            self._record["folders"] = [folder for folder in self._folders if folder]
        if tag in ("a", "h3", "dd"):
            self._into = {"a": "title", "h3": "folder", "dd": "description"}[tag]

    def handle_endtag(self, tag: str) -> None:
        """End a title or a folder."""
        if tag in ("a", "h3"):
            self._end_text()
        elif tag == "dl":
            self._end_text()
            self._end_record()
            if self._folders:
                self._folders.pop()

    def handle_data(self, data: str) -> None:
        """Text of what is open."""
        if self._into is not None and sum(map(len, self._text[-4:])) < _MAX_TEXT:
            self._text.append(data)

    def _end_text(self) -> None:
        text = "".join(self._text).strip()
        if self._into == "folder":
            self._named = text
        elif self._into is not None and self._record is not None and text:
            self._record[self._into] = text
        self._into = None
        self._text = []

    def _end_record(self) -> None:
        if self._record is not None:
            self.found.append((self._line, self._record))
            self._record = None
