with

    amounts as (select * from {{ ref("int_deal_amounts") }}),
    spells as (select * from {{ ref("int_deal_spells") }}),

    crossings as (
        select opportunity_id, spell_no, opened_by as change, opened_at as changed_at, 1 as deals
        from spells
        union all
        select opportunity_id, spell_no, closed_by, closed_at, -1
        from spells
        where closed_by is not null
    ),

    changes as (
        select
            crossings.opportunity_id,
            crossings.spell_no * 2 + case when crossings.deals > 0 then 0 else 1 end as change_no,
            crossings.change,
            crossings.changed_at,
            crossings.deals,
            crossings.deals * amounts.amount as amount
        from crossings
        left join
            amounts
            on crossings.opportunity_id = amounts.opportunity_id
            and crossings.changed_at >= amounts.valid_from
            and (amounts.valid_before is null or crossings.changed_at < amounts.valid_before)
        union all
        -- At the moment of a win the new amount is in force already.
        select
            amounts.opportunity_id,
            - amounts.version_no,
            'amount_changed',
            amounts.valid_from,
            0,
            amounts.amount - amounts.amount_before
        from amounts
        inner join
            spells
            on amounts.opportunity_id = spells.opportunity_id
            and amounts.valid_from > spells.opened_at
            and (spells.closed_at is null or amounts.valid_from <= spells.closed_at)
        where amounts.version_no > 1
    )

select
    changes.opportunity_id,
    changes.change_no,
    changes.change,
    changes.changed_at,
    {{ local_date("changes.changed_at") }} as change_date,
    changes.deals,
    cast(changes.amount as decimal(20, 6)) as amount,
    deals.currency,
    deals.opportunity_type,
    {{ prefixed("deals", funnel_attributes()) }},
    {{ fx_rate("deals.currency", "rates.rate") }} as fx_rate
from changes
inner join
    {{ ref("int_all_opportunities") }} as deals on changes.opportunity_id = deals.opportunity_id
left join
    {{ ref("int_fx_days") }} as rates
    on deals.currency = rates.currency
    and {{ local_date("changes.changed_at") }} = rates.rate_date
