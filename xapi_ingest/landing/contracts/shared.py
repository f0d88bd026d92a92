"""Columns that several tables have, each with the one meaning that it has everywhere."""

import re
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from xapi_ingest.landing.contracts.contract import Check, Column, code, day, text, whole
from xapi_ingest.statement.identity import iri_from_text

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_CLOCK_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _is_iri(value: str) -> bool:
    try:
        iri_from_text(value)
    except ValueError:
        return False
    return True


IRI: Final = Check(_is_iri, "Send the IRI that the statements use.")
TIME_ZONE: Final = Check(
    lambda value: value in _time_zones(), "Send an IANA name such as Europe/Berlin."
)
COUNTRY: Final = Check(
    lambda value: bool(_COUNTRY.fullmatch(value)), "Send two capital letters of ISO 3166, as DE."
)
LANGUAGE: Final = Check(
    lambda value: bool(_LANGUAGE.fullmatch(value)), "Send a tag of BCP 47 such as ja or en-GB."
)
CLOCK_TIME: Final = Check(
    lambda value: bool(_CLOCK_TIME.fullmatch(value)), "Send hours and minutes such as 08:30."
)
_CURRENCY_CODE: Final = Check(
    lambda value: bool(_CURRENCY.fullmatch(value)),
    "Send three capital letters of ISO 4217, as EUR.",
)


def employee(examples: str, meaning: str = "The employee.", **more: Any) -> Column:
    """Who it is about."""
    name = more.pop("name", "employee_id")
    return text(name, meaning, examples, refers_to="employees.employee_id", **more)


def org_unit(examples: str, meaning: str = "The org unit.", **more: Any) -> Column:
    """Which unit."""
    name = more.pop("name", "org_unit_id")
    return code(name, meaning, examples, refers_to="org_units.org_unit_id", **more)


def skill(examples: str, meaning: str = "The skill.", **more: Any) -> Column:
    """Which skill."""
    return code("skill_id", meaning, examples, refers_to="skills.skill_id", **more)


def role(examples: str, meaning: str = "The role.", **more: Any) -> Column:
    """Which role."""
    return code("role_id", meaning, examples, refers_to="roles.role_id", **more)


def programme(
    examples: str, meaning: str = "The programme, if it serves one.", **more: Any
) -> Column:
    """Which programme."""
    target = "programmes.programme_id"
    return code("programme_id", meaning, examples, refers_to=target, **more)


def activity(
    examples: str, meaning: str = "The item, as statements name it.", **more: Any
) -> Column:
    """Which item of the catalogue."""
    target = "content_catalogue.activity_iri"
    return code("activity_iri", meaning, examples, **{"refers_to": target, "check": IRI, **more})


def currency(examples: str, **more: Any) -> Column:
    """The currency of the row's amounts."""
    meaning = "Currency of the row's amounts, ISO 4217."
    return code("currency_code", meaning, examples, check=_CURRENCY_CODE, **more)


def price_year(examples: str, **more: Any) -> Column:
    """The year whose prices the amounts are in."""
    meaning = "Year whose prices the amounts are in."
    return whole("price_year", meaning, examples, low=1990, high=2100, **more)


def valid(examples_from: str, examples_to: str) -> tuple[Column, Column]:
    """First and last day on which a row holds."""
    return (
        day("valid_from", "First day on which the row holds.", examples_from, is_required=True),
        day("valid_to", "Last day on which the row holds; empty while it does.", examples_to),
    )
