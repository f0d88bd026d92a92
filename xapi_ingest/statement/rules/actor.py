"""Rules about actors, wherever they stand: actor, object, authority, instructor, team, members."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from xapi_ingest.statement.identity import (
    address_from_mbox,
    iri_from_text,
    sum_from_mbox_sha1sum,
)
from xapi_ingest.statement.rules.places import Parts, Place, Steps, children
from xapi_ingest.statement.rules.rule import Finding, rule

_IDENTIFIERS: Final = ("mbox", "mbox_sha1sum", "openid", "account")
_FORMS: Final[dict[str, tuple[Callable[[str], str], str]]] = {
    "mbox": (address_from_mbox, "mailto: and a mail address"),
    "mbox_sha1sum": (sum_from_mbox_sha1sum, "40 hexadecimal digits"),
    "openid": (iri_from_text, "an IRI with a scheme"),
}
_OAUTH_MEMBERS: Final = 2


@rule("Data 2.4.2.3", remedy="Send exactly one of mbox, mbox_sha1sum, openid and account.")
def actor_has_one_identifier(parts: Parts) -> Iterator[Finding]:
    """An agent has exactly one identifier; a group has one, or members."""
    for steps, actor in parts.actors:
        found = [name for name in _IDENTIFIERS if name in actor]
        is_anonymous = actor.get("objectType") == "Group" and bool(actor.get("member"))
        if len(found) != 1 and (found or not is_anonymous):
            yield steps, _instead_of_one(found)


@rule("Data 2.4.2.3", remedy="Send the identifier in the form of its kind.")
def identifier_is_well_formed(parts: Parts) -> Iterator[Finding]:
    """An identifier has the form of its kind, and an account names its system and its owner."""
    for place in parts.actors:
        yield from _malformed(place)


@rule("Data 2.4.2", remedy="Write Agent or Group.")
def actor_type_is_known(parts: Parts) -> Iterator[Finding]:
    """The objectType of an actor is Agent or Group."""
    for steps, actor in [*parts.actors, *parts.related_actors, *parts.members]:
        if isinstance(actor.get("objectType", "Agent"), str) and (
            actor.get("objectType", "Agent") not in {"Agent", "Group"}
        ):
            yield (*steps, "objectType"), "an actor is an Agent or a Group"


@rule("Data 2.4.2.2", remedy="List the agents of the inner group as members.")
def member_is_an_agent(parts: Parts) -> Iterator[Finding]:
    """A group has no groups as members."""
    for steps, member in parts.members:
        if member.get("objectType") == "Group" or "member" in member:
            yield steps, "a group is a member of a group"


@rule("Data 2.4.2.2", remedy="Send each member with exactly one well-formed identifier.")
def member_is_identified(parts: Parts) -> Iterator[Finding]:
    """A member of a group has exactly one identifier, in the form of its kind."""
    for steps, member in parts.members:
        found = [name for name in _IDENTIFIERS if name in member]
        if len(found) != 1 and "member" not in member:
            yield steps, _instead_of_one(found)
        yield from _malformed((steps, member))


@rule("Data 2.4.6", remedy="Send a Group, or the agent as instructor.")
def team_is_a_group(parts: Parts) -> Iterator[Finding]:
    """The team of a context is a Group."""
    for steps, team in children(parts.contexts, "team"):
        if team.get("objectType", "Agent") == "Agent":
            yield (*steps, "objectType"), "the team is not a Group"


@rule("Data 2.4.9", remedy="Send an Agent, or a Group of the application's account and the user.")
def authority_is_an_agent_or_an_oauth_pair(parts: Parts) -> Iterator[Finding]:
    """The authority is an Agent, or an anonymous Group of an application's account and a user."""
    authority = parts.statement.get("authority")
    if not isinstance(authority, dict) or authority.get("objectType") != "Group":
        return
    members = authority.get("member")
    members = members if isinstance(members, list) else []
    if len(members) != _OAUTH_MEMBERS:
        yield ("authority",), f"the Group has {len(members)} members instead of two"
    elif not any(isinstance(member, dict) and "account" in member for member in members):
        yield ("authority",), "neither member is an application identified by account"
    elif any(name in authority for name in _IDENTIFIERS):
        yield ("authority",), "the Group has an identifier of its own"


def is_identified(actor: Mapping[str, Any]) -> bool:
    """Whether ``actor`` has one well-formed identifier, or is a group with members."""
    found = [name for name in _IDENTIFIERS if name in actor]
    is_anonymous = actor.get("objectType") == "Group" and bool(actor.get("member"))
    return (len(found) == 1 or (not found and is_anonymous)) and not any(_malformed(((), actor)))


def _malformed(place: Place) -> Iterator[Finding]:
    steps, actor = place
    for name, (converted, form) in _FORMS.items():
        value = actor.get(name)
        if isinstance(value, str) and not _passes(converted, value):
            yield (*steps, name), f"not {form}"
    account = actor.get("account")
    if isinstance(account, dict):
        yield from _account_problems((*steps, "account"), account)


def _account_problems(steps: Steps, account: Mapping[str, Any]) -> Iterator[Finding]:
    home_page = account.get("homePage")
    if "homePage" not in account:
        yield (*steps, "homePage"), "no home page of the system that has the account"
    elif isinstance(home_page, str) and not _passes(iri_from_text, home_page):
        yield (*steps, "homePage"), "no IRL of the system that has the account"
    if account.get("name", "") == "":
        yield (*steps, "name"), "no name of the account"


def _instead_of_one(found: list[str]) -> str:
    return f"several identifiers: {', '.join(found)}" if found else "no identifier"


def _passes(converted: Callable[[str], str], text: str) -> bool:
    try:
        converted(text)
    except ValueError:
        return False
    return True
