"""The declarations of the reference tables hold together, and the metrics find what they need."""

import csv
from pathlib import Path

import pytest

from xapi_ingest.landing.contracts.check import Faults
from xapi_ingest.landing.contracts.contract import Kind
from xapi_ingest.landing.contracts.csv_rows import CsvRows
from xapi_ingest.landing.contracts.page import example_file
from xapi_ingest.landing.contracts.registry import CONTRACTS

ROOT = Path(__file__).parents[4]
METRICS = {
    row["metric_id"]
    for row in csv.DictReader((ROOT / "data/seeds/ref_metrics.csv").open(encoding="utf-8"))
}
# Their inputs are statements, the register of cycles, or what Tilth writes down about itself.
NEED_NO_FILE = {
    *(f"DQ0{number}" for number in (2, 3, 4, 6, 7)),
    *(f"PD0{number}" for number in range(1, 9)),
    *("HB04", "HB05", "HB09", "HB10", "HB16", "KS12", "LS05", "LS06", "OJ04", "OJ05", "PE02"),
    *("PE03", "PE12", "PR01", "PR02", "PR03", "RO10", "X05", "X07", "X08"),
}


@pytest.fixture(scope="module")
def examples():
    found = {}
    for name, contract in CONTRACTS.items():
        reading = CsvRows([example_file(contract).encode()], contract, Faults())
        rows = [row for chunk, _ in reading.checked() for row in chunk]
        found[name] = (rows, reading.faults.listed)
    return found


def test_every_metric_that_needs_a_file_is_named_by_a_table():
    served = {metric for each in CONTRACTS.values() for metric in each.metric_ids}
    assert served | NEED_NO_FILE == METRICS
    assert not served & NEED_NO_FILE


@pytest.mark.parametrize("table", CONTRACTS)
def test_the_example_keeps_the_contract(table, examples):
    rows, faults = examples[table]
    assert rows
    assert faults == []


@pytest.mark.parametrize("table", CONTRACTS)
def test_key_tree_and_order_name_columns_of_the_table(table):
    contract = CONTRACTS[table]
    ordered = [name for pair in contract.ordered for name in pair]
    assert {*contract.key, *ordered, *filter(None, [contract.parent])} <= set(contract.by_name)
    assert any(contract.by_name[name].is_required for name in contract.key)
    assert len(contract.by_name) == len(contract.columns)


def test_the_examples_of_all_tables_refer_to_each_other(examples):
    cells = {
        f"{table}.{column}": {row[column] for row in rows}
        for table, (rows, _) in examples.items()
        for column in CONTRACTS[table].by_name
    }
    for table, contract in CONTRACTS.items():
        for column in contract.columns:
            if column.refers_to:
                named = cells[f"{table}.{column.name}"] - {None}
                assert named <= cells[column.refers_to], f"{table}.{column.name}"


@pytest.mark.parametrize("table", CONTRACTS)
def test_money_has_its_currency_and_price_year(table):
    columns = CONTRACTS[table].by_name
    amounts = [each.name for each in columns.values() if each.kind is Kind.MONEY]
    assert all(name.endswith("_amount") for name in amounts)
    assert not amounts or {"currency_code", "price_year"} <= set(columns)


def test_what_names_or_describes_a_person_is_never_quoted():
    about_people = {"full_name", "email", "username", "identifier_value", "scope_value"}
    for contract in CONTRACTS.values():
        for column in contract.columns:
            is_personal = (
                column.refers_to == "employees.employee_id"
                or column.name in about_people
                or column.kind is not Kind.TEXT
            )
            assert not (is_personal and column.is_quotable), f"{contract.table}.{column.name}"
