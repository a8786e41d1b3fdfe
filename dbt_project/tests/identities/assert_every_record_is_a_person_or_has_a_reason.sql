{{ config(meta={
    "identity": "F8",
    "owner": "data team",
    "remedy": "A CRM record is lost or doubled between the lake and the persons. Look at bridge_person_records for the"
        ~ " record or person shown, at kpi_identity for the source shown."
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
            count(person_id) as persons,
            count(exclusion_reason) as reasons
        from {{ ref("bridge_person_records") }}
        group by record_key
    ),

    -- How many records stand for a person, and whether the funnel knows the person.
    of_persons as (
        select person_id, count(case when fate = 'person' then 1 end) as standing, 0 as counted
        from {{ ref("bridge_person_records") }}
        where person_id is not null
        group by person_id
        union all
        select person_id, 0, 1
        from {{ ref("int_funnel_persons") }}
        where exclusion_reason is null
    ),

    sources as (
        select 'all sources' as what, sum(raw_records) as raw_records, sum(persons) as persons
        from {{ ref("kpi_identity") }}
        where source <> '(all)'
    )

select coalesce(landed.record_key, resolved.record_key) as what
from resolved
left join landed on resolved.record_key = landed.record_key
where resolved.fates <> 1 or resolved.persons + resolved.reasons <> 1
union all
select landed.record_key
from landed
left join resolved on landed.record_key = resolved.record_key
where resolved.record_key is null
union all
select cast(person_id as string)
from of_persons
group by person_id
having sum(standing) <> 1 or sum(counted) <> 1
union all
select source
from {{ ref("kpi_identity") }}
where
    raw_records - merged_records - converted_records - same_person_records - excluded_records
    <> persons
    or excluded_spam
    + excluded_test
    + excluded_employee
    + excluded_partner
    + excluded_existing_customer
    + excluded_not_yet_created
    + excluded_other
    <> excluded_records
union all
select sources.what
from sources
inner join {{ ref("kpi_identity") }} as total on total.source = '(all)'
where
    total.raw_records <> coalesce(sources.raw_records, 0)
    or total.persons <> coalesce(sources.persons, 0)
