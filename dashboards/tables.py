"""The tables of the Data health page: published rows under words, one function a table."""

import polars as pl

from dashboards import formats
from dashboards.check_names import as_words, check_words
from dashboards.frames import titled, worded
from dashboards.strings.catalogue import code_text, text


def reconciliation_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Read = accepted + rejected; accepted = unique + duplicates + conflicts."""
    parts = ["read", "accepted", "rejected", "replayed", "discarded"]
    parts += ["unique", "duplicate", "conflict", "voided"]
    return titled(rows, ["source_name", *(f"{part}_count" for part in parts)])


def freshness_table(rows: pl.DataFrame) -> pl.DataFrame:
    """When each source last delivered."""
    shaped = worded(rows, "is_stale", lambda old: _choice("stale", answer=old), "state")
    shaped = worded(shaped, "hours_since_loaded", formats.length, "age")
    return titled(shaped, ["source_name", "state", "age", "last_loaded_at", "last_occurred_at"])


def coverage_table(rows: pl.DataFrame) -> pl.DataFrame:
    """What each source sent; without its own count, coverage is unknown and never full."""
    shaped = worded(rows, "coverage", formats.share, "coverage")
    return titled(
        shaped,
        ["source_name", "coverage", "received_count", "day_count", "last_received_date"],
    )


def event_times_table(rows: pl.DataFrame) -> pl.DataFrame:
    """How many statements say when they happened, and how many of those cannot be or came late."""
    shaped = worded(rows, "lateness_p50_hours", formats.length, "lateness_p50")
    shaped = worded(shaped, "lateness_p95_hours", formats.length, "lateness_p95")
    counts = ["stated_count", "future_count", "too_early_count", "late_count"]
    return titled(shaped, ["source_name", *counts, "lateness_p50", "lateness_p95"])


def rejection_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Which rule refused how many, what has become of them, and where it first happened."""
    shaped = rows.with_columns(demand="message", open_count="rejected_count")
    columns = ["open_count", "replayed_count", "discarded_count", "source_name", "rule_id"]
    columns += ["demand", "clause", "remedy"]
    return titled(shaped, [*columns, "first_input_name", "first_position", "last_loaded_at"])


def refused_table(rows: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with each reference file that was refused, and what stands meanwhile."""
    shaped = worded(rows, "table_name", as_words, "table_name")
    columns = ["table_name", "source_name", "input_name", "line_number", "column_name"]
    return titled(
        shaped, [*columns, "message", "remedy", "rule_id", "refused_at", "standing_since"]
    )


def quality_table(rows: pl.DataFrame) -> pl.DataFrame:
    """The newest figure of each data-quality metric: one row per metric, one column per source."""
    found = rows.to_dicts()
    table = pl.DataFrame(
        {
            text("column.metric"): [_metric(row) for row in found],
            "source": [_source(row["source_name"]) for row in found],
            "value": [_quality_value(row["value"], row["unit"]) for row in found],
        },
        schema_overrides={"value": pl.String},
    )
    return table.pivot(
        "source", index=text("column.metric"), values="value", aggregate_function="first"
    )


def classification_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Which rule placed how many events in which component."""
    shaped = worded(rows, "event_share", formats.share, "event_share")
    shaped = shaped.with_columns(rule_note="note", rule_code="rule_id")
    columns = ["component_title", "rule_note", "event_count", "event_share", "rule_code"]
    return titled(shaped, columns)


def unmapped_table(rows: pl.DataFrame) -> pl.DataFrame:
    """What arrived without a row in the vocabulary; here the address itself is the finding."""
    shaped = worded(rows, "kind", lambda code: code_text("kind", code), "kind")
    return titled(shaped, ["kind", "iri", "source_name", "statement_count"])


def input_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Which inputs have landed."""
    shaped = worded(
        rows, "is_available", lambda is_there: _choice("input", answer=is_there), "state"
    )
    shaped = worded(shaped, "table_name", as_words, "table_name")
    return titled(shaped, ["table_name", "state", "source_count", "row_count", "last_loaded_at"])


def check_table(rows: pl.DataFrame) -> pl.DataFrame:
    """What each check of the last run claims, of what, and what came of it; failures first."""
    shaped = worded(rows, "status", lambda code: code_text("status", code), "status")
    about = rows.select("check_name", "table_name", "column_name").iter_rows()
    shaped = shaped.with_columns(
        pl.Series("claim", [check_words(*each) for each in about], pl.String),
        checked_table="table_name",
        checked_column="column_name",
    )
    columns = ["layer", "checked_table", "checked_column", "claim", "failures", "message"]
    return titled(shaped, ["status", *columns])


def run_table(rows: pl.DataFrame) -> pl.DataFrame:
    """The last runs."""
    shaped = worded(rows, "status", lambda code: code_text("status", code), "status")
    shaped = shaped.with_columns(pl.col("seconds").round(1))
    return titled(shaped, ["started_at", "status", "as_of", "seconds", "code_version"])


def _choice(group: str, *, answer: bool | None) -> str:
    return text("value.unknown") if answer is None else text(f"{group}.{'yes' if answer else 'no'}")


def _source(source_name: str) -> str:
    return text("health.all_sources") if source_name == "all" else source_name


def _metric(row: dict[str, object]) -> str:
    name, measure = str(row["name"]), str(row["measure"])
    if measure == "value":
        return name
    return text("quality.of", metric=name, measure=code_text("quality", measure).lower())


def _quality_value(value: float | None, unit: str | None) -> str:
    if value is None:
        return text("value.unknown")
    return (
        text("value.hours", value=formats.number(value, digits=1))
        if unit == "hours"
        else formats.share(value)
    )
