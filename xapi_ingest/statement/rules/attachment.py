"""Rules about the headers of attachments. Their content never reaches the ingest."""

import re
from collections.abc import Iterator
from typing import Final

from xapi_ingest.statement.rules.places import Parts, texts
from xapi_ingest.statement.rules.rule import Finding, rule

_REQUIRED: Final = ("usageType", "display", "contentType", "length", "sha2")
_SIGNATURE: Final = "http://adlnet.gov/expapi/attachments/signature"
# SHA-224, SHA-256, SHA-384, SHA-512.
_HASH_DIGITS: Final = frozenset({56, 64, 96, 128})
_HEX: Final = re.compile(r"[0-9a-fA-F]+")
_TOKEN: Final = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # noqa: S105  (of RFC 2045, no secret)
_MEDIA_TYPE: Final = re.compile(
    rf'{_TOKEN}/{_TOKEN}(?:\s*;\s*{_TOKEN}=(?:{_TOKEN}|"(?:[^"\\]|\\.)*"))*\s*;?'
)


@rule("Data 2.4.11", remedy="Send usageType, display, contentType, length and sha2.")
def attachment_is_whole(parts: Parts) -> Iterator[Finding]:
    """An attachment says what it is for, what it is called, its type, its length and its hash."""
    for steps, attachment in parts.attachments:
        for name in _REQUIRED:
            if name not in attachment:
                yield (*steps, name), f"there is no {name}"


@rule("Data 2.4.11", remedy="Send the SHA-2 hash of the content in hexadecimal digits.")
def attachment_hash_is_sha2(parts: Parts) -> Iterator[Finding]:
    """The sha2 of an attachment is a SHA-2 hash in hexadecimal digits."""
    for steps, text in texts(parts.attachments, "sha2"):
        if len(text) not in _HASH_DIGITS or not _HEX.fullmatch(text):
            yield steps, "not 56, 64, 96 or 128 hexadecimal digits"


@rule("Data 2.4.11", remedy="Send the number of bytes.")
def attachment_length_is_whole(parts: Parts) -> Iterator[Finding]:
    """The length of an attachment is a whole number of octets."""
    for steps, attachment in parts.attachments:
        length = attachment.get("length", 0)
        if isinstance(length, int | float) and (length != length // 1 or length < 0):
            yield (*steps, "length"), "not a whole number of octets"


@rule("Data 2.4.11", remedy="Send a type such as application/pdf.")
def attachment_type_is_a_media_type(parts: Parts) -> Iterator[Finding]:
    """The contentType of an attachment is an Internet media type."""
    for steps, text in texts(parts.attachments, "contentType"):
        if not _MEDIA_TYPE.fullmatch(text):
            yield steps, "not an Internet media type"


@rule("Data 2.6", remedy="Send the signature as application/octet-stream.")
def signature_is_an_octet_stream(parts: Parts) -> Iterator[Finding]:
    """A signature is attached as application/octet-stream."""
    for steps, attachment in parts.attachments:
        kind = attachment.get("contentType", "application/octet-stream")
        if attachment.get("usageType") == _SIGNATURE and isinstance(kind, str):
            media_type = kind.split(";")[0].strip().lower()
            if media_type != "application/octet-stream" and _MEDIA_TYPE.fullmatch(kind):
                yield (*steps, "contentType"), "a signature of another content type"
