"""The warehouse is disposable: what cannot be built on is replaced, what is in use is named."""

import subprocess
import sys

import duckdb
import pytest

from pipelines.lib.warehouse import is_of_this_code, prepare_warehouse
from xapi_ingest.errors import RunError
from xapi_ingest.settings import Settings, Thresholds

HOLDER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def built(settings) -> None:
    prepare_warehouse(settings)
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create table t as select 1 as n")


def test_a_warehouse_of_the_same_code_is_kept(settings):
    built(settings)
    assert prepare_warehouse(settings) == "kept"
    with duckdb.connect(str(settings.warehouse)) as connection:
        assert connection.execute("select n from t").fetchone() == (1,)


def test_a_changed_threshold_makes_a_new_one(settings):
    built(settings)
    changed = Settings(home=settings.home, thresholds=Thresholds(dwell_seconds=61))
    assert not is_of_this_code(changed)
    assert prepare_warehouse(changed) == "other code"
    assert not settings.warehouse.exists()


def test_one_that_cannot_be_read_is_replaced(settings):
    built(settings)
    settings.warehouse.write_bytes(b"not a database at all" * 1000)
    assert prepare_warehouse(settings) == "unreadable"
    assert not settings.warehouse.exists()


def test_one_that_another_program_has_open_is_named_and_left_alone(settings):
    built(settings)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(settings.warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(RunError, match=r"Another program has .*warehouse\.duckdb open"):
            prepare_warehouse(settings)
        other.kill()
    assert settings.warehouse.exists()
