-- The contacts of a copy are contacts of the deal.
select distinct
    coalesce(copies.original_id, persons.opportunity_id) as opportunity_id,
    persons.key,
    persons.person_id,
    persons.first_created_at,
    persons.source_channel,
    persons.customer_id,
    persons.is_excluded
from {{ ref("int_deal_record_persons") }} as persons
left join {{ ref("int_deal_copies") }} as copies on persons.opportunity_id = copies.opportunity_id
