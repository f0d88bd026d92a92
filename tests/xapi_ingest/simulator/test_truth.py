"""Truth says exactly what the files hold."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from exported import SOURCES, VOIDED, Exported, moment

from xapi_ingest.simulator.company import simulate

UNKNOWN_VERBS = {
    "https://lms.hinode.example/verbs/streaked",
    "https://desk.hinode.example/verbs/pinged",
}
UNKNOWN_TYPE = "https://lms.hinode.example/types/leaderboard"


@pytest.mark.parametrize("source", SOURCES)
def test_written_broken_and_accepted_are_what_the_files_hold(company, source):
    truth = company.truth["sources"][source]
    delivered, sound = company.delivered[source], company.sound(source)
    assert truth["written"] == len(delivered)
    assert truth["accepted"] == len(sound)
    assert truth["broken"] == len(delivered) - len(sound) > 0


@pytest.mark.parametrize("source", SOURCES)
def test_accepted_is_distinct_plus_duplicates_plus_conflicts(company, source):
    truth = company.truth["sources"][source]
    distinct, duplicates, conflicts = company.settled(source)
    assert (truth["distinct"], truth["duplicate"], truth["conflict"]) == (
        len(distinct), duplicates, conflicts,
    )  # fmt: skip
    assert truth["accepted"] == len(distinct) + duplicates + conflicts
    assert duplicates > 0


def test_some_ids_come_with_two_contents(company):
    assert company.truth["total"]["conflict"] > 0


@pytest.mark.parametrize("source", SOURCES)
def test_every_void_names_one_statement_of_an_earlier_delivery(company, source):
    truth = company.truth["sources"][source]
    seen, voids = set(), 0
    for statement in company.sound(source):
        if statement["verb"]["id"] == VOIDED:
            assert statement["object"]["objectType"] == "StatementRef"
            assert statement["object"]["id"] in seen
            voids += 1
        seen.add(statement.get("id"))
    assert truth["voided"] == truth["voiding"] == voids > 0


@pytest.mark.parametrize("source", SOURCES)
def test_oddities_are_counted_over_distinct_statements(company, source):
    distinct = company.settled(source)[0]
    found = Counter()
    for statement in distinct:
        found["without_id"] += "id" not in statement
        found["unmapped_verb"] += statement["verb"]["id"] in UNKNOWN_VERBS
        kind = statement["object"].get("definition", {}).get("type")
        found["unmapped_type"] += kind == UNKNOWN_TYPE
        lasted = statement.get("result", {}).get("duration", "")
        found["implausible_duration"] += bool(re.fullmatch(r"PT\d{2}H", lasted))
        is_shared = statement["actor"].get("account", {}).get("name") == "kiosk-07"
        found["from_shared_accounts"] += is_shared
        found["from_people_not_in_hr"] += company.employee(statement) is None and not is_shared
        if "stored" in statement:
            delay = moment(statement["stored"]) - moment(statement["timestamp"])
            found["late"] += delay.total_seconds() > 86_400
    truth = company.truth["sources"][source]
    assert {name: truth[name] for name in found} == dict(found)


def test_the_oddities_occur_somewhere(company):
    total = company.truth["total"]
    unheard = {"not_logged", "not_delivered"}  # only in companies that are watched for a year
    assert min(count for name, count in total.items() if name not in unheard) > 0
    assert total["unmapped_verb"] < 0.02 * total["distinct"]


def test_each_kind_of_breakage_is_counted(company):
    by_kind = company.truth["broken_by_kind"]
    assert len(by_kind) == 5
    assert sum(by_kind.values()) == company.truth["total"]["broken"]


def test_each_persons_weekly_learning_is_what_the_files_say_in_local_weeks(company):
    told = {n: person["weekly_learning_counts"] for n, person in company.truth["people"].items()}
    assert told == company.weekly_learning()


def test_local_weeks_hold_over_a_change_of_clocks(tmp_path):
    simulate(out=tmp_path / "out", employees=60, weeks=8, end=date(2026, 11, 15))
    company = Exported(tmp_path / "out")
    told = {n: person["weekly_learning_counts"] for n, person in company.truth["people"].items()}
    assert told == company.weekly_learning()


def test_weekly_active_people_add_up(company):
    people = [person["weekly_learning_counts"] for person in company.truth["people"].values()]
    active = [sum(count > 0 for count in week) for week in zip(*people, strict=True)]
    assert company.truth["weekly_active_people"] == active
    assert company.truth["never_active_people"] == sum(not any(counts) for counts in people)


def test_dead_stock_is_never_opened_and_retired_items_rest(company):
    content = company.truth["content"]
    retired = {
        row["activity_iri"]: row["retired_date"] for row in company.table("content_catalogue")
        if row["retired_date"]
    }  # fmt: skip
    assert set(content["retired"]) == set(retired)
    for source in SOURCES:
        for statement in company.sound(source):
            iri = statement["object"]["id"]
            assert iri not in content["dead_stock"]
            assert statement["timestamp"][:10] <= retired.get(iri, "9999")


def test_an_address_used_again_after_a_leaver_is_in_the_truth(company):
    (reused,) = company.truth["identities"]["reused_addresses"]
    holders = [row for row in company.employees if row["email"] == reused["address"]]
    assert {row["employee_id"] for row in holders} == {reused["first"], reused["then"]}
    assert reused["until"] < reused["since"]


def test_an_outage_and_a_late_launch_leave_gaps_that_the_truth_tells_of(tmp_path):
    simulate(out=tmp_path / "out", employees=120, weeks=60)
    company = Exported(tmp_path / "out")
    (outage,) = company.truth["feeds"]["outages"]
    first = date.fromisoformat(outage["first_date"])
    days = [s["timestamp"][:10] for s in company.sound(outage["source"])]
    last = first + timedelta(weeks=outage["weeks"])
    assert [day for day in days if str(first) <= day < str(last)] == []
    assert min(days) < str(first) < max(days)
    (launch,) = company.truth["feeds"]["launches"]
    assert min(s["timestamp"][:10] for s in company.sound(launch["source"])) >= launch["date"]
    counts = company.truth["sources"]
    assert counts[outage["source"]]["not_delivered"] > 0
    assert counts[launch["source"]]["not_logged"] > 0
    expected = {}
    for row in company.table("expected_counts"):
        expected[row["source_name"]] = expected.get(row["source_name"], 0) + int(
            row["expected_count"]
        )
    for source, told in expected.items():
        made = counts[source]["distinct"] - counts[source]["voiding"]
        assert told == made + counts[source]["not_delivered"]
