"""Whether a source's share of rejected items has jumped, held against its own history.

The newest day on which a source delivered is compared with the days before it. It has jumped if
the lowest share that the newest items make plausible lies above the highest that the earlier ones
do (95 % intervals of Wilson, 1927, that do not overlap), and the rise is worth a look. Few items
give wide intervals, so a small delivery does not cry wolf; without a history nothing is said. What
was replayed since counts as accepted, so a mended rule or mapping ends the warning.
"""

from datetime import datetime
from math import sqrt
from typing import Any, Final

import duckdb
import msgspec

from pipelines.lib.clock import utc_now
from pipelines.lib.landing_batches import table_files
from pipelines.lib.outcomes import CheckOutcome
from xapi_ingest.errors import LandingError
from xapi_ingest.settings import Settings

CHECK_NAME: Final = "landing_rejected_share_has_not_jumped"
_Z: Final = 1.96

SHARES_SQL = """
with marks as (
    from (
        from read_parquet($batches, union_by_name = true, hive_partitioning = false)
        union all by name
        select null::bigint as replayed_count where false
    )
    where -- the batches that stg_landing__batches takes
        $cut_at is null
        or loaded_at + to_microseconds((coalesce(ingest_seconds, 0) * 1000000)::bigint) <= $cut_at
),

batches as (
    select batch_id, source_name, loaded_at, cast(loaded_at as date) as loaded_date, read_count
    from marks
    where table_name = 'statements' and coalesce(replayed_count, 0) = 0
),

newest as (
    select source_name, max(loaded_date) as newest_date
    from batches
    group by source_name
),

compared as (
    select
        batches.*,
        newest.newest_date,
        batches.loaded_date = newest.newest_date as is_newest
    from batches
    inner join newest using (source_name)
    where batches.loaded_date >= newest.newest_date - to_days(cast($days as integer))
),

replayed as (
    select resolutions.rejected_batch_id as batch_id, resolutions.rejected_position as position
    from read_parquet($resolutions, union_by_name = true, hive_partitioning = false) as resolutions
    inner join marks
        on resolutions.batch_id = marks.batch_id and resolutions.loaded_at = marks.loaded_at
    where resolutions.action = 'replayed'
),

rejected as (
    select
        compared.source_name, rejected.first_rule_id as rule_id,
        count(*) filter (compared.is_newest) as newest_count,
        count(*) filter (not compared.is_newest) as earlier_count
    from read_parquet($rejected, union_by_name = true, hive_partitioning = false) as rejected
    inner join compared
        on rejected.batch_id = compared.batch_id and rejected.loaded_at = compared.loaded_at
    anti join replayed
        on rejected.batch_id = replayed.batch_id and rejected.position = replayed.position
    group by all
),

read_items as (
    select
        source_name, any_value(newest_date) as newest_date,
        coalesce(sum(read_count) filter (is_newest), 0)::bigint as newest_read,
        coalesce(sum(read_count) filter (not is_newest), 0)::bigint as earlier_read
    from compared
    group by source_name
)

select
    read_items.source_name, read_items.newest_date::varchar as newest_date,
    read_items.newest_read, read_items.earlier_read,
    rejected.rule_id, coalesce(rejected.newest_count, 0) as newest_count,
    coalesce(rejected.earlier_count, 0) as earlier_count
from read_items
left join rejected using (source_name)
order by read_items.source_name, rejected.rule_id
"""


class RuleShare(msgspec.Struct, kw_only=True):
    """Items that one rule was the first to reject, on the newest day and before."""

    rule_id: str
    newest_count: int
    earlier_count: int


class SourceShare(msgspec.Struct, kw_only=True):
    """What a source delivered on its newest day and before, and what was rejected of it."""

    source_name: str
    newest_date: str
    newest_read: int
    earlier_read: int
    rules: list[RuleShare] = msgspec.field(default_factory=list)

    @property
    def newest_count(self) -> int:
        """Items rejected on the newest day."""
        return sum(rule.newest_count for rule in self.rules)

    @property
    def earlier_count(self) -> int:
        """Items rejected on the days before."""
        return sum(rule.earlier_count for rule in self.rules)


def shares(settings: Settings, cut_at: datetime | None = None) -> list[SourceShare]:
    """One comparison per source of statements, over the batches committed by ``cut_at``.

    Raises:
        LandingError: A file of the landing cannot be read; names it.
    """
    parameters = {
        table: table_files(settings, table) for table in ("batches", "rejected", "resolutions")
    }
    try:
        with duckdb.connect() as connection:
            cursor = connection.execute(
                SHARES_SQL,
                parameters | {"days": settings.rejected_window_days, "cut_at": cut_at},
            )
            rows: list[tuple[Any, ...]] = cursor.fetchall()
    except duckdb.Error as error:
        raise LandingError(
            f"The landing cannot be read: {error}",
            remedy="Restore the file that it names, or remove it and ingest its export again.",
        ) from error
    found: dict[str, SourceShare] = {}
    for name, day, newest_read, earlier_read, rule_id, newest, earlier in rows:
        share = found.setdefault(
            name,
            SourceShare(
                source_name=name,
                newest_date=day,
                newest_read=newest_read,
                earlier_read=earlier_read,
            ),
        )
        if rule_id is not None:
            rule = RuleShare(rule_id=rule_id, newest_count=newest, earlier_count=earlier)
            share.rules.append(rule)
    return list(found.values())


def wilson(count: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share of ``count`` in ``n`` (Wilson, 1927); ``n`` is above 0."""
    share, square = count / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def has_jumped(share: SourceShare, settings: Settings) -> bool:
    """Whether the newest share of rejected items is beyond what the days before make plausible."""
    if min(share.newest_read, share.earlier_read) < settings.rejected_least_items:
        return False
    rise = share.newest_count / share.newest_read - share.earlier_count / share.earlier_read
    lowest_now, _ = wilson(share.newest_count, share.newest_read)
    _, highest_before = wilson(share.earlier_count, share.earlier_read)
    return rise >= settings.rejected_least_rise and lowest_now > highest_before


def sentence(share: SourceShare, settings: Settings) -> str:
    """Source, shares before and now with their numbers, and the rule that rose most."""
    rule = max(
        share.rules,
        key=lambda one: (
            one.newest_count / share.newest_read - one.earlier_count / share.earlier_read
        ),
    )
    return (
        f"{share.source_name}: {_part(share.newest_count, share.newest_read)} rejected on "
        f"{share.newest_date}, before {_part(share.earlier_count, share.earlier_read)} in "
        f"{settings.rejected_window_days} days; most of the rise by {rule.rule_id} "
        f"({_part(rule.newest_count, share.newest_read)}, before "
        f"{_part(rule.earlier_count, share.earlier_read)})."
    )


def outcome(found: list[SourceShare], settings: Settings) -> CheckOutcome:
    """The comparison of all sources as one check that warns and stops nothing."""
    jumped = [share for share in found if has_jumped(share, settings)]
    told = " ".join(sentence(share, settings) for share in jumped)
    basis = (
        f" Compared with {settings.rejected_window_days} days; at least "
        f"{settings.rejected_least_items} items then and now, a rise of at least "
        f"{settings.rejected_least_rise:.1%}, 95 % intervals apart."
    )
    return CheckOutcome(
        check_name=CHECK_NAME,
        layer="landing",
        table_name="rejected",
        column_name="first_rule_id",
        status="warned" if jumped else "passed",
        severity="warn",
        failures=len(jumped),
        message=told + basis if jumped else "",
        checked_at=utc_now(),
    )


def _part(count: int, n: int) -> str:
    return f"{count:,} of {n:,} ({count / n:.1%})"
