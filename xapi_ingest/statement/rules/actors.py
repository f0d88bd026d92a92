"""Rules about actors, wherever they stand: actor, object, authority, instructor, team."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from xapi_ingest.statement.identity import (
    address_from_mbox,
    iri_from_text,
    sum_from_mbox_sha1sum,
)
from xapi_ingest.statement.problems import Problem, pointer_to
from xapi_ingest.statement.rules.places import actors, clauses

_IDENTIFIERS: Final = ("mbox", "mbox_sha1sum", "openid", "account")
_FORMS: Final[dict[str, tuple[Callable[[str], str], str]]] = {
    "mbox": (address_from_mbox, "mailto: and a mail address"),
    "mbox_sha1sum": (sum_from_mbox_sha1sum, "40 hexadecimal digits"),
    "openid": (iri_from_text, "an IRI with a scheme"),
}


def actor_is_present(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """A statement and a SubStatement say who acted (Data 2.4)."""
    for steps, clause in clauses(statement):
        if "actor" not in clause:
            yield Problem(
                pointer_to(*steps, "actor"),
                "actor_is_present",
                "Data 2.4",
                "there is no actor",
                "Send who acted, with one identifier.",
            )


def actor_has_one_identifier(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """An agent has exactly one identifier; a group has one, or members (Data 2.4.2)."""
    for steps, actor in actors(statement):
        found = [name for name in _IDENTIFIERS if name in actor]
        is_anonymous = actor.get("objectType") == "Group" and bool(actor.get("member"))
        if len(found) == 1 or (not found and is_anonymous):
            continue
        yield Problem(
            pointer_to(*steps),
            "actor_has_one_identifier",
            "Data 2.4.2.3",
            f"several identifiers: {', '.join(found)}" if found else "no identifier",
            "Send exactly one of mbox, mbox_sha1sum, openid and account.",
        )


def identifier_is_well_formed(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """An identifier has the form of its kind (Data 2.4.2.3, 2.4.2.4)."""
    for steps, actor in actors(statement):
        for name, (converted, form) in _FORMS.items():
            value = actor.get(name)
            if isinstance(value, str) and not _passes(converted, value):
                yield _malformed((*steps, name), f"not {form}")
        account = actor.get("account")
        if isinstance(account, dict):
            yield from _account_problems((*steps, "account"), account)


def _account_problems(
    steps: tuple[str | int, ...], account: Mapping[str, Any]
) -> Iterator[Problem]:
    home_page = account.get("homePage", "")
    if isinstance(home_page, str) and not _passes(iri_from_text, home_page):
        yield _malformed((*steps, "homePage"), "no IRI of the system that has the account")
    if account.get("name", "") == "":
        yield _malformed((*steps, "name"), "no name of the account")


def _passes(converted: Callable[[str], str], text: str) -> bool:
    try:
        converted(text)
    except ValueError:
        return False
    return True


def _malformed(steps: tuple[str | int, ...], message: str) -> Problem:
    return Problem(
        pointer_to(*steps),
        "identifier_is_well_formed",
        "Data 2.4.2.3",
        message,
        "Send the identifier in the form of its kind.",
    )
