"""An LRS on loopback, a clock that nobody waits for, and what has landed."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.dataset as pads
import pytest

from tests.xapi_ingest.sources.lrs.small_lrs import (
    CLIENT,
    PASSWORD,
    SECRET,
    USER,
    Server,
    SmallLrs,
)
from xapi_ingest.landing.pull import pull
from xapi_ingest.landing.tables import ensure_tables
from xapi_ingest.settings import Settings
from xapi_ingest.sources.lrs.clock import Clock
from xapi_ingest.sources.lrs.config import LrsSource

ENVIRONMENT = {"LRS_USER": USER, "LRS_PASSWORD": PASSWORD, "LRS_ID": CLIENT, "LRS_SECRET": SECRET}


@dataclass
class FakeTime:
    """Time that passes only where somebody sleeps, and remembers how long."""

    lrs: SmallLrs
    ahead: timedelta = timedelta(0)
    slept: list[float] = field(default_factory=list)

    @property
    def waits(self) -> list[float]:
        """Seconds slept for another try, without the pauses between requests."""
        return [seconds for seconds in self.slept if seconds >= 0.01]

    @property
    def clock(self) -> Clock:
        return Clock(now=self._now, monotonic=lambda: sum(self.slept), sleep=self.slept.append)

    def _now(self) -> datetime:
        return self.lrs.now + self.ahead


@dataclass
class Bench:
    """Everything that a pull needs, and its outcome."""

    lrs: SmallLrs
    time: FakeTime
    settings: Settings

    def source(self, **changes: Any) -> LrsSource:
        plain = {
            "name": "academy",
            "endpoint": self.lrs.endpoint,
            "user_env": "LRS_USER",
            "password_env": "LRS_PASSWORD",
            "page_limit": 4,
            "window_hours": 1_000_000,
            "requests_per_second": 1_000_000,
        }
        return LrsSource.model_validate(plain | changes)

    def oauth_source(self, **changes: Any) -> LrsSource:
        return self.source(
            auth="oauth2",
            client_id_env="LRS_ID",
            secret_env="LRS_SECRET",  # noqa: S106  (the name of a variable)
            token_url=f"{self.lrs.origin}/token",
            **changes,
        )

    def pull(self, source: LrsSource | None = None, **arguments: Any):
        arguments.setdefault("environment", ENVIRONMENT)
        return pull(
            source or self.source(), settings=self.settings, clock=self.time.clock, **arguments
        )

    def rows(self, table: str = "statements") -> list[dict[str, Any]]:
        """Committed rows without what tells one attempt from another."""
        committed = set(self._table("batches").column("batch_id").to_pylist())
        rows = [row for row in self._table(table).to_pylist() if row["batch_id"] in committed]
        for row in rows:
            for name in ("loaded_at", "ingest_seconds"):
                row.pop(name, None)
        return sorted(rows, key=lambda row: (row["batch_id"], row.get("position", 0)))

    def ids(self) -> list[str]:
        return sorted(row["statement_id"] for row in self.rows())

    def _table(self, table: str):
        root = self.settings.landing / table
        return pads.dataset(root, format="parquet", exclude_invalid_files=False).to_table()


def bench_in(home: Path, lrs: SmallLrs) -> Bench:
    # Copied rather than made anew each time: a flush to disk for each table and test adds up.
    shutil.copytree(empty_landing(), home / "landing")
    return Bench(lrs, FakeTime(lrs), Settings(home=home))


@cache
def empty_landing() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tilth-empty-landing-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ensure_tables(folder)
    return folder


@pytest.fixture(scope="session")
def server():
    server = Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def lrs(server, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server.lrs = SmallLrs(port=server.port)
    return server.lrs


@pytest.fixture
def bench(lrs, tmp_path):
    return bench_in(tmp_path / "data", lrs)
