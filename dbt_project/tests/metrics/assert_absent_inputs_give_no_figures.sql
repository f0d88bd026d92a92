-- A metric whose inputs have not landed has no rows, and the catalogue names what is missing.
select
    catalogue.metric_id,
    catalogue.status
from {{ ref('metric_catalogue') }} as catalogue
left join {{ ref('metric_values') }} as figures on catalogue.metric_id = figures.metric_id
where
    (catalogue.status <> 'computed' and figures.metric_id is not null)
    or (catalogue.status <> 'computed' and length(catalogue.status) <= length('needs '))
    or (catalogue.status = 'computed' and not catalogue.is_implemented)
