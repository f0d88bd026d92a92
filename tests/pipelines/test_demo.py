"""When `make demo` may leave the published build as it is."""

import json
import shutil

import pytest

from pipelines.demo import has_all_been_taken
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import Settings

pytestmark = pytest.mark.warehouse
STATEMENT = {
    "actor": {"mbox": "mailto:ann@example.org"},
    "verb": {"id": "http://example.org/verbs/read"},
    "object": {"id": "http://example.org/pages/1"},
    "timestamp": "2026-09-01T09:00:00Z",
}


@pytest.fixture
def published(night, tmp_path) -> Settings:
    shutil.copytree(night[0].root, tmp_path / "data")
    return Settings(home=tmp_path / "data", inbox_settle_seconds=0)


def test_a_build_stands_only_as_long_as_it_holds_all_of_inbox_and_landing(
    published, tmp_path, capsys
):
    assert has_all_been_taken(published)
    export = tmp_path / "export.json"
    export.write_text(json.dumps(STATEMENT))
    ingest_paths([export], settings=published, source="wiki")
    assert not has_all_been_taken(published), "something landed beside the inbox"


def test_a_file_that_someone_put_into_the_inbox_is_taken(published, capsys):
    folder = published.inbox / "notes"
    folder.mkdir()
    (folder / "export.json").write_text(json.dumps([STATEMENT, {**STATEMENT, "actor": {}}]))
    assert not has_all_been_taken(published)
    assert "refused export.json: item 2 rejected by actor_has_one_identifier" in (
        capsys.readouterr().err
    )
    assert not has_all_been_taken(published), "it has landed and is not published yet"


def test_a_file_of_the_inbox_that_cannot_land_is_named_and_put_aside(published, capsys):
    (published.inbox / "empty.ndjson").write_bytes(b"")
    assert not has_all_been_taken(published)
    assert "refused empty.ndjson: is empty" in capsys.readouterr().err
    (reason,) = published.inbox.glob(".failed/*/empty.ndjson.reason.txt")
    assert "is empty" in reason.read_text()
    assert has_all_been_taken(published)
