"""The search of the intranet, as User Behavior Insights: queries, and what was clicked.

Export: one NDJSON file a week, as the search engine's indexes of queries and events are exported.
People are their addresses.
"""

from pathlib import Path
from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import random_ids, time_texts
from xapi_ingest.simulator.names import QUERIES
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.vocabulary import DOMAIN
from xapi_ingest.simulator.week import Week, chosen
from xapi_ingest.simulator.world import World

SITE: Final = f"https://search.{DOMAIN}"
RATE: Final = 0.5  # queries of an active person in a week, at the period's beginning
ZERO_RESULT_SHARE: Final = 0.12
CLICKED_SHARE: Final = 0.7
SCROLLED_SHARE: Final = 0.25
SHOWN: Final = 5
CUT_OFF: Final = '{"application":"intranet","query_id":\n'


class Search:
    """The search engine's log."""

    def __init__(self, world: World, exports: Path) -> None:
        self.outlets = (
            Outlet(exports, "search", "search-ubi", {"parameters": f"{{site: {SITE}}}"}),
        )
        self._email = world.people.email

    def live(self, week: Week) -> None:
        """Write what was searched and clicked in a week."""
        rng, shelf, outlet = week.rng, week.shelves["article"], self.outlets[0]
        person, at = week.occasions(RATE * (1.0 + 0.5 * week.progress))
        count = len(person)
        query_id = random_ids(rng, count)
        who = chosen(self._email, person)
        words = chosen(QUERIES, rng.zipf(1.4, size=count).astype(np.int64) % len(QUERIES))
        finds = ~week.chance(ZERO_RESULT_SHARE, count)
        hits = shelf.drawn(rng, count * SHOWN, week.monday).reshape(count, SHOWN)
        lines = [
            f'{{"application":"intranet","query_id":"{q}","client_id":"{w}","user_query":"{text}",'
            f'"query_attributes":{{}},"object_id_field":"url","timestamp":"{when}",'
            f'"query_response_id":"{q}-r","query_response_hit_ids":{_listed(shelf.iri, h, f)}}}\n'
            for q, w, text, when, h, f in zip(
                query_id, who, words, time_texts(at), hits.tolist(), finds.tolist(), strict=True
            )
        ]
        outlet.tally.rows += count
        outlet.tally.made("searched", count)
        clicks = np.flatnonzero(finds & week.chance(CLICKED_SHARE, count))
        place = rng.integers(0, SHOWN, size=len(clicks))
        clicked = hits[clicks, place].tolist()
        times = time_texts(at[clicks] + week.pause(len(clicks), 3, 60))
        for q, ordinal, item, when in zip(
            clicks.tolist(), place.tolist(), clicked, times, strict=True
        ):
            lines.append(_event("click", query_id[q], who[q], when, shelf.iri[item], ordinal + 1))
        outlet.tally.rows += len(clicks)
        outlet.tally.made("opened", len(clicks))
        scrolls = np.flatnonzero(finds & week.chance(SCROLLED_SHARE, count))
        for q, when in zip(scrolls.tolist(), time_texts(at[scrolls] + 2000), strict=True):
            lines.append(_event("scroll", query_id[q], who[q], when, "", 0))
        outlet.tally.left_out("an event that opens nothing", len(scrolls))
        if week.number == 0:
            lines.append(CUT_OFF)
            outlet.tally.refused("mapping.document")
        if lines:
            outlet.add(f"ubi-{week.monday:%G-W%V}.ndjson", "".join(lines))

    def close(self) -> None:
        """Every week is written as it ends."""


def _listed(iris: list[str], hits: list[int], finds: bool) -> str:  # noqa: FBT001  (one column of several)
    return "[" + ",".join(f'"{iris[hit]}"' for hit in dict.fromkeys(hits)) + "]" if finds else "[]"


def _event(  # noqa: PLR0913, PLR0917  (an event of UBI has these parts)
    action: str, query_id: str, who: str, when: str, url: str, ordinal: int
) -> str:
    about = (
        f'{{"object":{{"object_id":"{url}","object_id_field":"url"}},'
        f'"position":{{"ordinal":{ordinal}}}}}'
        if url
        else "{}"
    )
    return (
        f'{{"application":"intranet","action_name":"{action}","query_id":"{query_id}",'
        f'"client_id":"{who}","timestamp":"{when}","message_type":"{action.upper()}",'
        f'"event_attributes":{about}}}\n'
    )
