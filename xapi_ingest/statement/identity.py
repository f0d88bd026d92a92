"""Who and what is meant: inverse functional identifiers, UUIDs, IRIs (xAPI Data 2.4.2.3, 4.3, 4.4).

Each function returns the form that the landing keeps, or raises ``ValueError``.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from msgspec import UNSET

from xapi_ingest.statement.model import Account, Actor

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# Enough to know what is meant, as Data 2.2 allows: a scheme, then no blanks and controls.
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f<>\"]*")
_FORBIDDEN_IN_IRI: Final = re.compile(r"[{}|\\^`\x80-\x9f\ufdd0-\ufdef\ufff0-\uffff]")
_BARE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Brackets stand around the address of a host and nowhere else.
_HOST_IN_BRACKETS: Final = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#\[\]]*@)?)\[[^\[\]]*\]")
_MBOX: Final = re.compile(r"mailto:[^@\s]+@[^@\s]+", re.IGNORECASE)
_SHA1: Final = re.compile(r"[0-9a-fA-F]{40}")


# The one verb with a meaning of its own: it takes a statement back (Data 2.3.2).
VOIDED: Final = "http://adlnet.gov/expapi/verbs/voided"


class Identity(NamedTuple):
    """An actor's one identifier, as the landing keeps it.

    An anonymous group has a kind and a value of None.
    """

    kind: str | None
    value: str | None
    home_page: str | None = None
    account_name: str | None = None


_ANONYMOUS: Final = Identity(None, None)


def is_uuid(text: str) -> bool:
    """Whether ``text`` is a UUID in standard string form; of whatever variant (Data 4.4)."""
    return _UUID.fullmatch(text) is not None


def is_iri(text: str) -> bool:
    """Whether ``text`` can be meant as an absolute IRI."""
    return _IRI.fullmatch(text) is not None


def departure_from_rfc_3987(iri: str) -> str | None:
    """What RFC 3987 has against ``iri``, which has a scheme; None if nothing."""
    if _FORBIDDEN_IN_IRI.search(iri):
        return "a character that must be escaped"
    if _BARE_PERCENT.search(iri):
        return "a percent sign without two hexadecimal digits"
    bare = _HOST_IN_BRACKETS.sub(r"\1", iri)
    if "[" in bare or "]" in bare:
        return "a bracket outside of a host's address"
    return "a second number sign" if iri.count("#") > 1 else None


def uuid_from_text(text: str) -> str:
    """The UUID in lower case."""
    if not _UUID.fullmatch(text):
        raise ValueError("not a UUID in standard form")
    return text.lower()


# Verbs, activities and home pages come again and again; what fails is not kept.
@lru_cache(maxsize=16_384)
def iri_from_text(text: str) -> str:
    """The IRI as it came."""
    if not _IRI.fullmatch(text):
        raise ValueError("not an IRI with a scheme")
    return text


def address_from_mbox(text: str) -> str:
    """The mail address of an ``mbox`` in lower case, without ``mailto:``."""
    if not _MBOX.fullmatch(text):
        raise ValueError("not mailto: and a mail address")
    return text[7:].lower()


def sum_from_mbox_sha1sum(text: str) -> str:
    """The SHA-1 sum in lower case."""
    if not _SHA1.fullmatch(text):
        raise ValueError("not 40 hexadecimal digits")
    return text.lower()


def identity_of(actor: Actor) -> Identity:
    """The actor's one identifier.

    Raises:
        ValueError: None or several, a malformed one, or a group with neither identifier nor member.
    """
    found: Identity | None = None
    count = 0
    if actor.account is not UNSET:
        found, count = _identity_of_account(actor.account), 1
    if actor.mbox is not UNSET:
        found, count = Identity("mbox", address_from_mbox(actor.mbox)), count + 1
    if actor.mbox_sha1sum is not UNSET:
        found = Identity("mbox_sha1sum", sum_from_mbox_sha1sum(actor.mbox_sha1sum))
        count += 1
    if actor.openid is not UNSET:
        found, count = Identity("openid", iri_from_text(actor.openid)), count + 1
    if found is not None and count == 1:
        return found
    if not count and actor.object_type == "Group" and actor.member:
        return _ANONYMOUS
    raise ValueError("not exactly one identifier")


def _identity_of_account(account: Account) -> Identity:
    home_page, name = account.home_page, account.name
    if home_page is UNSET or name is UNSET or not name:
        raise ValueError("not a home page and a name")
    return Identity("account", f"{iri_from_text(home_page)}|{name}", home_page, name)
