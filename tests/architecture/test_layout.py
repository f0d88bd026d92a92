"""The rooms and the arrows between them, as docs/architecture.md draws them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tracked import ROOT, tracked

ROOMS = {"pipelines", "dbt_project", "dashboards", "xapi_ingest", "data", "tests"}
BESIDE = {"docs", "benchmarks", ".ci"}
ROOT_FILES = {
    ".env.example",
    ".gitignore",
    ".python-version",
    ".sqlfluff",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "pyproject.toml",
    "requirements.lock",
    "tilth.example.toml",
}
DBT_LAYERS = ["staging", "intermediate", "marts", "metrics", "reports", "ops"]


def test_the_top_level_holds_the_rooms_and_the_usual_root_files():
    top = {path.parts[0] for path in tracked()}
    assert top <= ROOMS | BESIDE | ROOT_FILES
    assert top >= ROOMS


def test_the_imports_follow_the_arrows():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_models_lie_in_a_layer():
    layers = {path.parts[2] for path in tracked("dbt_project/models/*.sql")}
    assert layers <= set(DBT_LAYERS)


def test_data_holds_only_seeds_in_version_control():
    outside = [path for path in tracked("data/*") if path.parts[1] not in {"seeds", "README.md"}]
    assert not outside


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "misc"])
def test_no_module_is_named_after_nothing(name):
    assert not [path for path in tracked("*.py") if path.stem == name]


def test_packages_re_export_nothing():
    for path in tracked("*__init__.py"):
        text = (ROOT / path).read_text(encoding="utf-8")
        code = [line for line in text.splitlines() if line.startswith(("from ", "import "))]
        assert not code or path == Path("xapi_ingest/statement/rules/__init__.py"), path
