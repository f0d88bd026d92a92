"""The layers of the dbt project: who may read whom, and what each model must say and prove."""

from typing import Any

import pytest

# A layer and the layers that it may select from (architecture, chapter 6).
MAY_READ = {
    "staging": {"landing", "staging"},
    "intermediate": {"staging", "intermediate", "seeds"},
    "marts": {"staging", "intermediate", "marts", "seeds"},
    "metrics": {"staging", "marts", "metrics", "seeds"},
    "reports": {"staging", "marts", "metrics", "reports", "seeds"},
    "ops": {"staging", "marts", "metrics", "seeds"},
}
KEY_TESTS = {"unique", "unique_together"}


def layer_of(node: dict[str, Any]) -> str:
    if node["resource_type"] == "source":
        return str(node["source_name"])
    return "seeds" if node["resource_type"] == "seed" else str(node["fqn"][1])


@pytest.fixture(scope="module")
def models(manifest):
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


@pytest.fixture(scope="module")
def tested(manifest):
    """Names of generic tests by the model to which each is attached."""
    found: dict[str, set[str]] = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node"):
            found.setdefault(node["attached_node"], set()).add(node["test_metadata"]["name"])
    return found


def test_models_reach_down_one_layer_only(manifest, models):
    everything = {**manifest["nodes"], **manifest["sources"]}
    wrong = [
        f"{model['name']} reads {everything[parent]['name']}"
        for model in models
        for parent in model["depends_on"]["nodes"]
        if layer_of(everything[parent]) not in MAY_READ[layer_of(model)]
    ]
    assert not wrong


def test_only_staging_reads_the_landing(models):
    assert [m["name"] for m in models if layer_of(m) == "staging"], "no staging models"
    assert all(m["name"].startswith("stg_landing__") for m in models if layer_of(m) == "staging")


def test_every_model_says_what_one_row_is(manifest, models):
    seeds = [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]
    assert not [
        n["name"] for n in [*models, *seeds] if not n["description"].startswith("One row per ")
    ]


def test_every_column_has_a_description(models):
    missing = [
        f"{model['name']}.{column}"
        for model in models
        for column, described in model["columns"].items()
        if not described["description"].strip()
    ]
    assert not missing
    assert not [model["name"] for model in models if not model["columns"]]


@pytest.mark.parametrize("layer", ["marts", "ops", "reports", "metrics"])
def test_what_others_rely_on_has_a_contract(models, layer):
    assert not [
        m["name"]
        for m in models
        if layer_of(m) == layer and not m["config"]["contract"]["enforced"]
    ]


def test_every_mart_proves_its_key_and_its_behaviour(manifest, models, tested):
    unit_tested = {unit["model"] for unit in manifest["unit_tests"].values()}
    marts = [m for m in models if layer_of(m) == "marts"]
    assert marts
    assert not [m["name"] for m in marts if not tested.get(m["unique_id"], set()) & KEY_TESTS]
    assert not [m["name"] for m in marts if m["name"] not in unit_tested]


def test_no_model_looks_at_the_wall_clock(models):
    assert not [
        m["name"]
        for m in models
        if "current_timestamp" in m["raw_code"] or "now()" in m["raw_code"]
    ]
