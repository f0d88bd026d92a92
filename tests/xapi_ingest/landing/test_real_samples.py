"""What real systems emitted gets in, all of it, once."""

import gzip
from collections import Counter


def test_every_real_statement_is_accepted_and_counted_once(samples, ingest, landing):
    first = ingest(samples)
    assert (first.exit_code, first.read_count, first.accepted_count) == (0, 22_889, 22_889)
    assert first.skipped == ["README.md"]
    rows = landing.rows("statements")
    assert deliveries(rows) == {"unique": 22_843, "duplicate": 26, "conflict": 20}
    again = ingest(samples)
    assert (again.accepted_count, again.landed_count, again.already_landed_count) == (22_889, 0, 4)
    assert len(landing.rows("statements")) == 22_889


def test_a_statement_is_kept_exactly_as_received(samples, ingest, landing):
    ingest(samples / "open_edx_video.ndjson.gz")
    with gzip.open(samples / "open_edx_video.ndjson.gz", "rb") as lines:
        sent = [line.rstrip(b"\n").decode() for line in lines]
    rows = sorted(landing.rows("statements"), key=lambda row: row["position"])
    assert [row["statement_json"] for row in rows] == sent
    assert [row["position"] for row in rows] == list(range(1, 22_001))


def deliveries(rows):
    seen, counts = {}, Counter()
    for row in rows:
        contents = seen.setdefault(row["statement_id"], set())
        if not contents:
            counts["unique"] += 1
        else:
            counts["duplicate" if row["fingerprint"] in contents else "conflict"] += 1
        contents.add(row["fingerprint"])
    return counts
