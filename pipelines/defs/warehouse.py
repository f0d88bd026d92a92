"""Wiring of the dbt project: two groups of assets, with room for analysis between them.

``models`` goes up to the marts; analysis reads those and lands its results; ``reports`` reads both.
How dbt is called is in ``pipelines.lib.build``.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import dagster as dg
from dagster_dbt import dbt_assets

from pipelines.lib.build import PARTS, NodeOutcome
from pipelines.lib.manifest import Manifest
from pipelines.lib.translator import LayerTranslator

if TYPE_CHECKING:
    from pipelines.lib.night import Night

Result = dg.MaterializeResult[None] | dg.AssetCheckResult


def part_assets(manifest: Manifest, part: str) -> dg.AssetsDefinition:
    """The assets of one part of the dbt project, with its tests as their checks."""
    translator = LayerTranslator()

    @dbt_assets(
        manifest=manifest,
        select=" ".join(PARTS[part]),
        exclude="resource_type:unit_test",
        name=part,
        dagster_dbt_translator=translator,
        required_resource_keys={"night"},
    )
    def build(context: dg.AssetExecutionContext) -> Iterator[Result]:
        night: Night = context.resources.night
        nodes = night.build(part, _selected(context, manifest, translator))
        checks = {key.to_user_string(): key for key in context.selected_asset_check_keys}
        by_name = {key.name: key for key in checks.values()}
        for node in nodes:
            yield from _results(node, translator, manifest, by_name)
        if night.run.failures:
            raise dg.Failure(description="\n".join(night.run.failures), allow_retries=False)

    return build


def _selected(
    context: dg.AssetExecutionContext, manifest: Manifest, translator: LayerTranslator
) -> list[str]:
    """Names of what a person picked in the web UI; empty when it is the whole part."""
    if not context.is_subset:
        return []
    wanted = context.selected_asset_keys
    return [
        ".".join(node["fqn"])
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] in {"model", "seed"}
        and translator.get_asset_spec(manifest, unique_id, None).key in wanted
    ]


def _results(
    node: NodeOutcome,
    translator: LayerTranslator,
    manifest: Manifest,
    checks: dict[str, dg.AssetCheckKey],
) -> Iterator[Result]:
    metadata: dict[str, Any] = {"seconds": node.seconds, "message": node.message}
    if node.kind in {"model", "seed"} and node.status == "success":
        key = translator.get_asset_spec(manifest, node.unique_id, None).key
        yield dg.MaterializeResult(asset_key=key, metadata=metadata)
    elif node.name in checks and node.status != "skipped":
        is_warning = node.severity == "warn" or node.status == "warn"
        yield dg.AssetCheckResult(
            asset_key=checks[node.name].asset_key,
            check_name=node.name,
            passed=node.status == "pass",
            severity=dg.AssetCheckSeverity.WARN if is_warning else dg.AssetCheckSeverity.ERROR,
            metadata=metadata | {"failures": node.failures},
        )


def definitions(manifest: Manifest) -> dg.Definitions:
    """Both parts."""
    return dg.Definitions(assets=[part_assets(manifest, part) for part in PARTS])
