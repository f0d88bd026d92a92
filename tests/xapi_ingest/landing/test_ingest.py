"""Files of every form get in, once each, under their source's name."""

import gzip
import json

import pyarrow.parquet as pq
import pytest

from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.landing.inbox import ingest_inbox
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings


def forms(statements):
    lines = "".join(json.dumps(one) + "\n" for one in statements)
    return {
        "a.ndjson": lines,
        "b.jsonl": lines.replace("\n", "\r\n\r\n"),
        "c.json": json.dumps(statements),
        "d.json": json.dumps(statements, indent=2),
        "e.json": json.dumps({"more": "", "statements": statements}),
        "f.json": lines,
        "g.ndjson": "\ufeff" + lines.rstrip("\n"),
        "H.JSON": "\ufeff \n" + json.dumps({"statements": statements, "more": ""}, indent="\t"),
    }


@pytest.mark.parametrize("name", [name + end for name in forms([]) for end in ("", ".gz")])
def test_every_form_gives_the_same_statements(name, tmp_path, ingest, landing, make_statement):
    statements = [make_statement(number) for number in range(130)]
    data = forms(statements)[name.removesuffix(".gz")].encode()
    path = tmp_path / name
    members = [gzip.compress(data[:99]), gzip.compress(data[99:])]
    path.write_bytes(b"".join(members) if name.endswith(".gz") else data)
    report = ingest(path)
    assert report.problems == []
    rows = sorted(landing.rows("statements"), key=lambda row: row["position"])
    assert [json.loads(row["statement_json"]) for row in rows] == statements
    assert [row["position"] for row in rows] == list(range(1, 131))


def test_a_single_statement_is_a_file_too(tmp_path, ingest, landing, make_statement):
    path = tmp_path / "one.json"
    path.write_text(json.dumps(make_statement(1), indent=2))
    assert ingest(path).accepted_count == 1
    assert landing.rows("statements")[0]["statement_json"] == path.read_text()


def test_a_file_lands_once_under_each_source(write_lines, ingest, landing, make_statement):
    path = write_lines("a.ndjson", [make_statement(1)])
    same = write_lines("renamed.ndjson", [make_statement(1)])
    ingest(path, same)
    ingest(path, source="lms")
    assert [row["source_name"] for row in landing.rows("statements")] == ["files", "lms"]


def test_the_inbox_names_sources_by_folder(settings, landing, make_statement):
    for folder, number in ((settings.inbox, 1), (settings.inbox / "lms" / "2026", 2)):
        folder.mkdir(parents=True)
        (folder / "x.json").write_text(json.dumps(make_statement(number)))
    (settings.inbox / "No Source").mkdir()
    report = ingest_inbox(settings=settings)
    assert [(file.source_name, file.read_count) for file in report.files] == [
        ("lms", 1),
        ("files", 1),
    ]
    assert report.problems[0].startswith("inbox/No Source: ")
    assert {row["source_name"] for row in landing.rows("batches")} == {"lms", "files"}


def test_a_missing_inbox_is_an_empty_one(settings):
    report = ingest_inbox(settings=settings)
    assert (report.files, report.exit_code) == ([], 0)


def test_a_time_that_is_missing_is_the_time_of_storing_or_of_loading(
    write_lines, settings, make_statement
):
    statements = [make_statement(1, stored="2026-05-01T00:00:00Z"), make_statement(2)]
    for one in statements:
        del one["timestamp"]
    report = ingest_paths([write_lines("a.ndjson", statements)], settings=settings)
    assert report.accepted_count == 2
    (path,) = settings.landing.glob("statements/source=files/*/*.parquet")
    stored, bare = pq.ParquetFile(path).read().to_pylist()
    assert stored["occurred_at"].isoformat() == "2026-05-01T00:00:00"
    assert bare["occurred_at"] == bare["loaded_at"]
    assert stored["is_time_inferred"]
    assert bare["is_time_inferred"]


def test_progress_reaches_the_whole_of_each_file(write_lines, settings, make_statement):
    path = write_lines("a.ndjson", [make_statement(number) for number in range(9)])
    told = []
    for _ in range(2):
        ingest_paths([path], settings=settings, on_progress=lambda *news: told.append(news))
    size = path.stat().st_size
    assert told == [(size, size, "a.ndjson")] * 2


def test_a_source_that_cannot_be_a_folder_is_refused(ingest, write_lines, make_statement):
    with pytest.raises(InputError, match="cannot name a source"):
        ingest(write_lines("a.ndjson", [make_statement(1)]), source="../x")


def test_the_report_is_plain_json(ingest, write_lines, make_statement):
    path = write_lines("a.ndjson", [make_statement(1), {"actor": {}}])
    plain = json.loads(json.dumps(ingest(path).to_dict()))
    assert plain["files"][0]["rejected_by_rule"] == {"actor_has_one_identifier": 1}


def test_a_data_folder_that_is_a_file_is_said_in_a_sentence(tmp_path, write_lines, make_statement):
    (tmp_path / "file").write_text("")
    with pytest.raises(LandingError, match="cannot be written"):
        ingest_paths([tmp_path], settings=load_settings(home=tmp_path / "file" / "data"))
