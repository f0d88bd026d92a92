"""Wiring of the landing's tables: one step ingests the inbox and sets the run's clock.

What is done is in ``pipelines.lib.night``.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import dagster as dg

from pipelines.lib.clock import as_of_from_text
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.tables import TABLES

if TYPE_CHECKING:
    from pipelines.lib.night import Night

DESCRIPTIONS = {
    "statements": "One row per accepted statement as delivered.",
    "rejected": "One row per statement or file part that was refused, with every reason.",
    "resolutions": "One row per rejected item and settling: replayed, discarded, taken back.",
    "batches": "One row per landed batch; its presence commits the batch.",
    "runs": "One row per night, with its clock.",
    "refusals": "One row per fault of a reference file that was refused.",
    **{name: f"{each.rows} As delivered." for name, each in CONTRACTS.items()},
}


class LandingConfig(dg.Config):
    """What can be said of one night when it is launched."""

    as_of: str | None = None


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["landing", table],
            group_name="landing",
            kinds={"parquet"},
            description=DESCRIPTIONS.get(table),
        )
        for table in TABLES
    ],
    required_resource_keys={"night"},
)
def landing(
    context: dg.AssetExecutionContext, config: LandingConfig
) -> Iterator[dg.MaterializeResult[None]]:
    """Ingest the inbox; write the clock; count what stands in each table."""
    night: Night = context.resources.night
    as_of = as_of_from_text(config.as_of) if config.as_of else None
    for table, rows in night.land(as_of).items():
        yield dg.MaterializeResult(
            asset_key=["landing", table], metadata={"dagster/row_count": rows}
        )


def definitions() -> dg.Definitions:
    """The landing."""
    return dg.Definitions(assets=[landing])
