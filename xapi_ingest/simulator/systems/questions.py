"""The questions-and-answers site: a Stack Exchange data dump, ``Posts.xml`` and ``Votes.xml``.

Export: one dump at the end of the period. People are numbers of the site; whoever has left by then
is deleted, and what they wrote has no owner. Votes do not say who voted; a bookmark does.
"""

from pathlib import Path
from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import DAY, Bools, Floats, Ints, time_texts
from xapi_ingest.simulator.skills import SKILLS
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.systems.sentences import ANSWERS, QUESTIONS, drawn
from xapi_ingest.simulator.systems.threads import answered
from xapi_ingest.simulator.vocabulary import DOMAIN
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import World

SITE: Final = f"https://ask.{DOMAIN}"
FIRST_USER: Final = 101
RATE: Final = 0.5  # posts of an active person of average voice in a week
ANSWER_SHARE: Final = 0.62
BOOKMARK_RATE: Final = 0.03
ACCEPTED_SHARE: Final = 0.45
UP_SHARE: Final = 0.85  # of the votes on answers
ACCEPTED, UP, DOWN, BOOKMARKED, SPAM = 1, 2, 3, 5, 12
DELETED: Final = "the author's account was deleted, or is the community's"
VERB_OF_VOTE: Final = {
    ACCEPTED: "accepted", UP: "voted up", DOWN: "voted down", BOOKMARKED: "bookmarked",
}  # fmt: skip
_OPENING: Final = '<?xml version="1.0" encoding="utf-8"?>\n<{}>\n'


class Questions:
    """The site, and the dump that is taken of it."""

    def __init__(self, world: World, exports: Path) -> None:
        settings = {"parameters": f"{{site: {SITE}}}"}
        self.outlets = (
            Outlet(exports, "qa", "stackexchange-posts", settings),
            Outlet(exports, "qa-votes", "stackexchange-votes", settings),
        )
        self._posts, self._votes = self.outlets
        self._is_gone: Bools = ~np.isnat(world.people.leave_date)
        self._post_count = self._vote_count = 0
        self._posts.add("Posts.xml", _OPENING.format("posts"))
        self._votes.add("Votes.xml", _OPENING.format("votes"))

    def live(self, week: Week) -> None:
        """Add the posts of a week and the votes on them."""
        person, at = week.occasions(RATE * week.people.voice)
        order = np.argsort(at, kind="stable")
        person, at = person[order], at[order]
        skill = week.rng.integers(0, len(SKILLS), size=len(person))
        known = week.knowledge.of(person, skill)
        # who knows more is likelier to be the one who answers
        answers = week.rng.random(len(person)) < ANSWER_SHARE * (0.5 + known)
        root = answered(week.rng, np.zeros(len(person), dtype=np.int64), answers)
        first = self._post_count + 1
        self._post_count += len(person)
        self._write_posts(week, person, at, root, first)
        self._write_votes(week, at, known, root, first)
        if week.number == 0:
            self._write_faults(week)

    def close(self) -> None:
        """End both files."""
        self._posts.add("Posts.xml", "</posts>\n")
        self._votes.add("Votes.xml", "</votes>\n")

    def _write_posts(self, week: Week, person: Ints, at: Ints, root: Ints, first: int) -> None:
        count, tally = len(person), self._posts.tally
        times = [text[:-1] for text in time_texts(at)]
        titles = drawn(week.rng, QUESTIONS, count)
        bodies = drawn(week.rng, ANSWERS, count)
        answer_count = np.bincount(root[root >= 0], minlength=count).tolist()
        gone = self._is_gone[person]
        rows = []
        for n, (who, parent, left) in enumerate(
            zip(person.tolist(), root.tolist(), gone.tolist(), strict=True)
        ):
            owner = f'OwnerDisplayName="user{who}"' if left else f'OwnerUserId="{FIRST_USER + who}"'
            shared = f'CreationDate="{times[n]}" LastActivityDate="{times[n]}" {owner}'
            if parent < 0:
                rows.append(
                    f'  <row Id="{first + n}" PostTypeId="1" {shared} Score="0" ViewCount="12" '
                    f'Body="&lt;p&gt;{titles[n]}&lt;/p&gt;" Title="{titles[n]}" '
                    f'Tags="&lt;work&gt;" '
                    f'AnswerCount="{answer_count[n]}" CommentCount="0" />\n'
                )
            else:
                rows.append(
                    f'  <row Id="{first + n}" PostTypeId="2" ParentId="{first + parent}" {shared} '
                    f'Score="0" Body="&lt;p&gt;{bodies[n]}&lt;/p&gt;" CommentCount="0" />\n'
                )
        tally.rows += int((~gone).sum())
        tally.made("asked", int(((root < 0) & ~gone).sum()))
        tally.made("replied", int(((root >= 0) & ~gone).sum()))
        tally.left_out(DELETED, int(gone.sum()))
        self._posts.add("Posts.xml", "".join(rows))

    def _write_votes(self, week: Week, at: Ints, known: Floats, root: Ints, first: int) -> None:
        """Answers of those who know are voted up and accepted; one is accepted per question."""
        rng, answers = week.rng, np.flatnonzero(root >= 0)
        votes = rng.poisson(0.4 + 1.2 * known[answers])
        voted = np.repeat(answers, votes)
        kinds = np.where(week.chance(UP_SHARE, len(voted)), UP, DOWN)
        best = {int(root[n]): int(n) for n in answers[np.argsort(known[answers])].tolist()}
        taken = [n for n in best.values() if rng.random() < ACCEPTED_SHARE]
        keeper, _ = week.occasions(BOOKMARK_RATE)
        questions = np.flatnonzero(root < 0)
        kept = rng.choice(questions, size=len(keeper)) if len(questions) else keeper[:0]
        rows = [
            *zip(voted.tolist(), kinds.tolist(), strict=True),
            *((n, ACCEPTED) for n in taken),
        ]
        lines = [self._vote(first + n, kind, int(at[n]), "") for n, kind in rows]
        for n, who in zip(kept.tolist(), keeper.tolist(), strict=False):
            user = f' UserId="{FIRST_USER + who}"'
            lines.append(self._vote(first + n, BOOKMARKED, int(at[n]), user))
        self._votes.add("Votes.xml", "".join(lines))

    def _vote(self, post: int, kind: int, at: int, user: str) -> str:
        self._votes.tally.rows += 1
        self._votes.tally.made(VERB_OF_VOTE[kind])
        return self._vote_row(post, kind, f"{_day(at)}T00:00:00.000", user)

    def _vote_row(self, post: int, kind: int, when: str, user: str = "") -> str:
        self._vote_count += 1
        return (
            f'  <row Id="{self._vote_count}" PostId="{post}" VoteTypeId="{kind}"{user} '
            f'CreationDate="{when}" />\n'
        )

    def _write_faults(self, week: Week) -> None:
        """A tag's description, a post and a vote of a day that never was, a vote on spam."""
        day = f"{week.monday}T08:00:00.000"
        owner = f'OwnerUserId="{FIRST_USER}"'
        self._posts.add(
            "Posts.xml",
            f'  <row Id="{self._post_count + 1}" PostTypeId="5" CreationDate="{day}" Score="0" '
            f'Body="" OwnerUserId="-1" LastActivityDate="{day}" CommentCount="0" />\n'
            f'  <row Id="{self._post_count + 2}" PostTypeId="1" '
            f'CreationDate="2024-02-31T08:00:00.000" '
            f'Score="0" Body="" {owner} Title="When?" Tags="" CommentCount="0" />\n',
        )
        self._post_count += 2
        self._posts.tally.left_out("neither a question nor an answer")
        self._posts.tally.refused("mapping.time")
        spam = self._vote_row(1, SPAM, f"{week.monday}T00:00:00.000")
        broken = self._vote_row(1, UP, "2024-02-31T00:00:00.000")
        self._votes.add("Votes.xml", spam + broken)
        self._votes.tally.left_out("a vote about moderation, or a bounty")
        self._votes.tally.refused("mapping.time")


def _day(at: int) -> str:
    return str(np.datetime64(at // DAY, "D"))
