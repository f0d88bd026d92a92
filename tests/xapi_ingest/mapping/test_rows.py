"""Files as they come: odd encodings, broken rows, hostile XML. What can be read is read."""

import gzip
import io
import tracemalloc
from datetime import UTC, datetime

import openpyxl
import orjson
import pytest

from tests.xapi_ingest.mapping.small import TEXT, small
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.run import dry_run, map_file, map_stream

HEADER = "Email,Course,Done,Note"
GOOD = "ann@acme.example,C1,2024-05-06T07:00:00Z,fine"
JSON_ROW = b'{"Email": "ann@acme.example", "Course": "C1", "Done": "2024-05-06"}'


def mapped(data, format_="csv", **settings):
    """Every row of a file with ``data`` in it."""
    raw = data.encode() if isinstance(data, str) else data
    fields = "".join(f", {name}: {value}" for name, value in settings.items())
    mapping = small("format: csv", f"format: {format_}{fields}")
    return list(map_stream(mapping, io.BytesIO(raw), "file"))


def rules(rows):
    """The rule of each row's first problem; None where it has none."""
    return [row.problems[0].rule_id if row.problems else None for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_table_is_read_without_being_told_how_it_is_written(encoding, mark, end):
    text = f"{HEADER}\n{GOOD}\n\n{GOOD}".replace(",", mark).replace("\n", end)
    rows = mapped(text.encode(encoding))
    assert rules(rows) == [None, None]
    assert [row.line for row in rows] == [2, 4]


def test_an_encoding_can_be_named_and_has_to_exist():
    text = f"{HEADER}\n{GOOD.replace('fine', 'schön')}"
    (row,) = mapped(text.encode("cp1252"), encoding="cp1252")
    assert orjson.loads(row.statements[0])["result"] == {"response": "schön"}
    with pytest.raises(InputError, match="no encoding 'klingon'"):
        mapped(text, encoding="klingon")


def test_bytes_that_are_no_text_cost_their_row_only():
    raw = f"{HEADER}\n{GOOD}\n".encode() + GOOD.encode().replace(b"fine", b"\xff") + b"\n"
    rows = mapped(raw + GOOD.encode())
    assert rules(rows) == [None, "mapping.encoding", None]
    assert rows[1].problems[0].column == "Note"
    assert b"udcff" in rows[1].raw


def test_too_many_cells_are_a_problem_and_too_few_are_empty_ones():
    rows = mapped(f"{HEADER}\n{GOOD},more\n{GOOD},\nann@acme.example,C1\n")
    assert rules(rows) == ["mapping.row_shape", None, "mapping.nothing"]


def test_a_quotation_mark_that_is_never_closed_does_not_take_the_file_along():
    broken = GOOD.replace("fine", '"open')
    rows = mapped(f"{HEADER}\n{GOOD}\n{broken}\n" + f"{GOOD}\n" * 4_000)
    assert rows[0].statements
    assert "mapping.row_shape" in rules(rows)
    assert rows[-1].statements


@pytest.mark.parametrize("data", ["", "\n\n", "a,b\n1,2\n", b"\x00\x01\x02", b"\xff\xfe", "{}"])
def test_a_file_without_the_header_is_refused_with_what_is_missing(data):
    with pytest.raises(InputError, match="no line has the columns Email, Course"):
        mapped(data)


def test_a_header_with_nothing_below_has_no_rows():
    assert mapped(HEADER) == []


def test_a_json_array_is_read_from_where_it_stands():
    rows = mapped(
        b'{"total": 1, "data": {"rows": [%s, 7, %s]}}' % (JSON_ROW, JSON_ROW),
        "json",
        records="data.rows",
    )
    assert rules(rows) == [None, "mapping.document", None]
    assert rules(mapped(b"[%s]" % JSON_ROW, "json")) == [None]


def test_json_documents_one_after_another_are_one_file():
    assert rules(mapped(b"[%s]\n[]\n[%s]" % (JSON_ROW, JSON_ROW), "json")) == [None, None]
    pages = b'{"value": [%s], "next": "2"}{"value": [%s]}' % (JSON_ROW, JSON_ROW)
    assert rules(mapped(pages, "json", records="value")) == [None, None]
    assert rules(mapped(b"[%s][%s" % (JSON_ROW, JSON_ROW), "json"))[-1] == "mapping.document"


def test_the_items_of_a_nested_list_are_rows_after_the_one_that_holds_them():
    inner = JSON_ROW.replace(b"ann@", b"bob@")
    outer = JSON_ROW[:-1] + b', "replies": [%s, 7]}' % inner
    rows = mapped(b"[%s, %s]" % (outer, JSON_ROW), "json", nested="replies")
    actors = [orjson.loads(raw)["actor"]["mbox"][7:10] for row in rows for raw in row.statements]
    assert rules(rows) == [None, None, "mapping.document", None]
    assert actors == ["ann", "bob", "ann"]


def test_json_that_breaks_off_keeps_what_came_before():
    assert rules(mapped(b"[%s, {" % JSON_ROW, "json")) == [None, "mapping.document"]


def test_a_line_that_is_no_json_costs_itself_only():
    rows = mapped(JSON_ROW + b"\n\nnonsense\n[]\n" + JSON_ROW, "ndjson")
    assert rules(rows) == [None, "mapping.document", "mapping.document", None]
    assert [row.line for row in rows] == [1, 3, 4, 5]


XML_ROW = "<row Email='ann@acme.example' Course='C1'><Done>2024-05-06</Done></row>"


def test_xml_rows_are_attributes_and_elements():
    assert rules(mapped(f"<all>{XML_ROW}<other/>{XML_ROW}</all>", "xml")) == [None, None]
    assert rules(mapped(f"<a xmlns='urn:x'><b>{XML_ROW}</b></a>", "xml")) == [None]


def test_xml_that_breaks_off_keeps_what_came_before():
    assert rules(mapped(f"<all>{XML_ROW}<row", "xml")) == [None, "mapping.document"]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><r><row Email="&b;"/></r>',
        '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]><r><row Email="&f;"/></r>',
        '<!DOCTYPE r SYSTEM "http://example.org/x.dtd"><r/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_document_type_is_refused(document, encoding):
    with pytest.raises(InputError, match="declares a document type"):
        mapped(document.encode(encoding), "xml")


def test_xml_nested_beyond_reason_is_a_problem_and_no_crash():
    deep = "<a>" * 3_000 + "</a>" * 3_000
    assert rules(mapped(f"<all><row>{deep}</row></all>", "xml")) == ["mapping.document"]


@pytest.mark.parametrize(
    ("data", "format_", "settings", "message"),
    [
        (b"<all><item/></all>", "xml", {}, "no element <row>; there is <item>"),
        (b'{"a": {"b": [1]}}', "json", {"records": "a"}, "no array at 'a'"),
        (b'{"a": 1}', "json", {}, "is no array of objects"),
    ],
)
def test_a_file_whose_rows_are_elsewhere_is_refused(data, format_, settings, message):
    with pytest.raises(InputError, match=message):
        mapped(data, format_, **settings)


def test_a_file_with_no_rows_yet_is_in_order():
    assert mapped(b"<posts></posts>", "xml") == []
    assert mapped(b"[]", "json") == []
    assert mapped(b'{"a": []}', "json", records="a") == []
    assert mapped(b"\n", "ndjson") == []


def test_a_broken_document_is_not_quoted_in_the_problem():
    for data, format_ in (
        (b'[{"Email": Ann Example}]', "json"),
        (b"<a><row>Ann &x;</row></a>", "xml"),
    ):
        (row,) = mapped(data, format_)
        assert "Ann" not in row.problems[0].message


def test_a_text_where_a_list_is_asked_for_is_a_problem():
    text = TEXT.replace("    key:", "    each: course\n    key:")
    mapping = small(text=text)
    (row,) = map_stream(mapping, io.BytesIO(f"{HEADER}\n{GOOD}".encode()), "file")
    assert row.problems[0].rule_id == "mapping.item"
    assert row.problems[0].clause == "small.yaml:13"


def workbook(rows, title="Export"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_excel_cells_keep_their_types():
    moment = datetime(2024, 5, 6, 7, tzinfo=UTC).replace(tzinfo=None)
    rows = [HEADER.split(","), ["ann@acme.example", 12, moment, None], [], ["x", 1.0, "soon", None]]
    first, second = mapped(workbook(rows), "excel")
    statement = orjson.loads(first.statements[0])
    assert statement["object"]["id"] == "https://acme.example/12"
    assert statement["timestamp"] == "2024-05-06T07:00:00Z"
    assert rules([second]) == ["mapping.time"]


def test_excel_without_the_sheet_or_without_being_excel_is_refused():
    with pytest.raises(InputError, match="has no sheet 'Other'"):
        mapped(workbook([["a"]]), "excel", sheet="Other")
    with pytest.raises(InputError, match="no line has the columns"):
        mapped(workbook([["a"]]), "excel")
    with pytest.raises(InputError, match="no Excel workbook"):
        mapped(b"PK\x03\x04 not quite", "excel")


def test_a_gzipped_file_is_the_same_file(tmp_path):
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    mapping = small()
    assert [row.statements for row in map_file(mapping, plain)] == [
        row.statements for row in map_file(mapping, packed)
    ]
    packed.write_bytes(packed.read_bytes()[:-12])
    with pytest.raises(InputError, match="cut off"):
        list(map_file(mapping, packed))


def test_a_dry_run_shows_ten_statements_and_every_failure_on_the_way(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEADER, GOOD, "nobody,C1,later,", *[GOOD] * 20]), encoding="utf-8")
    found = dry_run(small(), path)
    assert [shown.position for shown in found.statements] == [1, *range(3, 12)]
    assert [(problem.position, problem.line, problem.rule_id) for problem in found.problems] == [
        (2, 3, "mapping.time")
    ]
    assert (found.read_count, found.failed_count, found.is_whole_file) == (11, 1, False)


def test_a_dry_run_tells_what_the_specification_would_refuse(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    text = TEXT.replace("=iri('https://acme.example', course)", "=course")
    found = dry_run(small(text=text), path)
    assert found.is_whole_file
    assert found.failed_count == 1
    assert found.problems[0].pointer == "/object/id"


@pytest.mark.parametrize("format_", ["csv", "ndjson", "json", "xml"])
def test_memory_does_not_grow_with_the_file(format_):
    def peak(count):
        bodies = {
            "csv": f"{HEADER}\n".encode() + f"{GOOD}\n".encode() * count,
            "ndjson": (JSON_ROW + b"\n") * count,
            "json": b"[" + b",".join([JSON_ROW] * count) + b"]",
            "xml": b"<all>" + XML_ROW.encode() * count + b"</all>",
        }
        mapping = small("format: csv", f"format: {format_}")
        stream = io.BytesIO(bodies[format_])
        tracemalloc.start()
        try:
            assert sum(len(row.statements) for row in map_stream(mapping, stream, "f")) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(600), peak(3_000)
    assert many < few * 1.5 + 100_000
