{{ config(meta={
    "identity": "F2",
    "owner": "sales operations",
    "remedy": "The CRM shows a status that Duet does not know. Add a line with it, in lower case, to "
        ~ "dbt_project/seeds/stage_map.csv; map it to lead where it says nothing. Stages of the template "
        ~ "stage_events must be funnel stages or cycle closers of duet.yml."
}) }}

with

    shown as (
        select crm, field, value, count(*) as times
        from {{ ref("int_status_versions") }}
        group by 1, 2, 3
        union all
        select source, field, status_value, count(*)
        from {{ ref("int_deal_facts") }}
        -- Salesforce says itself which deals are closed and which are won.
        where source <> 'salesforce' and status_value is not null
        group by 1, 2, 3
    ),

    mapped as (select crm, field, value from {{ ref("stage_map") }})

select shown.*
from shown
left join
    mapped on shown.crm = mapped.crm and shown.field = mapped.field and shown.value = mapped.value
where mapped.value is null
union all
select 'template', 'stage', dated_stages.stage, count(*)
from {{ ref("int_dated_stages") }} as dated_stages
left join {{ ref("int_stages") }} as stages on dated_stages.stage = stages.stage
where dated_stages.source = 'template_stage_event' and stages.stage is null
group by 3
