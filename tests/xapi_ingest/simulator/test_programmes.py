"""What the programmes truly do is in the KPI panel, and can be found where the roll-out allows it.

Each estimate is the textbook one for the way of rolling out; its error comes from the panel itself.
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from xapi_ingest.simulator.arguments import Arguments
from xapi_ingest.simulator.kpis import HISTORY_WEEKS
from xapi_ingest.simulator.ledger import HOURLY_COST, HOURS_PER_PARTICIPANT
from xapi_ingest.simulator.programmes import CATALOGUE, NEVER, Effect
from xapi_ingest.simulator.skills import Knowledge
from xapi_ingest.simulator.world import make_world

WEEKS = 104


@pytest.fixture(scope="module")
def worlds():
    """Several companies: one draw of lots proves nothing."""
    return [make_world(Arguments(1200, WEEKS, seed, date(2026, 9, 27))) for seed in range(6)]


def rollout(world, programme_id):
    return next(r for r in world.rollouts if r.programme.programme_id == programme_id)


def panel(world, kpi_id):
    return next(p for p in world.panels if p.kpi.kpi_id == kpi_id)


def arm_of_teams(world, programme_id, kpi_id):
    """The arm of each team of a panel, by the people who were there at the roll-out."""
    arms = dict(zip(world.people.unit.tolist(), rollout(world, programme_id).arm, strict=True))
    return np.array([arms.get(team, "") for team in panel(world, kpi_id).teams])


def difference_in_differences(values, treated, launch):
    """Change of the treated teams less that of the others, from the half year before to the end."""
    before, after = slice(launch - 26, launch), slice(launch + 16, None)
    change = np.nanmean(values[:, after], axis=1) - np.nanmean(values[:, before], axis=1)
    return change[treated].mean() - change[~treated].mean()


def test_an_effect_comes_after_its_delay_and_halves_with_its_half_life():
    effect = Effect("x", 2.0, delay_weeks=2, ramp_weeks=4.0, half_life_weeks=10.0)
    course = effect.course(np.array([-1.0, 0.0, 2.0, 6.0, 12.0]))
    # after the delay: 1 − e^(−t/4), times 2^(−t/10); t = 4 and 10
    assert course.tolist() == pytest.approx(
        [0, 0, 0, 0.632121 * 0.757858, 0.917915 * 0.5], rel=1e-5
    )


def test_the_experiment_shows_its_true_effect(worlds):
    launch = HISTORY_WEEKS + WEEKS // 2
    errors = []
    for world in worlds:
        treated = arm_of_teams(world, "customer-first", "first_contact") == "treatment"
        shown = difference_in_differences(panel(world, "first_contact").value, treated, launch)
        added = panel(world, "first_contact").added["customer-first"]
        true = added[treated][:, launch + 16 :].mean() - added[~treated][:, launch + 16 :].mean()
        assert 0.02 < true < 0.055
        errors.append(shown - true)
    assert abs(np.mean(errors)) < 0.005  # unbiased; a single company is off by about 0.006


def test_the_null_programme_looks_good_to_whoever_compares_those_who_chose_it(worlds):
    for world in worlds:
        chosen = rollout(world, "data-fluent")
        kpi = panel(world, "plan_accuracy")
        assert not kpi.added["data-fluent"].any()
        share = np.array([
            np.mean(chosen.started[world.people.unit == team] != NEVER) for team in kpi.teams
        ])  # fmt: skip
        value = np.nanmean(kpi.value[:, -26:], axis=1)
        many = share > np.median(share)
        assert value[many].mean() - value[~many].mean() > 0.02


def test_the_programme_for_leaders_keeps_its_promise_and_harms_a_guardrail(worlds):
    for world in worlds:
        promised = panel(world, "schedule_kept").added["lead-first"][:, -1]
        harmed = panel(world, "absence").added["lead-first"][:, -1]
        assert promised.max() > 0.02
        assert harmed.max() > 0.008
        account = next(a for a in world.accounts if a.programme_id == "lead-first")
        assert account.benefit_by_kpi["schedule_kept"] > 0 > account.benefit_by_kpi["absence"]


def test_safety_works_for_production_alone(worlds):
    for world in worlds:
        kpi = panel(world, "incidents")
        family = np.array([world.org.role[world.org.parent[team]][0] for team in kpi.teams])
        added = kpi.added["safety-2026"][:, -1]
        assert (added[family == "Production"] < -0.2).all()
        others = added[(family != "Production")]
        assert np.abs(others).mean() < 0.03  # of people who came from Production


def test_nothing_is_added_before_anybody_has_started(worlds):
    for world in worlds:
        for kpi in world.panels:
            for added in kpi.added.values():
                assert not added[:, :HISTORY_WEEKS].any()


def test_arms_are_whole_teams_and_waves_begin_one_after_the_other(worlds):
    for world in worlds:
        for programme_id in ("customer-first", "lead-first"):
            arms = {}
            for unit, arm in zip(
                world.people.unit.tolist(), rollout(world, programme_id).arm, strict=True
            ):
                arms.setdefault(unit, set()).add(arm)
            assert all(len(found) == 1 for unit, found in arms.items() if unit in world.org.teams)
        waves = rollout(world, "lead-first")
        first = {a: min(waves.offered[np.array(waves.arm) == a]) for a in set(waves.arm) if a}
        assert first["wave-1"] < first["wave-2"] < first["wave-3"]
        assert first["not-yet"] == NEVER


def test_a_bad_quarter_is_followed_by_a_better_one_without_any_help(worlds):
    values = panel(worlds[0], "on_time").value[:, :HISTORY_WEEKS]
    quarters = values.reshape(len(values), -1, 13).mean(axis=2)
    own = quarters - quarters.mean(axis=1, keepdims=True)
    worst = own[:, :-1] < np.quantile(own, 0.1)
    assert own[:, 1:][worst].mean() > own[:, :-1][worst].mean() * 0.6


def test_the_ledger_adds_up_to_the_true_costs_and_holds_the_participants_time(worlds):
    world = worlds[0]
    for account in world.accounts:
        lines = [line for line in world.costs if line.programme_id == account.programme_id]
        assert sum(line.amount for line in lines) == pytest.approx(account.cost_amount)
        time = sum(line.amount for line in lines if line.category == "participant_time")
        assert time == pytest.approx(account.participants * HOURS_PER_PARTICIPANT * HOURLY_COST)
    assert [a.benefit_amount > a.cost_amount for a in world.accounts] == [False, False, False, True]


def test_truth_holds_every_effect_by_person_and_week_and_by_team(company):
    folder = company.out / "truth"
    files = company.truth["files"]
    people = pl.read_parquet(folder / files["person_effects"])
    teams = pl.read_parquet(folder / files["kpi_effects"])
    said = company.truth["programmes"]
    assert set(said) == {programme.programme_id for programme in CATALOGUE}
    assert said["data-fluent"]["effects"] == []
    for (programme_id, kpi_id), rows in people.group_by("programme_id", "kpi_id"):
        sizes = [e for e in said[programme_id]["effects"] if e["kpi_id"] == kpi_id]
        assert rows["effect"].abs().max() <= abs(sizes[0]["size_per_participant"])
        started = {
            p for p, r in said[programme_id]["people"].items() if r["started_week"] is not None
        }
        assert set(rows["employee_id"]) <= started
        column = f"added_by_{programme_id.replace('-', '_')}"
        assert teams.filter(pl.col("kpi_id") == kpi_id)[column].abs().max() > 0
    assert set(company.truth["money"]["programmes"]) == set(said)


def test_truth_holds_what_the_courses_did_to_skills_by_person_and_week(company):
    rows = pl.read_parquet(company.out / "truth" / company.truth["files"]["skill_effects"])
    said = company.truth["programmes"]
    assert set(rows["programme_id"]) == set(said)  # courses teach, even where no KPI follows
    for (programme_id, employee_id), weeks in rows.group_by("programme_id", "employee_id"):
        started = said[programme_id]["people"][employee_id]["started_week"]
        first = weeks["week_start_date"].min().isoformat()
        assert company.truth["weeks"].index(first) >= started
    assert rows["effect"].min() > 0
    assert (rows["effect"] < rows["level"]).all()


def test_knowledge_without_a_programme_leaves_out_its_sittings_alone():
    knowledge = Knowledge(*(np.array([[value]]) for value in (0.5, 0.4, -1, 0.5, 0.4)))
    nobody = np.array([0, 0]), np.array([0, 0])
    knowledge.learn(*nobody, 0.1, in_programme=np.array([False, True]))
    # 1 - 0.5 * 0.9 * 0.9, and 1 - 0.5 * 0.9
    assert knowledge.level[0, 0] == pytest.approx(0.595)
    assert knowledge.without[0, 0] == pytest.approx(0.55)
    knowledge.forget()
    kept = 2 ** (-1 / 52)
    assert knowledge.level[0, 0] == pytest.approx(0.4 + 0.195 * kept)
    assert knowledge.without[0, 0] == pytest.approx(0.4 + 0.15 * kept)
