{# Instants are UTC in plain timestamp columns; what engines disagree on about them stands here. #}

{# A UTC instant as wall-clock time of an IANA time zone. #}
{% macro to_local(instant, time_zone) %}{{ return(adapter.dispatch('to_local')(instant, time_zone)) }}{% endmacro %}
{% macro default__to_local(instant, time_zone) %}from_utc_timestamp({{ instant }}, {{ time_zone }}){% endmacro %}
{% macro duckdb__to_local(instant, time_zone) %}timezone({{ time_zone }}, timezone('UTC', {{ instant }})){% endmacro %}

{# The time zone where the engine knows it, else null: a misspelt one must not stop the night. #}
{% macro known_time_zone(time_zone) %}{{ return(adapter.dispatch('known_time_zone')(time_zone)) }}{% endmacro %}
{% macro default__known_time_zone(time_zone) %}{{ time_zone }}{% endmacro %}
{% macro duckdb__known_time_zone(time_zone) -%}
    case when {{ time_zone }} in (select name from pg_timezone_names()) then {{ time_zone }} end
{%- endmacro %}

{# Seconds from one instant to another, with fractions. #}
{% macro seconds_between(earlier, later) %}{{ return(adapter.dispatch('seconds_between')(earlier, later)) }}{% endmacro %}
{% macro default__seconds_between(earlier, later) %}((unix_micros({{ later }}) - unix_micros({{ earlier }})) / 1000000.0){% endmacro %}
{% macro duckdb__seconds_between(earlier, later) %}((epoch_us({{ later }}) - epoch_us({{ earlier }})) / 1000000.0){% endmacro %}

{# Monday 1 … Sunday 7. #}
{% macro iso_weekday(day) %}{{ return(adapter.dispatch('iso_weekday')(day)) }}{% endmacro %}
{% macro default__iso_weekday(day) %}(weekday({{ day }}) + 1){% endmacro %}
{% macro duckdb__iso_weekday(day) %}isodow({{ day }}){% endmacro %}

{# The date n working days (Monday to Friday) after a day; a day of the weekend counts as its Friday. #}
{% macro working_days_after(day, n) -%}
    {%- set weekday = 'least(5, ' ~ iso_weekday(day) ~ ')' -%}
    {%- set friday_offset = 'greatest(0, ' ~ iso_weekday(day) ~ ' - 5)' -%}
    date_add({{ day }}, cast({{ n }} - {{ friday_offset }} + 2 * floor(({{ weekday }} - 1 + {{ n }}) / 5) as int))
{%- endmacro %}

{# Whole days from one date to another. #}
{% macro days_between(earlier, later) %}{{ return(adapter.dispatch('days_between')(earlier, later)) }}{% endmacro %}
{% macro default__days_between(earlier, later) %}datediff({{ later }}, {{ earlier }}){% endmacro %}
{% macro duckdb__days_between(earlier, later) %}date_diff('day', {{ earlier }}, {{ later }}){% endmacro %}
