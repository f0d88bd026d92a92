"""Code review on GitHub: pull requests, reviews, comments, issues and what happened to them.

Export: what ``gh api --paginate`` writes of each repository, a page of answers a week. Engineers
only; people are logins. People look at what is recent, so that a week costs no more in a large
company than its actions do.
"""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from xapi_ingest.simulator.names import TOPICS
from xapi_ingest.simulator.systems.github import SITE, Json, Pages, second_text
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.systems.sentences import ANSWERS, drawn
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import World

FAMILY: Final = "Engineering"
RATE: Final = 2.6  # actions of an active engineer in a week
ACTIONS: Final = ("open", "review", "comment", "issue")
ACTION_SHARES: Final = (0.34, 0.40, 0.14, 0.12)
STATES: Final = ("APPROVED", "CHANGES_REQUESTED", "COMMENTED")
STATE_SHARES: Final = (0.6, 0.25, 0.15)
KEPT_WEEKS: Final = 4  # after which a pull request is given up
RECENT: Final = 40  # requests and issues that people still look at
SOLVED_SHARE: Final = 0.5
SILENT: Final = "a review that only holds comments, which come by themselves"
LISTED: Final = "a pull request in the list of issues"
NOT_SOLVED: Final = "a closing that solves no issue"
BOT: Final = "done by a bot or an app"


@dataclass
class _Pull:
    """A pull request that is open."""

    record: Json
    repository: str
    author: int
    at: int
    week: int
    approved_at: int = 0
    comment: int = 0


class Code:
    """The repositories of Technology."""

    def __init__(self, world: World, exports: Path) -> None:
        settings = {"parameters": f"{{site: {SITE}}}"}
        self.outlets = (Outlet(exports, "code", "github-activity", settings),)
        people = world.people
        self._pages = Pages(world, self.outlets[0])
        self._is_engineer = np.array([family == FAMILY for family in people.role_family])
        self._open: dict[int, _Pull] = {}
        self._approved: dict[int, _Pull] = {}  # by author: what waits for the merge
        self._issues: dict[str, tuple[str, int]] = {}  # address → repository, when

    def live(self, week: Week) -> None:
        """Write what happened in a week; a pull request is written when it is settled."""
        person, at = week.occasions(np.where(self._is_engineer, RATE, 0.0))
        order = np.argsort(at, kind="stable")
        drawn_actions = week.rng.choice(4, size=len(person), p=ACTION_SHARES)
        ways = {
            "open": self._ask, "review": self._review, "comment": self._comment,
            "issue": self._raise_or_solve,
        }  # fmt: skip
        for place in order.tolist():
            who, moment = int(person[place]), int(at[place])
            if not self._merge(who, moment):
                ways[ACTIONS[drawn_actions[place]]](week, who, moment)
        self._robots(week)
        for pull in [p for p in self._open.values() if week.number - p.week >= KEPT_WEEKS]:
            self._settle(pull)
        self._pages.write()

    def close(self) -> None:
        """Write the pull requests that are still open."""
        for pull in list(self._open.values()):
            self._settle(pull)
        self._pages.write()

    def _ask(self, week: Week, who: int, at: int) -> None:
        repository, address, number = self._pages.address(week, "pull")
        title = TOPICS[number % len(TOPICS)]
        record = self._pages.record(who, at, address, number) | {
            "title": f"Simplify {title.lower()}", "state": "open", "merged_at": None,
            "head": {"ref": f"change-{number}", "sha": f"{number:040x}"}, "base": {"ref": "main"},
        }  # fmt: skip
        self._open[number] = _Pull(record, repository, who, at, week.number)

    def _review(self, week: Week, who: int, at: int) -> None:
        recent = islice(reversed(self._open.values()), RECENT)
        waiting = [p for p in recent if p.author != who and p.at < at and not p.approved_at]
        if not waiting:
            self._ask(week, who, at)
            return
        pull = waiting[int(week.rng.integers(0, len(waiting)))]
        state = STATES[week.rng.choice(3, p=STATE_SHARES)]
        number, page = self._pages.number(), pull.record["html_url"]
        body = drawn(week.rng, ANSWERS, 1)[0]
        review = self._pages.record(who, at, f"{page}#pullrequestreview-{number}", number)
        del review["created_at"]
        is_silent = state == "COMMENTED"
        review |= {
            "state": state,
            "body": "" if is_silent else body,
            "submitted_at": second_text(at),
        }
        reason = SILENT if is_silent else None
        self._pages.add(pull.repository, "reviews", review, who, verb="reviewed", reason=reason)
        if state == "APPROVED":
            pull.approved_at = at
            self._approved[pull.author] = pull
        else:
            self._remark(pull, who, at, number, body)

    def _remark(self, pull: _Pull, who: int, at: int, review: int, body: str) -> None:
        """A comment on a line; the next one by somebody else is a reply to it."""
        number, page = self._pages.number(), pull.record["html_url"]
        record = self._pages.record(who, at, f"{page}#discussion_r{number}", number)
        record |= {"pull_request_review_id": review, "path": "main.py", "body": body}
        if pull.comment:
            record["in_reply_to_id"] = pull.comment
        verb = "replied" if pull.comment else "commented"
        self._pages.add(pull.repository, "review_comments", record, who, verb=verb)
        pull.comment = pull.comment or number

    def _comment(self, week: Week, who: int, at: int) -> None:
        pulls = islice(reversed(self._open.values()), RECENT)
        issues = islice(reversed(self._issues.items()), RECENT)
        found = [(p.repository, str(p.record["html_url"])) for p in pulls if p.at < at]
        found += [(repository, page) for page, (repository, when) in issues if when < at]
        if not found:
            return
        repository, page = found[int(week.rng.integers(0, len(found)))]
        number = self._pages.number()
        record = self._pages.record(who, at, f"{page}#issuecomment-{number}", number)
        record["body"] = drawn(week.rng, ANSWERS, 1)[0]
        self._pages.add(repository, "issue_comments", record, who, verb="commented")

    def _raise_or_solve(self, week: Week, who: int, at: int) -> None:
        recent = islice(reversed(self._issues.items()), RECENT)
        old = [(page, repository) for page, (repository, when) in recent if when < at]
        if old and week.rng.random() < SOLVED_SHARE:
            page, repository = old[int(week.rng.integers(0, len(old)))]
            del self._issues[page]
            issue = {"html_url": page, "state_reason": "completed"}
            self._event(repository, who, at, "closed", issue, verb="resolved")
            return
        repository, address, number = self._pages.address(week, "issues")
        record = self._pages.record(who, at, address, number) | {
            "title": f"Trouble with {TOPICS[number % len(TOPICS)].lower()}", "state": "open",
        }  # fmt: skip
        self._pages.add(repository, "issues", record, who, verb="created")
        self._issues[address] = (repository, at)

    def _merge(self, who: int, at: int) -> bool:
        """Have somebody merge an approved request of theirs, if there is one."""
        pull = self._approved.get(who)
        if pull is None or pull.approved_at >= at:
            return False
        pull.record |= {"merged_at": second_text(at), "state": "closed"}
        issue = {"html_url": pull.record["html_url"], "pull_request": {"url": "-"}}
        self._event(pull.repository, who, at, "merged", issue, verb="merged")
        self._event(pull.repository, who, at, "closed", issue, reason=NOT_SOLVED)
        self._settle(pull)
        return True

    def _settle(self, pull: _Pull) -> None:
        """Write a pull request as it now stands, where requests and where issues are listed."""
        del self._open[pull.record["number"]]
        if self._approved.get(pull.author) is pull:
            del self._approved[pull.author]
        self._pages.add(pull.repository, "pulls", pull.record, pull.author, verb="created")
        if pull.record["merged_at"] and pull.record["user"] is not None:
            self.outlets[0].tally.made("published")
        shared = ("html_url", "id", "number", "title", "user", "created_at", "state")
        listed = {name: pull.record[name] for name in shared} | {"pull_request": {"url": "-"}}
        self._pages.add(pull.repository, "issues", listed, pull.author, reason=LISTED)

    def _robots(self, week: Week) -> None:
        """A robot's request every week, and once a comment whose time is none."""
        repository, address, number = self._pages.address(week, "pull")
        record = self._pages.record(0, week.start, address, number) | {
            "title": "Bump requests", "user": {"login": "dependabot[bot]", "type": "Bot"},
            "merged_at": None, "head": {"ref": "bump", "sha": f"{number:040x}"},
        }  # fmt: skip
        self._pages.add_uncounted(repository, "pulls", record)
        self.outlets[0].tally.left_out(BOT)
        if week.number == 0:
            lost = {
                "id": 1, "html_url": f"{address}#issuecomment-1", "body": "Nice.",
                "user": {"login": "somebody", "type": "User"}, "created_at": "last week",
            }  # fmt: skip
            self._pages.add_uncounted(repository, "issue_comments", lost)
            self.outlets[0].tally.refused("mapping.time")

    def _event(  # noqa: PLR0913  (an event of GitHub has these parts)
        self,
        repository: str,
        who: int,
        at: int,
        name: str,
        issue: Json,
        *,
        verb: str = "",
        reason: str | None = None,
    ) -> None:
        record = {
            "id": self._pages.number(), "actor": self._pages.user(who), "event": name,
            "issue": issue, "created_at": second_text(at),
        }  # fmt: skip
        self._pages.add(repository, "events", record, who, verb=verb, reason=reason)
