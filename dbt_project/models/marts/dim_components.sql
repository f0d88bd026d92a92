select
    component,
    component_title,
    metaphor,
    description,
    sort_order
from {{ ref('ref_components') }}
