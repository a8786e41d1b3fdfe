{{ config(materialized="table" if target.type == "spark" else "view") }}
with

    cycles as (select * from {{ ref("int_mql_cycles") }}),
    slas as (select * from {{ ref("int_sla_cycles") }}),
    dispositions as (select * from {{ ref("int_cycle_dispositions") }})

select
    -- keys
    cast(cycles.person_id as string) || '-' || cast(cycles.cycle_no as string) as mql_cycle_id,
    cycles.person_id,
    cast(cycles.cycle_no as bigint) as cycle_no,

    -- dimensions
    cycles.channel,
    cycles.source_group,
    cycles.segment,
    cycles.owner,
    cycles.opened_at,
    cycles.opened_date,
    cycles.closed_date,
    cycles.closer,
    {{ local_date("cycles.sql_at") }} as sql_date,
    cycles.is_inferred,

    -- first decision of sales
    dispositions.disposition,
    dispositions.disposition_date,
    -- Nobody must be named by what somebody typed.
    case
        when dispositions.disposition_reason like '%@%'
        then '(personal)'
        else dispositions.disposition_reason
    end as disposition_reason,

    -- first answer
    slas.first_response_at,
    case
        when slas.is_answered and slas.sla_status <> 'pre_contacted' then slas.elapsed_minutes
    end as elapsed_minutes,
    case
        when slas.is_answered and slas.sla_status <> 'pre_contacted' then slas.business_minutes
    end as business_minutes,
    slas.sla_version,
    slas.sla_minutes,
    slas.due_at,
    coalesce(slas.sla_status, 'not_measured') as sla_status
from cycles
left join slas on cycles.person_id = slas.person_id and cycles.cycle_no = slas.cycle_no
left join
    dispositions
    on cycles.person_id = dispositions.person_id
    and cycles.cycle_no = dispositions.cycle_no
