with

    deals as (select * from {{ ref("int_deal_records") }}),
    deal_persons as (select * from {{ ref("int_deal_record_persons") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    excluded as (
        select opportunity_id
        from deal_persons
        group by opportunity_id
        having min(case when is_excluded then 1 else 0 end) = 1
    ),

    -- HubSpot gives a deal the source of the contact that it has known longest.
    contact_sources as (
        select
            deal_persons.opportunity_id,
            nullif(records.channel, '(unknown)') as channel,
            row_number() over (
                partition by deal_persons.opportunity_id
                order by records.created_at nulls last, records.record_key
            ) as oldest_first
        from deal_persons
        inner join
            {{ ref("int_hubspot__records") }} as records on deal_persons.key = records.record_key
    ),

    described as (
        select
            deals.*,
            {{ local_date("deals.stated_close_at") }} as close_date,
            case
                when deals.source = 'hubspot'
                then contact_sources.channel
                else nullif(deals.channel, '(unknown)')
            end as deal_channel,
            -- Won deals have the rate of the day that they closed on, open ones that of as_of.
            case
                when deals.status = 'won'
                then {{ local_date("deals.closed_at") }}
                else {{ as_of_date() }}
            end as rate_date
        from deals
        left join
            contact_sources
            on deals.opportunity_id = contact_sources.opportunity_id
            and contact_sources.oldest_first = 1
        left join excluded on deals.opportunity_id = excluded.opportunity_id
        where excluded.opportunity_id is null
    ),

    rated as (
        select described.*, {{ fx_rate("described.currency", "fx_days.rate") }} as fx_rate
        from described
        left join
            fx_days
            on described.currency = fx_days.currency
            and described.rate_date = fx_days.rate_date
    )

select
    source,
    opportunity_id,
    source_opportunity_id,
    external_id,
    account_key,
    created_at,
    updated_at,
    status as stage,
    amount,
    currency,
    fx_rate,
    {{ at_rate("amount", "fx_rate") }} as value,
    close_date,
    owner,
    deal_channel as channel
from rated
