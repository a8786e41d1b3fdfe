with

    hubspot_contacts as (
        select deal_id, contact_keys
        from {{ ref("int_hubspot__deals") }}
        where contact_keys is not null
    ),

    links as (
        select 'salesforce:' || converted_opportunity_id as opportunity_id, lead_key as key
        from {{ ref("int_salesforce__leads") }}
        where converted_opportunity_id is not null
        union all
        select 'hubspot:' || deal_id, part
        from {{ split_rows("hubspot_contacts", "contact_keys") }}
        union all
        select 'hubspot:' || deal_id, contact_key
        from {{ ref("stg_hubspot__deal_contacts") }}
        union all
        select 'pipedrive:' || deal_id, email_key
        from {{ ref("int_pipedrive__deals") }}
        where email_key is not null
        union all
        select 'template:' || opportunity_id, person_key
        from {{ ref("int_template__opportunities") }}
        where person_key is not null
    )

select distinct
    links.opportunity_id,
    links.key,
    person_keys.person_id,
    persons.first_created_at,
    persons.source_channel,
    persons.customer_id,
    persons.is_excluded
from links
inner join
    {{ ref("int_person_keys") }} as person_keys
    on {{ key_number("links.key") }} = person_keys.key_no
inner join {{ ref("int_persons") }} as persons on person_keys.person_id = persons.person_id
