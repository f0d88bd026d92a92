"""Reference files are taken whole or refused whole, and the last one is in force."""

from pathlib import Path

import pytest

from xapi_ingest.landing.contracts.registry import CONTRACTS

EXAMPLES = Path(__file__).parents[3] / "docs" / "reference" / "examples"
GOOD = {
    "employees": {
        "employee_id": "e1,e2,e3",
        "email": "a@example.org,,",
        "manager_employee_id": ",e1,e2",
        "time_zone": "Europe/Berlin,,Asia/Tokyo",
        "is_frontline": "true,FALSE,",
        "hire_date": "2020-01-31,,2021-05-01",
        "leave_date": ",,2022-05-01",
    },
    "org_units": {
        "org_unit_id": "company,a,b",
        "org_unit_name": "Company,A,B",
        "parent_org_unit_id": ",company,a",
    },
    "content_catalogue": {
        "activity_iri": "https://example.org/1,urn:x:2",
        "title": "One,Two",
        "design_length_seconds": "300,",
        "is_offering": "true,false",
        "published_date": "2024-01-01,",
        "provenance": "created,",
    },
}


@pytest.fixture
def write(tmp_path):
    def write(table, changes=None, *, columns=None):
        values = {**GOOD[table], **(changes or {})}
        count = len(next(iter(GOOD[table].values())).split(","))
        names = columns or [each.name for each in CONTRACTS[table].columns if not each.is_optional]
        cells = [values.get(name, "," * (count - 1)).split(",") for name in names]
        lines = [",".join(names), *map(",".join, zip(*cells, strict=True))]
        path = tmp_path / f"{table}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
        return path

    return write


@pytest.mark.parametrize("table", GOOD)
def test_a_file_that_keeps_its_contract_lands_with_types(table, write, ingest, landing):
    report = ingest(write(table), source="hr")
    assert report.problems == []
    rows = landing.rows(table)
    assert len(rows) == report.accepted_count == len(GOOD[table].popitem()[1].split(","))
    (batch,) = landing.rows("batches")
    assert (batch["table_name"], batch["source_name"]) == (table, "hr")


@pytest.mark.parametrize(
    "case",
    [
        ("employees", {"employee_id": "e1,,e3"}, "line 3, column employee_id: is empty"),
        (
            "employees",
            {"employee_id": "e1,e2,e1"},
            "line 4, column employee_id: has the value of line 2",
        ),
        (
            "employees",
            {"hire_date": "31.1.2020,,"},
            "line 2, column hire_date: the value is not a date",
        ),
        (
            "employees",
            {"is_frontline": "yes,,"},
            "line 2, column is_frontline: the value is not true or false",
        ),
        ("employees", {"time_zone": "CEST,,"}, "line 2, column time_zone: 'CEST' is not known"),
        (
            "employees",
            {"leave_date": "2019-01-01,,"},
            "line 2, column leave_date: is before hire_date",
        ),
        (
            "employees",
            {"manager_employee_id": ",e9,"},
            "line 3, column manager_employee_id: names no",
        ),
        (
            "employees",
            {"manager_employee_id": "e3,e1,e2"},
            "line 2, column manager_employee_id: leads back",
        ),
        (
            "org_units",
            {"parent_org_unit_id": "company,,"},
            "line 2, column parent_org_unit_id: leads back",
        ),
        (
            "content_catalogue",
            {"activity_iri": "one,urn:2"},
            "line 2, column activity_iri: 'one' is not",
        ),
        (
            "content_catalogue",
            {"design_length_seconds": "5 min,"},
            "the value is not a whole number",
        ),
        (
            "content_catalogue",
            {"provenance": "found,"},
            "line 2, column provenance: 'found' is not",
        ),
    ],
)
def test_a_broken_contract_refuses_the_file_and_names_the_place(case, write, ingest, landing):
    table, changes, said = case
    ingest(write(table))
    standing = landing.everything()
    report = ingest(write(table, changes))
    assert report.exit_code == 1
    assert f"{table}.csv: breaks the contract of {table}" in report.problems[0]
    assert any(said in line for line in report.problems[1:]), report.problems
    assert landing.everything() == standing


def test_columns_that_are_missing_or_unknown_are_named(write, ingest):
    report = ingest(write("org_units", columns=["org_unit_id", "parent_org_unit_id"]))
    assert "line 1, column org_unit_name: is missing" in report.problems[1]


def test_every_fault_is_named_at_once(write, ingest):
    faults = {"employee_id": "e1,,e1", "time_zone": "CEST,,", "hire_date": "x,,"}
    assert len(ingest(write("employees", faults)).problems) == 1 + 5


def test_bytes_that_are_not_utf8_are_placed(tmp_path, ingest):
    path = tmp_path / "org_units.csv"
    path.write_bytes(b"org_unit_id,org_unit_name,parent_org_unit_id\na,Zur\xfcck,\n")
    assert "is not UTF-8: byte 51, line 2" in ingest(path).problems[0]


def test_an_older_snapshot_that_comes_again_is_in_force_again(write, ingest, landing):
    for names in ("A,A,A", "B,B,B", "A,A,A", "A,A,A"):
        ingest(write("org_units", {"org_unit_name": names}))
    rows = landing.rows("org_units")
    assert len(rows) == 9
    batches = sorted(
        (path.stat().st_mtime_ns, path.stem)
        for path in (landing.root / "batches" / "source=files").glob("*/*.parquet")
    )
    last = batches[-1][1]
    assert {row["org_unit_name"] for row in rows if row["batch_id"] == last} == {"A"}


def test_a_table_that_nobody_knows_is_refused(tmp_path, ingest):
    (tmp_path / "people.csv").write_text("a,b\n")
    (problem,) = ingest(tmp_path / "people.csv").problems
    assert problem.startswith("people.csv: holds rows, and no mapping says what they mean")


@pytest.mark.parametrize("table", CONTRACTS)
def test_the_example_of_the_written_contract_lands(table, ingest, landing):
    report = ingest(EXAMPLES / f"{table}.csv", source="company")
    assert report.problems == []
    rows = landing.rows(table)
    assert len(rows) == report.accepted_count == len(list(CONTRACTS[table].examples()))
    required = [each.name for each in CONTRACTS[table].columns if each.is_required]
    assert all(row[name] is not None for row in rows for name in required)


def test_money_is_exact_and_moments_are_utc(ingest, landing):
    ingest(EXAMPLES / "cost_ledger.csv", EXAMPLES / "observations.csv")
    assert [str(row["cost_amount"]) for row in landing.rows("cost_ledger")] == [
        "12500.0000",
        "4300.5000",
        "900.0000",
    ]
    assert {str(row["observed_at"]) for row in landing.rows("observations")} == {
        "2025-03-03 08:00:00"
    }


@pytest.mark.parametrize(
    "case",
    [
        ("cost_ledger", "cost_amount", "12.500,00", "is not an amount"),
        ("cost_ledger", "cost_amount", "0.12345", "is not an amount"),
        ("cost_ledger", "currency_code", "€", "'€' is not known here"),
        ("cost_ledger", "prorate_share", "1.5", "is above what it can be"),
        ("kpi_panel", "value", "nan", "is not a number"),
        ("kpi_panel", "period_start", "20250303", "is not a date"),
        ("task_starts", "started_at", "2025-03-03T06:00:00", "is not a moment with its offset"),
        ("task_starts", "ended_at", "2025-03-02T06:00:00Z", "is before started_at"),
        ("skills", "level_count", "1e2", "is not a whole number"),
    ],
)
def test_a_cell_that_could_mean_two_things_is_refused(case, ingest, tmp_path):
    table, column, cell, said = case
    header, first, *rest = (EXAMPLES / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[header.split(",").index(column)] = f'"{cell}"'
    path = tmp_path / f"{table}.csv"
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    (fault,) = ingest(path).problems[1:]
    assert f"line 2, column {column}: " in fault
    assert said in fault


def test_a_key_of_several_columns_may_share_each_but_not_all(ingest, tmp_path):
    header = "employee_id,start_date,end_date\n"
    path = tmp_path / "leave_periods.csv"
    path.write_text(header + "e1,2025-01-01,\ne1,2025-02-01,\ne2,2025-01-01,\n")
    assert ingest(path).problems == []
    path.write_text(header + "e1,2025-01-01,\ne2,2025-01-01,\ne1,2025-01-01,2025-02-01\n")
    assert (
        "line 4, column employee_id, start_date: has the value of line 2"
        in (ingest(path).problems[1])
    )


def test_a_log_adds_and_a_file_of_it_lands_once(ingest, landing, tmp_path):
    header = "source_name,count_date,expected_count,counted_at,count_basis\n"
    path = tmp_path / "expected_counts.csv"
    for count in (5, 7, 5):
        path.write_text(f"{header}lms,2025-06-02,{count},,\n")
        ingest(path, source="lms")
    assert sorted(row["expected_count"] for row in landing.rows("expected_counts")) == [5, 7]
