"""GitLab project exports: what people did to merge requests and issues.

The ``.tar.gz`` holds ``tree/project/merge_requests.ndjson`` and ``issues.ndjson``, a line each with
all that belongs to it, and ``project_members.ndjson``, which says who the numbers of people are.
It is read twice: first for people, then for what they did. Texts are no values of a row.
"""

import re
import tarfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple, cast

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.json_file import read_ndjson
from xapi_ingest.mapping.rows.row import Row, RowFault, row_from_record

_THINGS: Final = {"merge_requests.ndjson": "merge_request", "issues.ndjson": "issue"}
_MEMBERS: Final = "project_members.ndjson"
_FOLDER: Final = "tree/project/"
_BOT: Final = re.compile(r"(project|group)_\d+_bot(_.*)?|service_account_.*|.*[-_]bot")
_REMEDY: Final = "Export the project again."
Record = dict[str, Any]


class _Person(NamedTuple):
    name: str
    is_bot: bool


def read_gitlab(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """A row for each thing that somebody did.

    Raises:
        InputError: It is no tar archive that can be read, or not a project's export.
    """
    try:
        people = _people(model, stream, name)
        position = 0
        for member, lines in _members(stream):
            if member not in _THINGS:
                continue
            for line in read_ndjson(model, lines, name):
                for found in _deeds(line, _THINGS[member], people):
                    position += 1
                    if isinstance(found, RowFault):
                        yield Row(position, line.line, {}, None, found)
                    else:
                        yield row_from_record(model, position, line.line, found)
    except tarfile.TarError as error:
        raise InputError(
            f"{name} is no tar archive that can be read to its end ({type(error).__name__}).",
            remedy=_REMEDY,
        ) from error


def _members(stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """Every file of ``tree/project`` in the order in which they lie there."""
    stream.seek(0)
    with tarfile.open(fileobj=stream, mode="r|") as parts:
        for part in parts:
            path = part.name.removeprefix("./")
            if part.isfile() and path.startswith(_FOLDER):
                yield path.removeprefix(_FOLDER), cast("BinaryIO", parts.extractfile(part))


def _people(model: MappingModel, stream: BinaryIO, name: str) -> dict[Any, _Person]:
    for member, lines in _members(stream):
        if member == _MEMBERS:
            rows = (row.raw for row in read_ndjson(model, lines, name) if row.fault is None)
            users = [row["user"] for row in rows if isinstance(row.get("user"), dict)]
            return {user.get("id"): _person(user) for user in users}
    raise InputError(
        f"{name} has no {_FOLDER}{_MEMBERS}, so it is no export of a GitLab project.",
        remedy="Export it under Settings > General > Advanced > Export project.",
    )


def _person(user: Record) -> _Person:
    username = str(user.get("username"))
    return _Person(user.get("public_email") or username, bool(_BOT.fullmatch(username)))


def _deeds(line: Row, kind: str, people: dict[Any, _Person]) -> Iterator[Record | RowFault]:
    if line.fault is not None:
        yield line.fault
        return
    try:
        yield from _Thing(line.raw, kind, people).deeds()
    except (AttributeError, TypeError):
        yield RowFault("document", f"the line is no {kind} as GitLab writes it", _REMEDY)


class _Thing:
    """One merge request or issue, with all that was done to it."""

    def __init__(self, thing: Record, kind: str, people: dict[Any, _Person]) -> None:
        self._thing = thing
        self._people = people
        self._common = {
            "thing": kind,
            "number": thing.get("iid"),
            "title": thing.get("title"),
            "is_confidential": bool(thing.get("confidential")),
            "by_person": not self._named(thing.get("author_id"))["is_bot"],
        }

    def deeds(self) -> Iterator[Record]:
        """What people did, in the order of GitLab's lists."""
        thing = self._thing
        yield self._deed("created", thing.get("author_id"), thing.get("created_at"))
        for approval in thing.get("approvals") or ():
            yield self._deed("approved", approval.get("user_id"), approval.get("created_at"))
        metrics = thing.get("metrics") or {}
        if metrics.get("merged_at"):
            yield self._deed("published", thing.get("author_id"), metrics["merged_at"])
            yield self._deed("merged", metrics.get("merged_by_id"), metrics["merged_at"])
        if self._common["thing"] == "issue" and thing.get("closed_at"):
            yield self._deed("closed", thing.get("closed_by_id"), thing["closed_at"])
        yield from self._awards(thing, None)
        first: dict[Any, Any] = {}
        for note in thing.get("notes") or ():
            yield from self._note(note, first)

    def _note(self, note: Record, first: dict[Any, Any]) -> Iterator[Record]:
        author, time, number = note.get("author_id"), note.get("created_at"), note.get("id")
        if note.get("system"):
            action = (note.get("system_note_metadata") or {}).get("action")
            kind = action if action == "requested_changes" else "system"
            yield self._deed(kind, author, time)
            return
        thread = note.get("discussion_id")
        replied_to = first.setdefault(thread, number) if thread else number
        yield self._deed(
            "note", author, time, note=number,
            replied_to=None if replied_to == number else replied_to,
        )  # fmt: skip
        yield from self._awards(note, number)

    def _awards(self, awarded: Record, note: Any) -> Iterator[Record]:
        for award in awarded.get("award_emoji") or ():
            yield self._deed(
                "award", award.get("user_id"), award.get("created_at"),
                note=note, award=award.get("name"),
            )  # fmt: skip

    def _deed(self, kind: str, number: Any, time: Any, **more: Any) -> Record:
        return {**self._common, "kind": kind, "time": time, **self._named(number), **more}

    def _named(self, number: Any) -> Record:
        """Who has ``number``: of people who have left the project the export says no more."""
        if number is None:
            return {"who": None, "who_number": None, "is_bot": False}
        person = self._people.get(number, _Person(f"gitlab-user-{number}", is_bot=False))
        return {"who": person.name, "who_number": number, "is_bot": person.is_bot}
