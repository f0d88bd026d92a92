-- spellings of one IRI (scheme, trailing slash, schema/1.0) must fold to one code and class
select
    {{ fold_iri('verb_iri') }} as folded_iri,
    count(distinct verb_code) as code_count
from {{ ref('ref_verbs') }}
group by {{ fold_iri('verb_iri') }}
having count(distinct verb_code) > 1 or count(distinct verb_class) > 1

union all

select
    {{ fold_iri('activity_type_iri') }} as folded_iri,
    count(distinct activity_type_code) as code_count
from {{ ref('ref_activity_types') }}
group by {{ fold_iri('activity_type_iri') }}
having count(distinct activity_type_code) > 1 or count(distinct type_group) > 1
