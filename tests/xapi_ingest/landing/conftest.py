"""A data folder of its own for each test, and the committed rows in it."""

import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings

REPOSITORY = Path(__file__).parents[3]


def statement(number: int, **changes: object) -> dict:
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "actor": {"mbox": f"mailto:p{number % 50}@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": f"https://example.org/course/{number % 20}"},
        "timestamp": f"2026-03-{number % 28 + 1:02d}T10:00:00Z",
        **changes,
    }


class Landing:
    """The committed rows of a landing, without what differs from one day to another."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def rows(self, table: str) -> list[dict]:
        found = []
        for path in sorted((self.root / table).glob("source=*/loaded_date=*/*.parquet")):
            rows = pq.ParquetFile(path).read().to_pylist()
            assert len({row["loaded_at"] for row in rows}) <= 1
            found += rows
        marks = {row["batch_id"] for row in found} if table == "batches" else self.marks()
        for row in found:
            row.pop("loaded_at")
            row.pop("ingest_seconds", None)
        return [row for row in found if row["batch_id"] in marks]

    def marks(self) -> set[str]:
        return {row["batch_id"] for row in self.rows("batches")}

    def everything(self) -> str:
        tables = ("statements", "rejected", "batches", "employees", "resolutions")
        overflow = sorted(path.name for path in (self.root / "overflow").glob("*"))
        return json.dumps([*map(self.rows, tables), overflow], default=str, sort_keys=True)

    def strays(self) -> list[str]:
        return [path.name for path in self.root.rglob("*.tmp")]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def settings(home):
    return load_settings(
        home=home, max_statement_bytes=100_000, batch_rows=50, inbox_settle_seconds=0
    )


@pytest.fixture
def landing(settings):
    return Landing(settings.landing)


@pytest.fixture
def landing_of():
    return Landing


@pytest.fixture
def make_statement():
    return statement


@pytest.fixture
def write_lines(tmp_path):
    def write(name, items):
        path = tmp_path / name
        statements = (statement(one) if isinstance(one, int) else one for one in items)
        lines = (one if isinstance(one, bytes) else json.dumps(one).encode() for one in statements)
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return path

    return write


@pytest.fixture
def ingest(settings):
    def run(*paths, **options):
        return ingest_paths(list(paths), settings=settings, **options)

    return run


@pytest.fixture(scope="session")
def samples():
    folder = Path(os.environ.get("TILTH_SAMPLES", REPOSITORY.parent / "shared" / "xapi-samples"))
    if not folder.is_dir():
        pytest.skip(f"the real samples are not at {folder}; TILTH_SAMPLES says where they are")
    return folder
