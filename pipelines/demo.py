"""``python -m pipelines.demo``: the synthetic company through the whole way, for ``make demo``.

Uses what a user would: the simulator, the inbox, the night. Run again, it does only what is new.
"""

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

from pipelines.commands.night import summary
from pipelines.commands.output import PARTLY, UNUSABLE, err, progress_shown, say, seconds_text
from pipelines.lib.clock import as_of_from_text, code_version
from pipelines.lib.history import Run, runs
from pipelines.lib.landing_batches import committed_ids
from pipelines.lib.published import seen_batches
from pipelines.lib.warehouse import is_of_this_code
from xapi_ingest.errors import RunError, TilthError
from xapi_ingest.landing.inbox import ingest_inbox
from xapi_ingest.landing.intake import Intake
from xapi_ingest.landing.ledger import open_ledger
from xapi_ingest.settings import Settings, load_settings
from xapi_ingest.simulator.arguments import SCALES
from xapi_ingest.simulator.company import simulate

SCALE = SCALES["demo"]


def main() -> int:
    """Leave a published build of the synthetic company; returns the exit code."""
    began = perf_counter()
    settings = load_settings()
    try:
        last_day = _company(settings)
        _into_inbox(settings)
        status = _night(settings, last_day)
    except TilthError as error:
        err().print(f"Error {error.message}\nRemedy {error.remedy}", markup=False)
        return UNUSABLE
    say(f"The demo took {seconds_text(perf_counter() - began)} (set-up not counted).")
    return status


def _simulation(settings: Settings) -> Path:
    return settings.root / "simulation"


def _company(settings: Settings) -> date:
    """Make the company unless it is there; returns its last day."""
    folder = _simulation(settings)
    note = folder / "simulation.json"
    if not note.exists():
        if any((settings.landing / "batches").rglob("*.parquet")):
            raise RunError(
                f"{settings.root} holds other data; the demo would mix with it.",
                remedy="Give the demo a folder of its own: make demo DEMO_HOME=demo-data",
            )
        with progress_shown() as show:
            report = simulate(
                out=folder,
                employees=SCALE.employees,
                weeks=SCALE.weeks,
                intensity=SCALE.intensity,
                on_progress=lambda done, all_: show("weeks", done, all_),
            )
        say(
            f"1. Simulated {report.employees} employees and {report.weeks} weeks: "
            f"{report.statement_count:,} statements in {seconds_text(report.seconds)}."
        )
    else:
        say("1. The synthetic company is there.")
    return date.fromisoformat(json.loads(note.read_text(encoding="utf-8"))["arguments"]["end"])


def _into_inbox(settings: Settings) -> None:
    """Put the exports where exports are dropped, unless they have been taken from there."""
    exports = _simulation(settings) / "exports"
    files = sorted(path for path in exports.rglob("*") if path.is_file())
    copied = 0
    with open_ledger(settings) as ledger:
        for path in files:
            name = path.relative_to(exports)
            target = settings.inbox / name
            taken = ledger.versions(name.parts[0] if name.parts[1:] else settings.default_source)
            version = Intake(path).digest().hex()
            if (f"inbox/{name.as_posix()}", version) not in taken:
                target.parent.mkdir(parents=True, exist_ok=True)
                # Beside and renamed in, with its time: nobody is writing this one.
                beside = target.with_name(f".{target.name}")
                shutil.copy2(path, beside)
                beside.replace(target)
                copied += 1
    say(f"2. Inbox: {len(files)} exports of {len(list(exports.iterdir()))} sources, {copied} new.")


def _night(settings: Settings, last_day: date) -> int:
    last = next((run for run in reversed(runs(settings)) if run.build_id), None)
    if last and _still_stands(settings, last, last_day) and has_all_been_taken(settings):
        say(f"3. Nothing has changed: build {last.build_id} stands.")
        return 0
    with progress_shown() as on_progress:
        from pipelines.lib.orchestrator import run_nightly  # noqa: PLC0415  (seconds of imports)

        done = run_nightly(settings, last_day.isoformat(), on_progress)
    say(f"3. The night: {summary(done)}.")
    if done.refusals:
        say(
            f"   The company's exports are as faulty as real ones: {done.rejected_new} statements "
            "were rejected and are on the Data health page."
        )
    for failure in done.failures:
        err().print(f"failed {failure}", markup=False)
    return 0 if done.status == "published" else PARTLY


def has_all_been_taken(settings: Settings) -> bool:
    """Whether all of the inbox has landed, now or before, and all that has landed is published.

    What the night would say of a file that lands here is said here.
    """
    with progress_shown() as show:
        report = ingest_inbox(
            settings=settings, on_progress=lambda done, all_, name: show(name, done, all_)
        )
    fresh = [file for file in report.files if not file.is_already_landed]
    for problem in [*report.refused, *(line for file in fresh for line in file.problems())]:
        err().print(f"refused {problem}", markup=False)
    is_left = report.refused or report.remarks or fresh
    return not is_left and committed_ids(settings) <= seen_batches(settings)


def _still_stands(settings: Settings, last: Run, last_day: date) -> bool:
    return (
        last.as_of == as_of_from_text(last_day.isoformat())
        and last.code_version == code_version()
        and not last.code_version.endswith("-dirty")
        and is_of_this_code(settings)
        and (settings.published / "current").exists()
    )


if __name__ == "__main__":
    sys.exit(main())
