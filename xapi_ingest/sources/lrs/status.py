"""What the status of an answer means: go on, wait and try again, or a sentence for a person."""

import re
from http import HTTPStatus
from typing import Final

import httpx2

from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.sources.lrs.access import Access, credentials_named
from xapi_ingest.sources.lrs.config import LrsSource
from xapi_ingest.sources.lrs.trouble import PassingTrouble

_PASSING: Final = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
_GONE: Final = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_QUOTED_BYTES: Final = 4096
_QUOTED_LETTERS: Final = 200
_ADDRESS: Final = re.compile(r"[^\s\"'<>:]+@[^\s\"'<>]+")


class LinkGoneError(InputError):
    """The LRS no longer knows a ``more`` link that it gave out."""


def check_status(
    response: httpx2.Response, source: LrsSource, access: Access, *, is_link: bool
) -> None:
    """Return if the answer is worth reading.

    Raises:
        PassingTrouble: Another try may succeed.
        SettingsError: The credentials are refused.
        LinkGoneError: The LRS does not know the link.
        InputError: Anything else that is not 200.
    """
    status, endpoint = response.status_code, source.endpoint
    if status == HTTPStatus.OK:
        return
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        retry_after = response.headers.get("Retry-After")
        raise PassingTrouble(f"{endpoint} answers HTTP {status}", retry_after=retry_after)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise _refused(status, source)
    if is_link and status in _GONE:
        raise LinkGoneError(
            f"Source '{source.name}': the LRS does not know its own `more` link (HTTP {status}).",
            remedy="The next pull asks for this window again.",
        )
    if response.is_redirect:
        target = response.url.join(response.headers.get("Location", ""))
        raise InputError(
            f"Source '{source.name}': {endpoint} redirects to "
            f"{target.scheme}://{target.netloc.decode()}{target.path}.",
            remedy="Set endpoint to where it leads; credentials are not sent after a redirect.",
        )
    raise InputError(
        f"Source '{source.name}': {endpoint} answers HTTP {status}"
        f"{_spoken(response, source)}{_quoted(response, access)}.",
        remedy="Check endpoint, version and filters of this source.",
    )


def _refused(status: int, source: LrsSource) -> SettingsError:
    named = credentials_named(source)
    if status == HTTPStatus.FORBIDDEN:
        return SettingsError(
            f"Source '{source.name}': {source.endpoint} knows the credentials in {named} but does "
            "not let them read statements (HTTP 403).",
            remedy="Give them that right in the LRS (statements/read).",
        )
    return SettingsError(
        f"Source '{source.name}': {source.endpoint} refuses the credentials in {named} (HTTP 401).",
        remedy="Correct these variables.",
    )


def _spoken(response: httpx2.Response, source: LrsSource) -> str:
    version = response.headers.get("X-Experience-API-Version", "")
    is_other = re.fullmatch(r"[0-9.]{1,12}", version) and version != source.version
    return f" (it speaks xAPI {version})" if is_other else ""


def _quoted(response: httpx2.Response, access: Access) -> str:
    """What the LRS says about it, in short; without addresses of people and without secrets."""
    kind = response.headers.get("Content-Type", "")
    if not kind.startswith(("application/json", "application/problem+json", "text/plain")):
        return ""
    head = bytearray()
    for part in response.iter_bytes(_QUOTED_BYTES):
        head += part
        if len(head) >= _QUOTED_BYTES:
            break
    text = head[:_QUOTED_BYTES].decode(errors="replace")
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not words or access.holds_secret(words):
        return ""
    words = _ADDRESS.sub("…", words)
    return f": {words[:_QUOTED_LETTERS]}{'…' if len(words) > _QUOTED_LETTERS else ''}"
