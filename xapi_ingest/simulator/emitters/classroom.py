"""Live sessions that the LMS schedules, in a room or on screen, once in every location.

Habits: attendance is recorded at the end with the whole session's duration; the delivery mode and
the registration for the workshop stand in the context; the instructor is an account that HR does
not know.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import Events
from xapi_ingest.simulator.members import contexts, inside, objects, quoted, results
from xapi_ingest.simulator.moments import DAY, HOUR, MINUTE, keyed_ids
from xapi_ingest.simulator.names import LOCATIONS
from xapi_ingest.simulator.vocabulary import ADL_TYPE, DELIVERY_MODE, LMS, activity
from xapi_ingest.simulator.week import Week, chosen

PEOPLE_PER_SESSION: Final = 120  # employees for whom one session a week is held
LENGTHS: Final = np.array([45, 60, 90])  # minutes
MODES: Final = ('"in_person"', '"live_online"')
AFTER_COURSES: Final = 10_000  # registrations are numbered by item: courses first, then workshops
INSTRUCTOR: Final = f'{{"objectType":"Agent","account":{{"homePage":"{LMS}","name":"system"}}}}'


def emit(week: Week) -> Events:
    """Who attended which session of a week: more every week, and more of it online."""
    rng, shelf = week.rng, week.shelves["workshop"]
    comes = week.chance(0.09 + 0.13 * week.progress, len(week.active))
    person = np.flatnonzero(week.active & comes)
    held = max(1, round(len(week.active) / PEOPLE_PER_SESSION))
    begins = week.start + rng.integers(1, 5, held) * DAY + rng.integers(9, 16, held) * HOUR
    minutes = LENGTHS[rng.integers(0, len(LENGTHS), size=held)]
    workshop = shelf.drawn(rng, held, week.monday)
    thing = [
        activity(
            f"{shelf.iri[w]}/session/{week.monday}-{n}-{place}",
            shelf.title[w],
            f"{ADL_TYPE}meeting",
        )
        for n, w in enumerate(workshop.tolist())
        for place in range(len(LOCATIONS))
    ]
    online = week.chance(0.55 + 0.2 * week.progress, held).astype(np.int64)
    result = results({"duration": [f'"PT{m // 60}H{m % 60}M"' for m in minutes.tolist()]})
    session = rng.integers(0, held, size=len(person))
    context = contexts({
        "registration": quoted(keyed_ids(week.seed, person, AFTER_COURSES + workshop[session])),
        "instructor": INSTRUCTOR,
        "contextActivities": inside(chosen(shelf.text, workshop[session])),
        "extensions": objects({DELIVERY_MODE: chosen(MODES, online[session])}),
    })  # fmt: skip
    zone = week.people.zone[person]
    end = week.clock.from_local((begins + minutes * MINUTE)[session], zone)
    return week.events(
        "attended", person, end, chosen(thing, session * len(LOCATIONS) + zone),
        result=chosen(result, session), context=context,
    )  # fmt: skip
