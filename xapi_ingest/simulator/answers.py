"""The answer key beside the counts: careers, identities, programmes, effects, money.

``as_sections`` is what ``truth.json`` says about the world; ``write_effects`` writes the tables
that are too long for it: by team and week what each KPI would have been and what each programme
added, and by person and week what each programme adds to that person's contribution.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.simulator.emitters.moodle import item_difficulty, item_discrimination
from xapi_ingest.simulator.kpis import HISTORY_WEEKS, Panel
from xapi_ingest.simulator.ledger import CURRENCY, PRICE_YEAR
from xapi_ingest.simulator.programmes import NEVER, Rollout
from xapi_ingest.simulator.records.voices import MODES, true_minutes
from xapi_ingest.simulator.skill_effects import SKILLS_FILE
from xapi_ingest.simulator.world import World

PANEL_FILE: Final = "kpi_effects.parquet"  # KPI × team × week
PEOPLE_FILE: Final = "person_effects.parquet"  # programme × KPI × person × week


def as_sections(world: World) -> dict[str, Any]:
    """What is known about the world, by subject, as JSON can hold it."""
    return {
        "identities": world.identities.as_dict(world.people),
        "careers": _careers(world),
        "feeds": world.feeds.as_dict(world.clock),
        "time_use": _time_use(world),
        "items": _items(world),
        "programmes": {r.programme.programme_id: _programme(world, r) for r in world.rollouts},
        "money": {
            "currency_code": CURRENCY,
            "price_year": PRICE_YEAR,
            "programmes": {
                account.programme_id: {
                    "participants": account.participants,
                    "cost_amount": account.cost_amount,
                    "benefit_amount": account.benefit_amount,
                    "benefit_by_kpi": account.benefit_by_kpi,
                    "roi": round(account.roi, 4),
                }
                for account in world.accounts
            },
        },
        "files": {
            "kpi_effects": PANEL_FILE,
            "person_effects": PEOPLE_FILE,
            "skill_effects": SKILLS_FILE,
        },
    }


def _time_use(world: World) -> dict[str, Any]:
    """What people truly spend on learning in a week, in minutes, whoever sees it."""
    minutes = true_minutes(world).mean(axis=0)
    return {
        "minutes_a_person_and_week": dict(zip(MODES, minutes.round(2).tolist(), strict=True)),
        "mix": dict(zip(MODES, (minutes / minutes.sum()).round(4).tolist(), strict=True)),
    }


def _items(world: World) -> dict[str, Any]:
    """Difficulty and discrimination of every question, by its address."""
    iris = world.shelves["quiz"].iri
    difficulty, slope = item_difficulty(len(iris)), item_discrimination(len(iris))
    return {
        f"{iri}/question/{n + 1}": {
            "difficulty": round(float(difficulty[quiz, n]), 4),
            "discrimination": round(float(slope[quiz, n]), 4),
        }
        for quiz, iri in enumerate(iris)
        for n in range(difficulty.shape[1])
    }


def _careers(world: World) -> dict[str, Any]:
    careers, people, org = world.careers, world.people, world.org
    moved = np.flatnonzero(~np.isnat(careers.transfer_date)).tolist()
    return {
        "transfers": [
            {
                "employee_id": people.employee_id[n],
                "date": str(careers.transfer_date[n]),
                "from": org.rows[int(people.unit[n])][0],
                "to": org.rows[int(careers.later_unit[n])][0],
            }
            for n in moved
        ],
        "leaves": [
            {
                "employee_id": people.employee_id[leave.person],
                "kind": leave.kind,
                "first_date": str(leave.first),
                "last_date": str(leave.last),
            }
            for leave in careers.leaves
        ],
        "reorganisation": {
            "dissolved_org_unit_id": org.rows[careers.dissolved][0],
            "absorbing_org_unit_id": org.rows[careers.absorbing][0],
            "date": str(careers.reorganised),
        },
    }


def _programme(world: World, rollout: Rollout) -> dict[str, Any]:
    """How it was rolled out, what it truly does, and what it came to on average."""
    programme, people = rollout.programme, world.people
    return {
        "name": programme.name,
        "rollout": programme.rollout,
        "assigned_by": rollout.assigned_by,
        "kpi_id": programme.kpi_id,
        "guardrail_ids": list(programme.guardrail_ids),
        "skill_id": programme.skill_id,
        "effects": [
            {
                "kpi_id": effect.kpi_id,
                "size_per_participant": effect.size,
                "delay_weeks": effect.delay_weeks,
                "ramp_weeks": effect.ramp_weeks,
                "half_life_weeks": effect.half_life_weeks or None,
                "only_role_family": effect.role_family,
            }
            for effect in programme.effects
        ],
        "people": {
            people.employee_id[n]: {
                "arm": rollout.arm[n],
                "offered_week": _week(rollout.offered[n]),
                "started_week": _week(rollout.started[n]),
            }
            for n in range(people.employee_count)
            if rollout.arm[n]
        },
    }


def _week(number: int) -> int | None:
    return None if number == NEVER else int(number)


def write_effects(folder: Path, world: World) -> None:
    """Write ``PANEL_FILE`` and ``PEOPLE_FILE`` into ``folder``."""
    parts = [_panel_table(world, panel) for panel in world.panels]
    pq.write_table(pa.concat_tables(parts), folder / PANEL_FILE, compression="zstd")
    schema = pa.schema([
        ("programme_id", pa.string()), ("kpi_id", pa.string()), ("employee_id", pa.string()),
        ("week_start_date", pa.date32()), ("effect", pa.float64()),
    ])  # fmt: skip
    with pq.ParquetWriter(folder / PEOPLE_FILE, schema, compression="zstd") as writer:
        for table in _person_tables(world, schema):
            writer.write_table(table)


def _panel_table(world: World, panel: Panel) -> pa.Table:
    """Long form: one row per team and week of the panel, history included."""
    teams, weeks = panel.numerator.shape
    first = np.datetime64(world.arguments.start - timedelta(weeks=HISTORY_WEEKS), "D")
    names = [world.org.rows[team][0] for team in panel.teams]
    columns: dict[str, Any] = {
        "kpi_id": pa.array([panel.kpi.kpi_id]).take(pa.array(np.zeros(teams * weeks, np.int64))),
        "org_unit_id": pa.array(names).take(pa.array(np.repeat(np.arange(teams), weeks))),
        "week_start_date": pa.array(np.tile(first + 7 * np.arange(weeks), teams)),
        "expected_without_programmes": panel.expected.ravel(),
    }
    for programme_id, added in panel.added.items():
        columns[f"added_by_{programme_id.replace('-', '_')}"] = added.ravel()
    return pa.table(columns)


def _person_tables(world: World, schema: pa.Schema) -> Iterator[pa.Table]:
    """One table per programme and effect: people whom it reaches, from the start of it on."""
    weeks = world.arguments.weeks
    monday = np.datetime64(world.arguments.start, "D")
    for rollout in world.rollouts:
        for effect in rollout.programme.effects:
            each = np.stack(
                [rollout.effect_on(effect, world.people, week) for week in range(weeks)], axis=1
            )
            person, week = np.nonzero(each)
            count = len(person)
            yield pa.table(
                {
                    "programme_id": [rollout.programme.programme_id] * count,
                    "kpi_id": [effect.kpi_id] * count,
                    "employee_id": [world.people.employee_id[n] for n in person.tolist()],
                    "week_start_date": pa.array(monday + 7 * week),
                    "effect": each[person, week],
                },
                schema=schema,
            )
