"""Skills: which there are, which role needs which, and how much of each a person has.

Knowledge runs from 0 to 1 and is forgotten: what is above a person's floor halves in a year
(Ebbinghaus's curve, slowed as work itself rehearses). Learning closes a share of the gap to 1, so
that who knows little gains most.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, Floats, Ints
from xapi_ingest.simulator.population import People

LEVELS: Final = 5
HALF_LIFE_WEEKS: Final = 52.0
NEVER: Final = -(10**6)

# id, name, whether it is a priority of the company
SKILLS: Final = (
    ("safe-working", "Working safely", True),
    ("leading-a-team", "Leading a team", True),
    ("reading-data", "Reading data", True),
    ("listening", "Listening to customers", True),
    ("finding-causes", "Finding root causes", True),
    ("planning", "Planning work", False),
    ("machine-care", "Caring for machines", True),
    ("quality-checks", "Checking quality", False),
    ("negotiating", "Negotiating", False),
    ("writing", "Writing clearly", False),
    ("coding", "Automating work", False),
    ("coaching", "Coaching", False),
)
PLACE: Final = {skill_id: place for place, (skill_id, _, _) in enumerate(SKILLS)}

# role family → role id, name, required levels by skill
ROLES: Final[dict[str, tuple[str, str, dict[str, int]]]] = {
    "Production": ("operator", "Machine operator", {
        "safe-working": 4, "machine-care": 3, "quality-checks": 3, "finding-causes": 2,
    }),
    "Quality": ("inspector", "Quality inspector", {
        "safe-working": 3, "quality-checks": 4, "finding-causes": 4, "reading-data": 3,
    }),
    "Logistics": ("dispatcher", "Dispatcher", {
        "safe-working": 4, "planning": 3, "writing": 2,
    }),
    "Service": ("service-agent", "Service agent", {
        "safe-working": 3, "listening": 4, "finding-causes": 3, "writing": 3,
    }),
    "Sales": ("account-manager", "Account manager", {
        "safe-working": 2, "listening": 3, "negotiating": 4, "reading-data": 2,
    }),
    "Engineering": ("engineer", "Engineer", {
        "safe-working": 2, "coding": 4, "finding-causes": 3, "reading-data": 3,
    }),
    "Business": ("business-partner", "Business partner", {
        "safe-working": 2, "reading-data": 4, "writing": 3, "planning": 3,
    }),
    "Leadership": ("leader", "Leader", {
        "safe-working": 2, "leading-a-team": 4, "coaching": 3, "planning": 3,
    }),
}  # fmt: skip

# task, name, role family, skills that it takes with their levels
TASKS: Final = (
    ("set-up-line", "Set up the line", "Production", {"safe-working": 3, "machine-care": 2}),
    ("clear-jam", "Clear a jam", "Production", {"safe-working": 4}),
    ("release-batch", "Release a batch", "Quality", {"quality-checks": 3}),
    ("trace-defect", "Trace a defect", "Quality", {"finding-causes": 3, "reading-data": 2}),
    ("plan-tour", "Plan a tour", "Logistics", {"planning": 3}),
    ("load-truck", "Load a truck", "Logistics", {"safe-working": 3}),
    ("take-complaint", "Take a complaint", "Service", {"listening": 3}),
    ("repair-on-site", "Repair on site", "Service", {"finding-causes": 2, "safe-working": 3}),
    ("visit-customer", "Visit a customer", "Sales", {"listening": 3}),
    ("close-contract", "Close a contract", "Sales", {"negotiating": 3}),
    ("automate-step", "Automate a step", "Engineering", {"coding": 3}),
    ("review-design", "Review a design", "Engineering", {"finding-causes": 2}),
    ("close-month", "Close the month", "Business", {"reading-data": 3}),
    ("write-policy", "Write a policy", "Business", {"writing": 3}),
    ("review-person", "Hold a review", "Leadership", {"leading-a-team": 3, "coaching": 2}),
    ("staff-shift", "Staff a shift", "Leadership", {"planning": 2, "leading-a-team": 2}),
)  # fmt: skip


@dataclass
class Knowledge:
    """What every employee knows of every skill, week by week.

    ``attained_week`` is the last week in which a person passed a course of a skill. ``without`` is
    what people would know if nobody had sat in a course of a programme, everything else being as
    it was: what is above it is the programmes' effect.
    """

    level: Floats  # people × skills, from 0 to 1
    floor: Floats
    attained_week: Ints
    without: Floats
    floor_without: Floats

    def forget(self) -> None:
        """Let a week pass."""
        kept = np.exp2(-1.0 / HALF_LIFE_WEEKS)
        self.level = self.floor + (self.level - self.floor) * kept
        self.without = self.floor_without + (self.without - self.floor_without) * kept

    def learn(
        self, person: Ints, skill: Ints, gain: float, *, in_programme: Bools | None = None
    ) -> None:
        """Close a share of the gap to full knowledge, once for each event.

        Args:
            person: Who learns, an event each.
            skill: What.
            gain: The share.
            in_programme: Which events would not be there without a programme; none if None.
        """
        self.level, self.floor = _raised(self.level, self.floor, person, skill, gain)
        if in_programme is not None:
            person, skill = person[~in_programme], skill[~in_programme]
        self.without, self.floor_without = _raised(
            self.without, self.floor_without, person, skill, gain
        )

    def attain(self, person: Ints, skill: Ints, week: int) -> None:
        """Remember that people passed a course of a skill."""
        self.attained_week[person, skill] = week

    def of(self, person: Ints, skill: Ints) -> Floats:
        """What each person knows of one skill."""
        found: Floats = self.level[person, skill]
        return found

    def levels(self, known: Floats) -> Ints:
        """Knowledge as a level from 0 to 5, as an assessor gives it."""
        found: Ints = np.clip(np.round(known * LEVELS), 0, LEVELS).astype(np.int64)
        return found


def _raised(
    level: Floats, floor: Floats, person: Ints, skill: Ints, gain: float
) -> tuple[Floats, Floats]:
    left = np.ones_like(level)
    np.multiply.at(left, (person, skill), 1.0 - gain)
    raised: Floats = 1.0 - (1.0 - level) * left
    return raised, np.maximum(floor, 0.5 * raised)


def first_knowledge(rng: np.random.Generator, people: People) -> Knowledge:
    """What people know before the period: near what their role asks for, mostly below."""
    count = people.employee_count
    required = required_levels(people)
    drawn = rng.normal(0.0, 0.13, size=required.shape) + rng.normal(0.0, 0.07, size=(count, 1))
    level = np.clip(np.where(required > 0, required / LEVELS - 0.12, 0.18) + drawn, 0.02, 0.95)
    floor = level * 0.8
    return Knowledge(level, floor, np.full(required.shape, NEVER), level.copy(), floor.copy())


def required_levels(people: People) -> Floats:
    """The level that each person's role asks for in each skill; 0: none."""
    found = np.zeros((people.employee_count, len(SKILLS)))
    family = np.array(people.role_family)
    for name, (_, _, levels) in ROLES.items():
        mine: Bools = family == name
        for skill_id, level in levels.items():
            found[mine, PLACE[skill_id]] = level
    return found


def skill_of_shelf(kind: str, count: int, programme_skills: tuple[str, ...]) -> Ints:
    """The skill that each item of a kind teaches; courses teach that of their programme."""
    if kind in {"course", "workshop"}:
        places = [PLACE[skill_id] for skill_id in programme_skills]
        return np.array(places)[np.arange(count) % len(places)]
    offset = sum(map(ord, kind)) % len(SKILLS)
    found: Ints = (np.arange(count) + offset) % len(SKILLS)
    return found
