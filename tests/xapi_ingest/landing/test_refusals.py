"""A refused reference file leaves its reasons in the landing, and no cell of it."""

import pyarrow.parquet as pq

HEADER = "org_unit_id,org_unit_name,parent_org_unit_id\n"
GOOD = HEADER + "company,Company,\n"
BAD = HEADER + "company,Secret,company\nsales,,company\n"


def refusals(landing):
    paths = sorted((landing.root / "refusals").glob("source=[!_]*/*/*.parquet"))
    return [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]


def test_every_place_is_kept_with_line_column_rule_and_remedy(tmp_path, ingest, landing):
    path = tmp_path / "org_units.csv"
    path.write_text(BAD)
    ingest(path, source="hr")
    first, second = sorted(refusals(landing), key=lambda row: row["position"])
    assert (first["line_number"], first["column_name"], first["rule_id"]) == (
        3,
        "org_unit_name",
        "value_is_present",
    )
    assert (second["line_number"], second["rule_id"]) == (2, "tree_has_no_loop")
    assert {first["fault_count"], second["fault_count"]} == {2}
    assert (first["table_name"], first["source_name"], first["input_name"]) == (
        "org_units",
        "hr",
        "org_units.csv",
    )
    assert "Secret" not in str([first, second])


def test_what_is_refused_every_night_is_one_refusal_until_something_lands(
    tmp_path, ingest, landing
):
    path = tmp_path / "org_units.csv"
    for text, count in ((BAD, 1), (BAD, 1), (GOOD, 1), (BAD, 2), (BAD, 2)):
        path.write_text(text)
        ingest(path)
        assert len({row["refusal_id"] for row in refusals(landing)}) == count


def test_a_file_that_cannot_be_read_at_all_is_kept_too(tmp_path, ingest, landing):
    path = tmp_path / "org_units.csv"
    for content in (b"", HEADER.encode() + b"\xff", HEADER.encode()):
        path.write_bytes(content)
        ingest(path)
    said = {row["rule_id"]: row["message"] for row in refusals(landing)}
    assert set(said) == {"file_is_readable"}
    assert {row["message"] for row in refusals(landing)} == {
        "is empty.",
        "is not UTF-8: byte 46, line 2.",
        "has a header and no rows.",
    }
