"""From page to page of one window, to its end, and never in a circle."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xapi_ingest.errors import InputError
from xapi_ingest.sources.lrs.config import LrsSource
from xapi_ingest.sources.lrs.exchange import Exchange
from xapi_ingest.sources.lrs.page import Page
from xapi_ingest.sources.lrs.status import LinkGoneError
from xapi_ingest.sources.lrs.window import Window

# An LRS may have nothing that this client may see for some pages; not for ever.
_EMPTY_PAGES: Final = 100


class LoopError(InputError):
    """The ``more`` links of an LRS lead back to where they have been."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk stands.

    Attributes:
        pages: How many pages of the window lie behind.
        more: The link to the next page; empty at the beginning.
    """

    pages: int = 0
    more: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page, and the place behind it (``more`` is empty behind the last)."""

    page: Page
    number: int

    @property
    def behind(self) -> Place:
        """Where the walk stands once the page has landed."""
        return Place(self.number, self.page.more)


def walk(exchange: Exchange, source: LrsSource, window: Window, *, start: Place) -> Iterator[Step]:
    """The pages of ``window`` in ascending order of ``stored``, from ``start`` on.

    A link that was kept from an earlier pull and that the LRS has forgotten since is no failure:
    the walk begins again with page 1.

    Raises:
        LoopError: The links go in a circle.
        InputError: See ``Exchange.get``.
    """
    is_known = bool(start.more)
    while True:
        try:
            for step in _steps(exchange, source, window, start):
                is_known = False
                yield step
        except LinkGoneError:
            if not is_known:
                raise
            start, is_known = Place(), False
        else:
            return


def _steps(exchange: Exchange, source: LrsSource, window: Window, start: Place) -> Iterator[Step]:
    parameters = {
        **source.filters.parameters(),
        **window.parameters(),
        "ascending": "true",
        "attachments": "false",
        "format": "exact",
        "limit": str(source.page_limit),
    }
    links, digests = {start.more}, set[bytes]()
    number, more, empty = start.pages, start.more, 0
    while True:
        page = exchange.get(parameters, more=more).page
        number += 1
        empty = 0 if page.raws else empty + 1
        is_circle = page.more in links if page.more else False
        if is_circle or (page.raws and page.digest in digests) or empty > _EMPTY_PAGES:
            raise _loop(source, window, number)
        yield Step(page, number)
        if not page.more:
            return
        links.add(page.more)
        digests.add(page.digest)
        more = page.more


def _loop(source: LrsSource, window: Window, number: int) -> LoopError:
    return LoopError(
        f"Source '{source.name}': the LRS's `more` links go in a circle (page {number} of the "
        f"window {window}).",
        remedy="What has landed stays and the cursor has not moved. Report it to the makers of "
        "the LRS; a smaller window_hours may avoid it.",
    )
