"""Wiring of the check that guards the warehouse: the Great Expectations suite on new batches.

The suite is data in ``pipelines.lib.landing_suite``. dbt's tests are checks of their models.
"""

from typing import TYPE_CHECKING

import dagster as dg

from pipelines.lib.landing_suite import is_blocking

if TYPE_CHECKING:
    from pipelines.lib.night import Night


@dg.asset_check(
    asset=["landing", "statements"],
    name="new_batches_are_whole",
    description="What the files of each new batch hold is what its batch row promises.",
    blocking=True,
    required_resource_keys={"night"},
)
def new_batches_are_whole(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """One metadata entry an expectation, so that a failure says which one."""
    night: Night = context.resources.night
    expected = night.check_landing()
    blocking = is_blocking(expected)
    return dg.AssetCheckResult(
        passed=all(each.is_met for each in expected),
        severity=dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN,
        metadata={
            "new_statements": night.run.statements_new,
            **{
                each.claim: "holds"
                if each.is_met
                else f"{each.severity}: {each.batch_count} batches, {', '.join(each.examples)}"
                for each in expected
            },
        },
    )


def definitions() -> dg.Definitions:
    """The guard of the landing."""
    return dg.Definitions(asset_checks=[new_batches_are_whole])
