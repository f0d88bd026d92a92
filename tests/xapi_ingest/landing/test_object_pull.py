"""Object storage is pulled from a real server of its protocol: all of it, once."""

import gzip
import json
import os
import random

import pytest

from pipelines.lib.pulling import pull_configured
from tests.xapi_ingest.archives import zipped
from tests.xapi_ingest.sources.s3.storage import BUCKET, Line, Storage
from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.landing.ledger import open_ledger
from xapi_ingest.landing.object_pull import pull_objects
from xapi_ingest.settings import Settings
from xapi_ingest.sources.registry import configured_sources

KEYS = {"KEY": "any", "SECRET": "any"}
UNITS = b"org_unit_id,org_unit_name,parent_org_unit_id\n"


@pytest.fixture(scope="module")
def server():
    server = Storage()
    yield server
    server.stop()


@pytest.fixture
def storage(server, monkeypatch):
    for name in list(os.environ):
        if name.startswith("AWS_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    server.empty()
    yield server
    server.unlock()


@pytest.fixture
def bucket(storage):
    return described(storage.endpoint)


def table(endpoint, **fields):
    return {
        "kind": "s3",
        "bucket": BUCKET,
        "endpoint": endpoint,
        "region": "us-east-1",
        "access_key_env": "KEY",
        "secret_key_env": "SECRET",
        "timeout_seconds": 5,
        **fields,
    }


def described(endpoint, **fields):
    return configured_sources({"lake": table(endpoint, **fields)})["lake"]


@pytest.fixture
def line(make_statement):
    return lambda number: json.dumps(make_statement(number)).encode() + b"\n"


@pytest.fixture
def pull(settings):
    def run(source, **options):
        options = {"environment": KEYS, "sleep": lambda _: None, **options}
        return pull_objects(source, settings=settings, **options)

    return run


def ids(landing):
    return sorted(int(row["statement_id"][-3:]) for row in landing.rows("statements"))


def test_objects_of_every_kind_land_once_and_new_or_changed_ones_with_the_next_pull(
    bucket, storage, pull, landing, line
):
    storage.put("lms/a.ndjson.gz", gzip.compress(line(1)))
    storage.put("lms/2026/b.zip", zipped({"b.ndjson": line(2), "c.json": line(3)}))
    storage.put("hr/org_units.csv", UNITS + b"a,A,\n")
    storage.put("lms/notes.txt", b"")
    storage.put("folder/", b"")
    report = pull(bucket)
    assert (report.page_count, report.landed_count, report.accepted_count) == (3, 4, 4)
    assert report.remarks == ["1 objects of no known kind left alone"]
    assert report.problems == []
    assert ids(landing) == [1, 2, 3]
    assert {row["source_name"] for row in landing.rows("batches")} == {"lake"}
    storage.put("lms/a.ndjson.gz", gzip.compress(line(1) + line(4)))
    storage.put("lms/d.ndjson", line(5))
    assert (pull(bucket).page_count, pull(bucket).page_count) == (2, 0)
    assert ids(landing) == [1, 1, 2, 3, 4, 5]
    with open_ledger(Settings(home=landing.root.parent)) as ledger:
        places = [entry.place for entry in ledger.entries("lake")]
    assert places.count(f"s3://{BUCKET}/lms/a.ndjson.gz") == 2
    assert len(places) == 5


def test_a_pull_reads_only_its_prefix_and_only_until_its_bound(storage, pull, landing, line):
    storage.put("a/1.ndjson", line(1))
    storage.put("b/2.ndjson", line(2))
    source = described(storage.endpoint, prefix="a/")
    first = storage.client.head_object(Bucket=BUCKET, Key="a/1.ndjson")["LastModified"]
    assert pull(source, until=first.replace(year=2000)).page_count == 0
    assert pull(source).page_count == 1
    assert ids(landing) == [1]


def test_more_objects_than_a_listing_holds_are_all_read(storage, pull, landing, monkeypatch, line):
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "3")
    for number in range(8):
        storage.put(f"{number}.ndjson", line(number))
    assert storage.client.list_objects_v2(Bucket=BUCKET)["IsTruncated"]
    pull(described(storage.endpoint))
    assert ids(landing) == list(range(8))


def test_of_two_snapshots_the_one_stored_last_is_in_force(storage, bucket, pull, landing):
    names = ("2026-02/org_units.csv", "2026-01/org_units.csv")

    def stored(number):
        storage.put(names[number], UNITS + f"a,{number},\n".encode())
        return storage.client.head_object(Bucket=BUCKET, Key=names[number])["LastModified"]

    first = stored(0)
    while stored(1) <= first:  # the server's clock counts whole seconds
        pass
    pull(bucket)
    assert [row["org_unit_name"] for row in landing.rows("org_units")] == ["1"]
    assert pull(bucket).page_count == 0


def test_a_connection_that_dies_is_taken_up_again_where_it_ended(
    storage, pull, landing, make_statement
):
    chance = random.Random(7)
    statements = [
        make_statement(number, result={"response": chance.randbytes(500).hex()})
        for number in range(900)
    ]
    data = b"".join(json.dumps(one).encode() + b"\n" for one in statements)
    storage.put("big.ndjson", data)
    line = Line(storage.port, "big")
    source = described(line.endpoint)
    line.breaks = [400_000, 300_000]
    report = pull(source)
    assert (report.problems, report.accepted_count) == ([], 900)
    assert line.request_count == 3
    storage.put("big.ndjson", data + data)
    line.breaks = [5_000] * 30
    report = pull(source)
    assert report.problems[0].startswith("big.ndjson: could not be fetched to its end")
    assert len(landing.rows("batches")) == 1
    line.breaks = []
    assert pull(source).problems == []
    assert len(landing.rows("statements")) == 2_700
    line.close()


def test_an_object_that_changes_after_it_was_listed_is_read_as_it_is_then(
    storage, pull, landing, line
):
    storage.put("a.ndjson", line(1))
    way = Line(storage.port, "a.ndjson")

    def change():
        way.on_request = lambda: None
        storage.put("a.ndjson", line(2))

    way.on_request = change
    source = described(way.endpoint)
    (problem,) = pull(source).problems
    assert problem.startswith("a.ndjson: changed after it was listed; nothing of it has landed.")
    assert landing.rows("batches") == []
    assert pull(source).problems == []
    assert ids(landing) == [2]
    way.close()


def test_wrong_and_missing_credentials_are_said_and_never_shown(storage, bucket, pull, line):
    storage.put("a.ndjson", line(1))
    key, secret = storage.lock_up()
    assert pull(bucket, environment={"KEY": key, "SECRET": secret}).accepted_count == 1
    for wrong in ({"KEY": key, "SECRET": "hidden-1"}, {"KEY": "hidden-2", "SECRET": secret}):
        with pytest.raises(SettingsError, match="refuses the credentials") as error:
            pull(bucket, environment=wrong)
        assert not any(text in str(error.value) for text in ("hidden", key, secret))
    with pytest.raises(SettingsError, match="variable SECRET is not set"):
        pull(bucket, environment={"KEY": key})
    without = described(storage.endpoint, access_key_env=None, secret_key_env=None)
    with pytest.raises(SettingsError, match="there are no credentials"):
        pull(without)


def test_a_missing_bucket_and_a_silent_service_are_said(storage, pull):
    with pytest.raises(InputError, match="there is no bucket 'nowhere'"):
        pull(described(storage.endpoint, bucket="nowhere"))
    with pytest.raises(InputError, match="cannot be reached"):
        pull(described("http://127.0.0.1:1"))


def test_what_is_refused_is_named_once_and_read_again_when_it_has_changed(
    storage, bucket, pull, landing, line
):
    storage.put("a.ndjson", b"\n")
    storage.put("talks.csv", b"who,what\nx,y\n")
    storage.put("b.ndjson", line(1))
    first = pull(bucket)
    assert [problem.split(":")[0] for problem in first.problems] == ["a.ndjson", "talks.csv"]
    assert first.exit_code == 1
    again = pull(bucket)
    assert again.problems == []
    assert "2 objects that were refused before" in again.remarks[0]
    storage.put("a.ndjson", line(2))
    pull(bucket)
    assert ids(landing) == [1, 2]


def test_a_lost_ledger_doubles_nothing(storage, bucket, pull, landing, line):
    storage.put("a.ndjson", line(1))
    pull(bucket)
    (landing.root.parent / "state" / "ledger.sqlite").unlink()
    report = pull(bucket)
    assert (report.page_count, report.already_landed_count) == (1, 1)
    assert ids(landing) == [1]


def test_one_bucket_that_fails_stops_no_other_source(storage, settings, monkeypatch, line):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    storage.put("a.ndjson", line(1))
    sources = {
        "gone": table(storage.endpoint, bucket="nowhere"),
        "lake": table(storage.endpoint),
        "odd": {"kind": "s3", "bucket": BUCKET, "endpoint": "http://storage.example"},
    }
    settings = Settings(home=settings.home, sources=sources)
    gone, lake, odd = pull_configured(settings)
    assert "there is no bucket 'nowhere'" in gone.failure
    assert (lake.failure, lake.report.accepted_count) == (None, 1)
    assert "would carry records in the clear" in odd.failure
