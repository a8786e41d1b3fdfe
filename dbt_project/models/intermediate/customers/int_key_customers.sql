{{ config(compared=true) }}

select keys.key_no, persons.customer_id
from {{ ref("int_person_keys") }} as keys
inner join {{ ref("int_persons") }} as persons on keys.person_id = persons.person_id
where persons.customer_id is not null
