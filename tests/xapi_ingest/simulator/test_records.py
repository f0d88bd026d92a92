"""The reference files: complete, within their contracts, and at one with the truth."""

import csv
from datetime import date
from itertools import pairwise

import pytest

from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import Settings
from xapi_ingest.simulator.books import SYSTEMS


def test_every_reference_table_is_exported_by_one_system(company):
    found = company.out.glob("exports/*/*.csv")
    systems = set(SYSTEMS.values())  # the service desk's tables are mapped, not of a contract
    exported = {p.stem: p.parent.name for p in found if p.parent.name in systems}
    assert exported == SYSTEMS
    assert set(exported) == set(CONTRACTS)


@pytest.mark.parametrize("table", sorted(CONTRACTS))
def test_every_row_has_the_columns_of_its_contract_and_there_are_rows(company, table):
    (path,) = company.out.glob(f"exports/*/{table}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == list(CONTRACTS[table].by_name)
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_every_reference_file_keeps_its_contract(company, tmp_path):
    folders = sorted({company.out / "exports" / system for system in SYSTEMS.values()})
    report = ingest_paths(folders, settings=Settings(home=tmp_path))
    assert [line for file in report.files for line in file.problems()] == []
    assert len(report.files) == len(CONTRACTS)


def test_stays_in_units_follow_each_other_without_gap_and_end_where_hr_has_people_today(company):
    stays = {}
    for row in company.table("employment_periods"):
        stays.setdefault(row["employee_id"], []).append(row)
    today = {row["employee_id"]: row for row in company.employees}
    assert set(stays) == set(today)
    for employee_id, rows in stays.items():
        assert rows[0]["valid_from"] == today[employee_id]["hire_date"]
        assert rows[-1]["org_unit_id"] == today[employee_id]["org_unit_id"]
        assert rows[-1]["valid_to"] == today[employee_id]["leave_date"]
        for before, after in pairwise(rows):
            gap = date.fromisoformat(after["valid_from"]) - date.fromisoformat(before["valid_to"])
            assert gap.days == 1
    moved = {t["employee_id"] for t in company.truth["careers"]["transfers"]}
    assert moved <= {employee_id for employee_id, rows in stays.items() if len(rows) > 1}


def test_the_dissolved_unit_is_empty_from_the_day_of_the_reorganisation(company):
    change = company.truth["careers"]["reorganisation"]
    for row in company.table("employment_periods"):
        if row["org_unit_id"] == change["dissolved_org_unit_id"]:
            assert row["valid_to"]
            assert row["valid_to"] < change["date"]


def test_the_ledger_of_finance_is_the_truth_about_booked_costs(company):
    booked = {}
    for row in company.table("cost_ledger"):
        booked[row["programme_id"]] = booked.get(row["programme_id"], 0) + float(row["cost_amount"])
    for programme_id, account in company.truth["money"]["programmes"].items():
        assert booked[programme_id] == pytest.approx(account["cost_amount"])


def test_nobody_is_watched_or_begins_a_task_while_away(company):
    away = {}
    for row in company.table("leave_periods"):
        away.setdefault(row["employee_id"], []).append((row["start_date"], row["end_date"]))
    assert away
    for row in company.table("task_starts"):
        for first, last in away.get(row["employee_id"], ()):
            assert not first < row["started_at"][:10] < last


def test_reminders_hold_a_tenth_back_and_do_nothing(company):
    rows = company.table("nudge_log")
    held = [row for row in rows if row["is_holdout"] == "true"]
    assert 0.06 < len(held) / len(rows) < 0.14
    assert not any(row["opened_at"] for row in held)
