"""From knowing to doing: tasks begun at work, skills used in them, managers who watch.

A person who passed a course uses its skill when work gives the chance, the likelier the better he
or she knows it and the fresher it is; nobody is to blame for a chance that never came. Half of the
uses reach the records of work systems, some as statements; a part is watched by the manager.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.books import Books
from xapi_ingest.simulator.events import Events
from xapi_ingest.simulator.members import flags, results
from xapi_ingest.simulator.moments import HOUR, Bools, Floats, Ints, time_texts
from xapi_ingest.simulator.programmes import CATALOGUE
from xapi_ingest.simulator.skills import PLACE, ROLES, SKILLS, TASKS, Knowledge
from xapi_ingest.simulator.vocabulary import ADL_TYPE, DESK, activity
from xapi_ingest.simulator.week import Week, chosen

STARTS_A_WEEK: Final = 0.35  # tasks that are written down, a person and week
FRESH_WEEKS: Final = 9
RECORDED_SHARE: Final = 0.55
SAID_SHARE: Final = 0.5  # of the records that also come as statements
WATCHED_SHARE: Final = 0.12
SELF_REPORT_SHARE: Final = 0.25
PERFORMANCES: Final = tuple(
    activity(f"{DESK}/task/{task_id}", name, f"{ADL_TYPE}performance")
    for task_id, name, _, _ in TASKS
)
_PROGRAMME_OF: Final = {p.skill_id: p.programme_id for p in CATALOGUE}
_FAMILIES: Final = tuple(ROLES)
_SKILL_OF_TASK: Final = np.array([PLACE[next(iter(levels))] for *_, levels in TASKS])
_TASKS_OF: Final = {
    family: [n for n, (_, _, own, _) in enumerate(TASKS) if own == family] for family in _FAMILIES
}


@dataclass(frozen=True)
class _Starts:
    """Tasks begun in a week, one place each."""

    person: Ints
    task: Ints
    at: Ints
    end: Ints
    known: Floats
    is_fresh: Bools  # a course of the skill was passed within ``FRESH_WEEKS``
    number: Ints

    @property
    def skill(self) -> Ints:
        """The first skill that each task takes."""
        found: Ints = _SKILL_OF_TASK[self.task]
        return found


class Tasks:
    """Work in one week after the other; ``books`` gets what systems other than xAPI's record."""

    def __init__(self, role_family: list[str], books: Books) -> None:
        self._choices = np.array([(_TASKS_OF[f] * 2)[:2] for f in role_family])
        self._books = books
        self._count = 0

    def emit(self, week: Week, knowledge: Knowledge) -> Events:
        """Everything that happens at work in a week and has to do with skills."""
        starts = self._begin(week, knowledge)
        chance = np.where(starts.is_fresh, 0.15 + 0.75 * starts.known, 0.35 * starts.known)
        used = week.rng.random(len(starts.person)) < chance
        watched = week.chance(WATCHED_SHARE, len(used))
        watched &= week.manager[starts.person] >= 0
        recorded = used & week.chance(RECORDED_SHARE, len(used))
        self._write_starts(week, starts)
        self._write_uses(week, starts, used, recorded)
        self._write_observations(week, starts, watched)
        said = recorded & week.chance(SAID_SHARE, len(used))
        said &= week.people.ever_learns[starts.person]
        return self._statements(week, starts, np.flatnonzero(said))

    def _begin(self, week: Week, knowledge: Knowledge) -> _Starts:
        rng = week.rng
        person = np.flatnonzero(week.exposed)
        person = np.repeat(person, rng.poisson(STARTS_A_WEEK, size=len(person)))
        task = self._choices[person, rng.integers(0, 2, size=len(person))]
        at = week.at_work(person)
        number = self._count + np.arange(len(person))
        self._count += len(person)
        skill = _SKILL_OF_TASK[task]
        since = week.number - knowledge.attained_week[person, skill]
        end = at + (HOUR * rng.gamma(4.0, 0.5, size=len(person))).astype(np.int64)
        known = knowledge.of(person, skill)
        return _Starts(person, task, at, end, known, (since >= 0) & (since <= FRESH_WEEKS), number)

    def _write_starts(self, week: Week, starts: _Starts) -> None:
        names = week.people.employee_id
        columns = zip(
            starts.number.tolist(), starts.person.tolist(), starts.task.tolist(),
            time_texts(starts.at), time_texts(starts.end), strict=True,
        )  # fmt: skip
        self._books.add(
            "task_starts",
            (
                (f"TS-{n}", names[p], TASKS[t][0], begun, ended, None, ROLES[TASKS[t][2]][0])
                for n, p, t, begun, ended in columns
            ),
        )

    def _write_uses(self, week: Week, starts: _Starts, used: Bools, recorded: Bools) -> None:
        """What work systems know, what people say of themselves, and chances that passed."""
        says = used & week.chance(SELF_REPORT_SHARE, len(used))
        missed = ~used & starts.is_fresh
        kinds = (("work_record", recorded), ("self_report", says), ("opportunity", missed))
        names = week.people.employee_id
        rows: list[tuple[Any, ...]] = []
        for kind, which in kinds:
            places = np.flatnonzero(which)
            times = time_texts(starts.end[places])
            for place, when in zip(places.tolist(), times, strict=True):
                skill_id = SKILLS[int(starts.skill[place])][0]
                rows.append((
                    f"WR-{starts.number[place]}-{kind[0]}", when, names[starts.person[place]], kind,
                    skill_id, _PROGRAMME_OF.get(skill_id), kind == "work_record",
                ))  # fmt: skip
        self._books.add("work_records", rows)

    def _write_observations(self, week: Week, starts: _Starts, watched: Bools) -> None:
        rng, names = week.rng, week.people.employee_id
        rows: list[tuple[Any, ...]] = []
        places = np.flatnonzero(watched)
        able = rng.random(len(places)) < np.clip(starts.known[places] * 1.15, 0.05, 0.97)
        alone = rng.random(len(places)) < starts.known[places]
        times = time_texts(starts.end[places] + HOUR // 2)
        for place, is_able, is_alone, when in zip(
            places.tolist(), able.tolist(), alone.tolist(), times, strict=True
        ):
            person, skill_id = int(starts.person[place]), SKILLS[int(starts.skill[place])][0]
            help_needed = "none" if is_able and is_alone else "assisted" if is_able else "prompted"
            rows.append((
                f"OB-{starts.number[place]}", when, names[person],
                names[int(week.manager[person])], skill_id, is_able, help_needed,
                1 + round(3 * float(starts.known[place])), f"PF-{starts.number[place]}",
                TASKS[int(starts.task[place])][0], _PROGRAMME_OF.get(skill_id),
            ))  # fmt: skip
        self._books.add("observations", rows)

    def _statements(self, week: Week, starts: _Starts, places: Ints) -> Events:
        """Uses that the desk's system also sends as statements."""
        count = len(places)
        context = [',"context":{"platform":"Service Desk"}'] * count
        result = results({"success": flags(np.ones(count, dtype=np.bool_))})
        thing = chosen(PERFORMANCES, starts.task[places])
        return week.events(
            "applied", starts.person[places], starts.end[places], thing,
            result=result, context=context,
        )  # fmt: skip
