with

    deals as (select * from {{ ref("int_all_opportunities") }}),
    amounts as (select * from {{ ref("int_deal_amounts") }}),
    rates as (select * from {{ ref("int_fx_days") }}),

    reopened as (
        select
            opportunity_id,
            sum(case when opened_by = 'reopened' then 1 else 0 end) as times_reopened
        from {{ ref("int_deal_spells") }}
        group by opportunity_id
    ),

    rated as (
        select
            deals.opportunity_id,
            deals.created_date,
            coalesce(deals.closed_date, {{ as_of_date() }}) as amount_date,
            first_amounts.amount as amount_at_creation,
            first_amounts.evidence as amount_at_creation_evidence,
            last_amounts.amount,
            {{ fx_rate("deals.currency", "created_rates.rate") }} as created_rate,
            {{ fx_rate("deals.currency", "amount_rates.rate") }} as amount_rate,
            cast(coalesce(reopened.times_reopened, 0) as bigint) as times_reopened
        from deals
        left join
            amounts as first_amounts
            on deals.opportunity_id = first_amounts.opportunity_id
            and first_amounts.version_no = 1
        left join
            amounts as last_amounts
            on deals.opportunity_id = last_amounts.opportunity_id
            and last_amounts.valid_before is null
        left join reopened on deals.opportunity_id = reopened.opportunity_id
        left join
            rates as created_rates
            on deals.currency = created_rates.currency
            and deals.created_date = created_rates.rate_date
        left join
            rates as amount_rates
            on deals.currency = amount_rates.currency
            and coalesce(deals.closed_date, {{ as_of_date() }}) = amount_rates.rate_date
    )

select
    opportunity_id,
    created_date,
    amount_date,
    amount_at_creation,
    coalesce(amount_at_creation_evidence, 'missing') as amount_at_creation_evidence,
    amount,
    created_rate,
    amount_rate,
    {{ at_rate("amount_at_creation", "created_rate") }} as reported_amount_at_creation,
    {{ at_rate("amount", "amount_rate") }} as reported_amount,
    times_reopened
from rated
