{{ config(meta={
    "identity": "F8",
    "owner": "data team",
    "remedy": "A CRM record is lost or doubled between the lake and the persons. Look at int_person_records for the"
        ~ " record shown."
}) }}

with

    landed as (
        select contact_key as record_key
        from {{ ref("int_hubspot__contacts") }}
        union all
        select lead_key
        from {{ ref("int_salesforce__leads") }}
        union all
        select contact_key
        from {{ ref("int_salesforce__contacts") }}
        union all
        select person_key
        from {{ ref("int_template__people") }}
    ),

    resolved as (
        select
            record_key,
            count(*) as fates,
            sum(case when person_id is null then 1 else 0 end) as left_out,
            sum(case when exclusion_reason is null then 1 else 0 end) as counted
        from {{ ref("int_person_records") }}
        group by 1
    ),

    records as (
        select
            count(*) as records, count(person_id) as counted, count(distinct person_id) as persons
        from {{ ref("int_person_records") }}
    ),

    persons as (select count(*) as persons from {{ ref("int_persons") }} where not is_excluded)

select landed.record_key as what
from landed
left join resolved on landed.record_key = resolved.record_key
where
    resolved.record_key is null or resolved.fates <> 1 or resolved.left_out + resolved.counted <> 1
union all
select 'persons are not records - duplicates - left out'
from records
cross join persons
where records.persons <> persons.persons
