"""A landing written by hand and the warehouse that dbt builds from it."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager

from pipelines.lib.dbt import run_dbt
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.schema import BATCHES, REFERENCE_TABLES, RUNS, STATEMENTS
from xapi_ingest.settings import Settings

FAILED = {"error", "fail", "runtime error"}
LAYERS = ("staging", "intermediate", "marts", "ops")
ANN, BOB = "ann@example.com", "bob@example.com"


def utc(*parts: int) -> dt.datetime:
    """An instant as the landing holds it: UTC, without a zone."""
    return dt.datetime(*parts, tzinfo=dt.UTC).replace(tzinfo=None)  # type: ignore[misc]


NIGHT = utc(2026, 1, 20, 2)


@dataclass
class Warehouse:
    """A data folder with a landing to write to and the warehouse built from it."""

    settings: Settings

    def land(
        self, batch_id: str, rows: list[dict[str, Any]], *, at: dt.datetime, **more: Any
    ) -> None:
        """Write a batch of statements; ``source``, ``commit`` and ``seconds`` may be given."""
        source = more.get("source", "lms")
        rows = [
            {
                "statement_id": row["statement_id"],
                "fingerprint": row["statement_id"],
                "actor_type": "Agent",
                "actor_ifi_kind": "mbox",
                "actor_ifi_value": ANN,
                "is_id_derived": False,
                "is_time_inferred": False,
                "object_type": "Activity",
                "object_id": "https://example.com/a",
                "verb_iri": "http://adlnet.gov/expapi/verbs/answered",
                "occurred_at": utc(2026, 1, 6, 9),
                **row,
                "source_name": source,
                "batch_id": batch_id,
                "position": position,
                "loaded_at": at,
            }
            for position, row in enumerate(rows, 1)
        ]
        self._write("statements", source, at, batch_id, rows, STATEMENTS)
        if more.get("commit", True):
            seconds = more.get("seconds", 0.1)
            self._commit(batch_id, "statements", source, at, len(rows), seconds)

    def land_reference(
        self, table: str, rows: list[dict[str, Any]], *, at: dt.datetime, source: str = "hr"
    ) -> None:
        """Write a committed snapshot of a reference table."""
        batch_id = f"{source}-{table}-{at:%d%H}"
        rows = [{**row, "batch_id": batch_id, "loaded_at": at} for row in rows]
        self._write(table, source, at, batch_id, rows, REFERENCE_TABLES[table])
        self._commit(batch_id, table, source, at, len(rows))

    def start(self, *, as_of: dt.datetime, at: dt.datetime | None = None) -> None:
        """Set the clock; a night that starts ``at`` an instant takes what is committed by then."""
        started_at = at or as_of
        run = {"run_id": f"{started_at}", "as_of": as_of, "started_at": started_at, "cut_at": at}
        self._write("runs", "_none", started_at, f"{started_at:%Y%m%d%H}", [run], RUNS)

    def build(self, *, as_of: dt.datetime = NIGHT, only: str = "run") -> None:
        """Build everything up to marts and ops as the night at ``as_of`` would."""
        self.start(as_of=as_of)
        self.build_layers(*LAYERS, only=only)

    def build_layers(self, *layers: str, only: str = "run") -> None:
        """Build some layers by the clock that is set."""
        paths = [f"path:models/{layer}" for layer in layers]
        if only == "run":
            seeds = run_dbt(self.settings, "seed", "--quiet")
            assert seeds.success, seeds.exception
        else:
            paths.append("resource_type:seed")
        # only tests all of whose models are selected: the metrics' tests have their own warehouse
        chosen = ["--indirect-selection", "cautious"] if only == "build" else []
        result = run_dbt(self.settings, only, "--quiet", *chosen, "--select", *paths)
        DuckDBConnectionManager.close_all_connections()
        failed = [
            f"{node.node.name}: {node.message}"
            for node in result.result or []
            if node.status in FAILED
        ]
        assert result.success, failed or result.exception

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer to a query on the built warehouse."""
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as connection:
            return connection.sql(query).fetchall()

    def _commit(  # noqa: PLR0913, PLR0917  (a commit mark is all of these)
        self,
        batch_id: str,
        table: str,
        source: str,
        at: dt.datetime,
        count: int,
        seconds: float = 0.1,
    ) -> None:
        row = {
            "batch_id": batch_id,
            "table_name": table,
            "source_name": source,
            "input_name": f"{batch_id}.ndjson",
            "loaded_at": at,
            "read_count": count,
            "accepted_count": count,
            "rejected_count": 0,
            "input_bytes": 1,
            "ingest_seconds": seconds,
        }
        self._write("batches", source, at, batch_id, [row], BATCHES)

    def _write(  # noqa: PLR0913, PLR0917  (a file is all of these)
        self,
        table: str,
        source: str,
        at: dt.datetime,
        name: str,
        rows: list[dict[str, Any]],
        schema: pa.Schema,
    ) -> None:
        filled = [{column: row.get(column) for column in schema.names} for row in rows]
        folder = self.settings.landing / table / f"source={source}" / f"loaded_date={at:%Y-%m-%d}"
        write_parquet_atomically(
            pa.Table.from_pylist(filled, schema=schema), folder / f"{name}.parquet"
        )


@pytest.fixture(scope="session")
def new_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Warehouse]:
    """Makes empty data folders."""

    def make() -> Warehouse:
        return Warehouse(Settings(home=tmp_path_factory.mktemp("home")))

    return make


@pytest.fixture(scope="session")
def small_company(new_warehouse: Callable[[], Warehouse]) -> Warehouse:
    """Two employees and a handful of statements, built once with every test of dbt."""
    company = new_warehouse()
    company.land_reference(
        "employees",
        [
            {
                "employee_id": "1",
                "email": ANN,
                "org_unit_id": "it",
                "time_zone": "Asia/Tokyo",
                "hire_date": dt.date(2020, 1, 1),
            },
            {
                "employee_id": "2",
                "email": BOB,
                "org_unit_id": "hq",
                "time_zone": "Nowhere/Land",
                "hire_date": dt.date(2020, 1, 1),
            },
        ],
        at=utc(2026, 1, 10, 1),
    )
    company.land_reference(
        "org_units",
        [
            {"org_unit_id": "hq", "org_unit_name": "Head office"},
            {"org_unit_id": "it", "org_unit_name": "IT", "parent_org_unit_id": "hq"},
        ],
        at=utc(2026, 1, 10, 1),
    )
    company.land(
        "b1",
        [
            {"statement_id": "s1"},
            {"statement_id": "s1"},
            {"statement_id": "s1", "fingerprint": "other"},
            {
                "statement_id": "s2",
                "actor_ifi_value": BOB,
                "occurred_at": utc(2026, 1, 13, 20),
            },
            {"statement_id": "s3", "actor_ifi_value": "stranger@example.com"},
            {"statement_id": "s4", "verb_iri": "http://example.com/hummed"},
        ],
        at=utc(2026, 1, 14, 1),
    )
    company.build(only="build")
    return company


@pytest.fixture(scope="session")
def manifest(small_company: Warehouse) -> dict[str, Any]:
    """What dbt knows of the whole project."""
    loaded: dict[str, Any] = json.loads(
        (small_company.settings.state / "dbt" / "manifest.json").read_text()
    )
    return loaded
