"""Slack workspace exports: messages, and who reacted to them, joined with people and channels.

The zip holds ``users.json`` (``org_users.json`` of a whole organisation), ``channels.json``,
``groups.json`` where private channels were exported, and a folder a conversation with a file a day
(Slack's help, *How to read Slack data exports*). Texts, names of people and file names are no
values of a row. Direct conversations are not opened.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import orjson

from xapi_ingest.archives.guard import BombError
from xapi_ingest.archives.zipped import Archive
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault, row_from_record

_PEOPLE: Final = ("users.json", "org_users.json")
_CONVERSATIONS: Final = {"channels.json": "public", "groups.json": "private"}
_DIRECT: Final = ("dms.json", "mpims.json")
_DAY: Final = re.compile(r"(?P<folder>[^/]+)/\d{4}-\d\d-\d\d\.json")
_DIRECT_FOLDER: Final = re.compile(r"mpdm-.*|D[0-9A-Z]{8,}")
_SLACKBOT: Final = "USLACKBOT"
_REMEDY: Final = "Fetch the export again."


class _Person(NamedTuple):
    email: str | None
    is_bot: bool


class _Conversation(NamedTuple):
    id: str | None
    name: str
    kind: str


def read_slack(model: MappingModel, archive: Archive, name: str) -> Iterator[Row]:  # noqa: ARG001  (the readers' signature)
    """A row a message and a row for each person who reacted to it; one a file of a direct talk.

    Raises:
        InputError: It is not Slack's export.
    """
    for position, found in enumerate(_Export(archive).rows(), start=1):
        if isinstance(found, RowFault):
            yield Row(position, None, {}, None, found)
        else:
            yield row_from_record(model, position, None, found)


class _Export:
    """The lists of an open export, and its messages."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {member.name for member in archive.members}
        self._base = self._base_folder()
        self._people = dict(self._all_people())
        self._conversations = dict(self._all_conversations())
        if not self._conversations:
            raise self._missing("channels.json")
        self._direct = {
            str(each.get(key))
            for listed in _DIRECT
            for each in self._list(listed, is_needed=False)
            for key in ("id", "name")
        }

    def rows(self) -> Iterator[dict[str, Any] | RowFault]:
        """Every message in the order of folders and days, each followed by its reactions."""
        for refusal in self._archive.refusals:
            what = f"a member of the archive {refusal.message.rstrip('.')}"
            yield RowFault("document", what, refusal.remedy)
        for member in self._archive.members:
            day = _DAY.fullmatch(member.name.removeprefix(self._base))
            if day is None:
                continue
            folder = day["folder"]
            if folder in self._direct or _DIRECT_FOLDER.fullmatch(folder):
                yield {"kind": "direct"}
                continue
            # What no list names might be private.
            conversation = self._conversations.get(folder, _Conversation(None, folder, "private"))
            yield from self._day(member.name, conversation)

    def _day(self, member: str, conversation: _Conversation) -> Iterator[dict[str, Any] | RowFault]:
        try:
            messages = self._decoded(member)
        except BombError:
            raise
        except InputError as error:
            yield RowFault("document", error.message.rstrip("."), _REMEDY)
            return
        for message in messages:
            try:
                yield from self._message(message, conversation)
            except (AttributeError, TypeError):
                yield RowFault("document", f"{member}: no message as Slack writes it", _REMEDY)

    def _message(
        self, message: dict[str, Any], conversation: _Conversation
    ) -> Iterator[dict[str, Any]]:
        timestamp, thread = message.get("ts"), message.get("thread_ts")
        record = {
            "kind": "message",
            "channel_id": conversation.id or conversation.name,
            "channel": conversation.name,
            "visibility": conversation.kind,
            "subtype": message.get("subtype"),
            "ts": timestamp,
            "thread_ts": None if thread == timestamp else thread,
            "thread_author_is_person": self._is_to_person(message),
        }
        author = message.get("user")
        is_bot = message.get("bot_id") is not None or not self._is_person(author)
        yield record | self._named(author) | {"is_bot": is_bot}
        given: dict[str, str] = {}
        for reaction in message.get("reactions") or ():
            for user in reaction.get("users") or ():
                given.setdefault(user, str(reaction.get("name")))
        for user, name in given.items():
            yield (
                record
                | self._named(user)
                | {"kind": "reaction", "reaction": name, "is_to_bot": is_bot}
                | {"is_bot": not self._is_person(user)}
            )

    def _is_to_person(self, reply: dict[str, Any]) -> bool:
        """Also where the reply does not say who opened the thread."""
        author = reply.get("parent_user_id") or (reply.get("root") or {}).get("user")
        return author is None or self._is_person(author)

    def _named(self, user: Any) -> dict[str, Any]:
        person = self._people.get(str(user))
        return {"user": user, "email": person.email if person else None}

    def _is_person(self, user: Any) -> bool:
        """Also somebody of another workspace, of whom the export says nothing."""
        if user is None or user == _SLACKBOT:
            return False
        person = self._people.get(str(user))
        return person is None or not person.is_bot

    def _all_people(self) -> Iterator[tuple[str, _Person]]:
        listed = next(name for name in _PEOPLE if self._base + name in self._names)
        for user in self._list(listed):
            profile = user.get("profile")
            email = profile.get("email") if isinstance(profile, dict) else None
            yield str(user.get("id")), _Person(email, bool(user.get("is_bot")))

    def _all_conversations(self) -> Iterator[tuple[str, _Conversation]]:
        for listed, kind in _CONVERSATIONS.items():
            for each in self._list(listed, is_needed=False):
                name = str(each.get("name"))
                yield name, _Conversation(each.get("id"), name, kind)

    def _base_folder(self) -> str:
        """Empty, or the folder into which the export was packed again."""
        found = [
            name.removesuffix(listed)
            for name in self._names
            for listed in _PEOPLE
            if name == listed or name.endswith("/" + listed)
        ]
        if not found:
            raise self._missing("users.json")
        return min(found, key=len)

    def _list(self, listed: str, *, is_needed: bool = True) -> list[dict[str, Any]]:
        if not is_needed and self._base + listed not in self._names:
            return []
        return [each for each in self._decoded(self._base + listed) if isinstance(each, dict)]

    def _decoded(self, member: str) -> list[Any]:
        try:
            found = orjson.loads(self._archive.read(member))
        except orjson.JSONDecodeError:
            # the library's own message quotes the document, and with it perhaps a person
            raise InputError(f"{member} is no JSON.", remedy=_REMEDY) from None
        if not isinstance(found, list):
            raise InputError(f"{member} holds no list.", remedy=_REMEDY)
        return found

    def _missing(self, listed: str) -> InputError:
        return InputError(
            f"{self._archive.name} has no {listed}, so it is no Slack export.",
            remedy="Hand in the zip as Slack made it, in JSON; Slack's TXT form has no people.",
        )
