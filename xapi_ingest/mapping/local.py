"""Functions that depend on the mapping: its time zone, date formats, decimal mark and tables."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xapi_ingest.mapping.functions import (
    MAX_NUMBER,
    PLAIN,
    Function,
    bounded,
    passing_nothing,
    text,
    uuid_of,
)
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.problems import ValueProblemError, shown
from xapi_ingest.mapping.records import RECORDS
from xapi_ingest.mapping.scorm import SCORM

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_UNITS: Final = {"epoch": 1, "epoch_ms": 1_000}
_NOT_GIVEN: Final = object()
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?", re.ASCII)
_GROUPED_NUMBER: Final = re.compile(r"[+-]?\d{1,3}([,\s\u00a0\u202f]\d{3})+(\.\d+)?", re.ASCII)


def functions_for(model: MappingModel) -> dict[str, Function]:
    """Every function that the mapping's expressions may use."""
    return (
        PLAIN
        | RECORDS
        | SCORM
        | {
            "instant": passing_nothing(_instants(model)),
            "elapsed": passing_nothing(_elapsed),
            "number": passing_nothing(_numbers(model.decimal)),
            "lookup": passing_nothing(_lookups(model.tables)),
            "statement_id": passing_nothing(partial(uuid_of, model.mapping)),
        }
    )


def _instants(model: MappingModel) -> Function:
    default_zone = ZoneInfo(model.time_zone)
    formats = list(model.date_formats)

    def instant(value: Any, form: str | None = None, zone: str | None = None) -> str:
        """A point in time as RFC 3339 in UTC. A time without a zone is the mapping's zone's.

        Of a clock time that comes twice in autumn the first is meant; one that spring leaves out
        is read as if the clock had not been changed.
        """
        try:
            moment = _moment(value, [form] if form else formats)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=ZoneInfo(zone) if zone else default_zone)
            return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        except ZoneInfoNotFoundError as error:
            raise ValueProblemError(
                "time", f"there is no time zone {zone!r}", "Write one like Europe/Berlin."
            ) from error
        except (ValueError, OverflowError) as error:
            wanted = ", ".join([form] if form else formats) or "ISO 8601"
            raise ValueProblemError(
                "time",
                f"{shown(value)} is no point in time of the form {wanted}",
                "Add the form under date_formats, or correct the row.",
            ) from error

    return instant


def _moment(value: Any, formats: list[str]) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (the caller adds the zone)
    written = text(value).strip()
    for form in formats:
        try:
            if form in _EPOCH_UNITS:
                return _EPOCH + timedelta(seconds=float(written) / _EPOCH_UNITS[form])
            return datetime.strptime(written, form)  # noqa: DTZ007  (the caller adds the zone)
        except ValueError:
            continue
    return datetime.fromisoformat(written)


def _elapsed(start: str, end: str | None) -> float | None:
    """Seconds from one ``instant`` to another."""
    if end is None:
        return None
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def _numbers(decimal: str) -> Function:
    def number(value: Any) -> float:
        """A number written with the mapping's decimal mark; groups of three may be set apart."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return bounded(value)
        written = text(value).strip()
        plain = written.translate({44: ".", 46: ","}) if decimal == "," else written
        if _GROUPED_NUMBER.fullmatch(plain):
            plain = re.sub(r"[,\s\u00a0\u202f]", "", plain)
        if not _PLAIN_NUMBER.fullmatch(plain):
            raise ValueProblemError(
                "number", f"{shown(value)} is no number", f"The decimal mark is '{decimal}'."
            )
        amount = bounded(float(plain))
        return int(amount) if amount.is_integer() and abs(amount) < MAX_NUMBER else amount

    return number


def _lookups(tables: dict[str, dict[str, Any]]) -> Callable[..., Any]:
    def lookup(key: Any, table: str, default: Any = _NOT_GIVEN) -> Any:
        """The value of ``key`` in a table of the mapping, whatever the case of its letters."""
        if table not in folded:
            raise ValueProblemError(
                "lookup", f"there is no table '{table}'", f"There are {', '.join(tables)}."
            )
        found = folded[table].get(text(key).strip().casefold(), default)
        if found is _NOT_GIVEN:
            raise ValueProblemError(
                "lookup",
                f"{shown(key)} is not in the table '{table}'",
                f"Add it under tables: {table}, or give lookup() a default.",
            )
        return found

    folded = {
        name: {key.casefold(): value for key, value in table.items()}
        for name, table in tables.items()
    }
    return lookup
