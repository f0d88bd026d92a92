"""The video platform: the xAPI video profile, with played segments and a session id.

Habits: people are accounts by user name; a pause reports all segments played so far; watching to
the end gives completed, leaving gives terminated, unless the browser is simply closed.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.members import Columns, contexts, objects, quoted, results
from xapi_ingest.simulator.moments import SECOND, Ints, random_ids
from xapi_ingest.simulator.vocabulary import VIDEO_EXTENSIONS
from xapi_ingest.simulator.week import Week, chosen

WHOLE_SHARE: Final = 0.45
JUMPING_SHARE: Final = 0.3
CLOSING_SHARE: Final = 0.8
COMPLETED_AT: Final = 0.97
_X: Final = VIDEO_EXTENSIONS


def emit(week: Week) -> Events:
    """Everything that the video platform records in a week."""
    person, at = week.occasions(1.1)
    guest = np.full(week.rng.poisson(1.2), week.people.contractor)
    return _watched(
        week, np.concatenate([person, guest]), np.concatenate([at, week.at_work(guest)])
    )


def _watched(week: Week, person: Ints, at: Ints) -> Events:
    """One viewing each: two stretches around a pause, now and then a jump between them."""
    rng, shelf, count = week.rng, week.shelves["video"], len(person)
    video = shelf.drawn(rng, count, week.monday)
    length = shelf.length[video]
    part = np.maximum(8, length * rng.beta(1.2, 2.0, count)).astype(np.int64)
    until = np.where(week.chance(WHOLE_SHARE, count), length, part)
    halfway = np.maximum(3, until * rng.uniform(0.2, 0.8, count)).astype(np.int64)
    jumps = week.chance(JUMPING_SHARE, count)
    resume = np.where(jumps, np.minimum(halfway + 20, until - 1), halfway)
    begin = at + week.pause(count, 2, 8)
    stop = begin + halfway * SECOND
    again = stop + week.pause(count, 4, 90)
    end = again + (until - resume) * SECOND
    first = [f"0[.]{h}" for h in halfway.tolist()]
    both = [
        f"{a}[,]{r}[.]{u}" for a, r, u in zip(first, resume.tolist(), until.tolist(), strict=True)
    ]
    final = _states(until, both, length)
    leaves = week.chance(CLOSING_SHARE, count)
    viewing = _Viewing(week, person, chosen(shelf.text, video))
    return joined((
        viewing.step("initialized", at, [""] * count),
        viewing.step("played", begin, _positions(np.zeros(count, dtype=np.int64))),
        viewing.step("paused", stop, _states(halfway, first, length)),
        viewing.step("seeked", again - 900, _jumps(halfway, resume)).where(jumps),
        viewing.step("played", again, _positions(resume)),
        viewing.step("paused", end, final),
        viewing.step("completed", end + 150, _completions(both, until)).where(
            until >= COMPLETED_AT * length
        ),
        viewing.step("terminated", end + 1200, final).where(leaves),
    ))  # fmt: skip


class _Viewing:
    """What all statements of the viewings have in common."""

    def __init__(self, week: Week, person: Ints, thing: list[str]) -> None:
        self._week, self._person, self._thing = week, person, thing
        session = objects({f"{_X}/session-id": quoted(random_ids(week.rng, len(person)))})
        profile = '{"category":[{"id":"https://w3id.org/xapi/video"}]}'
        self._context = contexts({"contextActivities": profile, "extensions": session})

    def step(self, verb: str, at: Ints, result: list[str]) -> Events:
        """One statement of every viewing."""
        return self._week.events(
            verb, self._person, at, self._thing, result=result, context=self._context
        )


def _numbers(values: Ints) -> list[str]:
    return [str(value) for value in values.tolist()]


def _positions(second: Ints) -> list[str]:
    return results({"extensions": objects({f"{_X}/time": _numbers(second)})})


def _jumps(start: Ints, target: Ints) -> list[str]:
    ends = {f"{_X}/time-from": _numbers(start), f"{_X}/time-to": _numbers(target)}
    return results({"extensions": objects(ends)})


def _states(second: Ints, segments: list[str], length: Ints) -> list[str]:
    state: Columns = {
        f"{_X}/time": _numbers(second),
        f"{_X}/progress": [f"{share:.3f}" for share in (second / length).tolist()],
        f"{_X}/played-segments": quoted(segments),
    }
    return results({"extensions": objects(state)})


def _completions(segments: list[str], until: Ints) -> list[str]:
    state: Columns = {f"{_X}/progress": "1.0", f"{_X}/played-segments": quoted(segments)}
    took = [f'"PT{second}S"' for second in until.tolist()]
    return results({"completion": "true", "duration": took, "extensions": objects(state)})
