with links as (select * from {{ ref("int_person_links") }}) {{ connected_components("links") }}
