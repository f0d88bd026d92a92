"""GitHub's answers as ``gh api --paginate`` writes them: records of repositories, page by page.

Whoever has left by the end of the period is nobody there (``"user": null``).
"""

import json
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, time_texts
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import World

SITE: Final = "https://github.com"
REPOSITORIES: Final = ("line-tools", "portal", "reports")
KINDS: Final = ("pulls", "reviews", "review_comments", "issues", "issue_comments", "events")
GONE: Final = "the account was deleted"
Json = dict[str, Any]


def login(username: str) -> str:
    """The login of somebody whom the company manages on GitHub."""
    return f"{username.replace('.', '-')}_hinode"


class Pages:
    """The records of a week, by repository and kind, and what the mapping makes of them."""

    def __init__(self, world: World, outlet: Outlet) -> None:
        people = world.people
        self._outlet = outlet
        self._logins = [login(name) for name in people.username]
        self._is_gone: Bools = ~np.isnat(people.leave_date)
        self._number = 0
        self._begin()

    def add(  # noqa: PLR0913  (where, what, who, and what becomes of it)
        self,
        repository: str,
        kind: str,
        record: Json,
        who: int,
        *,
        verb: str = "",
        reason: str | None = None,
    ) -> None:
        """Put a record on its page: it becomes a statement of ``verb``, or is left out."""
        self._pages[repository][kind].append(record)
        reason = GONE if self._is_gone[who] else reason
        if reason is not None:
            self._outlet.tally.left_out(reason)
            return
        self._outlet.tally.rows += 1
        self._outlet.tally.made(verb)

    def add_uncounted(self, repository: str, kind: str, record: Json) -> None:
        """Put a record on its page that the caller counts."""
        self._pages[repository][kind].append(record)

    def number(self) -> int:
        """The next number: no two things on GitHub share one here."""
        self._number += 1
        return self._number

    def address(self, week: Week, kind: str) -> tuple[str, str, int]:
        """Repository, address and number of a new request (``pull``) or of ``issues``."""
        number = self.number()
        repository = REPOSITORIES[int(week.rng.integers(0, len(REPOSITORIES)))]
        return repository, f"{SITE}/hinode/{repository}/{kind}/{number}", number

    def record(self, who: int, at: int, address: str, number: int) -> Json:
        """What every record has."""
        return {
            "id": number, "html_url": address, "number": number, "user": self.user(who),
            "created_at": second_text(at),
        }  # fmt: skip

    def user(self, who: int) -> Json | None:
        """Somebody's account; None once it is deleted."""
        return None if self._is_gone[who] else {"login": self._logins[who], "type": "User"}

    def write(self) -> None:
        """Add the week's pages to the repositories' files."""
        for repository, pages in self._pages.items():
            text = "".join(json.dumps(page) + "\n" for page in pages.values() if page)
            if text:
                self._outlet.add(f"{repository}.json", text)
        self._begin()

    def _begin(self) -> None:
        self._pages: dict[str, dict[str, list[Json]]] = {
            name: {kind: [] for kind in KINDS} for name in REPOSITORIES
        }


def second_text(at: int) -> str:
    """An instant as GitHub writes it, to the second."""
    return time_texts(np.array([at]))[0][:19] + "Z"
