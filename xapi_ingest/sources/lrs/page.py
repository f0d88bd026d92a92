"""One answer of the Statement Resource, taken apart: statements as received, and the next link.

Statements are not judged here, and one that is no JSON does not spoil its page: if the whole
cannot be decoded, it is divided by its brackets, as files are.
"""

from dataclasses import dataclass
from typing import Final, NoReturn

import httpx2
import msgspec

from xapi_ingest.errors import InputError
from xapi_ingest.sources.documents import DocumentSplitter
from xapi_ingest.sources.envelope import Finding, find_statements
from xapi_ingest.sources.pending import Pending
from xapi_ingest.sources.stream import open_hash


class _StatementResult(msgspec.Struct):
    """Part two, 2.5."""

    statements: list[msgspec.Raw]
    more: str | None = None


class CutOffError(Exception):
    """The answer ends before its end, or is damaged."""


@dataclass(frozen=True, slots=True)
class Page:
    """Statements of one answer.

    Attributes:
        raws: The bytes of each, as received.
        more: Absolute address of the next page; empty at the end.
        size: Bytes of the answer.
        digest: Hash of the statements, without the link, which an LRS may word anew each time.
    """

    raws: list[bytes]
    more: str
    size: int
    digest: bytes


_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_DECODER: Final = msgspec.json.Decoder(_StatementResult)


def page_from_body(body: bytes | bytearray, *, url: httpx2.URL, source_name: str) -> Page:
    """The page that ``body``, the answer to ``url``, holds.

    Raises:
        CutOffError: It ends too early.
        InputError: It is no StatementResult, or its ``more`` leads to another machine.
    """
    if body[:3] == _BYTE_ORDER_MARK:
        del (body := bytearray(body))[:3]
    try:
        result = _DECODER.decode(body)
        raws = [bytes(raw) for raw in result.statements]
    except msgspec.ValidationError as error:
        raise _no_statement_result(source_name) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        result, raws = _divided(bytes(body), source_name)
    more = _next_address(result.more, url, source_name)
    return Page(raws, more, len(body), _digest(raws))


def _divided(body: bytes, source_name: str) -> tuple[_StatementResult, list[bytes]]:
    """The parts of a page of which some statement is no JSON."""
    if body.lstrip()[:1] not in {b"{", b""}:
        raise _no_statement_result(source_name)
    finding, begin = find_statements(body, depth=0)
    if finding is not Finding.ARRAY:
        raise CutOffError
    splitter = DocumentSplitter(Pending(limit=len(body), next_path=_never))
    raws = [raw for raw in splitter.feed(body) if isinstance(raw, bytes)]
    if splitter.fault() or splitter.rest():
        raise CutOffError
    end = begin
    for raw in raws:
        end = body.index(raw, end) + len(raw)
    try:
        return _DECODER.decode(body[:begin] + body[end:].lstrip(b", \t\r\n")), raws
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CutOffError from error


def _digest(raws: list[bytes]) -> bytes:
    hashed = open_hash()
    for raw in raws:
        hashed.update(len(raw).to_bytes(8))
        hashed.update(raw)
    return bytes(hashed.digest())


def _next_address(more: str | None, url: httpx2.URL, source_name: str) -> str:
    """``more`` (an IRL relative to the LRS, part two, 2.5) as an address of the same origin."""
    if not more:
        return ""
    try:
        address = url.join(more)
    except (httpx2.InvalidURL, ValueError) as error:
        raise InputError(
            f"Source '{source_name}': the LRS gives a `more` link that is no address.",
            remedy="Report it to the makers of the LRS; the next pull asks again.",
        ) from error
    if _origin(address) != _origin(url) or address.userinfo:
        raise InputError(
            f"Source '{source_name}': the LRS's `more` link leads to another origin, "
            f"{address.scheme}://{address.netloc.decode()}; it is not followed.",
            remedy="Set endpoint to the address under which the LRS knows itself.",
        )
    return str(address.copy_with(fragment=None))


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    ports = {"http": 80, "https": 443}
    return url.scheme, url.host, url.port or ports.get(url.scheme)


def _no_statement_result(source_name: str) -> InputError:
    return InputError(
        f"Source '{source_name}': the answer is no StatementResult (xAPI part two, 2.5).",
        remedy="Check that endpoint is the base address of the xAPI, without `statements`.",
    )


def _never() -> NoReturn:
    """A page is shorter than the limit of the splitter, so nothing is put aside."""
    raise AssertionError
