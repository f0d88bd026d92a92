"""The wiki: MediaWiki's XML dump of pages and their revisions.

Export: one dump at the end of the period, in the form without texts (``dumpBackup --stub``), which
states how long each revision is. People are the wiki's user names. Revisions are kept as numbers
until the end, since a page's lie together in a dump.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from xapi_ingest.simulator.moments import Ints, time_texts
from xapi_ingest.simulator.names import TOPICS
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.vocabulary import WIKI
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import World

RATE: Final = 0.75  # revisions of an active person of average voice in a week
NEW_SHARE, TALK_SHARE = 0.12, 0.15
TALK, USER_PAGE = 1, 2
PERSON, HIDDEN, ADDRESS, BOT = 0, 1, 2, 3  # who a revision is by
BY_SHARES: Final = (0.975, 0.01, 0.015)
BOT_NAME: Final = "LinkBot"
REASONS: Final = {
    HIDDEN: "the name of the author is hidden",
    ADDRESS: "edited without an account",
    BOT: "edited by a program",
}
APART: Final = "a page about people, files, templates or the wiki's own words"
_OPENING: Final = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11"
  xml:lang="en">
  <siteinfo>
    <sitename>Hinode Wiki</sitename>
    <dbname>hinodewiki</dbname>
    <base>{}/index.php/Main_Page</base>
    <generator>MediaWiki 1.43.0</generator>
    <case>first-letter</case>
  </siteinfo>
"""


class _Page(NamedTuple):
    title: str
    namespace: int


def wiki_name(username: str) -> str:
    """A user name as MediaWiki keeps it: with a capital."""
    return username[:1].upper() + username[1:]


class Wiki:
    """The wiki's pages and history."""

    def __init__(self, world: World, exports: Path) -> None:
        settings = {
            "parameters": f"{{site: {WIKI}}}",
            "tables": f"{{bots: {{{BOT_NAME}: true}}}}",
        }
        self.outlets = (Outlet(exports, "wiki", "mediawiki-history", settings),)
        self._names = [wiki_name(name) for name in world.people.username]
        self._pages = [_Page(f"{topic} basics", 0) for topic in TOPICS]
        self._talks: dict[int, int] = {}
        self._revisions: list[Ints] = []  # (page, instant, person, who, size) each

    def live(self, week: Week) -> None:
        """Remember what was written in a week."""
        person, at = week.occasions(RATE * week.people.voice)
        order = np.argsort(at, kind="stable")
        person, at, rng = person[order], at[order], week.rng
        count = len(person)
        kind = rng.random(count)
        target = (len(self._pages) * rng.random(count) ** 2.2).astype(
            np.int64
        )  # few are edited most
        known = len(self._pages)
        page = np.array(
            [
                self._target(share, int(place), known)
                for share, place in zip(kind.tolist(), target.tolist(), strict=True)
            ],
            dtype=np.int64,
        )
        by = rng.choice(3, size=count, p=BY_SHARES)
        size = rng.integers(40, 900, size=count)
        self._revisions.append(np.stack([page, at, person, by, size], axis=1))
        linked = np.array([
            [int(rng.integers(0, known)), week.start + 3_600_000, -1, BOT, 12],
        ])  # fmt: skip
        imported = np.array([[n, week.start, -1, BOT, 1_200] for n in range(len(TOPICS))])
        self._revisions.append(linked if week.number else np.concatenate([imported, linked]))

    def close(self) -> None:
        """Write the dump, pages in the order of their numbers, revisions in that of time."""
        found = np.concatenate(self._revisions)
        by_time = np.argsort(found[:, 1], kind="stable")
        number = np.empty(len(found), dtype=np.int64)
        number[by_time] = 1 + np.arange(len(found))
        order = np.lexsort((number, found[:, 0]))
        times = [text[:19] + "Z" for text in time_texts(found[order, 1])]
        rows = zip(number[order].tolist(), times, found[order].tolist(), strict=True)
        outlet = self.outlets[0]
        outlet.add("wiki-history.xml", _OPENING.format(WIKI))
        for page, revisions in groupby(rows, key=lambda row: row[2][0]):
            outlet.add("wiki-history.xml", "".join(self._page(page, revisions)))
        outlet.add("wiki-history.xml", self._broken(len(found) + 1) + "</mediawiki>\n")

    def _target(self, share: float, place: int, known: int) -> int:
        """The page that a revision is of: an old one, its talk page, a new one, or the author's."""
        if share < NEW_SHARE:
            is_own = share < NEW_SHARE / 10
            serial = len(self._pages)
            topic = TOPICS[serial % len(TOPICS)]
            title = f"User:{serial}" if is_own else f"{topic}, note {serial}"
            self._pages.append(_Page(title, USER_PAGE if is_own else 0))
            return serial
        about = self._pages[place % known]
        if share < NEW_SHARE + TALK_SHARE and about.namespace == 0:
            if place not in self._talks:
                self._talks[place] = len(self._pages)
                self._pages.append(_Page(f"Talk:{about.title}", TALK))
            return self._talks[place]
        return place

    def _page(self, place: int, revisions: Iterator[Any]) -> Iterator[str]:
        page, length, parent = self._pages[place], 0, 0
        yield (
            f"  <page>\n    <title>{page.title}</title>\n    <ns>{page.namespace}</ns>\n"
            f"    <id>{place + 1}</id>\n"
        )
        for number, when, (_, _, person, by, size) in revisions:
            length += size
            self._count(page, by, is_first=not parent)
            yield (
                f"    <revision>\n      <id>{number}</id>\n"
                + (f"      <parentid>{parent}</parentid>\n" if parent else "")
                + f"      <timestamp>{when}</timestamp>\n      {self._contributor(person, by)}\n"
                "      <model>wikitext</model>\n      <format>text/x-wiki</format>\n"
                f'      <text bytes="{length}" id="{number}" />\n    </revision>\n'
            )
            parent = number
        yield "  </page>\n"

    def _count(self, page: _Page, by: int, *, is_first: bool) -> None:
        tally = self.outlets[0].tally
        if page.namespace == USER_PAGE:
            tally.left_out(APART)
        elif by != PERSON:
            tally.left_out(REASONS[by])
        else:
            tally.rows += 1
            tally.made(
                "commented" if page.namespace == TALK else "created" if is_first else "edited"
            )

    def _contributor(self, person: int, by: int) -> str:
        if by == HIDDEN:
            return '<contributor deleted="deleted" />'
        if by == ADDRESS:
            return "<contributor><ip>192.0.2.17</ip></contributor>"
        name = BOT_NAME if by == BOT else self._names[person]
        return f"<contributor><username>{name}</username><id>{person + 2}</id></contributor>"

    def _broken(self, number: int) -> str:
        """A revision whose time an import has lost."""
        self.outlets[0].tally.refused("mapping.time")
        return (
            f"  <page>\n    <title>Lost and found</title>\n    <ns>0</ns>\n"
            f"    <id>{len(self._pages) + 1}</id>\n    <revision>\n      <id>{number}</id>\n"
            f"      <timestamp>yesterday</timestamp>\n      {self._contributor(0, PERSON)}\n"
            '      <text bytes="12" />\n    </revision>\n  </page>\n'
        )
