"""The generated pages in version control are those that the code makes now."""

import pytest

from pipelines.lib.docs import DOCS, cli_page, dictionary_page, settings_page
from pipelines.lib.manifest import prepared_manifest
from xapi_ingest.settings import Settings


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    manifest = prepared_manifest(Settings(home=tmp_path_factory.mktemp("docs")))
    return {
        "settings.md": settings_page(),
        "cli.md": cli_page(),
        "data_dictionary.md": dictionary_page(manifest),
    }


@pytest.mark.parametrize("name", ["settings.md", "cli.md", "data_dictionary.md"])
def test_the_committed_page_is_current(pages, name):
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == pages[name], f"docs/{name} is out of date: run `make docs`"


def test_every_published_column_is_described(pages):
    rows = [line for line in pages["data_dictionary.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    assert not [row for row in rows if not row.split(" | ")[2].strip(" |")]
