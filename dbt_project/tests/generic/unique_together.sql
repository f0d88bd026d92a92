{# The columns are the model's key: no two rows share them, and they are filled unless some may be empty. #}
{% test unique_together(model, columns, may_be_empty=false) %}
select {{ columns | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1{% if not may_be_empty %} or {{ columns | join(' is null or ') }} is null{% endif %}
{% endtest %}
