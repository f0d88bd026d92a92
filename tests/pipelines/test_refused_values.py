"""What a refused statement holds stays in the landing: nothing of it is printed or published."""

import csv
import re

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.lib.dbt import SEEDS_DIR
from pipelines.lib.docs import rules_seed
from pipelines.lib.published import open_published
from tests.pipelines.conftest import ROOT, refused_lines
from xapi_ingest.landing.reasons import REASONS
from xapi_ingest.mapping.kinds import KINDS

TOKEN = re.compile(r'"((?:[^"\\]|\\.){3,})"|(-?\d[\d.eE+-]{3,})')


def sent() -> set[str]:
    """Texts and numbers of the golden faults, but for what the rules' own words hold too."""
    own = "\n".join(" ".join(reason) for reason in REASONS.values())
    text = b"\n".join(refused_lines()).decode("utf-8", "replace")
    found = {written.strip() or number for written, number in TOKEN.findall(text)}
    return {each for each in found if re.search(r"[^\W\d]{3}|\d.{3}", each) and each not in own}


def quoted(tokens: set[str], text: str) -> list[str]:
    return sorted(token for token in tokens if re.search(rf"(?<!\w){re.escape(token)}(?!\w)", text))


def test_no_word_of_a_refused_statement_is_printed(tilth, settings, tmp_path):
    path = tmp_path / "broken.ndjson"
    path.write_bytes(b"\n".join(refused_lines()))
    tokens = sent()
    assert len(tokens) > 50
    for options in ((), ("--json",)):
        code, said, problems = tilth("ingest", str(path), "--source", "faulty", *options)
        assert code == 1
        assert "rejected by" in said + problems
        assert quoted(tokens, said + problems) == []
    [rejected] = (settings.landing / "rejected" / "source=faulty").rglob("*.parquet")
    kept = "".join(pq.read_table(rejected)["problems_json"].to_pylist())
    assert len(quoted(tokens, kept)) > 5, "the landing says what the terminal does not"


@pytest.mark.warehouse
def test_no_word_of_a_refused_statement_is_published(night):
    settings, done = night
    with open_published(settings) as connection:
        rows = connection.table("ops.rejections").filter("source_name = 'faulty'").fetchall()
        others = [connection.table(f"ops.{name}").fetchall() for name in ("checks", "batches")]
    assert len(rows) > 15
    assert quoted(sent(), f"{rows} {others} {done.stdout} {done.stderr}") == []


@pytest.mark.warehouse
def test_the_name_of_a_file_of_statements_is_not_published(night):
    settings, _ = night
    with open_published(settings) as connection:
        [kinds] = connection.execute(
            "select list(distinct first_input_name) from ops.rejections "
            "where source_name = 'faulty'"
        ).fetchall()
        batches = connection.execute("select table_name, input_name from ops.batches").fetchall()
    assert kinds == (["*.ndjson"],)
    assert ("statements", "*.ndjson") in batches
    assert ("employees", "employees.csv") in batches
    assert "Jane" not in f"{batches}"


@pytest.mark.warehouse
def test_every_rule_that_refused_something_is_published_in_its_own_words(night):
    settings, _ = night
    with open_published(settings) as connection:
        published = connection.execute(
            "select rule_id, message, clause, remedy from ops.rejections"
        ).fetchall()
    assert {row[0] for row in published} <= REASONS.keys()
    assert {row: tuple(REASONS[row[0]]) for row in published} == {row: row for row in published}


def test_the_seed_of_the_rules_is_the_catalogue():
    committed = (SEEDS_DIR / "ref_rules.csv").read_text(encoding="utf-8")
    assert committed == rules_seed(), "run: make docs"
    assert len(list(csv.DictReader(committed.splitlines()))) == len(REASONS)
    with duckdb.connect() as connection:
        read = connection.read_csv(str(SEEDS_DIR / "ref_rules.csv"))
        assert read.columns == ["rule_id", "sentence", "clause", "remedy"]


def test_every_kind_of_objection_of_a_mapping_has_words():
    raised = re.compile(
        r'(?:ValueProblemError|RowFault|FaultError|_problem)\(\s*(?:rule, )?"(\w+)"'
    )
    passed = re.compile(r'_at\(\s*leaf,\s*"(\w+)"')
    code = "".join(path.read_text() for path in (ROOT / "xapi_ingest" / "mapping").rglob("*.py"))
    assert {*raised.findall(code), *passed.findall(code)} == KINDS.keys()
