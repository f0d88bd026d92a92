"""Whether two statements are the same statement (xAPI Data 2.3.1, Statement Comparison).

Differences that an LRS may cause do not count: what it assigns (id, authority, stored, version,
and timestamp where one side has none), the time zone of a timestamp, definitions of activities and
displays of verbs, attachments, the order of a group's members, one activity in place of a list of
one, and the case of what is insensitive to case. Any other difference counts, a duration in other
units included: PT60M is not PT1H, since lengths of units vary; only digits beyond 0.01 s do not
count (Data 4.6).
"""

import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

import orjson

from xapi_ingest.statement.instant import instant_from_text

_ASSIGNED: Final = frozenset({"id", "authority", "stored", "version", "attachments"})
_SECONDS: Final = re.compile(r"(\d+)[.,](\d+)S$")
_HUNDREDTH: Final = Decimal("0.01")
_CONTEXT_KINDS: Final = ("parent", "grouping", "category", "other")


def are_equivalent(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two statements, decoded and in order, are the same but for what may differ."""
    left, right = canonical_form(one), canonical_form(other)
    if "timestamp" not in left or "timestamp" not in right:
        left.pop("timestamp", None)
        right.pop("timestamp", None)
    return _text(left) == _text(right)


def canonical_form(statement: Mapping[str, Any]) -> dict[str, Any]:
    """The part of ``statement`` that cannot be changed, written in one way."""
    form = {key: value for key, value in statement.items() if key not in _ASSIGNED}
    for name, settled in (
        ("actor", _actor),
        ("verb", _verb),
        ("object", _object),
        ("result", _result),
        ("context", _context),
        ("timestamp", _timestamp),
    ):
        if name in form:
            form[name] = settled(form[name])
    return form


def _actor(actor: Mapping[str, Any]) -> dict[str, Any]:
    form = dict(actor)
    if "mbox" in form:
        local, at, domain = form["mbox"].rpartition("@")
        form["mbox"] = local + at + domain.lower()
    if "mbox_sha1sum" in form:
        form["mbox_sha1sum"] = form["mbox_sha1sum"].lower()
    if "member" in form:
        form["member"] = sorted((_actor(member) for member in form["member"]), key=_text)
    return form


def _verb(verb: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in verb.items() if key != "display"}


def _object(target: Mapping[str, Any]) -> dict[str, Any]:
    kind = target.get("objectType")
    if kind in {"Agent", "Group"}:
        return _actor(target)
    if kind == "StatementRef":
        return _reference(target)
    if kind == "SubStatement":
        return canonical_form(target)
    return _activity(target)


def _activity(activity: Mapping[str, Any]) -> dict[str, Any]:
    # Without an id the definition is all that says what is meant.
    left_out = "definition" if "id" in activity else ""
    return {key: value for key, value in activity.items() if key != left_out}


def _reference(reference: Mapping[str, Any]) -> dict[str, Any]:
    return {**reference, "id": reference["id"].lower()}


def _result(result: Mapping[str, Any]) -> dict[str, Any]:
    form = dict(result)
    if "duration" in form:
        form["duration"] = _SECONDS.sub(_to_a_hundredth, form["duration"])
    return form


def _to_a_hundredth(match: re.Match[str]) -> str:
    seconds = Decimal(f"{match[1]}.{match[2]}").quantize(_HUNDREDTH, ROUND_DOWN)
    return f"{seconds.normalize():f}S"


def _context(context: Mapping[str, Any]) -> dict[str, Any]:
    form = dict(context)
    for name, settled in (
        ("registration", str.lower),
        ("language", str.lower),
        ("instructor", _actor),
        ("team", _actor),
        ("statement", _reference),
        ("contextActivities", _context_activities),
    ):
        if name in form:
            form[name] = settled(form[name])
    for name, held in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in form:
            form[name] = [{**item, held: _actor(item[held])} for item in form[name]]
    return form


def _context_activities(groups: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [_activity(one) for one in (group if isinstance(group, list) else [group])]
        if name in _CONTEXT_KINDS
        else group
        for name, group in groups.items()
    }


def _timestamp(text: str) -> str:
    return instant_from_text(text).isoformat()


def _text(value: Any) -> bytes:
    return orjson.dumps(_with_equal_numbers(value), option=orjson.OPT_SORT_KEYS)


def _with_equal_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_equal_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_equal_numbers(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    return value
