"""How dbt's nodes appear in Dagster: key ``[schema, table]``, group = layer."""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject


class LayerTranslator(DagsterDbtTranslator):
    """Groups assets by layer. Keys are dbt's own: schema and name, source and table."""

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """The node of dbt as an asset of its layer."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        return spec.replace_attributes(group_name=spec.key.path[0])


def page_specs(manifest: Mapping[str, Any], published: dg.AssetKey) -> list[dg.AssetSpec]:
    """One asset a page: it reads the published file, and of it the reports that it names."""
    translator = LayerTranslator()
    return [
        dg.AssetSpec(
            key=["dashboards", exposure["name"]],
            deps=[
                published,
                *(
                    translator.get_asset_spec(manifest, node, None).key
                    for node in exposure["depends_on"]["nodes"]
                ),
            ],
            group_name="dashboards",
            description=exposure.get("description") or exposure.get("label"),
            kinds={"streamlit"},
        )
        for exposure in manifest["exposures"].values()
    ]
