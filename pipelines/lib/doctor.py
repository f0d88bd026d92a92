"""What this machine and this data folder need, one examination each: what is so, and the remedy."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
import yaml
from packaging.requirements import Requirement

from pipelines.lib.lock import is_night_running
from pipelines.lib.published import current_build
from xapi_ingest.errors import PublishedError
from xapi_ingest.settings import Settings

ROOT = Path(__file__).parents[2]
OLDEST_PYTHON = (3, 11, 0)
GIGABYTE = 1_000_000_000
NEEDED_BYTES = 2 * GIGABYTE
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Finding(msgspec.Struct, kw_only=True):
    """``state`` is fine, warning (works without) or problem; the remedy is empty when fine."""

    what: str
    state: str
    message: str
    remedy: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Every examination, in the order in which one would mend things."""
    return [examination(settings) for examination in EXAMINATIONS]


def _python(_: Settings) -> Finding:
    found = sys.version_info[:3]
    message = ".".join(str(part) for part in found)
    if found >= OLDEST_PYTHON:
        return Finding(what="Python", state="fine", message=message)
    return Finding(
        what="Python",
        state="problem",
        message=f"{message} is too old.",
        remedy="Install Python 3.11 or newer, then: make clean setup PYTHON=python3.12",
    )


def _packages(_: Settings) -> Finding:
    lock = ROOT / "requirements.lock"
    if not lock.exists():
        return Finding(
            what="Packages", state="warning", message="No requirements.lock to compare with."
        )
    pins = [
        Requirement(line.split(" \\")[0])
        for line in lock.read_text(encoding="utf-8").splitlines()
        if line[:1].isalnum()
    ]
    wrong = [pin.name for pin in pins if _is_needed(pin) and not _is_installed(pin)]
    if not wrong:
        return Finding(what="Packages", state="fine", message=f"{len(pins)} pins hold")
    return Finding(
        what="Packages",
        state="problem",
        message=f"{len(wrong)} differ from requirements.lock: {', '.join(wrong[:8])}",
        remedy="rm .venv/.ready && make setup",
    )


def _is_needed(pin: Requirement) -> bool:
    return pin.marker is None or pin.marker.evaluate()


def _is_installed(pin: Requirement) -> bool:
    try:
        return pin.specifier.contains(version(pin.name), prereleases=True)
    except PackageNotFoundError:
        return False


def _browser(_: Settings) -> Finding:
    found = next((name for name in BROWSERS if shutil.which(name)), None)
    if found:
        return Finding(what="Chromium", state="fine", message=found)
    return Finding(
        what="Chromium",
        state="warning",
        message="Not found: the browser tests are skipped. Nothing else needs it.",
        remedy="sudo apt-get install chromium",
    )


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(_nearest(settings.root)).free
    message = f"{free / GIGABYTE:.1f} GB free"
    if free >= NEEDED_BYTES:
        return Finding(what="Disk", state="fine", message=message)
    return Finding(
        what="Disk",
        state="problem",
        message=f"Only {message} at {settings.root}.",
        remedy="Make room, or move the data folder with TILTH_HOME.",
    )


def _nearest(path: Path) -> Path:
    return next(each for each in (path, *path.parents) if each.exists())


def _rights(settings: Settings) -> Finding:
    folders = [settings.root, settings.inbox, settings.landing, settings.state]
    folders += [settings.warehouse.parent, settings.published, settings.dagster_home]
    refused = [
        str(folder) for folder in folders if not os.access(_nearest(folder), os.W_OK | os.X_OK)
    ]
    if not refused:
        return Finding(what="Rights", state="fine", message=f"{settings.root} can be written")
    return Finding(
        what="Rights",
        state="problem",
        message=f"Cannot be written: {', '.join(refused)}.",
        remedy=f"sudo chown -R $USER {settings.root}, or choose another folder with TILTH_HOME.",
    )


def _night(settings: Settings) -> Finding:
    if is_night_running(settings):
        return Finding(what="Night", state="fine", message="one is running now")
    return Finding(what="Night", state="fine", message="none is running; one may start")


def _published(settings: Settings) -> Finding:
    try:
        build = current_build(settings)
    except PublishedError as error:
        return Finding(
            what="Published", state="warning", message=error.message, remedy=error.remedy
        )
    message = f"{build.build_id}, as of {build.as_of:%Y-%m-%d %H:%M} UTC"
    return Finding(what="Published", state="fine", message=message)


def _telemetry(settings: Settings) -> Finding:
    home = settings.dagster_home / "dagster.yaml"
    template = ROOT / "pipelines" / "dagster.yaml"
    chosen = yaml.safe_load((home if home.exists() else template).read_text(encoding="utf-8"))
    dbt = yaml.safe_load((ROOT / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8"))
    on = [
        name
        for name, is_on in {
            "dagster": (chosen or {}).get("telemetry", {}).get("enabled", True),
            "dbt": dbt.get("flags", {}).get("send_anonymous_usage_stats", True),
        }.items()
        if is_on
    ]
    if not on:
        return Finding(what="Telemetry", state="fine", message="off: dagster, dbt, streamlit")
    return Finding(
        what="Telemetry",
        state="problem",
        message=f"On: {', '.join(on)}.",
        remedy="Restore the committed configuration; `tilth run` copies pipelines/dagster.yaml.",
    )


EXAMINATIONS: tuple[Callable[[Settings], Finding], ...] = (
    _python,
    _packages,
    _browser,
    _disk,
    _rights,
    _night,
    _published,
    _telemetry,
)
