{% set running -%}
    (
        partition by dimension, member, currency order by date_day
        rows between unbounded preceding and current row
    )
{%- endset %}
with

    flows as (select * from {{ ref("int_pipeline_flows") }}),
    calendar as (
        select date_day from {{ ref("int_calendar_days") }} where date_day <= {{ as_of_date() }}
    ),

    -- Each cut and currency from its first deal on; the total, in the reporting currency, from the
    -- first day of the calendar on.
    beginnings as (
        select dimension, member, currency, min(change_date) as first_day
        from flows
        where not (dimension = '' and currency = '{{ var("reporting_currency") }}')
        group by dimension, member, currency
        union all
        select '', '', '{{ var("reporting_currency") }}', min(date_day)
        from calendar
    ),

    days as (
        select
            beginnings.dimension,
            beginnings.member,
            beginnings.currency,
            calendar.date_day,
            {%- for change in pipeline_changes() %}
                coalesce(flows.{{ change }}, 0) as {{ change }},
            {%- endfor %}
            coalesce(flows.total, 0) as total,
            coalesce(flows.deals, 0) as deals,
            {{ fx_rate("beginnings.currency", "rates.rate") }} as fx_rate
        from beginnings
        inner join calendar on calendar.date_day >= beginnings.first_day
        left join
            flows
            on beginnings.dimension = flows.dimension
            and beginnings.member = flows.member
            and beginnings.currency = flows.currency
            and calendar.date_day = flows.change_date
        left join
            {{ ref("int_fx_days") }} as rates
            on beginnings.currency = rates.currency
            and calendar.date_day = rates.rate_date
    ),

    stocks as (
        select
            days.*,
            sum(total) over {{ running }} as open_amount,
            sum(deals) over {{ running }} as open_deals,
            lag(fx_rate) over (
                partition by dimension, member, currency order by date_day
            ) as rate_before
        from days
    )

select
    dimension,
    member,
    currency,
    date_day,
    {%- for change in pipeline_changes() %}
        cast({{ change }} as decimal(20, 6)) as {{ change }},
    {%- endfor %}
    cast(open_amount - total as decimal(20, 6)) as open_amount_before,
    cast(open_amount as decimal(20, 6)) as open_amount,
    cast(open_deals - deals as bigint) as open_deals_before,
    cast(open_deals as bigint) as open_deals,
    rate_before,
    fx_rate
from stocks
