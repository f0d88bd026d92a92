"""Rules about texts of a fixed form: UUIDs, timestamps, durations."""

from collections.abc import Iterator, Mapping
from typing import Any

from xapi_ingest.statement.duration import seconds_from_duration
from xapi_ingest.statement.identity import uuid_from_text
from xapi_ingest.statement.instant import instant_from_text
from xapi_ingest.statement.problems import Problem, pointer_to
from xapi_ingest.statement.rules.places import Steps, statement_refs


def uuid_has_standard_form(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """Ids of statements and registrations are UUIDs in standard string form (Data 4.4)."""
    for steps, text in _uuids(statement):
        try:
            uuid_from_text(text)
        except ValueError:
            yield Problem(
                pointer_to(*steps),
                "uuid_has_standard_form",
                "Data 4.4",
                "not a UUID in standard form" if text else "there is no id",
                "Send 32 hexadecimal digits as 8-4-4-4-12; leave a statement's id out rather than "
                "send another text.",
            )


def timestamp_is_iso_8601(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """Timestamps are ISO 8601 date and time; without a zone they are read as UTC (Data 4.5)."""
    for name in ("timestamp", "stored"):
        text = statement.get(name)
        if not isinstance(text, str):
            continue
        try:
            instant_from_text(text)
        except ValueError as error:
            yield Problem(
                pointer_to(name),
                "timestamp_is_iso_8601",
                "Data 4.5",
                f"{text[:40]!r}: {error}",
                "Send a time such as 2026-03-01T09:30:00Z.",
            )


def duration_is_iso_8601(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """A duration has the ISO 8601 format with designators (Data 4.6)."""
    result = statement.get("result")
    text = result.get("duration") if isinstance(result, dict) else None
    if not isinstance(text, str):
        return
    try:
        seconds_from_duration(text)
    except ValueError as error:
        yield Problem(
            "/result/duration",
            "duration_is_iso_8601",
            "Data 4.6",
            f"{text[:40]!r}: {error}",
            "Send a length such as PT1H30M.",
        )


def _uuids(statement: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    places = [
        (("id",), statement.get("id")),
        *(((*steps, "id"), ref.get("id", "")) for steps, ref in statement_refs(statement)),
    ]
    context = statement.get("context")
    if isinstance(context, dict):
        places.append((("context", "registration"), context.get("registration")))
    return ((steps, text) for steps, text in places if isinstance(text, str))
