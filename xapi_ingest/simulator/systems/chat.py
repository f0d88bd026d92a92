"""The chat: a Slack workspace's export, with threads, reactions, a bot and messages of Slack's own.

Export: a zip a quarter, as an export of a range of dates: people, channels, a folder a channel with
a file a day (UTC). People are the workspace's ids, whose addresses stand in ``users.json``.
"""

import io
import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from xapi_ingest.simulator.moments import DAY, EPOCH, HOUR, Ints
from xapi_ingest.simulator.population import LURKER
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.systems.sentences import ANSWERS, NEWS, QUESTIONS, drawn
from xapi_ingest.simulator.systems.threads import answered
from xapi_ingest.simulator.week import Week, chosen
from xapi_ingest.simulator.world import World

SITE: Final = "https://hinode.slack.com"
QUARTER_WEEKS: Final = 13
RATE: Final = 2.4  # messages of an active person of average voice in a week
REACTION_RATE: Final = 0.5
REPLY_SHARE, EDITED_SHARE = 0.6, 0.05
CHANNELS: Final = (
    ("C01GENERAL", "general", 0.2), ("C02HELPIT", "help-it", 0.25),
    ("C03ASKQUAL", "ask-quality", 0.2), ("C04SHOPFLR", "shop-floor", 0.15),
    ("C05CUSTOMR", "customer-cases", 0.2),
)  # fmt: skip
ASKING: Final = np.array([name.startswith(("help-", "ask-")) for _, name, _ in CHANNELS])
EMOJI: Final = ("+1", "tada", "eyes", "heart", "raised_hands")
BOT: Final = "U0REMINDBOT"
Message = dict[str, Any]


class Chat:
    """The workspace."""

    def __init__(self, world: World, exports: Path) -> None:
        settings = {"parameters": f"{{site: {SITE}}}"}
        self.outlets = (Outlet(exports, "chat", "slack-export", settings),)
        self._world = world
        self._ids = [f"U{n:09d}" for n in range(len(world.people.username))]
        self._days: dict[tuple[str, int], list[Message]] = defaultdict(list)
        self._serial = 0
        self._first = self._last = world.arguments.start
        self._archive = io.BytesIO()

    def live(self, week: Week) -> None:
        """Take a week's messages; whole days go into the quarter's zip."""
        self._talk(week)
        self._announce(week)
        last = week.number % QUARTER_WEEKS == QUARTER_WEEKS - 1
        self._pack(week.start + 6 * DAY, ends=last)

    def close(self) -> None:
        """Write the last quarter."""
        self._pack(2**62, ends=True)

    def _talk(self, week: Week) -> None:
        """What people wrote, in threads, and who reacted."""
        rng, tally = week.rng, self.outlets[0].tally
        person, at = week.occasions(RATE * week.people.voice)
        order = np.argsort(at, kind="stable")
        person, at, count = person[order], at[order], len(person)
        channel = rng.choice(len(CHANNELS), size=count, p=[share for *_, share in CHANNELS])
        root = answered(rng, channel, week.chance(REPLY_SHARE, count))
        messages = self._messages(week, person, at, channel, root)
        asked = int(((root < 0) & ASKING[channel]).sum())
        replied = int((root >= 0).sum())
        tally.rows += count
        tally.made("asked", asked)
        tally.made("replied", replied)
        tally.made("posted", count - asked - replied)
        self._react(week, messages, person)

    def _messages(
        self, week: Week, person: Ints, at: Ints, channel: Ints, root: Ints
    ) -> list[Message]:
        rng, count = week.rng, len(person)
        stamps = [self._stamp(moment) for moment in at.tolist()]
        told = {True: drawn(rng, QUESTIONS, count), False: drawn(rng, NEWS, count)}
        answers = drawn(rng, ANSWERS, count)
        edited = week.chance(EDITED_SHARE, count).tolist()
        found: list[Message] = []
        for n, (who, place, parent) in enumerate(
            zip(chosen(self._ids, person), channel.tolist(), root.tolist(), strict=True)
        ):
            text = answers[n] if parent >= 0 else told[bool(ASKING[place])][n]
            message: Message = {"user": who, "type": "message", "ts": stamps[n], "text": text}
            if edited[n]:
                message["edited"] = {"user": who, "ts": stamps[n]}
            if parent >= 0:
                above = found[parent]
                message |= {"thread_ts": above["ts"], "parent_user_id": above["user"]}
                above["thread_ts"] = above["ts"]
                above["reply_count"] = above.get("reply_count", 0) + 1
                above["latest_reply"] = message["ts"]
                above.setdefault("replies", []).append({"user": who, "ts": message["ts"]})
            found.append(message)
            self._keep(CHANNELS[place][1], int(at[n]), message)
        return found

    def _react(self, week: Week, messages: list[Message], author: Ints) -> None:
        """One reaction of a person to a message, whichever of the week's it is."""
        person, _ = week.occasions(REACTION_RATE)
        if not messages:
            return
        target = week.rng.integers(0, len(messages), size=len(person))
        pairs = np.unique(np.stack([target, person], axis=1), axis=0)
        pairs = pairs[author[pairs[:, 0]] != pairs[:, 1]]
        emoji = chosen(EMOJI, week.rng.integers(0, len(EMOJI), size=len(pairs)))
        for (place, who), name in zip(pairs.tolist(), emoji, strict=True):
            given = messages[place].setdefault("reactions", [])
            match = next((one for one in given if one["name"] == name), None)
            if match is None:
                given.append({"name": name, "users": [self._ids[who]], "count": 1})
            else:
                match["users"].append(self._ids[who])
                match["count"] += 1
        self.outlets[0].tally.rows += len(pairs)
        self.outlets[0].tally.made("liked", len(pairs))

    def _announce(self, week: Week) -> None:
        """A bot's reminder and a reaction to it; what Slack itself writes; a deleted message."""
        tally, at = self.outlets[0].tally, week.start + 9 * HOUR
        reminder: Message = {
            "subtype": "bot_message", "type": "message", "text": "Please log your hours.",
            "ts": self._stamp(at), "bot_id": "B0REMIND", "username": "reminder",
        }  # fmt: skip
        active = np.flatnonzero(week.active & (week.people.contributor > LURKER))
        if len(active):
            users = [self._ids[int(active[0])]]
            reminder = reminder | {"reactions": [{"name": "+1", "users": users, "count": 1}]}
            tally.left_out("a reaction of or to a bot")
        self._keep("general", at, reminder)
        tally.left_out("written by a bot or an app")
        fresh = (week.people.hire_date <= np.datetime64(week.monday)) & (
            week.people.hire_date > np.datetime64(week.monday - timedelta(days=7))
        )
        for person in np.flatnonzero(fresh & week.exposed).tolist():
            who = self._ids[person]
            text = f"<@{who}> has joined the channel"
            joined = {"subtype": "channel_join", "user": who, "type": "message", "text": text}
            self._keep("general", at + 1, joined | {"ts": self._stamp(at + 1)})
            tally.left_out("a message of Slack itself, such as who joined")
        gone = {
            "subtype": "tombstone", "user": "USLACKBOT", "type": "message", "hidden": True,
            "text": "This message was deleted.", "ts": self._stamp(at + 2),
        }  # fmt: skip
        self._keep("shop-floor", at + 2, gone)
        tally.left_out("deleted before the export")
        if week.number == 0:
            lost = {"user": self._ids[0], "type": "message", "text": "Lost.", "ts": "last week"}
            self._keep("general", at + 3, lost)
            tally.refused("mapping.time")

    def _stamp(self, at: int) -> str:
        """Slack's time of a message, which also names it: with a number that tells equals apart."""
        self._serial += 1
        return f"{at // 1000}.{at % 1000:03d}{self._serial % 1000:03d}"

    def _keep(self, channel: str, at: int, message: Message) -> None:
        self._days[channel, at // DAY].append(message)

    def _pack(self, before: int, *, ends: bool) -> None:
        """Put days that nothing can be added to into the zip; write it when the quarter ends."""
        done = sorted(key for key in self._days if key[1] * DAY < before)
        self._last = max([self._last, *(EPOCH + timedelta(days=day) for _, day in done)])
        writes = ends and (done or self._archive.tell() > 0)
        with ZipFile(self._archive, "a") as archive:
            for channel, day in done:
                messages = sorted(self._days.pop((channel, day)), key=lambda one: str(one["ts"]))
                name = f"{channel}/{EPOCH + timedelta(days=day)}.json"
                _put(archive, name, messages)
            if writes:
                _put(archive, "users.json", self._users())
                _put(archive, "channels.json", self._channels())
        if writes:
            name = f"Hinode Slack export {self._first:%b %-d %Y} - {self._last:%b %-d %Y}.zip"
            self.outlets[0].add(name, self._archive.getvalue())
            self._first, self._archive = self._last + timedelta(days=1), io.BytesIO()

    def _users(self) -> list[Message]:
        people = self._world.people
        today = np.datetime64(self._world.arguments.sunday)
        found: list[Message] = [
            {
                "id": self._ids[n], "team_id": "T0HINODE", "name": people.username[n],
                "deleted": bool(people.leave_date[n] < today), "real_name": people.full_name[n],
                "profile": {"real_name": people.full_name[n], "email": email}, "is_bot": False,
            }
            for n, email in enumerate(people.email[: people.employee_count])
        ]  # fmt: skip
        profile = {"real_name": "reminder", "bot_id": "B0REMIND"}
        return [*found, {"id": BOT, "name": "reminder", "profile": profile, "is_bot": True}]

    def _channels(self) -> list[Message]:
        created = int(
            datetime.combine(self._world.arguments.start, datetime.min.time(), UTC).timestamp()
        )
        return [
            {"id": each, "name": name, "created": created, "is_archived": False, "members": []}
            for each, name, _ in CHANNELS
        ]


def _put(archive: ZipFile, name: str, listed: list[Message]) -> None:
    member = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # no clock in it: same seed, same bytes
    member.compress_type = ZIP_DEFLATED
    archive.writestr(member, json.dumps(listed, ensure_ascii=False), compresslevel=1)
