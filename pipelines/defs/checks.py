"""Wiring of the checks on the landing, one step before the models.

The Great Expectations suite on new batches guards the warehouse; the share of rejected items only
warns. What they hold is in ``pipelines.lib.landing_suite`` and ``pipelines.lib.rejected_share``.
dbt's tests are checks of their models.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import dagster as dg

from pipelines.lib.landing_suite import is_blocking

if TYPE_CHECKING:
    from pipelines.lib.night import Night

WHOLE = dg.AssetCheckSpec(
    "new_batches_are_whole",
    asset=["landing", "statements"],
    description="What the files of each new batch hold is what its batch row promises.",
    blocking=True,
)
USUAL = dg.AssetCheckSpec(
    "rejected_share_has_not_jumped",
    asset=["landing", "rejected"],
    description="Each source's share of rejected items is what its own history makes plausible.",
)


@dg.multi_asset_check(name="landing_checks", specs=[WHOLE, USUAL], required_resource_keys={"night"})
def landing_checks(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
    """One metadata entry an expectation, so that a failure says which one."""
    night: Night = context.resources.night
    share = night.check_rejections()
    yield dg.AssetCheckResult(
        asset_key=USUAL.asset_key,
        check_name=USUAL.name,
        passed=share.status == "passed",
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"sources": share.failures, "message": share.message},
    )
    expected = night.check_landing()
    blocking = is_blocking(expected)
    yield dg.AssetCheckResult(
        asset_key=WHOLE.asset_key,
        check_name=WHOLE.name,
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
    """The checks of the landing."""
    return dg.Definitions(asset_checks=[landing_checks])
