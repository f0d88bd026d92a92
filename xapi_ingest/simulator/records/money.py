"""Finance and operations: the ledger, what a KPI is worth, the panel, tasks and their skills."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa

from xapi_ingest.simulator.kpis import HISTORY_WEEKS, KPIS, Kpi
from xapi_ingest.simulator.ledger import CURRENCY, PRICE_YEAR, UNIT_VALUES
from xapi_ingest.simulator.skills import TASKS
from xapi_ingest.simulator.world import World

Rows = Iterator[tuple[Any, ...]]

EXTERNAL: Final = frozenset({"acquisition", "facilitator", "travel", "technology"})
DIRECT: Final = frozenset({"acquisition", "delivery", "facilitator", "travel"})
GUARDRAILS: Final = frozenset({"absence", "overtime", "incidents"})
OVERHEAD_A_MONTH: Final = 21_000.0  # of the academy, for no programme
RANGE: Final = (0.6, 1.4)  # careful and bold, of a unit's worth


def tables(world: World) -> Iterator[tuple[str, Rows]]:
    """Every table of finance and operations that is known before the first week, with its rows."""
    yield "cost_ledger", _ledger(world)
    yield "unit_values", _unit_values(world)
    yield "exchange_rates", _exchange_rates(world)
    yield "kpis", _kpis()
    yield (
        "task_skills",
        (
            (task_id, name, skill_id, level)
            for task_id, name, _, levels in TASKS
            for skill_id, level in levels.items()
        ),
    )


def _ledger(world: World) -> Rows:
    for line in world.costs:
        yield (
            line.cost_id, "actual", line.incurred_on, line.category,
            "external" if line.category in EXTERNAL else "internal", line.category in DIRECT,
            f"{line.amount:.2f}", CURRENCY, PRICE_YEAR, line.programme_id, None, "company", None,
            None,
        )  # fmt: skip
    day, number = world.arguments.start.replace(day=28), 0
    while day <= world.arguments.sunday:
        number += 1
        yield (
            f"G{number:05d}", "actual", day, "support_overhead", "internal", False,
            f"{OVERHEAD_A_MONTH:.2f}", CURRENCY, PRICE_YEAR, None, None, "company", None, None,
        )  # fmt: skip
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=28)


def _unit_values(world: World) -> Rows:
    """Worth of one more case, spread over a team's mean week: what the panel's value counts in."""
    since = date(world.arguments.start.year, 4, 1)
    for panel in world.panels:
        worth = UNIT_VALUES[panel.kpi.kpi_id]
        if worth is None:
            continue
        unit = worth * _cases_in_one(panel.kpi, float(np.mean(panel.denominator)))
        low, high = (round(unit * factor, 2) for factor in RANGE)
        yield (
            panel.kpi.kpi_id, since, None, round(unit, 2), low, high, "week", CURRENCY, PRICE_YEAR,
            "finance", since, f"{worth:g} {CURRENCY} a case, at a team's mean week",
        )  # fmt: skip


def _cases_in_one(kpi: Kpi, denominator: float) -> float:
    """Cases a week that a team's value stands for when it goes up by 1."""
    return denominator / (100.0 if kpi.unit == "per_100_people" else 1.0)


def _exchange_rates(world: World) -> Rows:
    since = date(world.arguments.start.year, 1, 1)
    for code, rate in (("JPY", 0.0061), ("BRL", 0.171), ("USD", 0.92)):
        yield code, CURRENCY, since, None, rate


def _kpis() -> Rows:
    for kpi in KPIS:
        yield kpi.kpi_id, kpi.name, kpi.unit, kpi.direction, "mean", kpi.kpi_id in GUARDRAILS


def panels(world: World) -> Iterator[pa.Table]:
    """The KPI panel, one table of rows a KPI: it is long, so it is written by columns."""
    first = np.datetime64(world.arguments.start - timedelta(weeks=HISTORY_WEEKS), "D")
    names = np.array([row[0] for row in world.org.rows], dtype=object)
    for panel in world.panels:
        team, week = np.nonzero(panel.denominator)
        count = len(team)
        yield pa.table({
            "kpi_id": pa.repeat(panel.kpi.kpi_id, count),
            "subject_kind": pa.repeat("org_unit", count),
            "subject_id": pa.array(names[np.array(panel.teams)[team]]),
            "period_grain": pa.repeat("week", count),
            "period_start": pa.array(first + 7 * week),
            "value": panel.value[team, week].round(6),
            "numerator": panel.numerator[team, week],
            "denominator": panel.denominator[team, week],
        })  # fmt: skip
