select distinct token_no as key_no, component_id as person_id
from {{ ref("int_person_components") }}
