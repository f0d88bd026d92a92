"""The simulation lab: people try, and their managers judge.

Habits: people are hashes of their addresses; a judgement points to the attempt's statement.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.members import (
    WITHHELD,
    contexts,
    lasting,
    objects,
    references,
    results,
    scaled,
)
from xapi_ingest.simulator.moments import HOUR, random_ids
from xapi_ingest.simulator.vocabulary import FEEDBACK
from xapi_ingest.simulator.week import Week, chosen

JUDGED_SHARE: Final = 0.35
GAIN: Final = 0.05  # share of the gap in a skill that a simulation closes


def emit(week: Week) -> Events:
    """Few try, fewer every week; the manager's judgement follows for a third of the attempts."""
    rng, shelf = week.rng, week.shelves["simulation"]
    person, at = week.occasions(0.13 - 0.05 * week.progress)
    item = shelf.drawn(rng, len(person), week.monday)
    spent = week.spent(shelf.length[item])
    known = week.knowledge.of(person, shelf.skill[item])
    score = np.clip(rng.normal(0.35 + 0.6 * known, 0.14, len(person)), 0.0, 1.0)
    week.knowledge.learn(person, shelf.skill[item], GAIN)
    ids, thing, end = random_ids(rng, len(person)), chosen(shelf.text, item), at + spent
    result = results({"score": scaled(score), "duration": lasting(spent // 1000)})
    tried = week.events("attempted", person, end, thing, result=result, ids=ids)
    manager = week.manager[person]
    judged = (manager >= 0) & week.exposed[manager] & week.chance(JUDGED_SHARE, len(person))
    seen = np.flatnonzero(judged)
    said = objects({"score": scaled(score[seen]), "extensions": f'{{"{FEEDBACK}":{WITHHELD}}}'})
    context = contexts({
        "statement": references(chosen(ids, seen)), "platform": '"Service Desk"',
    })  # fmt: skip
    when = end[seen] + rng.integers(HOUR // 2, 30 * HOUR, size=len(seen))
    result = [f',"result":{text}' for text in said]
    judgements = week.events(
        "evaluated", manager[seen], when, chosen(thing, seen), result=result, context=context
    )
    return joined((tried, judgements))
