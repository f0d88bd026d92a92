-- Every metric of the catalogue with what it is waiting for: `computed`, or the inputs that are missing.
with

landed as (

    select
        'statements' as input_name,
        count(*) > 0 as is_available
    from {{ ref('fct_statement_quality') }}
    union all
    select
        'stored times' as input_name,
        coalesce(sum(lateness_count), 0) > 0 as is_available
    from {{ ref('fct_statement_quality') }}
    union all
    select
        'reported durations' as input_name,
        coalesce(sum(duration_count), 0) > 0 as is_available
    from {{ ref('fct_statement_quality') }}
    union all
    select
        'employees' as input_name,
        count(*) > 0 as is_available
    from {{ ref('dim_learners') }}
    where is_resolved
    union all
    select
        'content_catalogue' as input_name,
        count(*) > 0 as is_available
    from {{ ref('dim_activities') }}
    where is_in_catalogue
    union all
    select
        'posts' as input_name,
        count(*) > 0 as is_available
    from {{ ref('fct_posts') }}
    union all
    select
        'registrations' as input_name,
        count(*) > 0 as is_available
    from {{ ref('fct_registrations') }}

),

needs as (
    {% for ordinal in range(1, 5) %}

        select
            metric_id,
            {{ ordinal }} as ordinal,
            split_part(needs_input, '; ', {{ ordinal }}) as input_name
        from {{ ref('ref_metrics') }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

missing as (

    select
        needs.metric_id,
        {{ dbt.listagg('needs.input_name', "', '", 'order by needs.ordinal') }} as missing_inputs
    from needs
    left join landed on needs.input_name = landed.input_name
    where needs.input_name <> '' and not coalesce(landed.is_available, false)
    group by needs.metric_id

)

select
    metrics.metric_id,
    metrics.name,
    metrics.question,
    metrics.formula,
    metrics.grain,
    metrics.unit,
    metrics.direction,
    metrics.evidence,
    metrics.caveat,
    metrics.source,
    metrics.component,
    metrics.needs_input,
    case
        when missing.missing_inputs is not null then 'needs ' || missing.missing_inputs
        when metrics.is_implemented then 'computed'
        else 'needs ' || replace(metrics.needs_input, '; ', ', ')
    end as status,
    metrics.is_implemented,
    metrics.is_people_metric,
    coalesce(metrics.minimum_cell, case when metrics.is_people_metric then {{ var('minimum_cell') }} end)
        as minimum_cell
from {{ ref('ref_metrics') }} as metrics
left join missing on metrics.metric_id = missing.metric_id
