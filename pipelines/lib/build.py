"""One dbt build of a part of the project, and what came of each model and test."""

from collections.abc import Sequence
from typing import Any

import msgspec

from pipelines.lib.clock import utc_now
from pipelines.lib.dbt import OnEvent, run_dbt
from pipelines.lib.outcomes import CheckOutcome, write_outcomes
from pipelines.lib.progress import Progress, silent
from xapi_ingest.errors import RunError
from xapi_ingest.settings import Settings

PARTS = {
    # Analysis stands between the two: it reads marts, and metrics read what it lands.
    "models": (
        "fqn:tilth.staging",
        "fqn:tilth.intermediate",
        "fqn:tilth.marts",
        "resource_type:seed",
    ),
    "reports": ("fqn:tilth.metrics", "fqn:tilth.reports", "fqn:tilth.ops"),
}
"""The two groups of the dbt project, by folder, in the order of the night."""

TOTALS = {"LogModelResult": "total", "LogSeedResult": "total", "LogTestResult": "num_models"}
"""Events of dbt that end a node, and what each calls the number of all nodes."""


class NodeOutcome(msgspec.Struct, kw_only=True):
    """What came of one dbt node. ``status`` is dbt's: success, error, skipped, pass, warn, fail.

    Of a test, ``table_name`` and ``column_name`` are what it is about; empty as in `CheckOutcome`.
    """

    unique_id: str
    name: str
    kind: str
    layer: str
    table_name: str
    column_name: str
    status: str
    severity: str
    seconds: float
    failures: int
    message: str


def build_part(
    settings: Settings,
    part: str,
    select: Sequence[str] = (),
    on_progress: Progress = silent,
) -> list[NodeOutcome]:
    """Build one part (or what ``select`` names of it), test it, and keep what its tests said.

    Unit tests belong to development: they hold whatever the data, and ``--vars`` would reach them.

    Raises:
        RunError: dbt could not begin.
    """
    result = run_dbt(
        settings,
        "--log-level",
        "none",  # stdout belongs to the command line
        "build",
        "--exclude-resource-type",
        "unit_test",
        "--indirect-selection",
        "buildable",  # a test that also reads the other part waits for it
        "--select",
        *(select or PARTS[part]),
        on_event=_told(part, on_progress),
    )
    if result.result is None or not hasattr(result.result, "results"):
        raise RunError(f"dbt could not build {part}: {result.exception}")
    nodes = [node_outcome(each) for each in result.result.results]
    checks = [check_outcome(node) for node in nodes if node.kind == "test"]
    write_outcomes(settings, part, checks)
    return nodes


def _told(part: str, on_progress: Progress) -> OnEvent:
    def on_event(event: Any) -> None:
        if event.info.name in TOTALS:
            total = getattr(event.data, TOTALS[event.info.name])
            on_progress(f"dbt {part}", event.data.index, total)

    return on_event


def node_outcome(result: Any) -> NodeOutcome:
    """Dbt's result of one node in our words."""
    node = result.node
    table, columns = _subject(node)
    return NodeOutcome(
        unique_id=node.unique_id,
        name=node.name,
        kind=str(node.resource_type),
        layer=node.fqn[1] if len(node.fqn) > 2 else "reference",  # noqa: PLR2004 (project, folder, name)
        table_name=table,
        column_name=", ".join(columns),
        status=str(result.status),
        severity=str(getattr(node.config, "severity", "error")).lower(),
        seconds=result.execution_time,
        failures=result.failures or 0,
        message=result.message or "",
    )


def _subject(node: Any) -> tuple[str, list[str]]:
    """The table and the columns that a test is about, as its yml names them."""
    attached = getattr(node, "attached_node", None)
    if attached is None:
        return "", []
    named = node.test_metadata.kwargs.get("columns") or filter(None, [node.column_name])
    return attached.rsplit(".", 1)[-1], list(named)


def check_outcome(node: NodeOutcome) -> CheckOutcome:
    """A test's outcome as the night keeps it."""
    status = {"pass": "passed", "warn": "warned", "skipped": "skipped"}.get(node.status, "failed")
    return CheckOutcome(
        check_name=node.name,
        layer=node.layer,
        table_name=node.table_name,
        column_name=node.column_name,
        status=status,
        severity=node.severity,
        failures=node.failures,
        message="" if status == "passed" else node.message,
        checked_at=utc_now(),
    )


def broken(nodes: Sequence[NodeOutcome]) -> list[str]:
    """Names of models and tests that stop the night, with their reason."""
    return [
        f"{node.name}: {' '.join(node.message.split())}"
        for node in nodes
        if node.status in {"error", "fail", "runtime error"}
    ]
