"""A data folder of its own for each test, a small landing, and one whole night for all."""

import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.cli import main
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.schema import BATCHES, STATEMENTS
from xapi_ingest.landing.tables import ensure_tables
from xapi_ingest.settings import Settings
from xapi_ingest.simulator.company import simulate
from xapi_ingest.statement.rules.severities import SEVERITIES, Severity

ROOT = Path(__file__).parents[2]
LOADED_AT = datetime(2026, 9, 28, 1, 0)  # noqa: DTZ001  (UTC without a zone, as in the landing)


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    """An empty data folder; the environment's own settings are out of the way."""
    monkeypatch.setenv("TILTH_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return Settings(home=tmp_path / "data")


@pytest.fixture
def tilth(capsys):
    """The command line in this process: exit code, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, re.sub(r"\s+", " ", said.err)

    return run


def statement(number: int, **changed) -> dict:
    """One landed statement."""
    return {
        "statement_id": f"00000000-0000-4000-8000-{number:012}",
        "is_id_derived": False,
        "fingerprint": f"{number:064}",
        "source_name": "lms",
        "batch_id": "batch-1",
        "position": number,
        "occurred_at": datetime(2026, 9, 1, 9, 0),  # noqa: DTZ001
        "is_time_inferred": False,
        "loaded_at": LOADED_AT,
        "verb_iri": "http://adlnet.gov/expapi/verbs/completed",
        "statement_json": "{}",
        **changed,
    }


def land(settings: Settings, statements: list[dict], **promised) -> None:
    """Land one batch that promises what it holds, unless ``promised`` says otherwise."""
    ensure_tables(settings.landing)
    batch = {
        "batch_id": "batch-1",
        "table_name": "statements",
        "source_name": "lms",
        "input_name": "export.ndjson",
        "loaded_at": LOADED_AT,
        "read_count": len(statements),
        "accepted_count": len(statements),
        "rejected_count": 0,
        **promised,
    }
    for table, rows, schema in [
        ("statements", statements, STATEMENTS),
        ("batches", [batch], BATCHES),
    ]:
        folder = settings.landing / table / "source=lms" / "loaded_date=2026-09-28"
        path = folder / f"{batch['batch_id']}.parquet"
        write_parquet_atomically(pa.Table.from_pylist(rows, schema=schema), path)


@pytest.fixture(scope="session")
def company(tmp_path_factory) -> Path:
    """Exports of a company just large enough that some cells are not suppressed."""
    folder = tmp_path_factory.mktemp("company") / "simulation"
    simulate(out=folder, employees=60, weeks=6, seed=7)
    return folder / "exports"


AS_OF = "2026-09-27"


def tilth_process(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a user starts it, over ``home``."""
    command = [str(Path(sys.executable).with_name("tilth")), *arguments]
    environment = {
        "TILTH_HOME": str(home),
        "TILTH_INBOX_SETTLE_SECONDS": "0",
        "PATH": "/usr/bin:/bin",
    }
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )


def refused_lines() -> list[bytes]:
    """Every golden file whose rule turns a statement away, a line each."""
    return [
        path.read_bytes().replace(b"\n", b" ")
        for path in sorted((ROOT / "tests/xapi_ingest/statement/invalid").glob("*.json"))
        if SEVERITIES[path.stem.split("__")[0]] is Severity.REJECT
    ]


@pytest.fixture(scope="session")
def night(company, tmp_path_factory) -> tuple[Settings, subprocess.CompletedProcess[str]]:
    """One whole night over the company, its exports and every golden fault in its inbox."""
    home = tmp_path_factory.mktemp("night") / "data"
    shutil.copytree(company, home / "inbox")
    (home / "inbox" / "faulty").mkdir()
    (home / "inbox" / "faulty" / "Jane Doe, warning.ndjson").write_bytes(
        b"\n".join(refused_lines())
    )
    return Settings(home=home), tilth_process(home, "run", "--as-of", AS_OF, "--json")
