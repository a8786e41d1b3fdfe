select distinct token as key, component_id as person_id from {{ ref("int_person_components") }}
