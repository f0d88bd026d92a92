"""Whole exports: what is not one, breaks off, or comes again. The samples hold what they become."""

import gzip
import io
import json
import tarfile
from pathlib import Path
from zipfile import ZipFile

import orjson
import pytest

from tests.xapi_ingest.mapping.outcome import SAMPLES, sample_of
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.load import find_mapping, mapping_from_text
from xapi_ingest.mapping.run import map_file
from xapi_ingest.statement.equivalence import are_equivalent

SLACK = sample_of(SAMPLES / "slack-export")
CONFLUENCE = sample_of(SAMPLES / "confluence-space")
GITLAB = sample_of(SAMPLES / "gitlab-project")
VIVA = sample_of(SAMPLES / "viva-engage-messages")
WIKI = sample_of(SAMPLES / "mediawiki-history")


def mapped(name, path):
    return list(map_file(find_mapping(name), path))


def ids(name, path):
    return [orjson.loads(raw)["id"] for row in mapped(name, path) for raw in row.statements]


def statements(name, path):
    found = [orjson.loads(raw) for row in mapped(name, path) for raw in row.statements]
    return {statement["id"]: statement for statement in found}


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with ZipFile(path, "w") as parts:
        for name, content in members.items():
            parts.writestr(name, content)
    return path


def members_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


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


@pytest.mark.parametrize(
    ("name", "sample"), [("slack-export", SLACK), ("confluence-space", CONFLUENCE)]
)
def test_a_zip_that_was_cut_off_is_refused_whole(tmp_path, name, sample):
    cut = tmp_path / "export.zip"
    cut.write_bytes(sample.read_bytes()[:-200])
    assert refusal(name, cut).startswith("export.zip is no zip archive that can be read")


def test_a_gitlab_export_that_was_cut_off_is_refused(tmp_path):
    cut = tmp_path / "export.tar.gz"
    cut.write_bytes(GITLAB.read_bytes()[:-300])
    assert refusal("gitlab-project", cut).startswith("export.tar.gz")


@pytest.mark.parametrize(
    ("without", "named"),
    [({"users.json"}, "users.json"), ({"channels.json", "groups.json"}, "channels.json")],
)
def test_a_slack_export_without_its_lists_is_refused_by_name(tmp_path, without, named):
    members = {name: data for name, data in members_of(SLACK).items() if name not in without}
    found = refusal("slack-export", zipped(tmp_path / "e.zip", members))
    assert found.startswith(f"e.zip has no {named}, so it is no Slack export.")


def test_a_list_of_slack_that_is_no_json_is_refused_without_a_word_of_it(tmp_path):
    members = members_of(SLACK) | {"users.json": b'[{"id": "U01ANN", "name": "ann"'}
    found = refusal("slack-export", zipped(tmp_path / "e.zip", members))
    assert found == "users.json is no JSON. Fetch the export again."


def test_a_damaged_day_of_slack_is_put_aside_and_the_others_are_read(tmp_path):
    whole = zipped(tmp_path / "whole.zip", members_of(SLACK))
    data = whole.read_bytes()
    broken = tmp_path / "broken.zip"
    broken.write_bytes(data.replace(b"Thanks, that was it", b"Thanks, that was IT"))
    problems = [one for row in mapped("slack-export", broken) for one in row.problems]
    assert "general/2026-01-06.json is damaged in the archive" in problems[0].message
    assert len(ids("slack-export", broken)) == len(ids("slack-export", whole)) - 2


def test_an_export_of_slack_that_was_packed_again_in_a_folder_is_the_same(tmp_path):
    members = {f"Acme export/{name}": data for name, data in members_of(SLACK).items()}
    again = zipped(tmp_path / "again.zip", members)
    assert ids("slack-export", again) == ids("slack-export", SLACK)


def test_the_people_of_a_whole_organisation_of_slack_have_a_list_of_another_name(tmp_path):
    members = members_of(SLACK)
    members["org_users.json"] = members.pop("users.json")
    assert ids("slack-export", zipped(tmp_path / "e.zip", members)) == ids("slack-export", SLACK)


def test_a_reply_that_does_not_say_to_whom_still_points_to_its_thread(tmp_path):
    members = members_of(SLACK)
    day = json.loads(members["general/2026-01-06.json"])
    for reply in day:
        reply.pop("parent_user_id")
        reply.pop("root", None)
    members["general/2026-01-06.json"] = json.dumps(day).encode()
    later = statements("slack-export", zipped(tmp_path / "e.zip", members))
    assert later == statements("slack-export", SLACK)


def test_a_later_export_of_slack_that_overlaps_adds_nothing_for_the_days_in_both(tmp_path):
    members = members_of(SLACK)
    thread = json.loads(members["general/2026-01-05.json"])
    thread[1]["text"] = "edited since"
    thread[1]["edited"] = {"user": "U01ANN", "ts": "1767800000.000000"}
    members["general/2026-01-05.json"] = json.dumps(thread).encode()
    members["general/2026-01-08.json"] = (
        b'[{"user": "U01ANN", "type": "message", "ts": "1767860000.000100", "text": "new"}]'
    )
    later = {
        orjson.loads(raw)["id"]: raw
        for row in mapped("slack-export", zipped(tmp_path / "later.zip", members))
        for raw in row.statements
    }
    before = {
        orjson.loads(raw)["id"]: raw
        for row in mapped("slack-export", SLACK)
        for raw in row.statements
    }
    assert len(later) == len(before) + 1
    assert {name: later[name] for name in before} == before


def test_private_channels_of_slack_come_if_they_are_asked_for():
    own = "extends: slack-export\nparameters: {include_private: true}\n"
    rows = list(map_file(mapping_from_text(own, "own.yaml"), SLACK))
    objects = [orjson.loads(raw)["object"]["id"] for row in rows for raw in row.statements]
    assert sum("/archives/G01BOARD/" in address for address in objects) == 1
    assert not any("D0AAAAAAAA1" in address for address in objects)


def test_no_row_of_slack_that_is_put_aside_holds_what_somebody_wrote():
    aside = [row.raw for row in mapped("slack-export", SLACK) if row.problems]
    assert len(aside) == 3
    assert not [raw for raw in aside if b"without its time" in raw]


def test_of_an_export_of_viva_engage_the_messages_of_every_network_are_read(tmp_path):
    messages = members_of(VIVA)["Messages.csv"]
    both = {"Messages.csv": messages, "77/Messages.csv": messages, "77/Users.csv": b"id,name\n"}
    rows = mapped("viva-engage-messages", zipped(tmp_path / "e.zip", both))
    assert [row.position for row in rows] == list(range(1, 21))
    assert len({raw for row in rows for raw in row.statements}) == 4
    found = refusal("viva-engage-messages", zipped(tmp_path / "f.zip", {"Users.csv": b"id"}))
    assert found.startswith("f.zip has no Messages.csv")


NEXT_VERSION = b"""
<object class="Page" package="com.atlassian.confluence.pages">
<id name="id">1003</id>
<property name="title"><![CDATA[Checking scales]]></property>
<property name="version">3</property>
<property name="lastModifier" class="ConfluenceUserImpl" package="u"><id name="key">ff02</id>
</property>
<property name="lastModificationDate">2026-01-20 17:45:10.000</property>
<property name="originalVersionId">1000</property>
<property name="contentStatus"><![CDATA[current]]></property>
</object>
<object class="BodyContent" package="com.atlassian.confluence.core">
<id name="id">5004</id>
<property name="body"><![CDATA[<p>Zero it. 1 kg.</p>]]></property>
<property name="content" class="Page" package="p"><id name="id">1003</id></property>
</object>
</hibernate-generic>"""


def test_a_later_export_of_a_space_adds_the_new_version_and_changes_no_other(tmp_path):
    before = statements("confluence-space", CONFLUENCE)
    entities = members_of(CONFLUENCE)["entities.xml"]
    for old, new in [
        (b'<property name="version">3<', b'<property name="version">4<'),
        (b"2026-01-20 17:45:10.000", b"2026-01-28 10:00:00.000"),
        (b"Checking scales", b"Checking the scales"),
        (b"</hibernate-generic>", NEXT_VERSION),
    ]:
        entities = entities.replace(old, new, 1)
    later = zipped(tmp_path / "later.zip", {"entities.xml": entities})
    after = statements("confluence-space", later)
    (new,) = (after[name] for name in after.keys() - before.keys())
    assert new["timestamp"] == "2026-01-28T10:00:00Z"
    assert before.keys() <= after.keys()
    assert all(are_equivalent(after[name], before[name]) for name in before)


ODD = [None, 7, 1.5, True, "", "x", [], [7], {}, {"x": 7}, [{"users": 7}], [None]]


def test_whatever_stands_in_a_message_of_slack_costs_that_message_only(tmp_path):
    members = members_of(SLACK)
    good = json.loads(members["general/2026-01-05.json"])[1]
    odd = [{**good, field: value} for field in good for value in ODD]
    odd += [{**good, "root": value, "parent_user_id": None} for value in ODD]
    members["general/2026-01-05.json"] = json.dumps([*odd, *ODD, good]).encode()
    rows = mapped("slack-export", zipped(tmp_path / "e.zip", members))
    assert len(rows) > len(odd)
    assert all(bool(row.statements or row.skipped_because) != bool(row.problems) for row in rows)
    (posted,) = (
        each
        for each in statements("slack-export", SLACK).values()
        if each["verb"]["display"]["en"] == "posted"
    )
    assert posted in [orjson.loads(raw) for row in rows for raw in row.statements]


def test_whatever_stands_in_a_merge_request_costs_that_one_only(tmp_path):
    with tarfile.open(GITLAB) as parts:
        lines = parts.extractfile("tree/project/merge_requests.ndjson").read()
        member = parts.extractfile("tree/project/project_members.ndjson").read()
    good = orjson.loads(lines.split(b"\n")[0])
    odd = [{**good, field: value} for field in good for value in ODD]
    note = good["notes"][2]
    odd += [{**good, "notes": [{**note, field: value}]} for field in note for value in ODD]
    content = b"\n".join(orjson.dumps(one) for one in [*odd, *ODD, good])
    export = tarred(
        tmp_path / "e.tar.gz",
        {
            "tree/project/project_members.ndjson": member + b"{}\n[]\n7\n",
            "tree/project/merge_requests.ndjson": content,
        },
    )
    rows = mapped("gitlab-project", export)
    assert len(rows) > len(odd)
    assert all(bool(row.statements or row.skipped_because) != bool(row.problems) for row in rows)


def test_a_zip_without_the_entities_of_confluence_is_refused(tmp_path):
    found = refusal("confluence-space", zipped(tmp_path / "e.zip", {"index.html": b"<html/>"}))
    assert found.startswith("e.zip has no entities.xml, so it is no space export of Confluence.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<hibernate-generic><object", "is no XML that can be read to its end"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><hibernate-generic/>', "declares a document type"),
    ],
)
def test_entities_that_cannot_be_read_are_refused(tmp_path, content, said):
    assert said in refusal(
        "confluence-space", zipped(tmp_path / "e.zip", {"entities.xml": content})
    )


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


def test_somebody_who_joins_a_gitlab_project_later_has_done_nothing_twice(tmp_path):
    with tarfile.open(GITLAB) as parts:
        members = {
            part.name: parts.extractfile(part).read()
            for part in parts.getmembers()
            if part.isfile()
        }
    joined = b'{"user": {"id": 99, "username": "bob", "public_email": "bob@acme.example"}}\n'
    members["tree/project/project_members.ndjson"] += joined
    later = statements("gitlab-project", tarred(tmp_path / "later.tar.gz", members))
    assert later.keys() == statements("gitlab-project", GITLAB).keys()
    actors = [statement["actor"] for statement in later.values()]
    assert actors.count({"mbox": "mailto:bob@acme.example"}) == 2


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
