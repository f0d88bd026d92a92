"""Events as arrays: what an emitter makes of a week before it becomes text."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, Ints
from xapi_ingest.simulator.vocabulary import VERB_TEXTS

UNMAPPED_TYPE: Final = 1
IMPLAUSIBLE: Final = 2


@dataclass(frozen=True)
class Events:
    """Statements of one source, one place each.

    ``result`` and ``context`` hold whole JSON members (``,"result":{…}``) or nothing. ``note`` says
    what was made unusual on purpose.
    """

    ids: list[str]
    person: Ints
    verb: Ints
    thing: list[str]
    result: list[str]
    context: list[str]
    at: Ints
    stored: Ints
    note: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, keep: Bools) -> "Events":
        """Those events for which ``keep`` holds."""
        return self.taken(np.flatnonzero(keep))

    def taken(self, places: Ints) -> "Events":
        """The events at ``places``, in that order."""
        chosen = places.tolist()
        parts: dict[str, Any] = {}
        for field in fields(self):
            column = getattr(self, field.name)
            parts[field.name] = (
                column[places] if isinstance(column, np.ndarray) else [column[i] for i in chosen]
            )
        return Events(**parts)


def joined(parts: Iterable[Events]) -> Events:
    """All events of ``parts``."""
    lists = list(parts)
    columns: dict[str, Any] = {}
    for field in fields(Events):
        pieces = [getattr(part, field.name) for part in lists]
        columns[field.name] = (
            np.concatenate(pieces)
            if isinstance(pieces[0], np.ndarray)
            else [text for piece in pieces for text in piece]
        )
    return Events(**columns)


def statement_texts(
    events: Events, actors: list[str], *, times: list[str], stored: list[str]
) -> list[str]:
    """The statements as JSON, one line each. An empty id leaves the member out."""
    columns = zip(
        events.ids, actors, events.verb.tolist(), events.thing, events.result,
        events.context, times, stored, strict=True,
    )  # fmt: skip
    return [
        f'{{"id":"{i}","actor":{a},"verb":{VERB_TEXTS[v]},"object":{o}{r}{c},"timestamp":"{t}"'
        f',"stored":"{s}","version":"1.0.3"}}'
        if i
        else f'{{"actor":{a},"verb":{VERB_TEXTS[v]},"object":{o}{r}{c},"timestamp":"{t}"}}'
        for i, a, v, o, r, c, t, s in columns
    ]
