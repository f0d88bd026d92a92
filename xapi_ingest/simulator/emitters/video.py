"""The video platform: the xAPI video profile, with played segments and a session id.

Habits: people are accounts by user name; a pause reports all segments played so far; watching to
the end gives completed, leaving gives terminated.
"""

import numpy as np

from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.moments import Bools, Ints, random_ids
from xapi_ingest.simulator.vocabulary import VIDEO_EXTENSIONS
from xapi_ingest.simulator.week import Week, chosen

_X = VIDEO_EXTENSIONS


def emit(week: Week) -> Events:
    """Everything that the video platform records in a week."""
    person, at = week.occasions(0.95)
    outsiders = week.rng.poisson(1.2)
    guest = np.full(outsiders, week.people.contractor)
    person, at = np.concatenate([person, guest]), np.concatenate([at, week.at_work(guest)])
    return _watched(week, person, at)


def _watched(week: Week, person: Ints, at: Ints) -> Events:
    """One viewing each: two stretches around a pause, now and then a jump between them."""
    rng, shelf, count = week.rng, week.shelves["video"], len(person)
    video = shelf.drawn(rng, count, week.monday)
    length = shelf.length[video]
    whole = rng.random(count) < 0.45
    until = np.where(whole, length, np.maximum(8, length * rng.beta(1.2, 2.0, count))).astype(
        np.int64
    )
    halfway = np.maximum(3, until * rng.uniform(0.2, 0.8, count)).astype(np.int64)
    jumps = rng.random(count) < 0.3
    resume = np.where(jumps, np.minimum(halfway + 20, until - 1), halfway)
    begin = at + week.pause(count, 2, 8)
    stop = begin + halfway * 1000
    again = stop + week.pause(count, 4, 90)
    end = again + (until - resume) * 1000
    thing, context = chosen(shelf.text, video), _contexts(random_ids(rng, count))
    first = [f"0[.]{h}" for h in halfway.tolist()]
    both = [
        f"{a}[,]{r}[.]{u}" for a, r, u in zip(first, resume.tolist(), until.tolist(), strict=True)
    ]
    progress = until / length
    done = progress >= 0.97  # noqa: PLR2004  (the platform's own mark of completion)
    who = (person, thing, context)
    return joined((
        _step(week, "initialized", who, at, [""] * count),
        _step(week, "played", who, begin, [_time(0)] * count),
        _step(week, "paused", who, stop, _states(halfway, first, halfway / length)),
        _step(week, "seeked", who, again - 900, _jumps(halfway, resume)).where(jumps),
        _step(week, "played", who, again, [_time(r) for r in resume.tolist()]),
        _step(week, "paused", who, end, _states(until, both, progress)),
        _step(week, "completed", who, end + 150, _completions(both, until)).where(done),
        _step(week, "terminated", who, end + 1200, _states(until, both, progress)).where(_closes(week, count)),
    ))  # fmt: skip


def _step(
    week: Week, verb: str, who: tuple[Ints, list[str], list[str]], at: Ints, result: list[str]
) -> Events:
    person, thing, context = who
    return week.events(verb, person, at, thing, result=result, context=context)


def _closes(week: Week, count: int) -> Bools:
    """Browsers that are simply closed send no last statement."""
    found: Bools = week.rng.random(count) < 0.8
    return found


def _contexts(sessions: list[str]) -> list[str]:
    return [
        ',"context":{"contextActivities":{"category":[{"id":"https://w3id.org/xapi/video"}]},'
        f'"extensions":{{"{_X}/session-id":"{session}"}}}}'
        for session in sessions
    ]


def _time(second: int) -> str:
    return f',"result":{{"extensions":{{"{_X}/time":{second}}}}}'


def _jumps(start: Ints, target: Ints) -> list[str]:
    return [
        f',"result":{{"extensions":{{"{_X}/time-from":{a},"{_X}/time-to":{b}}}}}'
        for a, b in zip(start.tolist(), target.tolist(), strict=True)
    ]


def _states(
    second: Ints, segments: list[str], progress: np.typing.NDArray[np.float64]
) -> list[str]:
    return [
        f',"result":{{"extensions":{{"{_X}/time":{t},"{_X}/progress":{p:.3f},'
        f'"{_X}/played-segments":"{s}"}}}}'
        for t, s, p in zip(second.tolist(), segments, progress.tolist(), strict=True)
    ]


def _completions(segments: list[str], until: Ints) -> list[str]:
    return [
        f',"result":{{"completion":true,"duration":"PT{u}S","extensions":{{"{_X}/progress":1.0,'
        f'"{_X}/played-segments":"{s}"}}}}'
        for s, u in zip(segments, until.tolist(), strict=True)
    ]
