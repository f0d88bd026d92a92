"""Rules about timestamps."""

from collections.abc import Iterator
from typing import Final

from xapi_ingest.statement.instant import departure_from, instant_from_text
from xapi_ingest.statement.rules.places import Parts, Steps, texts
from xapi_ingest.statement.rules.rule import Finding, rule

_FORM: Final = "Send a time such as 2026-03-01T09:30:00Z."


@rule("Data 4.5", remedy=_FORM)
def timestamp_is_iso_8601(parts: Parts) -> Iterator[Finding]:
    """A timestamp is a date and time that exists; without a zone it is read as UTC."""
    for steps, text in _timestamps(parts):
        try:
            instant_from_text(text)
        except ValueError as error:
            yield steps, f"{text[:40]!r}: {error}"


@rule("Data 4.5; RFC 3339 5.6 for version 2.0", remedy=_FORM)
def timestamp_has_the_form_of_its_version(parts: Parts) -> Iterator[Finding]:
    """A timestamp has the form of ISO 8601, in version 2.0 that of RFC 3339, never -00:00."""
    for steps, text in _timestamps(parts):
        departure = departure_from(text, is_second=parts.is_second)
        if departure:
            yield steps, departure


def _timestamps(parts: Parts) -> Iterator[tuple[Steps, str]]:
    yield from texts(parts.clauses, "timestamp")
    yield from texts([((), parts.statement)], "stored")
