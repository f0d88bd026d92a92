"""What Dagster is given: lineage from source to page, one job, checks that block."""

import dagster as dg
import pytest

from pipelines.definitions import build_definitions
from pipelines.lib.published_tables import is_published
from xapi_ingest.landing.tables import TABLES
from xapi_ingest.settings import Settings

DATABASE = dg.AssetKey(["published", "database"])


@pytest.fixture(scope="module")
def definitions(tmp_path_factory) -> dg.Definitions:
    return build_definitions(Settings(home=tmp_path_factory.mktemp("definitions")))


@pytest.fixture(scope="module")
def specs(definitions) -> dict[dg.AssetKey, dg.AssetSpec]:
    return {spec.key: spec for spec in definitions.resolve_all_asset_specs()}


def above(specs, key: dg.AssetKey) -> set[dg.AssetKey]:
    """Everything that ``key`` is made from, near and far."""
    found: set[dg.AssetKey] = set()
    waiting = [key]
    while waiting:
        for dep in specs[waiting.pop()].deps:
            if dep.asset_key not in found:
                found.add(dep.asset_key)
                waiting.append(dep.asset_key)
    return found


def test_every_landing_table_is_an_asset_and_no_source_is_left_beside_it(specs):
    landing = {key.path[1] for key in specs if key.path[0] == "landing"}
    assert landing == set(TABLES)


def test_lineage_goes_from_the_landing_to_every_page(specs):
    pages = [key for key in specs if key.path[0] == "dashboards"]
    assert pages
    for page in pages:
        assert {DATABASE, dg.AssetKey(["landing", "statements"])} <= above(specs, page)


def test_the_published_file_comes_after_everything_in_it(specs):
    inside = {key for key in specs if key != DATABASE and is_published(*key.path)}
    assert inside <= above(specs, DATABASE)


def test_groups_are_layers_and_everything_is_described(specs):
    layers = {"landing", "reference", "staging", "intermediate", "marts"}
    layers |= {"metrics", "reports", "ops", "published", "dashboards"}
    for spec in specs.values():
        assert spec.group_name in layers, spec.key
        assert spec.description or spec.group_name == "intermediate", spec.key


def test_the_night_is_one_job_with_its_schedule_in_one_process(definitions):
    job = definitions.resolve_job_def("nightly")
    assert [
        step.name
        for step in job.nodes_in_topological_order
        if step.name in {"landing", "models", "reports"}
    ] == ["landing", "models", "reports"]
    assert definitions.resolve_schedule_def("nightly").cron_schedule == "0 2 * * *"
    assert definitions.executor is dg.in_process_executor


def test_the_guard_of_the_landing_and_the_tests_of_the_models_block(definitions):
    checks = {
        spec.key: spec
        for each in definitions.resolve_asset_graph().assets_defs
        for spec in each.check_specs
    }
    guard = dg.AssetCheckKey(dg.AssetKey(["landing", "statements"]), "new_batches_are_whole")
    assert checks[guard].blocking
    assert sum(spec.blocking for spec in checks.values()) > 50
    assert not [key for key in checks if key.name.startswith("test_")], "unit tests are for CI"
