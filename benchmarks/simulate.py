"""How fast the synthetic company is made, in how much memory: to disk, and streamed to a sink.

At scale 1 the sink takes 100 million statements of 100,000 people over two years, about a quarter
of an hour; the company on disk is that of ``make demo``.
"""

import resource
import tempfile
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure
from xapi_ingest.simulator.arguments import SCALES
from xapi_ingest.simulator.company import simulate

SINK_EMPLOYEES, SINK_WEEKS, SINK_INTENSITY = 100_000, 104, 1.05


def measure(scale: float) -> list[Figure]:
    """Statements a second and peak memory, each in a process of its own."""
    demo = SCALES["demo"]
    kept = {
        "employees": demo.employees,
        "weeks": max(4, round(demo.weeks * scale)),
        "intensity": demo.intensity,
    }
    streamed = {
        "employees": SINK_EMPLOYEES,
        "weeks": max(4, round(SINK_WEEKS * scale)),
        "intensity": SINK_INTENSITY,
        "is_kept": False,
    }
    return [*_figures("to disk", kept), *_figures("to a sink", streamed)]


def _figures(where: str, arguments: dict[str, Any]) -> list[Figure]:
    with get_context("spawn").Pool(1) as pool:
        statements, seconds, peak_mb = pool.apply(_run, (arguments,))
    return [
        Figure("simulate", f"{where}, statements", statements, "statements"),
        Figure("simulate", f"{where}, speed (bar 100,000)", statements / seconds, "statements/s"),
        Figure("simulate", f"{where}, peak memory", peak_mb, "MB"),
    ]


def _run(arguments: dict[str, Any]) -> tuple[int, float, float]:
    write = None if arguments.pop("is_kept", True) else _counted
    with tempfile.TemporaryDirectory() as folder:
        report = simulate(out=Path(folder) / "out", write=write, **arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return report.statement_count, report.seconds, peak


def _counted(_folder: Path, _source: str, _number: int, _monday: date, lines: list[str]) -> int:
    """A sink: the statements become bytes, are counted and forgotten."""
    return sum(len(line.encode()) + 1 for line in lines)
