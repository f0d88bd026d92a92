"""``tilth reference`` lists, shows and checks; what it prints tells about nobody."""

import csv
import io
import json

import pytest

from pipelines.lib.docs import DOCS
from xapi_ingest.landing.contracts.registry import CONTRACTS


def test_a_good_file_would_land_and_a_broken_one_says_where_without_its_cells(tilth, tmp_path):
    good = DOCS / "reference" / "examples" / "employees.csv"
    code, said, _ = tilth("reference", "check", str(good))
    assert (code, said.strip()) == (0, "employees.csv · employees · 3 rows · it would land")

    rows = list(csv.reader(io.StringIO(good.read_text(encoding="utf-8"))))
    at = {name: place for place, name in enumerate(rows[0])}
    rows[1][at["hire_date"]] = "Secret Name"
    rows[2][at["time_zone"]] = "CEST"
    broken = tmp_path / "people.csv"
    broken.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    check = ("reference", "check", str(broken), "--table", "employees")
    code, said, problems = tilth(*check)
    assert code == 1
    assert "line 2, column hire_date: the value is not a date" in said
    assert "line 3, column time_zone: 'CEST' is not known" in said
    assert "Secret" not in said + problems
    found = json.loads(tilth(*check, "--json")[1])
    assert [(each["line"], each["rule_id"]) for each in found["faults"]] == [
        (2, "value_has_its_type"),
        (3, "value_is_allowed"),
    ]


def test_a_file_without_a_header_gives_nobody_away(tilth, tmp_path):
    path = tmp_path / "leave_periods.csv"
    path.write_text("Secret Name,2025-01-01,2025-02-01\n", encoding="utf-8")
    code, said, _ = tilth("reference", "check", str(path))
    assert code == 1
    assert "column number 1: is unknown" in said
    assert "Secret" not in said


@pytest.mark.parametrize("arguments", [("show", "salaries"), ("check", "salaries.csv")])
def test_a_table_that_nobody_knows_is_no_guess(arguments, tilth):
    code, _, problems = tilth("reference", *arguments)
    assert code == 2
    assert "There is no reference table 'salaries'" in problems


def test_list_and_show_give_the_declarations(tilth):
    listed = json.loads(tilth("reference", "list", "--json")[1])
    assert [each["table"] for each in listed] == list(CONTRACTS)
    shown = json.loads(tilth("reference", "show", "kpi_panel", "--json")[1])
    assert [each["name"] for each in shown["columns"]] == list(CONTRACTS["kpi_panel"].by_name)


def test_a_template_begins_what_the_example_fills(tilth):
    _, header, _ = tilth("reference", "template", "unit_values")
    _, filled, _ = tilth("reference", "template", "unit_values", "--example")
    assert filled.startswith(header)
    assert len(filled.splitlines()) > len(header.splitlines()) == 1
