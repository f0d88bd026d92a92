"""Statements in JSON documents: an array, ``{"statements": […]}``, or one statement after another.

Nothing that reads JSON yields the bytes of an array's elements without holding the whole array, so
the ends of the elements are found here, by counting brackets outside of strings, block by block.
What stands between two ends is an element, whatever it is; judging it is not this module's affair.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from xapi_ingest.sources.envelope import Finding, find_statements
from xapi_ingest.sources.pending import WHITE_SPACE, Pending, Spilled

_ESCAPE: Final = re.compile(rb"\\.", re.DOTALL)
_QUOTE: Final = ord('"')
_COMMA: Final = ord(",")
_CLOSE_ARRAY: Final = ord("]")
_STEPS: Final = np.zeros(256, dtype=np.int32)
_STEPS[list(b"[{")] = 1
_STEPS[list(b"]}")] = -1
_MARKS: Final = np.zeros(256, dtype=np.bool_)
_MARKS[list(b'"[]{},')] = True

Ints = npt.NDArray[np.int64]


class DocumentSplitter:
    """Divides blocks of bytes into the elements of the documents that they hold."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending
        self._mode: Callable[[bytes], Iterator[bytes | Spilled]] = self._start
        self._head = b""  # of an object, until it is known whether it is an envelope
        self._base = 0  # depth at which elements stand
        self._depth = 0
        self._is_inside_string = False
        self._escape = b""  # a backslash that ends a block
        self.is_blank = True  # nothing but white space came
        self._left = b""  # what the mode did not look at because the mode changed

    def feed(self, block: bytes) -> Iterator[bytes | Spilled]:
        """The elements that end in ``block``."""
        self._left = block
        while self._left:
            data, self._left = self._left, b""
            yield from self._mode(data)

    def rest(self) -> bytes | Spilled:
        """What has begun and not ended."""
        if self._mode == self._envelope:
            self._pending.add(self._head)
        self._pending.add(self._escape)
        return self._pending.take()

    def fault(self) -> str | None:
        """Why the file is not whole, if it ends here; None if it may end here."""
        if self._mode == self._elements and self._base:
            return "the file ends inside an array"
        if self._mode == self._envelope and self._base:
            return "the file ends inside an object"
        if self._mode == self._garbage:
            return "something else follows what could be read"
        return None

    def _start(self, data: bytes) -> Iterator[bytes | Spilled]:
        """Between documents."""
        data = data.lstrip(WHITE_SPACE)
        self.is_blank = self.is_blank and not data
        self._depth = self._base = 0
        if data[:1] == b"[":
            self._enter_array(1, data[1:])
        elif data[:1] == b"{":
            self._head, self._mode, self._left = b"", self._envelope, data
        elif data:
            self._mode, self._left = self._garbage, data
        yield from ()

    def _envelope(self, data: bytes) -> Iterator[bytes | Spilled]:
        """In an object that may hold ``statements``, or behind its array."""
        self._head += data
        finding, at = find_statements(self._head, depth=self._base)
        head = self._head
        if finding is Finding.ARRAY:
            self._head = b""
            self._enter_array(2, head[at:])
        elif finding is Finding.END and self._base:
            self._head, self._mode, self._left = b"", self._start, head[at:]
        elif self._base and len(head) > self._pending.limit:
            self._head, self._mode, self._left = b"", self._garbage, head
        elif finding is Finding.END or len(head) > self._pending.limit:
            self._head, self._mode, self._left = b"", self._elements, head
        yield from ()

    def _enter_array(self, base: int, data: bytes) -> None:
        self._mode, self._base, self._depth, self._left = self._elements, base, base, data

    def _garbage(self, data: bytes) -> Iterator[bytes | Spilled]:
        """Behind the last document."""
        self._pending.add(data)
        yield from ()

    def _elements(self, data: bytes) -> Iterator[bytes | Spilled]:
        """Among elements: those of an array, or documents one after another (base 0)."""
        data = self._escape + data
        self._escape = b""
        if data.endswith(b"\\") and (len(data) - len(data.rstrip(b"\\"))) % 2:
            data, self._escape = data[:-1], b"\\"
        at, kinds, depths = self._brackets_and_commas(data)
        is_close = _STEPS[kinds] < 0
        if self._base:
            ends = is_close & (depths == self._base - 1)
            cuts = (kinds == _COMMA) & (depths == self._base)
        else:
            ends = is_close & (depths < 0)
            cuts = is_close & (depths == 0)
        stop = int(np.argmax(ends)) if ends.any() else len(at)
        begin = 0
        for cut in at[:stop][cuts[:stop]].tolist():
            yield from self._element(data[begin : cut if self._base else cut + 1], is_last=False)
            begin = cut + 1
        if stop == len(at):
            self._pending.add(data[begin:])
            self._depth = int(depths[-1]) if len(depths) else self._depth
            return
        yield from self._close(data, begin, int(at[stop]), int(kinds[stop]))

    def _close(self, data: bytes, begin: int, at: int, kind: int) -> Iterator[bytes | Spilled]:
        """The bracket at ``at`` ends the array, or ends nothing that was open."""
        self._is_inside_string = False
        rest = data[at + 1 :] + self._escape
        self._escape = b""
        if not self._base:
            yield from self._element(data[begin : at + 1], is_last=False)
            self._depth, self._left = 0, rest
            return
        yield from self._element(data[begin:at], is_last=True)
        if kind != _CLOSE_ARRAY:
            self._mode, self._left = self._garbage, data[at : at + 1] + rest
        elif self._base == 1:
            self._mode, self._left = self._start, rest
        else:
            self._mode, self._base, self._left = self._envelope, 1, rest

    def _element(self, part: bytes, *, is_last: bool) -> Iterator[bytes | Spilled]:
        self._pending.add(part)
        element = self._pending.take()
        # Nothing between two commas is an element that somebody lost; nothing before the closing
        # bracket is an empty array or a comma too many.
        if element or not is_last:
            yield element

    def _brackets_and_commas(self, data: bytes) -> tuple[Ints, npt.NDArray[np.uint8], Ints]:
        """Places, kinds and depths (after them) of what stands outside of strings."""
        masked = _ESCAPE.sub(b"__", data) if b"\\" in data else data
        codes = np.frombuffer(masked, dtype=np.uint8)
        at = np.flatnonzero(_MARKS[codes])
        kinds = codes[at]
        is_quote = kinds == _QUOTE
        inside = (np.cumsum(is_quote) + self._is_inside_string) & 1
        is_outside = ~is_quote & (inside == 0)
        if len(inside):
            self._is_inside_string = bool(inside[-1])
        at, kinds = at[is_outside], kinds[is_outside]
        return at, kinds, self._depth + np.cumsum(_STEPS[kinds])
