with

    persons as (select * from {{ ref("int_funnel_persons") }}),
    stages as (select * from {{ ref("int_person_stages") }}),

    stage_dates as (
        select
            person_id,
            max(case when stage = 'lead' then reached_date end) as lead_date,
            max(case when stage = 'mql' then reached_date end) as mql_date,
            max(case when stage = 'sal' then reached_date end) as sal_date,
            max(case when stage = 'sql' then reached_date end) as sql_date,
            max(case when stage = 'opportunity' then reached_date end) as opportunity_date,
            max(case when stage = 'won' then reached_date end) as won_date
        from stages
        group by person_id
    )

select
    -- keys
    persons.person_id,
    persons.customer_id,

    -- dimensions
    persons.first_seen_date,
    persons.channel as source_channel,
    persons.source_group,
    persons.segment,
    persons.exclusion_reason is not null as is_excluded,
    persons.exclusion_reason,

    -- stages
    stage_dates.lead_date,
    stage_dates.mql_date,
    stage_dates.sal_date,
    stage_dates.sql_date,
    stage_dates.opportunity_date,
    stage_dates.won_date
from persons
left join stage_dates on persons.person_id = stage_dates.person_id
where coalesce(persons.exclusion_reason, '') <> 'not_yet_created'
