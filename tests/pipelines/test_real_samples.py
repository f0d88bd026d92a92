"""Real statements the whole way: what a reader of the published file finds, and finds again."""

import json
import os
from pathlib import Path

import pytest

from tests.pipelines.conftest import ROOT, tilth_process
from tests.pipelines.test_night import numbers
from xapi_ingest.settings import Settings

SAMPLES = Path(os.environ.get("TILTH_SAMPLES", ROOT.parent / "shared" / "xapi-samples"))
pytestmark = [
    pytest.mark.warehouse,
    pytest.mark.skipif(
        not SAMPLES.is_dir(), reason="no real samples; TILTH_SAMPLES says where they are"
    ),
]

# Counted independently of this project, by hand over the files.
READ, DISTINCT, DUPLICATE, CONFLICTING = 22_889, 22_843, 26, 20


def tilth(settings: Settings, *arguments: str):
    done = tilth_process(settings.root, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def published(settings: Settings, query: str) -> list[dict]:
    return tilth(settings, "sql", query, "--json")


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    """The samples ingested and the night run, by the commands of the README."""
    settings = Settings(home=tmp_path_factory.mktemp("samples") / "data")
    tilth(settings, "ingest", str(SAMPLES), "--json")
    tilth(settings, "run", "--as-of", "2026-09-27", "--json")
    return settings


def test_every_delivered_statement_is_accounted_for(settings):
    assert published(settings, "select * from ops.reconciliation") == [
        {
            "source_name": "files",
            "read_count": READ,
            "accepted_count": READ,
            "rejected_count": 0,
            "unique_count": DISTINCT,
            "duplicate_count": DUPLICATE,
            "conflict_count": CONFLICTING,
            "voided_count": 0,
            "replayed_count": 0,
            "discarded_count": 0,
        }
    ]


def test_every_verb_and_type_of_the_samples_is_mapped(settings):
    assert published(settings, "select kind, iri from ops.unmapped_iris") == []


def test_aliases_of_one_verb_count_as_one(settings):
    rows = published(
        settings,
        "select verb_code, count(distinct verb_name) as names from reports.rpt_component_verbs "
        "group by verb_code having count(distinct verb_name) > 1",
    )
    assert rows == []


def test_numbers_that_need_what_nobody_delivered_say_so(settings):
    rows = published(
        settings,
        "select metric_id, status from metrics.metric_catalogue "
        "where metric_id in ('HB11', 'X01', 'KS09', 'DQ05', 'HB04') order by metric_id",
    )
    assert {row["metric_id"]: row["status"] for row in rows} == {
        "DQ05": "needs employees",
        "HB04": "computed",
        "HB11": "needs employees",
        "KS09": "needs content_catalogue",
        "X01": "needs content_catalogue",
    }
    valued = published(settings, "select distinct metric_id from metrics.metric_values")
    assert not {"HB11", "X01", "KS09", "DQ05"} & {row["metric_id"] for row in valued}


def test_the_same_folder_and_another_night_change_no_number(settings):
    before = numbers(settings)
    again = tilth(settings, "ingest", str(SAMPLES), "--json")
    assert all(file["is_already_landed"] for file in again["files"])
    tilth(settings, "run", "--as-of", "2026-09-27", "--json")
    assert numbers(settings) == before
