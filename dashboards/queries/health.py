"""What the Data health page asks of ``ops`` and the data-quality metrics."""

import polars as pl

from dashboards.published import query

QUALITY_METRICS = ("DQ02", "DQ03", "DQ04", "DQ05", "DQ06", "DQ07")


def freshness() -> pl.DataFrame:
    """One row per source: when it last sent something."""
    return query(
        """
        select source_name, last_loaded_at, last_occurred_at, hours_since_loaded, is_stale
        from ops.freshness
        order by is_stale desc, source_name
        """
    )


def reconciliation() -> pl.DataFrame:
    """One row per source: read = accepted + rejected; accepted = unique + duplicate + conflict."""
    return query(
        """
        select
            source_name, read_count, accepted_count, rejected_count, replayed_count,
            discarded_count, unique_count, duplicate_count, conflict_count, voided_count
        from ops.reconciliation
        order by source_name
        """
    )


def totals() -> pl.DataFrame:
    """One row: the reconciliation over all sources."""
    return query(
        """
        select
            count(*) as source_count,
            coalesce(sum(read_count), 0)::bigint as read_count,
            coalesce(sum(accepted_count), 0)::bigint as accepted_count,
            coalesce(sum(rejected_count), 0)::bigint as rejected_count,
            coalesce(sum(replayed_count), 0)::bigint as replayed_count,
            coalesce(sum(discarded_count), 0)::bigint as discarded_count,
            coalesce(sum(unique_count), 0)::bigint as unique_count,
            coalesce(sum(duplicate_count), 0)::bigint as duplicate_count,
            coalesce(sum(conflict_count), 0)::bigint as conflict_count,
            coalesce(sum(voided_count), 0)::bigint as voided_count
        from ops.reconciliation
        """
    )


def event_times() -> pl.DataFrame:
    """One row per source: statements that say a time that cannot be true, and that came late."""
    return query(
        """
        select
            source_name, stated_count, future_count, too_early_count, late_count,
            lateness_p50_hours, lateness_p95_hours
        from ops.event_times
        order by future_count + too_early_count desc, source_name
        """
    )


def coverage() -> pl.DataFrame:
    """One row per source and full week of receipt: what came, and what the source says it sent."""
    return query(
        """
        select
            source_name,
            cast(date_trunc('week', received_date) as date) as received_week,
            sum(received_count)::bigint as received_count,
            case when count(expected_count) = count(*) then sum(expected_count)::bigint end
                as expected_count
        from ops.coverage
        where date_trunc('week', received_date) + interval 7 day
            <= (select max(as_of) from ops.build)
        group by source_name, received_week
        order by source_name, received_week
        """
    )


def arrivals() -> pl.DataFrame:
    """One row: how many statements arrived, on how many days, from when to when."""
    return query(
        """
        select
            coalesce(sum(received_count), 0)::bigint as received_count,
            count(distinct received_date) as day_count,
            min(received_date) as first_received_date,
            max(received_date) as last_received_date
        from ops.coverage
        """
    )


def coverage_by_source() -> pl.DataFrame:
    """One row per source: days with and without a count to compare with."""
    return query(
        """
        select
            source_name,
            count(*) as day_count,
            count(expected_count) as known_day_count,
            sum(received_count)::bigint as received_count,
            case when count(expected_count) = count(*) and sum(expected_count) > 0
                then sum(received_count) / sum(expected_count)
            end as coverage,
            max(received_date) as last_received_date
        from ops.coverage
        group by source_name
        order by source_name
        """
    )


def rejections() -> pl.DataFrame:
    """One row per source and rule, the most frequent first."""
    return query(
        """
        select
            source_name, rejected_count, replayed_count, discarded_count, rule_id, clause, message,
            remedy, first_input_name, first_position, last_loaded_at
        from ops.rejections
        order by rejected_count desc, source_name, rule_id
        """
    )


def classification() -> pl.DataFrame:
    """One row per rule that placed any event, the most used first."""
    return query(
        """
        select
            rules.component, components.component_title, rules.rule_id, rules.note,
            rules.event_count, rules.event_share, rules.rule_version
        from ops.classification as rules
        left join marts.dim_components as components on rules.component = components.component
        where rules.event_count > 0
        order by rules.event_count desc
        """
    )


def unclassified_share() -> pl.DataFrame:
    """One row: the share of events that no rule places; null when there are no events."""
    return query(
        """
        select
            case when count(*) > 0 then
                coalesce(sum(event_share) filter (component = 'unclassified'), 0)
            end as event_share,
            coalesce(sum(event_count) filter (component = 'unclassified'), 0)::bigint
                as event_count
        from ops.classification
        """
    )


def unmapped() -> pl.DataFrame:
    """One row per verb or activity type without a map row."""
    return query(
        """
        select kind, iri, source_name, statement_count
        from ops.unmapped_iris
        order by statement_count desc, iri
        limit 50
        """
    )


def inputs() -> pl.DataFrame:
    """One row per input table: whether anything has landed in it."""
    return query(
        """
        select table_name, is_available, source_count, row_count, last_loaded_at
        from ops.inputs
        order by is_available, table_name
        """
    )


def refused_files() -> pl.DataFrame:
    """One row per place of each reference file that was refused and not yet sent again in order."""
    return query(
        """
        select
            table_name, source_name, input_name, refused_at, standing_since, fault_count,
            line_number, column_name, rule_id, message, remedy
        from ops.refused_files
        order by refused_at desc, source_name, table_name, position
        """
    )


def checks() -> pl.DataFrame:
    """One row per check of the last run, failures first."""
    return query(
        """
        select
            check_name, layer, table_name, column_name, status, severity, failures, message,
            checked_at
        from ops.checks
        order by
            case status when 'failed' then 1 when 'warned' then 2 when 'skipped' then 3 else 4 end,
            failures desc nulls last,
            check_name
        """
    )


def runs() -> pl.DataFrame:
    """The last ten runs, newest first."""
    return query(
        """
        select started_at, finished_at, status, as_of, seconds, code_version
        from ops.runs
        order by started_at desc
        limit 10
        """
    )


def quality_metrics() -> pl.DataFrame:
    """One row per source and data-quality metric: its newest period."""
    return query(
        """
        select
            quality.metric_id, catalogue.name, quality.measure, quality.subject_key as source_name,
            quality.period_start, quality.period_grain, quality.value, quality.numerator,
            quality.denominator, quality.unit
        from metrics.metric_values as quality
        left join metrics.metric_catalogue as catalogue
            on quality.metric_id = catalogue.metric_id
        where list_contains(string_split($metric_ids, ' '), quality.metric_id)
        qualify row_number() over (
            partition by quality.metric_id, quality.measure, quality.subject_key
            order by quality.period_start desc
        ) = 1
        order by quality.metric_id, quality.measure, quality.subject_key
        """,
        metric_ids=" ".join(QUALITY_METRICS),
    )
