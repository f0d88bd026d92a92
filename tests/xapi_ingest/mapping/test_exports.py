"""Whole exports: what is not one, breaks off, or comes again. The samples hold what they become."""

import gzip
import io
import tarfile
from pathlib import Path

import orjson
import pytest

from tests.xapi_ingest.mapping.outcome import SAMPLES, sample_of
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.load import find_mapping
from xapi_ingest.mapping.run import map_file

GITLAB = sample_of(SAMPLES / "gitlab-project")
WIKI = sample_of(SAMPLES / "mediawiki-history")


def mapped(name, path):
    return list(map_file(find_mapping(name), path))


def ids(name, path):
    return [orjson.loads(raw)["id"] for row in mapped(name, path) for raw in row.statements]


def tarred(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as parts:
        for name, content in members.items():
            part = tarfile.TarInfo(name)
            part.size = len(content)
            parts.addfile(part, io.BytesIO(content))
    return path


def refusal(name, path):
    with pytest.raises(InputError) as caught:
        mapped(name, path)
    return str(caught.value)


def test_a_gitlab_export_that_was_cut_off_is_refused(tmp_path):
    cut = tmp_path / "export.tar.gz"
    cut.write_bytes(GITLAB.read_bytes()[:-300])
    assert refusal("gitlab-project", cut).startswith("export.tar.gz")


def test_a_tar_that_is_no_export_of_gitlab_is_refused(tmp_path):
    found = refusal("gitlab-project", tarred(tmp_path / "e.tar.gz", {"readme.txt": b"hello"}))
    assert "has no tree/project/project_members.ndjson" in found
    other = tmp_path / "other.tar.gz"
    other.write_bytes(gzip.compress(b"hello " * 200))
    assert "is no tar archive that can be read" in refusal("gitlab-project", other)


def test_a_merge_request_in_another_form_is_put_aside_and_the_next_one_read(tmp_path):
    good = {"iid": 2, "author_id": 1, "created_at": "2026-01-05T08:00:00Z"}
    lines = b'{"iid": 1, "notes": 7}\n' + orjson.dumps(good) + b"\n"
    member = b'{"user": {"id": 1, "username": "ann", "public_email": null}}\n'
    export = tarred(
        tmp_path / "e.tar.gz",
        {
            "./tree/project/merge_requests.ndjson": lines,
            "./tree/project/project_members.ndjson": member,
        },
    )
    rows = mapped("gitlab-project", export)
    assert [one.rule_id for row in rows for one in row.problems] == ["mapping.document"]
    (raw,) = (raw for row in rows for raw in row.statements)
    assert orjson.loads(raw)["actor"]["account"]["name"] == "ann"


def test_a_document_that_is_no_dump_of_a_wiki_is_refused(tmp_path):
    other = tmp_path / "feed.xml"
    other.write_text("<rss><page/></rss>", encoding="utf-8")
    assert refusal("mediawiki-history", other).startswith("feed.xml begins with <rss>")


def test_a_dump_that_was_cut_off_gives_what_stands_before_and_says_so(tmp_path):
    cut = tmp_path / "wiki.xml"
    cut.write_bytes(WIKI.read_bytes()[:2600])
    rows = mapped("mediawiki-history", cut)
    assert [len(row.statements) for row in rows] == [1, 1, 0, 1, 0]
    assert rows[-1].problems[0].rule_id == "mapping.document"


def test_one_revision_after_another_is_let_go(tmp_path):
    """Memory does not grow with the history of a page: 60 MB of text stay below 20 MB."""
    import tracemalloc  # noqa: PLC0415

    revision = (
        "<revision><id>{0}</id><parentid>{1}</parentid><timestamp>2026-01-05T08:00:00Z</timestamp>"
        "<contributor><username>Ann</username></contributor><text>"
        + "x" * 20_000
        + "</text></revision>"
    )
    dump = tmp_path / "wiki.xml"
    with dump.open("w", encoding="utf-8") as file:
        file.write("<mediawiki><page><title>A</title><ns>0</ns><id>1</id>")
        for number in range(1, 3_001):
            file.write(revision.format(number, number - 1))
        file.write("</page></mediawiki>")
    mapping = find_mapping("mediawiki-history")
    tracemalloc.start()
    count = sum(len(row.statements) for row in map_file(mapping, dump))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 20_000_000
