"""One statement a line: ``.ndjson``, ``.jsonl``. Blank lines and carriage returns are nothing."""

from collections.abc import Iterable, Iterator

from xapi_ingest.sources.pending import WHITE_SPACE, Pending, Spilled


class LineSplitter:
    """Divides blocks of bytes at line breaks. A block is no longer than the limit of an item."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending
        self.is_blank = True  # without items, whatever came was blank

    def feed(self, block: bytes) -> Iterator[bytes | Spilled]:
        """The items that end in ``block``."""
        first, *others = block.split(b"\n")
        self._pending.add(first)
        if not others:
            return
        yield from _written([self._pending.take()])
        last = others.pop()
        yield from _written(line.strip(WHITE_SPACE) for line in others)
        self._pending.add(last)

    def rest(self) -> bytes | Spilled:
        """What no line break ended."""
        return self._pending.take()

    def fault(self) -> str | None:
        """A last line without a line break is no fault by itself."""
        return None


def _written(items: Iterable[bytes | Spilled]) -> Iterator[bytes | Spilled]:
    return (item for item in items if item)
