{{ config(materialized="view") }}
with

    new_deals as (
        select deals.*, deal_persons.key
        from {{ ref("int_deals") }} as deals
        inner join
            {{ ref("int_deal_persons") }} as deal_persons
            on deals.opportunity_id = deal_persons.opportunity_id
        -- An expansion or a renewal does not lead a customer through the funnel again.
        where deals.opportunity_type = 'new'
    ),

    told as (
        select
            record_no as key_no,
            'lead' as stage,
            created_at as entered_at,
            'timestamp' as evidence,
            source,
            cast(null as string) as reason,
            cast(null as string) as owner
        from {{ ref("int_records") }}
        union all
        select
            record_no, stage, entered_at, evidence, 'hubspot_contact', cast(null as string), owner
        from {{ ref("int_hubspot__stage_stamps") }}
        union all
        -- A record is a lead from its creation on; a status can only add what comes after.
        select
            changes.record_no,
            kinds.stage,
            changes.entered_at,
            kinds.evidence,
            kinds.crm || '_' || kinds.field,
            kinds.value,
            kinds.owner
        from {{ ref("int_status_changes") }} as changes
        inner join {{ ref("int_status_kinds") }} as kinds on changes.kind_no = kinds.kind_no
        where kinds.stage <> 'lead'
        union all
        select
            record_no,
            stage,
            entered_at,
            'inferred',
            'salesforce_conversion',
            cast(null as string),
            owner
        from {{ ref("int_salesforce__conversions") }}
        union all
        select
            {{ key_number("key") }},
            'opportunity',
            created_at,
            'timestamp',
            source || '_deal',
            cast(null as string),
            owner
        from new_deals
        union all
        select
            {{ key_number("key") }},
            status,
            greatest(closed_at, created_at),
            'timestamp',
            source || '_deal',
            cast(null as string),
            owner
        from new_deals
        where status <> 'open'
        union all
        -- A house may map a stage of its pipeline to the funnel; won, lost and opportunity are
        -- the deal's
        -- own.
        select
            {{ key_number("new_deals.key") }},
            entries.stage,
            entries.entered_at,
            'history',
            new_deals.source || '_deal_stage',
            entries.stage_value,
            new_deals.owner
        from new_deals
        inner join
            {{ ref("int_deal_stage_entries") }} as entries
            on new_deals.source = entries.source
            and new_deals.source_opportunity_id = entries.source_opportunity_id
        where entries.stage not in ('lead', 'opportunity', 'won', 'lost')
        union all
        select
            record_no,
            lower(trim(stage)),
            entered_at,
            'timestamp',
            'template_stage_event',
            reason,
            owner
        from {{ ref("int_template__stage_events") }}
    )

select
    key_no,
    -- Whoever is assigned to sales by a machine was handed over, not accepted.
    case
        when
            stage = 'sal'
            and lower(trim(reason)) in ({{ quoted(var("sla")["automatic_acceptance"]) }})
        then 'mql'
        else stage
    end as stage,
    entered_at,
    evidence,
    source,
    reason,
    owner
from told
