"""How dbt is called: its paths and variables from the settings, in this process.

In this process, because a dbt of its own would outlive a killed night and keep the warehouse
locked (decision 0005). ``python -m pipelines.lib.dbt build`` runs dbt by hand as the night would.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult

from xapi_ingest.landing.tables import ensure_tables
from xapi_ingest.settings import Settings, load_settings

PROJECT_DIR = Path(__file__).parents[2] / "dbt_project"
SEEDS_DIR = Path(__file__).parents[2] / "data" / "seeds"
OnEvent = Callable[[Any], None]


def dbt_environment(settings: Settings) -> dict[str, str]:
    """The variables that ``profiles.yml`` and the sources read, and where dbt writes."""
    return {
        "TILTH_DBT_WAREHOUSE": str(settings.warehouse),
        "TILTH_DBT_LANDING": str(settings.landing),
        "DBT_TARGET_PATH": str(dbt_target(settings)),
        "DBT_LOG_PATH": str(dbt_target(settings) / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_PROFILES_DIR": str(PROJECT_DIR),
    }


def dbt_target(settings: Settings) -> Path:
    """Where dbt writes its manifest and results."""
    return settings.state / "dbt"


def dbt_variables(settings: Settings) -> dict[str, object]:
    """The thresholds in force, as dbt vars: the same on every run, so that nothing is re-parsed."""
    return {
        **settings.thresholds.model_dump(mode="json"),
        "default_time_zone": settings.time_zone,
        "stale_hours": settings.stale_hours,
    }


def run_dbt(
    settings: Settings, *arguments: str, on_event: OnEvent | None = None
) -> dbtRunnerResult:
    """Run one dbt command in this process against the folders of ``settings``."""
    ensure_tables(settings.landing)
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    os.environ.update(dbt_environment(settings))
    command = [*arguments, "--project-dir", str(PROJECT_DIR)]
    if arguments[0] not in {"deps", "clean", "debug"}:
        command += ["--vars", _as_yaml(dbt_variables(settings))]
    try:
        return dbtRunner(callbacks=[on_event] if on_event else []).invoke(command)
    finally:
        # else this process holds the warehouse open and the publish step cannot read it
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def _as_yaml(variables: dict[str, object]) -> str:
    return json.dumps(variables)  # which YAML reads as its own


if __name__ == "__main__":
    sys.exit(0 if run_dbt(load_settings(), *sys.argv[1:]).success else 1)
