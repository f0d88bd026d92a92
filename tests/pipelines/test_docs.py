"""The generated pages in version control are those that the code makes now."""

from pathlib import Path

import pytest

from pipelines.lib.docs import DOCS, pages
from pipelines.lib.reference_models import FOLDER, PROJECT, model_files
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.settings import Settings

PAGES = [
    *("settings.md", "cli.md", "metrics.md", "statement-rules.md", "data_dictionary.md"),
    "reference/contracts.md",
    *(f"reference/examples/{table}.csv" for table in CONTRACTS),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, str]:
    return pages(Settings(home=tmp_path_factory.mktemp("docs")))


def test_every_generated_page_is_compared(made):
    assert sorted(made) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_current(made, name):
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == made[name], f"docs/{name} is out of date: run `make docs`"


def test_the_staging_models_of_reference_tables_are_made_from_their_contracts():
    made = model_files()
    committed = {
        name: (PROJECT / name).read_text(encoding="utf-8")
        for name in made
        if (PROJECT / name).exists()
    }
    assert committed == made, "run `make docs`"
    written = {path.name for path in (PROJECT / FOLDER).glob("*.sql")}
    assert written == {Path(name).name for name in made if name.startswith(FOLDER)} - {
        "_reference.yml"
    }


def test_every_published_column_is_described(made):
    rows = [line for line in made["data_dictionary.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    assert not [row for row in rows if not row.split(" | ")[2].strip(" |")]
