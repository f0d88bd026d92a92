"""The service desk: Jira issues with their comments, and the knowledge pages that helped.

Export: a CSV a quarter, all fields, of a Data Center instance, whose times are those of the head
office. People are user names. An agent's comment links to the page of the wiki that was used.
"""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.moments import HOUR, MINUTE, SECOND, Ints
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.systems.sentences import ANSWERS, QUESTIONS, drawn
from xapi_ingest.simulator.vocabulary import DOMAIN, WIKI
from xapi_ingest.simulator.week import Week, chosen
from xapi_ingest.simulator.world import World

SITE: Final = f"https://jira.{DOMAIN}"
ZONE: Final = "Asia/Tokyo"
AHEAD: Final = 9 * HOUR  # of UTC, all year
QUARTER_WEEKS: Final = 13
RATE: Final = 0.16  # issues that an active person deals with in a week
AGENTS: Final = ("Service", "Engineering")
AGENT_RATE: Final = 0.5
OPEN_SHARE, ORPHAN_SHARE = 0.06, 0.03  # nobody has touched it; resolved without an assignee
COMMENT_SHARE, LINK_SHARE, HELP_SHARE = 0.7, 0.5, 0.25
HEADER: Final = (
    "Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name",
    "Priority", "Resolution", "Assignee", "Reporter", "Created", "Updated", "Resolved", "Comment",
    "Comment",
)  # fmt: skip


class Desk:
    """The project of the service desk."""

    def __init__(self, world: World, exports: Path) -> None:
        settings = {
            "time_zone": ZONE,
            "parameters": f"{{site: {SITE}, knowledge_base: {WIKI}/}}",
        }
        self.outlets = (Outlet(exports, "desk", "jira-issues", settings),)
        self._names = world.people.username
        is_agent = np.isin(world.people.role_family, AGENTS)
        self._rate = np.where(is_agent, AGENT_RATE, RATE)
        self._count = 0

    def live(self, week: Week) -> None:
        """Write the issues of a week, each as it stands when the quarter is exported."""
        agent, at = week.occasions(self._rate)
        rows = self._issues(week, agent, at) if len(agent) else []
        if week.number == 0:
            rows.append(self._row("Old ticket", "old", ["", "", "03/Aug/20 9:00 AM", "yesterday"]))
            self.outlets[0].tally.refused("mapping.time")
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if week.number % QUARTER_WEEKS == 0:
            writer.writerow(HEADER)
            first = week.monday
            self._file = f"jira-from-{first}.csv"
        writer.writerows(rows)
        self.outlets[0].add(self._file, text.getvalue())

    def close(self) -> None:
        """Every quarter is written week by week."""

    def _issues(self, week: Week, agent: Ints, at: Ints) -> list[list[Any]]:
        rng, tally, count = week.rng, self.outlets[0].tally, len(agent)
        others = np.flatnonzero(week.active)
        reporter = chosen(self._names, rng.choice(others, size=count))
        helper = rng.choice(others, size=count)
        opened = at - rng.integers(HOUR, 40 * HOUR, size=count)
        summaries = drawn(rng, QUESTIONS, count)
        told, helped = drawn(rng, ANSWERS, count), drawn(rng, ANSWERS, count)
        page = week.shelves["article"]
        used = page.drawn(rng, count, week.monday).tolist()
        links = week.chance(LINK_SHARE, count).tolist()
        comments = week.chance(COMMENT_SHARE, count).tolist()
        helps = week.chance(HELP_SHARE, count).tolist()
        fate = rng.random(count).tolist()
        helped_at = week.at_work(helper)
        rows = []
        for n in range(count):
            who, ended = self._names[int(agent[n])], _told(int(at[n]))
            start = [reporter[n], _told(int(opened[n]))]
            if fate[n] < OPEN_SHARE:
                rows.append(self._row(summaries[n], "", [*start, ""]))
                tally.left_out("neither resolved nor commented on")
                continue
            if fate[n] < OPEN_SHARE + ORPHAN_SHARE:
                rows.append(self._row(summaries[n], "", [*start, ended]))
                tally.left_out("resolved without an assignee")
                continue
            said = []
            if comments[n]:
                text = f"{told[n]} See {page.iri[used[n]]}" if links[n] else told[n]
                said.append(f"{_told(int(at[n]) - 5 * MINUTE)};{who};{text}")
                tally.made("used", int(links[n]))
            if helps[n]:
                when = _told(int(helped_at[n]))
                said.append(f"{when};{self._names[int(helper[n])]};{helped[n]}")
            rows.append(self._row(summaries[n], who, [*start, ended], said))
            tally.rows += 1
            tally.made("resolved")
            tally.made("commented", len(said))
        return rows

    def _row(
        self, summary: str, assignee: str, times: list[str], said: list[str] | None = None
    ) -> list[Any]:
        """One issue: reporter, when it was opened, and when resolved, or an empty text."""
        self._count += 1
        reporter, *opened, resolved = times
        state = ("Done", "Done") if resolved else ("To Do", "")
        return [
            summary, f"OPS-{self._count}", 10_000 + self._count, "Service Request", state[0], "OPS",
            "Operations desk", "Medium", state[1], assignee, reporter, opened[-1],
            resolved or opened[-1], resolved, *(said or []), *[""] * (2 - len(said or [])),
        ]  # fmt: skip


def _told(at: int) -> str:
    """As Jira writes a time: ``14/Jul/25 3:42 PM``."""
    when = datetime.fromtimestamp((at + AHEAD) // SECOND, UTC)
    return f"{when:%d/%b/%y} {when.hour % 12 or 12}:{when:%M %p}"
