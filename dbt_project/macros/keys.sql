{# Our own keys and the folding of IRIs: one spelling for the whole project. #}

{# A surrogate key: md5 over the parts. #}
{% macro surrogate_key(parts) %}md5({{ parts | join(" || '|' || ") }}){% endmacro %}

{# One spelling of an IRI: without scheme and trailing slash, activitystrea.ms without schema/1.0 (D3). #}
{% macro fold_iri(expression) -%}
    trim(trailing '/' from replace(replace(replace({{ expression }},
        'https://', ''), 'http://', ''), 'activitystrea.ms/schema/1.0/', 'activitystrea.ms/'))
{%- endmacro %}

{# The clock: as_of of the newest run. Every window is measured from it, never from the wall clock. #}
{% macro as_of() %}(select max_by(as_of, started_at) from {{ ref('stg_landing__runs') }}){% endmacro %}

{# True for an instant that can be true: not before earliest_date and not after as_of. #}
{% macro is_plausible_instant(instant) -%}
    coalesce(
        {{ instant }} >= timestamp '{{ var("earliest_date") }} 00:00:00' and {{ instant }} <= {{ as_of() }}, true
    )
{%- endmacro %}
