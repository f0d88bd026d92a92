-- read = accepted + rejected, accepted = unique + duplicate + conflict, voided is within unique,
-- discarded within rejected
select source_name
from {{ ref('reconciliation') }}
where
    read_count <> accepted_count + rejected_count
    or accepted_count <> unique_count + duplicate_count + conflict_count
    or voided_count > unique_count
    or discarded_count > rejected_count
