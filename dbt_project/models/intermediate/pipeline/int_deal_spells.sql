with

    deals as (select * from {{ ref("int_all_opportunities") }}),

    reported as (
        select
            deals.opportunity_id,
            reports.status,
            greatest(reports.seen_at, deals.created_at) as seen_at,
            deals.status as final_status,
            max(
                case
                    when reports.status = 'open' then greatest(reports.seen_at, deals.created_at)
                end
            ) over (partition by deals.opportunity_id) as last_open_at
        from {{ ref("int_deal_status_reports") }} as reports
        inner join
            deals
            on reports.source = deals.source
            and reports.source_opportunity_id = deals.source_opportunity_id
        -- How the deal ended, and when, is the last word; what is seen later is only seen late.
        where
            {{ local_date("reports.seen_at") }} <= {{ as_of_date() }}
            and (deals.closed_at is null or reports.seen_at < deals.closed_at)
    ),

    entries as (
        select opportunity_id, 'open' as status, created_at as seen_at, 1 as entry_order
        from deals
        union all
        -- A loss that the final win overrules was one; a win seen before its close date is the win.
        select opportunity_id, status, seen_at, 2
        from reported
        where
            seen_at <= last_open_at
            or (final_status in ('won', 'lost') and status <> final_status)
            or (final_status = 'deleted' and status <> 'open')
        union all
        select opportunity_id, status, greatest(closed_at, created_at), 3
        from deals
        where status <> 'open'
    ),

    compared as (
        select
            entries.*,
            lag(status) over (
                partition by opportunity_id order by seen_at, entry_order, status
            ) as status_before
        from entries
    ),

    steps as (
        select
            opportunity_id,
            status,
            seen_at,
            lag(status) over (
                partition by opportunity_id order by seen_at, entry_order, status
            ) as status_before,
            lag(seen_at) over (
                partition by opportunity_id order by seen_at, entry_order, status
            ) as seen_before,
            lead(status) over (
                partition by opportunity_id order by seen_at, entry_order, status
            ) as status_after,
            row_number() over (
                partition by opportunity_id order by seen_at, entry_order, status
            ) as step_no
        from compared
        where status_before is null or status <> status_before
    )

-- Lost, then won with nothing between: it was opened again at that moment.
select
    opportunity_id,
    step_no as spell_no,
    case when step_no = 2 then 'created' else 'reopened' end as opened_by,
    case when status_before = 'open' then seen_before else seen_at end as opened_at,
    status as closed_by,
    seen_at as closed_at
from steps
where status <> 'open' and (status <> 'deleted' or status_before = 'open')
union all
select
    opportunity_id,
    step_no,
    case when step_no = 1 then 'created' else 'reopened' end,
    seen_at,
    cast(null as string),
    cast(null as timestamp)
from steps
where status = 'open' and status_after is null
