"""What the root files promise: commands that exist, telemetry that is off, a lock without hosts."""

import re
import tomllib
from pathlib import Path

import yaml

from tests.architecture.tracked import ROOT, tracked
from xapi_ingest.settings import Settings, Thresholds

TARGETS = ["demo", "test", "check", "run", "dashboards", "dev", "bench", "docs", "clean"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_make_explains_every_target():
    makefile = text("Makefile")
    for target in TARGETS:
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target


def test_every_make_target_that_the_documents_name_exists():
    makefile = text("Makefile")
    for path in tracked("README.md", "CONTRIBUTING.md", "docs/*.md"):
        for target in re.findall(r"`make ([a-z-]+)", text(str(path))):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{path}: make {target}"


def test_the_lock_holds_hashes_and_no_address():
    lock = text("requirements.lock")
    pins = re.findall(r"^[a-z0-9][\w.-]*==\S+", lock, re.MULTILINE)
    assert len(pins) > 100
    assert len(re.findall(r"^\S+==\S+.*\\\n    --hash=sha256:", lock, re.MULTILINE)) == len(pins)
    assert "://" not in lock


def test_every_direct_dependency_is_in_the_lock():
    project = tomllib.loads(text("pyproject.toml"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", text("requirements.lock"), re.MULTILINE))
    for requirement in wanted:
        assert re.match(r"[\w.-]+", requirement)[0].lower() in locked, requirement


def test_no_tracked_file_names_an_index_or_a_home_folder():
    suspicious = re.compile(r"--(extra-)?index-url|/simple/|/root/|/home/[a-z]+/")
    for path in tracked():
        if path.suffix in {".png", ".gz", ".lock"} or path == Path(__file__).relative_to(ROOT):
            continue
        content = (ROOT / path).read_text(encoding="utf-8", errors="replace")
        assert not suspicious.search(content), path


def test_telemetry_is_off_in_committed_configuration():
    dbt = yaml.safe_load(text("dbt_project/dbt_project.yml"))
    assert dbt["flags"]["send_anonymous_usage_stats"] is False
    dagster = yaml.safe_load(text("pipelines/dagster.yaml"))
    assert dagster["telemetry"]["enabled"] is False
    streamlit = tomllib.loads(text("dashboards/.streamlit/config.toml"))
    assert streamlit["browser"]["gatherUsageStats"] is False


def test_dbt_and_the_settings_agree_on_every_threshold():
    defaults = yaml.safe_load(text("dbt_project/dbt_project.yml"))["vars"]
    for name, value in Thresholds().model_dump(mode="json").items():
        assert defaults[name] == value, name


def test_every_setting_says_what_it_is():
    for model in (Settings, Thresholds):
        for name, field in model.model_fields.items():
            assert field.description or name == "thresholds", name


def test_the_changelog_opens_with_what_is_unreleased():
    assert re.search(r"^## (Unreleased|\d+\.\d+\.\d+)", text("CHANGELOG.md"), re.MULTILINE)


def test_every_link_of_the_documents_leads_somewhere():
    for path in tracked("README.md", "CONTRIBUTING.md", "docs/*.md"):
        for link in re.findall(r"\]\(([^)#]+)", text(str(path))):
            assert "://" in link or (ROOT / path.parent / link).exists(), f"{path}: {link}"
