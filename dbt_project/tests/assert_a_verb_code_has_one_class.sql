-- whatever spelling an emitter chose, the verb means the same
select verb_code
from {{ ref('ref_verbs') }}
group by verb_code
having count(distinct verb_class) > 1 or count(distinct verb_name) > 1
