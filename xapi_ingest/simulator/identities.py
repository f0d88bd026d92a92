"""Who is behind an account: people with several, a shared kiosk, an address used twice.

Each source names people in its own way (``accounts``). Here stands where one person goes by more
than one name, and where one name is more than one person: what an identity match must get right,
or count as unresolved.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.moments import Ints
from xapi_ingest.simulator.population import People

SEVERAL_ACCOUNTS: Final = 3  # people with three accounts on the learning platform
KIOSK_NAME: Final = "kiosk-07"
KIOSK_PEOPLE: Final = 8


@dataclass(frozen=True)
class Identities:
    """The accounts beyond the one that each person has in a system.

    Accounts are numbered like people and follow after them: two for each of ``several``, then the
    kiosk's.
    """

    several: list[int]
    kiosk_people: list[int]
    reused: list[tuple[int, int]]  # who left, who has the address now
    first_place: int

    @property
    def kiosk(self) -> int:
        """The place of the kiosk's account."""
        return self.first_place + 2 * len(self.several)

    def accounts_of(self, source: str, person: Ints, at: Ints) -> Ints:
        """The place of the account under which each event is sent.

        People with three accounts use the learning platform under one after the other, as after
        moves of the platform; the kiosk stands where checklists are ticked off.
        """
        found = person.copy()
        if source == "lms":
            turn = (at // (61 * 86_400_000)) % 3
            for number, who in enumerate(self.several):
                extra = self.first_place + 2 * number + turn - 1
                found = np.where((person == who) & (turn > 0), extra, found)
        if source == "work":
            shared = np.isin(person, self.kiosk_people) & ((at // 60_000) % 2 == 0)
            found = np.where(shared, self.kiosk, found)
        return found

    def as_dict(self, people: People) -> dict[str, Any]:
        """The true identity behind every account that is not plainly one person's."""
        names = people.employee_id
        return {
            "several_accounts": {
                names[who]: [people.username[who], *_further(people.username[who])]
                for who in self.several
            },
            "shared_accounts": {KIOSK_NAME: [names[who] for who in self.kiosk_people]},
            "reused_addresses": [
                {
                    "address": people.email[now],
                    "first": names[before],
                    "until": str(people.leave_date[before]),
                    "then": names[now],
                    "since": str(people.hire_date[now]),
                }
                for before, now in self.reused
            ],
            "namesakes": _namesakes(people),
        }

    def further_names(self, people: People) -> list[str]:
        """User names of the accounts after the people's, in their order."""
        further = [name for who in self.several for name in _further(people.username[who])]
        return [*further, KIOSK_NAME]


def choose_identities(rng: np.random.Generator, people: People) -> Identities:
    """Pick who has several accounts and who shares the kiosk."""
    often = np.argsort(-people.propensity)[: 12 * SEVERAL_ACCOUNTS]
    several = sorted(rng.choice(often, size=SEVERAL_ACCOUNTS, replace=False).tolist())
    frontline = np.flatnonzero(people.is_frontline & np.isfinite(people.propensity))
    size = min(KIOSK_PEOPLE, len(frontline))
    shared = sorted(rng.choice(frontline, size=size, replace=False).tolist()) if size else []
    return Identities(several, shared, _reused(people), len(people.username))


def _reused(people: People) -> list[tuple[int, int]]:
    """Employees who have the address of somebody who left, with that person first."""
    first: dict[str, int] = {}
    found = []
    for number in range(people.employee_count):
        before = first.setdefault(people.username[number], number)
        if before != number:
            pair = (before, number)
            found.append(
                pair if people.hire_date[number] > people.hire_date[before] else pair[::-1]
            )
    return found


def _further(username: str) -> list[str]:
    return [f"{username}.old", f"x-{username}"]


def _namesakes(people: People) -> list[list[str]]:
    """Groups of employees who are called the same."""
    by_name: dict[str, list[str]] = {}
    for number in range(people.employee_count):
        by_name.setdefault(people.full_name[number], []).append(people.employee_id[number])
    return [ids for ids in by_name.values() if len(ids) > 1]
