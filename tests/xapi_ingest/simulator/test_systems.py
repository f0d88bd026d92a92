"""The exports without statements: what their shipped mappings make is what the truth says."""

import json
from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import orjson
import pytest
from exported import moment

from xapi_ingest.landing.inbox import ingest_inbox
from xapi_ingest.mapping.load import load_mapping
from xapi_ingest.mapping.run import map_file
from xapi_ingest.settings import Settings
from xapi_ingest.simulator.company import simulate
from xapi_ingest.simulator.systems.code import FAMILY
from xapi_ingest.simulator.systems.sentences import ANSWERS, NEWS
from xapi_ingest.statement.parse import validate_statement

SOURCES = ("chat", "wiki", "code", "desk", "qa", "qa-votes", "calendar", "search")
NOBODY = "-1"  # the Q&A site's own account, which votes for everybody


def mapped(exports, source):
    """Every row that the company's mapping makes of a source's files."""
    mapping = load_mapping(exports / source / "mapping.yaml")
    files = sorted((exports / source).iterdir())
    return [row for file in files if file.name != "mapping.yaml" for row in map_file(mapping, file)]


@pytest.fixture(scope="module")
def rows(company):
    return {source: mapped(company.out / "exports", source) for source in SOURCES}


def outcome(rows):
    statements, left_out, refused = Counter(), Counter(), Counter()
    for row in rows:
        statements.update(orjson.loads(raw)["verb"]["display"]["en"] for raw in row.statements)
        left_out.update([row.skipped_because] if row.skipped_because else [])
        refused.update({problem.rule_id for problem in row.problems})
    return {
        "rows": len(rows),
        "statements": dict(statements),
        "left_out": dict(left_out),
        "refused": dict(refused),
    }


@pytest.mark.parametrize("source", SOURCES)
def test_the_shipped_mapping_makes_exactly_what_the_truth_says(company, rows, source):
    assert outcome(rows[source]) == company.truth["informal"][source]


@pytest.mark.parametrize("source", SOURCES)
def test_each_has_one_row_broken_on_purpose_and_some_that_mean_nothing(company, source):
    truth = company.truth["informal"][source]
    assert sum(truth["refused"].values()) == 1
    assert sum(truth["left_out"].values()) >= 1
    assert sum(truth["statements"].values()) > 100


@pytest.mark.parametrize("source", SOURCES)
def test_every_statement_follows_the_specification_and_has_an_id_of_its_own(rows, source):
    raws = [raw for row in rows[source] for raw in row.statements]
    assert [problem for raw in raws[:200] for problem in validate_statement(raw)] == []
    assert len({orjson.loads(raw)["id"] for raw in raws}) == len(raws)


@pytest.mark.parametrize("seed", [1, 2])
def test_small_companies_come_out_as_the_truth_says_too(tmp_path, seed):
    simulate(out=tmp_path / "out", employees=40, weeks=15, seed=seed)
    truth = json.loads((tmp_path / "out" / "truth" / "truth.json").read_text(encoding="utf-8"))
    for source in SOURCES:
        assert outcome(mapped(tmp_path / "out" / "exports", source)) == truth["informal"][source]


def owners(company):
    """Who holds which account, with the first and the last day of it."""
    found = {}
    for row in company.employees:
        held = (row["employee_id"], row["hire_date"], row["leave_date"] or "9999")
        for key in (f"mailto:{row['email']}", f"https://jira.hinode.example|{row['username']}"):
            found.setdefault(key.lower(), []).append(held)
    for row in company.table("accounts"):
        key = f"{row['account_home_page']}|{row['identifier_value']}".lower()
        held = (row["employee_id"], row["valid_from"], row["valid_to"] or "9999")
        found.setdefault(key, []).append(held)
    return found


def acts(rows, zones, owner_of):
    """Local day and possible holders of the account of every statement that somebody made."""
    for source in SOURCES:
        for row in rows[source]:
            for raw in row.statements:
                statement = orjson.loads(raw)
                actor = statement["actor"]
                account = actor.get("account")
                if account and account["name"] == NOBODY:
                    continue
                key = f"{account['homePage']}|{account['name']}" if account else actor["mbox"]
                holders = owner_of[key.lower()]
                local = moment(statement["timestamp"]).astimezone(zones[holders[0][0]])
                # a vote is dated to its day in UTC, which may begin before the local one
                early = source == "qa-votes"
                yield source, local.date() + timedelta(days=early), holders


def test_nobody_acts_before_the_first_day_after_the_last_or_on_leave(company, rows):
    zones = {row["employee_id"]: ZoneInfo(row["time_zone"]) for row in company.employees}
    away = {
        leave["employee_id"]: (
            date.fromisoformat(leave["first_date"]),
            date.fromisoformat(leave["last_date"]),
        )
        for leave in company.truth["careers"]["leaves"]
    }
    seen = set()
    for source, day, holders in acts(rows, zones, owners(company)):
        there = [who for who, first, last in holders if first <= str(day) <= last]
        assert there, (source, day)
        if len(holders) == 1 and there[0] in away:
            first, last = away[there[0]]
            # weeks that a leave touches are free as a whole
            assert not first <= day <= last, (source, day)
        seen.add(source)
    assert seen == set(SOURCES)


def test_who_never_learns_writes_nothing_either(company, rows):
    never = {n for n, person in company.truth["people"].items() if person["never_learns"]}
    owner_of = owners(company)
    zones = dict.fromkeys((row["employee_id"] for row in company.employees), None)
    acting = {h[0][0] for *_, h in acts(rows, zones, owner_of) if len(h) == 1}
    assert len(never) > 20
    assert not acting & never


def test_only_engineers_review_code(company, rows):
    family = {row["employee_id"]: row["role_family"] for row in company.employees}
    zones = dict.fromkeys(family, None)
    only = {"code": rows["code"]} | {source: [] for source in SOURCES if source != "code"}
    people = {holders[0][0] for *_, holders in acts(only, zones, owners(company))}
    assert {family[person] for person in people} == {FAMILY}


def test_few_write_most_of_the_chat(company, rows):
    owner_of = owners(company)
    wrote = Counter()
    for row in rows["chat"]:
        for raw in row.statements:
            statement = orjson.loads(raw)
            if statement["verb"]["display"]["en"] in {"asked", "posted", "replied"}:
                holder = owner_of[statement["actor"]["mbox"].lower()][0][0]
                wrote[company.truth["people"][holder]["contributor"]] += 1
    assert wrote["heavy"] + wrote["occasional"] > wrote["lurker"] > 0


def test_no_statement_carries_what_was_written(rows):
    said = {text.encode() for text in (*NEWS, *ANSWERS)}
    for source in ("chat", "wiki", "code", "desk", "calendar"):
        for row in rows[source]:
            for raw in row.statements:
                assert not any(text in raw for text in said), source


def test_the_inbox_takes_the_exports_as_they_are(tmp_path):
    simulate(out=tmp_path / "company", employees=40, weeks=6)
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "company" / "exports").rename(home / "inbox")
    report = ingest_inbox(settings=Settings(home=home))
    truth = json.loads((tmp_path / "company" / "truth" / "truth.json").read_text(encoding="utf-8"))[
        "informal"
    ]
    landed, rejected, left_out = Counter(), Counter(), Counter()
    for file in report.files:
        landed[file.source_name] += file.accepted_count
        rejected[file.source_name] += file.rejected_count
        left_out[file.source_name] += sum(file.left_out.values())
    assert not report.refused
    for source in SOURCES:
        assert (landed[source], rejected[source], left_out[source]) == tuple(
            sum(truth[source][part].values()) for part in ("statements", "refused", "left_out")
        )
