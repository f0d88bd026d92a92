"""What is not broken on purpose is sound xAPI, shaped as the emitters shape it."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from exported import SOURCES, moment

from xapi_ingest.landing.schema import REFERENCE_SUFFIX, REFERENCE_TABLES

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}")
CMI5_SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"


@pytest.mark.parametrize("source", SOURCES)
def test_every_sound_statement_has_its_parts(company, source):
    for statement in company.sound(source):
        assert UUID.fullmatch(statement.get("id", "00000000-0000-4000-a000-000000000000"))
        assert statement["actor"]["objectType"] == "Agent"
        assert statement["verb"]["id"].startswith("http")
        assert statement["verb"]["display"]["en-US"]
        assert statement["object"]["objectType"] in {"Activity", "StatementRef"}
        score = statement.get("result", {}).get("score", {}).get("scaled", 0)
        assert -1 <= score <= 1


@pytest.mark.parametrize("source", SOURCES)
def test_nothing_happens_outside_the_period_or_is_stored_before_it_happens(company, source):
    last = date.fromisoformat(company.truth["arguments"]["end"]) + timedelta(days=1)
    for statement in company.sound(source):
        assert statement["timestamp"] < f"{last}T00:00:00"
        if "stored" in statement:
            happened, stored = moment(statement["timestamp"]), moment(statement["stored"])
            assert happened <= stored < datetime.fromisoformat(f"{last}T00:00:00Z")


@pytest.mark.parametrize("source", SOURCES)
def test_nobody_acts_before_being_hired_or_after_leaving(company, source):
    rows = {row["employee_id"]: row for row in company.employees}
    for statement in company.sound(source):
        row = rows.get(company.employee(statement) or "")
        if row:
            zone = ZoneInfo(row["time_zone"])
            day = str(moment(statement["timestamp"]).astimezone(zone).date())
            assert row["hire_date"] <= day <= (row["leave_date"] or "9999")


def test_each_source_names_people_in_its_own_way(company):
    identifiers = {"account", "mbox", "mbox_sha1sum"}
    kinds = {
        source: {kind for s in company.sound(source) for kind in s["actor"]} & identifiers
        for source in SOURCES
    }
    assert kinds == {
        "lms": {"account"}, "video": {"account"}, "social": {"mbox"}, "work": {"mbox_sha1sum"},
    }  # fmt: skip


def test_cmi5_repeats_the_duration_within_a_session(company):
    durations: dict[str, set[str]] = {}
    verbs: dict[str, set[str]] = {}
    for statement in company.settled("lms")[0]:
        session = statement.get("context", {}).get("extensions", {}).get(CMI5_SESSION)
        lasted = statement.get("result", {}).get("duration")
        if session and lasted and not re.fullmatch(r"PT\d{2}H", lasted):
            durations.setdefault(session, set()).add(lasted)
            verbs.setdefault(session, set()).add(statement["verb"]["id"].rpartition("/")[2])
    repeated = [session for session, names in verbs.items() if {"completed", "terminated"} <= names]
    assert len(repeated) > 100
    assert all(len(durations[session]) == 1 for session in repeated)


def test_what_stands_on_or_under_an_offering_carries_a_registration_for_it(
    company,
):
    offerings = {
        row["activity_iri"]
        for row in company.table("content_catalogue")
        if row["is_offering"] == "true"
    }
    ties: dict[str, set[str]] = {}
    for statement in company.settled("lms")[0]:
        context = statement.get("context", {})
        parents = context.get("contextActivities", {}).get("parent", [])
        about = {each["id"] for each in [statement["object"], *parents] if "id" in each}
        for offering in about & offerings:
            ties.setdefault(context["registration"], set()).add(offering)
    assert len(ties) > 100
    assert all(len(tied) == 1 for tied in ties.values())


def test_played_segments_are_in_order_and_inside_the_video(company):
    name = "https://w3id.org/xapi/video/extensions/played-segments"
    lengths = {
        row["activity_iri"]: float(row["design_length_seconds"])
        for row in company.table("content_catalogue") if row["design_length_seconds"]
    }  # fmt: skip
    seen = 0
    for statement in company.sound("video"):
        segments = statement.get("result", {}).get("extensions", {}).get(name)
        if segments:
            ends = [float(end) for end in re.split(r"\[[.,]\]", segments)]
            assert ends == sorted(ends)
            assert ends[-1] <= lengths[statement["object"]["id"]]
            seen += 1
    assert seen > 1000


def test_replies_point_to_posts_by_statement_or_by_thread(company):
    sound = company.sound("social")
    posts = {s["id"] for s in sound if s["verb"]["id"].endswith(("/posted", "/asked"))}
    threads = {s["object"]["id"] for s in sound if s.get("id") in posts}
    ways = set()
    for statement in sound:
        if statement["verb"]["id"].endswith(("/replied", "/responded")):
            context = statement["context"]
            if "statement" in context:
                ways.add("statement")
                assert context["statement"]["id"] in posts
            else:
                ways.add("thread")
                assert context["contextActivities"]["grouping"][0]["id"] in threads
    assert ways == {"statement", "thread"}


def test_the_files_come_in_every_supported_form(company):
    forms = set()
    for file in (company.out / "exports").rglob("*-*-W*"):
        if ".json" in file.suffixes and file.suffix != ".gz":
            forms.add(type(json.loads(file.read_text(encoding="utf-8"))).__name__)
        forms.add("".join(file.suffixes))
    assert forms == {".ndjson", ".ndjson.gz", ".json", ".json.gz", "list", "dict"}


@pytest.mark.parametrize("table", sorted(REFERENCE_TABLES))
def test_reference_files_have_the_columns_of_the_landing(company, table):
    columns = REFERENCE_TABLES[table].names[: -len(REFERENCE_SUFFIX)]
    rows = company.table(table)
    assert rows
    assert all(list(row) == columns for row in rows)


def test_reference_files_agree_with_each_other(company):
    units = {row["org_unit_id"]: row["parent_org_unit_id"] for row in company.table("org_units")}
    people = {row["employee_id"] for row in company.employees}
    catalogue = company.table("content_catalogue")
    assert [unit for unit, parent in units.items() if not parent] == ["company"]
    assert set(units.values()) - {""} <= set(units)
    assert len(people) == len(company.employees) == 300
    assert {row["org_unit_id"] for row in company.employees} <= set(units)
    assert {row["manager_employee_id"] for row in company.employees} - {""} <= people
    assert len({row["email"] for row in company.employees}) == len(people)
    assert {row["owner_org_unit_id"] for row in catalogue} <= set(units)
    assert len({row["activity_iri"] for row in catalogue}) == len(catalogue) >= 120
    assert {row["is_offering"] for row in catalogue} == {"true", "false"}
    assert all(ZoneInfo(row["time_zone"]) for row in company.employees)
