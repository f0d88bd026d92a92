"""What is packed lands as it would unpacked; what unpacks to too much is refused by name."""

import gzip
import json
import random
import zipfile
from datetime import UTC, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.xapi_ingest.archives import encrypted, overlapping, saved, zipped, zstd
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.mapping.load import mapping_from_text
from xapi_ingest.mapping.rows.row import row_from_record
from xapi_ingest.mapping.run import ARCHIVE_READERS
from xapi_ingest.settings import load_settings


@pytest.fixture
def lines(make_statement):
    def make(*numbers):
        return b"".join(json.dumps(make_statement(number)).encode() + b"\n" for number in numbers)

    return make


def only(report):
    (line,) = report.problems
    assert report.exit_code == 1
    return line


def statements_of(landing):
    rows = sorted(landing.rows("statements"), key=lambda row: row["statement_id"])
    return [json.loads(row["statement_json"]) for row in rows]


def test_zstandard_gives_the_same_statements_in_several_frames_too(
    tmp_path, ingest, landing, lines, make_statement
):
    data = lines(*range(2_000))
    path = saved(tmp_path / "a.ndjson.zst", zstd(data[:99]) + zstd(data[99:]))
    assert ingest(path).problems == []
    assert statements_of(landing) == [make_statement(number) for number in range(2_000)]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-50],
        lambda data: data + b"not zstd",
        lambda data: data[: len(data) // 2] + b"\0" * 200 + data[len(data) // 2 + 200 :],
    ],
)
def test_damaged_zstandard_lands_what_came_before(change, tmp_path, ingest, lines):
    path = saved(tmp_path / "a.ndjson.zst", change(zstd(lines(*range(20_000)))))
    report = ingest(path)
    assert 1_000 < report.accepted_count <= 20_000
    assert report.rejected_count == 1
    assert "file_is_whole" in only(report)


def test_a_member_is_a_file_of_its_own_whatever_archive_it_comes_in(
    tmp_path, ingest, landing, lines, make_statement
):
    inner = {
        "2026/a.ndjson": lines(1, 2),
        "b.json": lines(3),
        "c.ndjson.gz": gzip.compress(lines(4), mtime=0),
        "d.ndjson.zst": zstd(lines(5)),
        "e.zip": zipped({"f.jsonl": lines(6), "g.zip": zipped({"h.json": lines(7)})}),
        "__MACOSX/._a.ndjson": b"\0",
        ".hidden.json": b"",
        "read me.txt": b"",
    }
    report = ingest(saved(tmp_path / "one.zip", zipped(inner)))
    assert report.problems == []
    assert statements_of(landing) == [make_statement(number) for number in range(1, 8)]
    assert [file.input_name for file in report.files] == [
        "one.zip/2026/a.ndjson",
        "one.zip/b.json",
        "one.zip/c.ndjson.gz",
        "one.zip/d.ndjson.zst",
        "one.zip/e.zip/f.jsonl",
        "one.zip/e.zip/g.zip/h.json",
    ]
    assert sorted(report.skipped) == [
        "one.zip/.hidden.json",
        "one.zip/__MACOSX/._a.ndjson",
        "one.zip/read me.txt",
    ]
    other = {"renamed.ndjson": inner["2026/a.ndjson"], "new.ndjson": lines(8)}
    again = ingest(saved(tmp_path / "two.zip.gz", gzip.compress(zipped(other))))
    assert [file.is_already_landed for file in again.files] == [False, True]
    assert len(landing.rows("statements")) == 8
    assert ingest(saved(tmp_path / "renamed.ndjson", lines(1, 2))).already_landed_count == 1


def test_nothing_that_was_unpacked_stays(tmp_path, settings, ingest, lines):
    people = b"org_unit_id,org_unit_name,parent_org_unit_id\na,A,\n"
    members = {"a.ndjson": lines(1), "hr/org_units.csv": people, "broken.json": b"{"}
    ingest(saved(tmp_path / "one.zip", zipped(members)))
    left = [path for path in (settings.state / "unpacked").iterdir() if path.name != "making.lock"]
    assert left == []


@pytest.mark.parametrize(
    "member",
    ["../../outside.json", "/etc/outside.json", "a\\..\\..\\outside.json", "C:/outside.json"],
)
def test_a_member_that_points_outside_is_refused_and_the_rest_lands(
    member, tmp_path, ingest, lines
):
    data = zipped({member: lines(1), "good.json": lines(2)})
    report = ingest(saved(tmp_path / "in" / "one.zip", data))
    assert report.accepted_count == 1
    assert only(report).startswith(f"one.zip/{member}: names a place outside of the archive")
    assert not list(tmp_path.rglob("outside.json"))


def test_links_and_encrypted_members_are_refused_by_name(tmp_path, ingest, lines):
    link = zipfile.ZipInfo("link.json")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "links.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.json", lines(1))
    assert only(ingest(path)).startswith("links.zip/link.json: is a link.")
    secret = saved(tmp_path / "secret.zip", encrypted(zipped({"a.json": lines(2)})))
    assert only(ingest(secret)).startswith("secret.zip/a.json: is encrypted. Unpack it")


def test_a_damaged_member_is_refused_and_its_neighbours_land(tmp_path, ingest, lines):
    data = bytearray(zipped({"a.json": lines(1), "b.json": lines(2)}, method=zipfile.ZIP_STORED))
    data[data.find(b"actor")] ^= 1
    report = ingest(saved(tmp_path / "one.zip", bytes(data)))
    assert report.accepted_count == 1
    assert only(report).startswith("one.zip/a.json: is damaged in the archive")


@pytest.mark.parametrize("data", [b"no zip", b"", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_or_an_empty_one_is_named(data, tmp_path, ingest):
    assert only(ingest(saved(tmp_path / "one.zip", data))).startswith("one.zip: ")


def nested(depth, data):
    for _ in range(depth):
        data = zipped({"x.zip": data})
    return data


def test_an_archive_that_lies_too_deep_is_refused_and_the_rest_lands(tmp_path, ingest, lines):
    deep = zipped({"a.json": lines(1), "in.zip": nested(2, zipped({"b.json": lines(2)}))})
    report = ingest(saved(tmp_path / "deep.zip", deep))
    assert report.accepted_count == 1
    assert only(report).startswith("deep.zip/in.zip/x.zip/x.zip: lies more than 3 archives deep.")
    assert "TILTH_MAX_ARCHIVE_DEPTH" in only(report)


ZEROS = b"0" * 4_000_000


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.zip", zipped({"a.json": ZEROS}), "TILTH_MAX_UNPACKED_BYTES"),
        ("b.zip", zipped({"in.zip": zipped({"a.json": ZEROS})}), "TILTH_MAX_UNPACKED_BYTES"),
        ("c.json.gz", gzip.compress(ZEROS), "TILTH_MAX_UNPACKED_BYTES"),
        ("d.json.zst", zstd(ZEROS), "TILTH_MAX_UNPACKED_BYTES"),
        ("e.zip", zipped({"a.json.gz": gzip.compress(ZEROS)}), "TILTH_MAX_UNPACKED_BYTES"),
        ("f.zip", zipped({f"{n}.json": b"{}" for n in range(60)}), "TILTH_MAX_ARCHIVE_MEMBERS"),
        ("g.zip", overlapping(40), "its members lie upon one another"),
    ],
)
def test_a_bomb_is_refused_with_the_setting_that_would_let_it_in(
    name, data, said, tmp_path, landing
):
    settings = load_settings(
        home=landing.root.parent, max_unpacked_bytes=3_000_000, max_archive_members=50
    )
    report = ingest_paths([saved(tmp_path / name, data)], settings=settings)
    assert only(report).startswith(f"{name}")
    assert said in only(report)
    assert landing.rows("batches") == landing.rows("rejected") == landing.strays() == []
    assert not list((landing.root / "overflow").glob("*"))


def test_what_a_zip_says_of_its_size_is_not_believed(tmp_path, home):
    honest = zipped({"a.json": ZEROS})
    size = len(ZEROS).to_bytes(4, "little")
    lying = honest.replace(size, (1_000).to_bytes(4, "little"))
    settings = load_settings(home=home, max_unpacked_bytes=3_000_000)
    report = ingest_paths([saved(tmp_path / "a.zip", lying)], settings=settings)
    assert only(report).startswith("a.zip/a.json: is damaged in the archive")


def test_a_ratio_of_a_thousand_is_refused_beyond_what_is_harmless(tmp_path, ingest, landing):
    path = saved(tmp_path / "a.json.gz", gzip.compress(b" " * 70_000_000))
    assert "unpacks to more than 200 times its size" in only(ingest(path))
    assert landing.rows("batches") == []


def test_snapshots_of_any_form_land_in_archives_too(tmp_path, ingest, landing):
    units = {
        "org_unit_id": ["a", "b"],
        "org_unit_name": ["A", "B"],
        "parent_org_unit_id": ["", "a"],
    }
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.table(units), buffer)
    rows = [dict(zip(units, row, strict=True)) for row in zip(*units.values(), strict=True)]
    book = openpyxl.Workbook()
    for row in [list(units), *zip(*units.values(), strict=True)]:
        book.active.append(row)
    book.save(tmp_path / "book")
    for name, data in {
        "org_units.xlsx": (tmp_path / "book").read_bytes(),
        "org_units.parquet": buffer.getvalue().to_pybytes(),
        "org_units.json": json.dumps(rows).encode(),
        "org_units.csv.zst": zstd(b"org_unit_id,org_unit_name,parent_org_unit_id\na,A,\nb,B,a\n"),
    }.items():
        report = ingest(saved(tmp_path / name, data), source=f"s-{name[10:].replace('.', '-')}")
        assert report.problems == []
    ingest(saved(tmp_path / "all.zip", zipped({"hr/org_units.json": json.dumps(rows).encode()})))
    seen = {
        (row["org_unit_id"], row["org_unit_name"], row["parent_org_unit_id"])
        for row in landing.rows("org_units")
    }
    assert seen == {("a", "A", None), ("b", "B", "a")}
    assert len(landing.rows("org_units")) == 10


@pytest.mark.parametrize("column", ["statement_json", "statement"])
def test_statements_in_a_column_of_parquet_land_row_by_row(
    column, tmp_path, ingest, landing, make_statement
):
    texts = [json.dumps(make_statement(number)) for number in range(2_500)]
    texts[7], texts[2_000] = None, "{"
    texts[9] = json.dumps(make_statement(9, result={"response": "x" * 150_000}))
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"other": range(2_500), column: texts}), path, row_group_size=400)
    report = ingest(path)
    assert (report.accepted_count, report.rejected_count) == (2_497, 3)
    positions = {row["position"]: row["first_rule_id"] for row in landing.rows("rejected")}
    assert positions == {
        8: "statement_is_json",
        10: "statement_fits_the_limit",
        2_001: "statement_is_json",
    }
    by_position = {row["position"]: row for row in landing.rows("statements")}
    assert by_position[2_500]["statement_json"] == texts[2_499]


def test_the_landing_s_own_files_can_be_ingested(tmp_path, ingest, settings, landing, lines):
    ingest(saved(tmp_path / "a.ndjson", lines(*range(9))))
    (path,) = settings.landing.glob("statements/source=files/*/*.parquet")
    assert ingest(path, source="copy").accepted_count == 9
    first, second = (
        [row["statement_json"] for row in landing.rows("statements") if row["source_name"] == name]
        for name in ("files", "copy")
    )
    assert first == second


def test_parquet_without_statements_and_what_is_no_parquet_are_said(tmp_path, ingest):
    pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"statement": [{"id": "x"}]}), tmp_path / "b.parquet")
    saved(tmp_path / "c.parquet", b"PAR1 but no Parquet")
    problems = ingest(*sorted(tmp_path.glob("*.parquet"))).problems
    assert "has no column statement_json or statement" in problems[0]
    assert "holds no JSON text" in problems[1]
    assert "is no Parquet file that can be read" in problems[2]


def test_random_bytes_in_any_packing_never_end_in_a_traceback(tmp_path, ingest, lines):
    chance = random.Random(7)
    whole = zipped({"a.json": lines(1), "b.zip": zipped({"c.ndjson.gz": gzip.compress(lines(2))})})
    for number in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = saved(tmp_path / f"{number}.zip", bytes(data[: chance.randint(30, len(data))]))
        report = ingest(path)
        assert report.problems or report.already_landed_count or report.landed_count


MAPPING = """
mapping: chat
title: Chat
source: chat
checked_against: an export made for this test
input: {format: %s}
columns: {who: who, said: said, at: at}
statements:
  - name: said
    key: [who, at]
    statement:
      actor: "=person(who, 'https://chat.example.org')"
      verb: {id: http://adlnet.gov/expapi/verbs/commented}
      object: {id: "=iri('https://chat.example.org', said)"}
      timestamp: =at
"""


def test_tables_in_an_archive_are_mapped_each_for_itself(tmp_path, ingest, landing):
    text = b"who,said,at\na@example.org,%b,2026-03-01T10:00:00Z\n"
    members = {"a.csv": text % b"x", "sub/b.csv.gz": gzip.compress(text % b"y"), "c.xlsx": b""}
    path = saved(tmp_path / "talk.zip", zipped(members))
    report = ingest(path, mapping=mapping_from_text(MAPPING % "csv", "chat.yaml"))
    assert [file.input_name for file in report.files] == [
        "talk.zip/a.csv",
        "talk.zip/c.xlsx",
        "talk.zip/sub/b.csv.gz",
    ]
    assert report.accepted_count == 2
    assert only(report).startswith("talk.zip/c.xlsx: is empty")
    assert {row["object_id"][-1] for row in landing.rows("statements")} == {"x", "y"}


def test_rows_of_parquet_are_mapped(tmp_path, ingest, landing):
    columns = {"who": ["a@example.org"], "said": ["x"], "at": [datetime(2026, 3, 1, tzinfo=UTC)]}
    pq.write_table(pa.table(columns), tmp_path / "talk.parquet")
    mapping = mapping_from_text(MAPPING % "parquet", "chat.yaml")
    assert ingest(tmp_path / "talk.parquet", mapping=mapping).problems == []
    (row,) = landing.rows("statements")
    assert row["occurred_at"] == datetime(2026, 3, 1)  # noqa: DTZ001  (the landing's instants)


def test_a_mapping_of_an_archive_format_takes_it_whole(tmp_path, ingest, landing, monkeypatch):
    def read(model, archive, name):
        users = json.loads(archive.read("users.json"))
        said = [member.name for member in archive.members if member.name.startswith("room/")]
        for position, day in enumerate(said, 1):
            with archive.open(day) as stream:
                record = json.load(stream)
            record["who"] = users[record["who"]]
            yield row_from_record(model, position, None, record)

    monkeypatch.setitem(ARCHIVE_READERS, "json", read)
    days = {
        f"room/{day}.json": {"who": "u1", "said": day, "at": f"2026-03-0{day}T10:00:00Z"}
        for day in "12"
    }
    members = {"users.json": {"u1": "a@example.org"}, **days}
    path = saved(
        tmp_path / "in" / "chat.zip",
        zipped({name: json.dumps(one).encode() for name, one in members.items()}),
    )
    mapping = mapping_from_text(MAPPING % "json", "chat.yaml")
    for given in (path, path.parent):
        report = ingest(given, mapping=mapping)
        assert [file.input_name for file in report.files] == ["chat.zip"]
    assert {row["actor_ifi_value"] for row in landing.rows("statements")} == {"a@example.org"}
    assert {row["object_id"][-1] for row in landing.rows("statements")} == {"1", "2"}
    saved(path, b"no zip")
    assert only(ingest(path, mapping=mapping)).startswith("chat.zip: is no zip archive")
