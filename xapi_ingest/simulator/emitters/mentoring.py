"""The mentoring calendar: an hour as the mentor tells it and as the other side does.

Habits: entered at the end with the whole duration; the mentor is the instructor in the context.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.members import contexts, results
from xapi_ingest.simulator.moments import MINUTE
from xapi_ingest.simulator.vocabulary import CHAT, DOMAIN, TINCAN_TYPE, activity
from xapi_ingest.simulator.week import Week, chosen

LENGTHS: Final = np.array([25, 30, 45])  # minutes


def emit(week: Week) -> Events:
    """Managers mentor their people, a little more every week."""
    mentee, at = week.occasions(0.05 + 0.07 * week.progress)
    mentor = week.manager[mentee]
    meets = (mentor >= 0) & week.exposed[mentor]
    mentee, mentor, at = mentee[meets], mentor[meets], at[meets]
    minutes = LENGTHS[week.rng.integers(0, len(LENGTHS), size=len(mentee))]
    home = f"{CHAT}/mentoring/{week.monday:%G%V}"
    thing = [
        activity(f"{home}-{n}", "Mentoring", f"{TINCAN_TYPE}tutor-session")
        for n in range(len(mentee))
    ]
    agents = [
        f'{{"objectType":"Agent","mbox":"mailto:{name}@{DOMAIN}"}}'
        for name in chosen(week.people.username, mentor)
    ]
    result = results({"duration": [f'"PT{m}M"' for m in minutes.tolist()]})
    context = contexts({"instructor": agents})
    end = at + minutes * MINUTE
    return joined((
        week.events("mentored", mentor, end, thing, result=result, context=context),
        week.events("attended", mentee, end, thing, result=result, context=context),
    ))  # fmt: skip
