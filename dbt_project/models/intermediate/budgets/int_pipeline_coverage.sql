with

    periods as (
        select distinct grain, period, period_last_day
        from {{ ref("int_periods") }}
        where not is_complete
    ),

    targets as (
        select *
        from {{ ref("int_kpi_targets") }}
        where kpi = 'won' and variant = 'won_amount' and channel is null
    ),

    won as (select * from {{ ref("int_opportunity_counts") }} where dimension = ''),

    open_deals as (
        select
            deals.opportunity_id,
            {{ local_date("facts.closed_at") }} as due_date,
            amounts.reported_amount as amount
        from {{ ref("int_opportunities") }} as deals
        inner join
            {{ ref("int_opportunity_amounts") }} as amounts
            on deals.opportunity_id = amounts.opportunity_id
        left join
            {{ ref("int_deal_facts") }} as facts
            on deals.source = facts.source
            and deals.source_opportunity_id = facts.source_opportunity_id
        where deals.status = 'open' and deals.opportunity_type = 'new'
    )

select
    periods.grain,
    periods.period,
    targets.target,
    {{ money("coalesce(max(won.won_amount), 0)") }} as won_amount,
    {{ money("targets.target - coalesce(max(won.won_amount), 0)") }} as remaining_target,
    {{ money("coalesce(sum(open_deals.amount), 0)") }} as open_amount_due,
    cast(count(open_deals.opportunity_id) as bigint) as open_deals_due
from targets
inner join
    periods
    on targets.period_start = periods.period
    and targets.period_end = periods.period_last_day
left join won on periods.grain = won.grain and periods.period = won.period
left join open_deals on open_deals.due_date between targets.period_start and targets.period_end
group by periods.grain, periods.period, targets.target
