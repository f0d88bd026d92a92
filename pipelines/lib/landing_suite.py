"""The Great Expectations suite on new batches of the landing. Data first, then how it is run.

An expectation says what must hold for one row of ``landing_batches``. Its severity decides what a
failure does: ``critical`` stops the night, ``warning`` is shown and the night goes on.
"""

import logging
from collections.abc import Iterator
from typing import Any

import msgspec
import pandas as pd

from pipelines.lib.clock import utc_now
from pipelines.lib.outcomes import CheckOutcome

NONE_ALLOWED = {
    "statement_ids_are_uuids": ("bad_id_count", "critical", "statement_id"),
    "fingerprints_are_present": ("missing_fingerprint_count", "critical", "fingerprint"),
    "instants_are_present": ("missing_instant_count", "critical", "occurred_at, loaded_at"),
    "verbs_are_iris": ("bad_verb_count", "critical", "verb_iri"),
    "originals_are_kept": ("missing_original_count", "critical", "statement_json"),
    "positions_are_distinct": ("repeated_position_count", "critical", "batch_id, position"),
    # A sender's clock may be wrong; that is no reason to leave the company without its night.
    "nothing_happens_in_the_future": ("future_count", "warning", "occurred_at"),
}
"""Claim → the column that counts its offenders, the severity, the columns of ``statements``."""

EQUAL = {
    "accepted_rows_are_in_the_file": ("accepted_count", "statement_rows", "critical"),
    "rejected_rows_are_in_the_file": ("rejected_count", "rejected_rows", "critical"),
    "read_is_accepted_and_rejected": ("read_count", "accounted_count", "critical"),
}
"""Claim → the column of ``batches`` and the other that it must agree with, and the severity."""


class Expected(msgspec.Struct, kw_only=True):
    """What one expectation found: in how many batches it failed, and in which."""

    claim: str
    severity: str
    is_met: bool
    batch_count: int
    examples: list[str]


def validate(batches: pd.DataFrame) -> list[Expected]:
    """Run the suite over one row per batch. No batches: every claim holds."""
    if batches.empty:
        return [
            Expected(claim=claim, severity=severity, is_met=True, batch_count=0, examples=[])
            for claim, severity in _severities()
        ]
    # 5 s of imports, and most starts have nothing to check
    import great_expectations as gx  # noqa: PLC0415
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("landing").add_dataframe_asset("new_batches")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": batches})
    result = batch.validate(_suite(gx), result_format={"result_format": "COMPLETE"})
    return [_expected(each, batches) for each in result.results]


def _severities() -> Iterator[tuple[str, str]]:
    yield from ((claim, severity) for claim, (_, severity, _) in NONE_ALLOWED.items())
    yield from ((claim, severity) for claim, (_, _, severity) in EQUAL.items())


def _suite(gx: Any) -> Any:
    expectations: list[Any] = [
        gx.expectations.ExpectColumnValuesToBeBetween(
            column=column, min_value=0, max_value=0, severity=severity, meta={"claim": claim}
        )
        for claim, (column, severity, _) in NONE_ALLOWED.items()
    ]
    expectations += [
        gx.expectations.ExpectColumnPairValuesToBeEqual(
            column_A=left, column_B=right, severity=severity, meta={"claim": claim}
        )
        for claim, (left, right, severity) in EQUAL.items()
    ]
    return gx.ExpectationSuite(name="new_batches", expectations=expectations)


def _expected(result: Any, batches: pd.DataFrame) -> Expected:
    config = result.expectation_config
    rows = result.result.get("unexpected_index_list") or []
    named = batches.iloc[list(rows)][["source_name", "input_name"]].itertuples(index=False)
    return Expected(
        claim=config.meta["claim"],
        severity=str(getattr(config.severity, "value", config.severity)),
        is_met=bool(result.success),
        batch_count=len(rows),
        examples=[f"{row.source_name}/{row.input_name}" for row in named][:5],
    )


def is_blocking(expected: list[Expected]) -> bool:
    """Whether something that failed stops the night."""
    return any(not each.is_met and each.severity == "critical" for each in expected)


def outcome(each: Expected) -> CheckOutcome:
    """One expectation as the night keeps it."""
    severity = "error" if each.severity == "critical" else "warn"
    status = "passed" if each.is_met else {"error": "failed", "warn": "warned"}[severity]
    is_of_rows = each.claim in NONE_ALLOWED
    return CheckOutcome(
        check_name=f"landing_{each.claim}",
        layer="landing",
        table_name="statements" if is_of_rows else "batches",
        column_name=NONE_ALLOWED[each.claim][2] if is_of_rows else EQUAL[each.claim][0],
        status=status,
        severity=severity,
        failures=each.batch_count,
        message="" if each.is_met else f"Not so in {', '.join(each.examples)}.",
        checked_at=utc_now(),
    )
