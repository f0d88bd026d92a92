"""Rules that turn the figures of ``ops`` into the findings of the Data health page.

Like ``findings``: numbers in, sentences out; what cannot be known is said, never assumed well.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboards import formats
from dashboards.findings import Row
from dashboards.strings.catalogue import counted, text

Severity = Literal["bad", "unknown", "good"]
UNCLASSIFIED_BUDGET = 0.05  # D4


@dataclass(frozen=True)
class Finding:
    """One thing that the data-health page says first, with how much it matters."""

    severity: Severity
    sentence: str


def health_findings(  # noqa: PLR0913  (what the page asked, each by name)
    *,
    totals: Row,
    freshness: Sequence[Row],
    coverage: Sequence[Row],
    checks: Sequence[Row],
    refused: Sequence[Row],
    unclassified_share: float | None,
) -> list[Finding]:
    """What is wrong comes first, then what cannot be known, then what is well."""
    found = [
        *_checks(checks),
        *_freshness(freshness),
        *_rejections(totals),
        *_refused(refused),
        *_conflicts(totals),
        *_unclassified(unclassified_share),
        *_coverage(coverage),
    ]
    order: dict[str, int] = {"bad": 0, "unknown": 1, "good": 2}
    return sorted(found, key=lambda finding: order[finding.severity])


def health_headline(found: Sequence[Finding], totals: Row) -> str:
    """The heading of Data health: how much is counted, and how many things need care."""
    if not totals["read_count"]:
        return text("health.headline.nothing")
    bad = sum(finding.severity == "bad" for finding in found)
    key = "health.headline.well" if bad == 0 else "health.headline.care"
    return counted(key, bad, unique=formats.count(totals["unique_count"]))


def arrivals_gap(row: Row) -> str:
    """Why there is no trend of arrivals: too few days of receipt."""
    count = formats.count(row["received_count"])
    if row["day_count"] <= 1:
        return text(
            "health.arrivals.one_day", count=count, day=formats.day(row["last_received_date"])
        )
    return text(
        "health.arrivals.few_days",
        count=count,
        days=row["day_count"],
        first=formats.day(row["first_received_date"]),
        last=formats.day(row["last_received_date"]),
    )


def _checks(checks: Sequence[Row]) -> Iterator[Finding]:
    counts = Counter(row["status"] for row in checks)
    unhappy = {status: counts[status] for status in ("failed", "warned", "skipped")}
    if not checks:
        yield Finding("unknown", text("health.checks.none"))
    elif any(unhappy.values()):
        severity: Severity = "bad" if counts["failed"] or counts["warned"] else "unknown"
        yield Finding(severity, text("health.checks.unhappy", count=len(checks), **unhappy))
    else:
        yield Finding("good", text("health.checks.passed", count=len(checks)))


def _freshness(rows: Sequence[Row]) -> Iterator[Finding]:
    stale = [row["source_name"] for row in rows if row["is_stale"]]
    if stale:
        yield Finding("bad", text("health.stale", sources=", ".join(stale)))
    elif rows:
        yield Finding("good", counted("health.fresh", len(rows)))


def _rejections(totals: Row) -> Iterator[Finding]:
    read, discarded = totals["read_count"], totals["discarded_count"]
    rejected = totals["rejected_count"] - discarded
    if totals["replayed_count"] or discarded:
        words = text(
            "health.settled",
            replayed=formats.count(totals["replayed_count"]),
            discarded=formats.count(discarded),
        )
        yield Finding("good", words)
    if rejected:
        words = text(
            "health.found.rejected", rejected=formats.count(rejected), read=formats.count(read)
        )
        yield Finding("bad", words)
    elif read and not discarded:
        yield Finding("good", text("health.accepted", read=formats.count(read)))


def _refused(rows: Sequence[Row]) -> Iterator[Finding]:
    """One sentence a file: its places come as one row each."""
    files = {(row["source_name"], row["table_name"]): row for row in rows}
    for row in files.values():
        since = row["standing_since"]
        yield Finding(
            "bad",
            counted(
                "health.found.refused" if since else "health.found.refused.nothing",
                row["fault_count"],
                file=row["input_name"],
                source=row["source_name"],
                day=formats.day(row["refused_at"]),
                since=formats.day(since) if since else "",
            ),
        )


def _conflicts(totals: Row) -> Iterator[Finding]:
    if totals["conflict_count"]:
        words = formats.count(totals["conflict_count"])
        yield Finding("bad", text("health.conflicts", conflicts=words))


def _unclassified(value: float | None) -> Iterator[Finding]:
    if value is None:
        return
    key = "health.unclassified.over" if value > UNCLASSIFIED_BUDGET else "health.unclassified"
    words = text(key, share=formats.share(value), budget=formats.share(UNCLASSIFIED_BUDGET))
    yield Finding("bad" if value > UNCLASSIFIED_BUDGET else "good", words)


def _coverage(rows: Sequence[Row]) -> Iterator[Finding]:
    unknown = [row["source_name"] for row in rows if row["known_day_count"] < row["day_count"]]
    if unknown:
        words = counted("health.coverage.unknown", len(unknown), total=len(rows))
        yield Finding("unknown", words)
    elif rows:
        yield Finding("good", text("health.coverage.known", total=len(rows)))
