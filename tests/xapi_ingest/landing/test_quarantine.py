"""The quarantine: what passes after a change lands once, and what is settled stays settled."""

import json

import msgspec
import pytest

from tests.xapi_ingest.landing.test_mapped import TALKS
from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.landing.quarantine import Chosen, items_of, rejected_batches
from xapi_ingest.landing.quarantine_counts import counts_of
from xapi_ingest.landing.quarantine_export import export
from xapi_ingest.landing.replay import replay
from xapi_ingest.landing.resolutions import Decision, discard
from xapi_ingest.mapping.load import mapping_from_text
from xapi_ingest.settings import load_settings

ALL = Chosen()
FIX = Decision("the limit was raised", "ann")
TABLE = """\
Kurs,of,2026
Email,Talk,Held
ann@acme.example,ladders,2026-03-02T08:00:00Z
bo@acme.example,ladders,03.02.2026 08:00
cy@acme.example,gloves,yesterday
"""


@pytest.fixture
def wider(home):
    """The settings after the limit of a statement's size was raised."""
    return load_settings(home=home, batch_rows=50)


@pytest.fixture
def long_and_broken(write_lines, ingest, make_statement):
    """Four items: two that only the limit keeps out (one without a time), one broken, one good."""
    long = {"response": "x" * 150_000}
    without_time = make_statement(2, result=long)
    del without_time["timestamp"], without_time["id"]
    rows = [make_statement(1, result=long), {"actor": {}}, without_time, make_statement(3)]
    ingest(write_lines("export.ndjson", rows), source="lms")


def states(settings, chosen=ALL):
    return {
        item.position: item.state
        for batch in rejected_batches(settings.landing, chosen)
        for item in items_of(batch, chosen, states=None, has_content=False)
    }


def balance(landing):
    """Read, accepted and rejected over all batches of statements, what was replayed moved over."""
    rows = [row for row in landing.rows("batches") if row["table_name"] == "statements"]
    moved = sum(row["replayed_count"] for row in rows)
    read, accepted, rejected = (
        sum(row[f"{name}_count"] for row in rows) for name in ("read", "accepted", "rejected")
    )
    assert read - moved == accepted + rejected - moved
    assert len(landing.rows("statements")) == accepted
    return read - moved, accepted, rejected - moved


def test_what_passes_after_a_change_lands_once_and_the_rest_stays(
    long_and_broken, settings, wider, landing
):
    assert balance(landing) == (4, 1, 3)
    report = replay(ALL, FIX, settings=settings)
    assert (report.replayed_count, report.exit_code, landing.rows("resolutions")) == (0, 1, [])
    report = replay(ALL, FIX, settings=wider)
    assert (report.item_count, report.replayed_count, report.statement_count) == (3, 2, 2)
    assert dict(report.staying) == {"actor_has_one_identifier": 1}
    assert balance(landing) == (4, 3, 1)
    assert states(wider) == {1: "replayed", 2: "open", 3: "replayed"}
    [first, second] = landing.rows("resolutions")
    assert (first["reason"], first["resolved_by"]) == ("the limit was raised", "ann")
    landed = {row["position"]: row for row in landing.rows("statements")}
    assert landed[second["first_position"]]["is_id_derived"]


def test_a_replay_of_a_replay_changes_nothing(long_and_broken, wider, landing):
    replay(ALL, FIX, settings=wider)
    before = landing.everything(), landing.rows("resolutions")
    again = replay(ALL, FIX, settings=wider)
    assert (again.item_count, again.replayed_count, again.batch_count) == (1, 0, 0)
    assert (landing.everything(), landing.rows("resolutions")) == before


def test_a_statement_without_a_time_keeps_the_instant_of_its_first_receipt(
    long_and_broken, wider, landing
):
    [rejected] = rejected_batches(wider.landing, ALL)
    replay(ALL, FIX, settings=wider)
    [inferred] = [row for row in landing.rows("statements") if row["is_time_inferred"]]
    assert inferred["occurred_at"] == rejected.loaded_at


def test_what_was_discarded_is_not_replayed_until_that_is_taken_back(
    long_and_broken, wider, landing
):
    assert discard(Chosen(position=1), FIX, settings=wider).by_source == {"lms": 1}
    assert discard(Chosen(position=1), FIX, settings=wider).item_count == 0
    assert replay(ALL, FIX, settings=wider).replayed_count == 1
    assert states(wider) == {1: "discarded", 2: "open", 3: "replayed"}
    assert discard(ALL, FIX, settings=wider, is_undo=True).item_count == 1, "never what has landed"
    assert replay(ALL, FIX, settings=wider).replayed_count == 1
    assert states(wider) == {1: "replayed", 2: "open", 3: "replayed"}
    assert [row["sequence"] for row in landing.rows("resolutions")].count(1) == 1
    assert len(landing.rows("rejected")) == 3, "nothing is deleted"
    assert balance(landing) == (4, 3, 1)


def test_an_item_whose_bytes_are_gone_stays_and_stops_no_other(long_and_broken, wider, landing):
    aside = sorted((wider.landing / "overflow").iterdir())
    aside[0].unlink()
    report = replay(ALL, FIX, settings=wider)
    assert report.replayed_count == 1
    assert [why for why in report.staying if "cannot be read: No such file" in why]
    with pytest.raises(LandingError, match="cannot be read"):
        export(Chosen(rule_id="statement_fits_the_limit"), wider.root / "out", settings=wider)


def test_a_damaged_file_of_the_landing_is_named(long_and_broken, wider):
    [batch] = rejected_batches(wider.landing, ALL)
    batch.path.write_bytes(b"PAR1")
    with pytest.raises(LandingError, match="cannot be read"):
        counts_of(ALL, wider.landing)


def test_a_discard_takes_a_reason(long_and_broken, wider):
    with pytest.raises(InputError, match="takes a reason"):
        discard(ALL, Decision("  ", "ann"), settings=wider)


def test_the_quarantine_is_narrowed_by_source_rule_batch_and_position(
    long_and_broken, write_lines, ingest, wider
):
    ingest(write_lines("other.ndjson", [{"verb": {}}]), source="chat")
    first, second = rejected_batches(wider.landing, ALL)
    assert states(wider, Chosen(source_name="chat")) == {1: "open"}
    assert states(wider, Chosen(rule_id="verb_is_present")) == {2: "open"}, "not the first rule"
    assert states(wider, Chosen(batch_id=first.batch_id[:8])) == {1: "open", 2: "open", 3: "open"}
    assert states(wider, Chosen(batch_id=second.batch_id, position=9)) == {}
    with pytest.raises(InputError, match="no batch with rejected items"):
        rejected_batches(wider.landing, Chosen(batch_id="x"))
    counts = counts_of(ALL, wider.landing)
    assert {(row.source_name, row.rule_id): row.open_count for row in counts} == {
        ("lms", "statement_fits_the_limit"): 2,
        ("lms", "actor_has_one_identifier"): 1,
        ("chat", "actor_is_present"): 1,
    }


def test_an_export_gives_the_bytes_as_received_which_land_when_they_are_corrected(
    tmp_path, ingest, write_lines, wider, make_statement
):
    cut = json.dumps(make_statement(1)).encode()[:-1]
    stray = b'[{"actor": {}},\n{"a"'
    (tmp_path / "cut.json").write_bytes(stray)
    ingest(write_lines("lines.ndjson", [cut, b'{"actor":\t{}}']), tmp_path / "cut.json")
    report = export(ALL, tmp_path / "out", settings=wider)
    assert (report.line_count, report.file_count) == (4, 0)
    lines = (tmp_path / "out" / "statements.ndjson").read_bytes().splitlines()
    assert lines == [cut, b'{"actor":\t{}}', b'{"actor": {}}', b'{"a"']
    told = list(map(json.loads, (tmp_path / "out" / "problems.ndjson").read_text().splitlines()))
    assert [one["place"] for one in told] == [f"statements.ndjson:{n}" for n in (1, 2, 3, 4)]
    assert [one["problems"][0]["rule_id"] for one in told] == [
        "statement_is_json",
        "actor_has_one_identifier",
        "actor_has_one_identifier",
        "file_is_whole",
    ]
    (tmp_path / "corrected.ndjson").write_bytes(lines[0] + b"}")
    assert ingest(tmp_path / "corrected.ndjson").accepted_count == 1
    with pytest.raises(InputError, match="holds something"):
        export(ALL, tmp_path / "out", settings=wider)


def test_an_item_that_no_line_can_hold_is_exported_to_a_file_of_its_own(
    tmp_path, ingest, wider, make_statement
):
    long = json.dumps(make_statement(1, result={"response": "x" * 150_000}), indent=2)
    (tmp_path / "long.json").write_text(f"[{long}]")
    ingest(tmp_path / "long.json")
    assert export(ALL, tmp_path / "out", settings=wider).file_count == 1
    [path] = (tmp_path / "out" / "items").iterdir()
    assert path.read_text() == long


# ---- rows of mapped tables

SHEET = TALKS.replace("input: {format: csv}\n", "input: {format: csv, preamble: pairs}\n")
FORMS = "date_formats: ['%d.%m.%Y %H:%M', '%Y-%m-%dT%H:%M:%SZ']\n"


@pytest.fixture
def talks(tmp_path, settings):
    """A table of which two rows cannot be mapped, landed by the mapping in its inbox folder."""
    path = tmp_path / "talks.csv"
    path.write_text(TABLE)
    mapping = mapping_from_text(SHEET, "talks.yaml")
    report = ingest_paths([path], settings=settings, mapping=mapping)
    assert (report.accepted_count, report.rejected_count) == (2, 2)
    return path


def put_mapping(settings, text):
    folder = settings.inbox / "safety"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mapping.yaml").write_text(text)


def test_rows_are_mapped_anew_by_the_mapping_of_now(talks, settings, landing, tmp_path):
    put_mapping(settings, SHEET + FORMS)
    report = replay(ALL, FIX, settings=settings)
    assert (report.replayed_count, report.statement_count) == (1, 2)
    assert dict(report.staying) == {"mapping.time": 1}
    replayed = landing.rows("statements")[-2:]
    whole = load_settings(home=tmp_path / "whole")
    fixed = mapping_from_text(SHEET + FORMS, "talks.yaml")
    ingest_paths([talks], settings=whole, mapping=fixed)
    expected = type(landing)(whole.landing).rows("statements")
    assert {row["statement_json"] for row in replayed} == {
        row["statement_json"] for row in expected if "bo@" in row["actor_ifi_value"]
    }, "as if the whole table were mapped anew"
    assert balance(landing) == (5, 4, 1), "one row became two statements"
    marks = [(row["mapping_name"], row["mapping_version"]) for row in landing.rows("batches")]
    assert [name for name, _ in marks] == ["talks", "talks"]
    assert len(set(marks)) == 2, "by two versions of the mapping"


def test_rows_whose_mapping_has_vanished_stay_and_say_so(talks, settings):
    report = replay(ALL, FIX, settings=settings)
    assert dict(report.staying) == {"the mapping 'talks' is not here: give it with --mapping": 2}
    given = mapping_from_text(SHEET + FORMS, "given.yaml")
    assert replay(ALL, FIX, settings=settings, mapping=given).replayed_count == 1


def test_rows_are_not_mapped_by_another_or_a_broken_mapping(talks, settings):
    put_mapping(settings, "mapping: [")
    [why] = replay(ALL, FIX, settings=settings).staying
    assert "cannot be used" in why
    put_mapping(settings, (SHEET + FORMS).replace("mapping: talks", "mapping: other"))
    [why] = replay(ALL, FIX, settings=settings).staying
    assert why == "the row was mapped by 'talks', and 'other' is another"
    put_mapping(settings, (SHEET + FORMS).replace("held: Held", "held: Begun"))
    [why] = replay(ALL, FIX, settings=settings).staying
    assert "columns that the row lacks" in why


def test_rows_that_the_mapping_now_leaves_out_are_settled_without_a_statement(
    talks, settings, landing
):
    skipping = SHEET.replace("talk is none", "talk is none or talk == 'gloves'")
    put_mapping(settings, skipping)
    report = replay(Chosen(position=4), FIX, settings=settings)
    assert (report.replayed_count, report.statement_count) == (1, 0)
    assert balance(landing) == (3, 2, 1)


def test_of_a_row_with_one_bad_statement_only_that_one_lands_later(
    tmp_path, settings, landing, ingest
):
    verb = "{id: http://adlnet.gov/expapi/verbs/completed}"
    bad = SHEET.replace(verb, '{id: "=talk"}')
    path = tmp_path / "talks.csv"
    path.write_text("\n".join(TABLE.splitlines()[:3]) + "\n")
    ingest(path, mapping=mapping_from_text(bad, "talks.yaml"))
    assert balance(landing) == (2, 1, 1)
    put_mapping(settings, SHEET)
    assert replay(ALL, FIX, settings=settings).statement_count == 1
    verbs = [row["verb_iri"].rsplit("/", 1)[1] for row in landing.rows("statements")]
    assert verbs == ["attended", "completed"]
    assert balance(landing) == (2, 2, 0)


def test_what_a_row_needs_to_be_mapped_again_is_kept_beside_it(talks, landing):
    rows = landing.rows("rejected")
    kept = msgspec.json.decode(rows[0]["row_json"])
    assert kept["cells"] == ["bo@acme.example", "ladders", "03.02.2026 08:00"]
    assert kept["above"] == [["Kurs", "of", "2026"], ["Email", "Talk", "Held"]]
    assert (kept["mapping"], kept["position"], kept["line"]) == ("talks", 2, 4)
