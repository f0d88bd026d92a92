"""A landing made by hand whose metrics can be counted in plain Python.

Every learning statement reports its duration, so its minutes are what it says.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.tables import TABLES

AS_OF = datetime.fromisoformat("2026-04-01T12:00")
FIRST_MONDAY = date(2026, 1, 5)
LAST_MONDAY = date(2026, 3, 30)
UNITS = {"co": "", "north": "co", "n1": "north", "n2": "north", "south": "co"}
PEOPLE = {f"e{n}": list(UNITS)[n % 5] for n in range(60)}
LEFT = {"e7": date(2026, 2, 3), "e8": date(2026, 2, 4)}  # a Tuesday and a Wednesday

ADL, TINCAN = "http://adlnet.gov/expapi/", "http://id.tincanapi.com/activitytype/"


class Kind(NamedTuple):
    """What people do here, as sent, and what the design says of it."""

    verb: str
    activity: str
    activity_type: str
    component: str | None = None
    mode: str | None = None
    is_performance: bool = False
    interactivity: str | None = None
    object_type: str = "Activity"


DOCUMENT, OFFER = f"{TINCAN}document", f"{ADL}activities/assessment"
IMPOSSIBLE = [  # by clocks that are wrong: such statements are kept and count nowhere
    datetime.fromisoformat(text)
    for text in ("1970-01-01", "1999-12-31T23:59:59", "2026-04-01T12:00:01", "2099-01-01")
]
READ, PASSED, REGISTERED = (
    f"{ADL}verbs/{verb}" for verb in ("experienced", "passed", "registered")
)
KINDS = {
    "reads": Kind(
        READ, "doc", DOCUMENT, "knowledge_support", "experiential", interactivity="one_way"
    ),
    "passes": Kind(PASSED, "offer", OFFER, "practice", is_performance=True),  # mode: see mode_of
    "comments": Kind(
        f"{ADL}verbs/commented", "talk", f"{TINCAN}discussion",
        "learning_spaces", "social", is_performance=True, interactivity="interactive",
    ),
    "completes": Kind(
        f"{ADL}verbs/completed", "course", f"{ADL}activities/course", "pathways", "experiential"
    ),
    "performs": Kind(
        "https://w3id.org/xapi/dod-isd/verbs/performed", "list", f"{TINCAN}checklist",
        "on_the_job", "experiential", is_performance=True,
    ),
    "replies": Kind(
        "http://id.tincanapi.com/verb/replied", "statement", "",
        "learning_spaces", "social", is_performance=True, interactivity="interactive",
        object_type="StatementRef",
    ),
    "registers": Kind(REGISTERED, "offer", OFFER),
    "logs in": Kind("https://w3id.org/xapi/adl/verbs/logged-in", "doc", DOCUMENT),
}  # fmt: skip


class Event(NamedTuple):
    """One statement; ``seconds`` is the duration that it reports."""

    person: str
    kind: str
    number: int
    day: date
    seconds: int


def iri(activity):
    return f"http://example.org/{activity}"


def made_events() -> Iterator[Event]:
    """Nearly everyone starts in the first week; nobody does anything after leaving."""
    chance = random.Random(7)
    days = (AS_OF.date() - FIRST_MONDAY).days
    for person in list(PEOPLE)[:55]:
        starts = chance.randrange(7) if chance.random() < 0.9 else chance.randrange(days)
        for count in range(chance.randrange(1, 30)):
            day = FIRST_MONDAY + timedelta(starts if count == 0 else chance.randrange(starts, days))
            if day <= LEFT.get(person, day):
                kind = "completes" if count == 0 else chance.choice(list(KINDS))
                seconds = chance.choice([30, 60, 90, 600, 1800])
                yield Event(person, kind, chance.randrange(3), day, seconds)


EVENTS = list(made_events())
MEANINGFUL = [
    event
    for event in EVENTS
    if KINDS[event.kind].component and (event.kind != "reads" or event.seconds >= 60)
]


def registered_days():
    """(person, offering) → the first day of registration."""
    days = {}
    for event in sorted(EVENTS, key=lambda each: each.day):
        if event.kind == "registers":
            days.setdefault((event.person, event.number), event.day)
    return days


REGISTERED = registered_days()


def mode_of(event):
    """What people do on an offering is formal from the day of their registration for it on."""
    if event.kind == "passes":
        is_formal = REGISTERED.get((event.person, event.number), date.max) <= event.day
        return "formal" if is_formal else "experiential"
    return KINDS[event.kind].mode


def land(landing, table, rows):
    """One committed batch of a table."""
    stamp = {"batch_id": f"b-{table}", "loaded_at": AS_OF}
    schema = TABLES[table]
    rows = [{name: (stamp | row).get(name) for name in schema.names} for row in rows]
    path = landing / table / "source=test" / "loaded_date=2026-04-01" / f"b-{table}.parquet"
    write_parquet_atomically(pa.Table.from_pylist(rows, schema=schema), path)


def statement(position: int, event: Event) -> dict[str, Any]:
    """The row that the ingest would land."""
    kind = KINDS[event.kind]
    noon = datetime.combine(event.day, time(12)) + timedelta(seconds=position)
    return {
        "statement_id": f"s{position}",
        "is_id_derived": False,
        "fingerprint": f"f{position}",
        "source_name": "test",
        "position": position,
        "is_time_inferred": False,
        "occurred_at": noon,
        "stored_at": noon + timedelta(hours=1),
        "actor_type": "Agent",
        "actor_ifi_kind": "mbox",
        "actor_ifi_value": f"{event.person}@example.org",
        "verb_iri": kind.verb,
        "object_type": kind.object_type,
        "object_id": iri(f"{kind.activity}{event.number}"),
        "activity_type_iri": kind.activity_type or None,
        "duration_seconds": float(event.seconds) if kind.component else None,
    }


def employees() -> list[dict[str, Any]]:
    """Everyone, of whom some never learn and two leave."""
    return [
        {
            "employee_id": name,
            "email": f"{name}@example.org",
            "org_unit_id": unit,
            "hire_date": date(2020, 1, 1),
            "leave_date": LEFT.get(name),
        }
        for name, unit in PEOPLE.items()
    ]


def catalogue() -> list[dict[str, Any]]:
    """Nine old items of one team; the offerings but the first belong to a programme."""
    return [
        {
            "activity_iri": iri(f"{name}{number}"),
            "title": f"{name} {number}",
            "is_offering": name == "offer",
            "owner_org_unit_id": "n1",
            "programme_id": "p" if number else None,
            "published_date": date(2025, 1, 1),
        }
        for name in ("offer", "doc", "course")
        for number in range(3)
    ]


def land_everything(landing: Path) -> None:
    """All tables, the first statement twice, and the clock."""
    sent = [statement(position, event) for position, event in enumerate(EVENTS)]
    for position, instant in enumerate(IMPOSSIBLE, len(sent)):
        dreamt = statement(position, Event("e0", "comments", 0, instant.date(), 1800))
        sent.append({**dreamt, "occurred_at": instant, "stored_at": instant + timedelta(hours=1)})
    units = [
        {"org_unit_id": unit, "org_unit_name": unit, "parent_org_unit_id": parent or None}
        for unit, parent in UNITS.items()
    ]
    tables = {
        "statements": [*sent, {**sent[0], "position": len(sent)}],
        "employees": employees(),
        "org_units": units,
        "content_catalogue": catalogue(),
    }
    for name, rows in tables.items():
        land(landing, name, rows)
    batch = {"source_name": "test", "input_bytes": 1, "ingest_seconds": 0.1, "rejected_count": 0}
    counted = [
        {"batch_id": f"b-{name}", "table_name": name, **batch}
        | {"read_count": len(rows), "accepted_count": len(rows)}
        for name, rows in tables.items()
    ]
    land(landing, "batches", counted)
    land(landing, "runs", [{"run_id": "r", "as_of": AS_OF, "started_at": AS_OF}])


def above(unit):
    """The unit and everything over it, the root by its key in the warehouse."""
    while unit:
        yield "company" if unit == "co" else unit
        unit = UNITS[unit]


def month(day):
    return day.replace(day=1)


def monday(day):
    return day - timedelta(day.weekday())


def grouped(period, events=MEANINGFUL):
    """(unit, period) → its events."""
    groups = defaultdict(list)
    for event in events:
        for unit in above(PEOPLE[event[0]]):
            groups[unit, period(event[3])].append(event)
    return groups


def minutes(events):
    return sum(event[4] for event in events) / 60
