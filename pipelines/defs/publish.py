"""Wiring of the published file and of the pages that read it.

What is published is in ``pipelines.lib.published_tables``; how, in ``pipelines.lib.publish``.
"""

from typing import TYPE_CHECKING

import dagster as dg

from pipelines.lib.manifest import Manifest
from pipelines.lib.published_tables import is_published
from pipelines.lib.translator import LayerTranslator, page_specs

if TYPE_CHECKING:
    from pipelines.lib.night import Night

DATABASE = dg.AssetKey(["published", "database"])
LANDED = dg.AssetKey(["landing", "statements"])  # so that its check guards the file too


def published_models(manifest: Manifest) -> list[dg.AssetKey]:
    """Keys of the models that go into the published file."""
    translator = LayerTranslator()
    keys = [
        translator.get_asset_spec(manifest, unique_id, None).key
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
    ]
    return [key for key in keys if is_published(*key.path)]


def definitions(manifest: Manifest) -> dg.Definitions:
    """The published file, after everything that it holds."""

    @dg.asset(
        key=DATABASE,
        deps=[LANDED, *published_models(manifest)],
        group_name="published",
        kinds={"duckdb"},
        required_resource_keys={"night"},
    )
    def database(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        """The read-only build that pages and SQL clients open, swapped in whole."""
        night: Night = context.resources.night
        return dg.MaterializeResult(metadata={"build_id": night.publish()})

    return dg.Definitions(assets=[database, *page_specs(manifest, DATABASE)])
