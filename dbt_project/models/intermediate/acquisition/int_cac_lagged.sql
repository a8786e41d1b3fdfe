{% set costs = ["media_spend", "loaded_cost"] %}
with

    months as (select * from {{ ref("int_cac_months") }}),

    needed as (
        select
            month,
            'lagged' as kind,
            {{ var("cac")["lag_periods"] }} as lag_months,
            1 as part,
            1 as whole
        from months
        union all
        select
            months.month,
            'distributed',
            weights.lag_months,
            weights.customers,
            weights.customers_of_quarter
        from months
        inner join
            {{ ref("int_lag_weights") }} as weights
            on weights.quarter = {{ period_start("quarter", "months.month") }}
    ),

    -- A month that needs one for which no cost is known does not know its own.
    carried as (
        select
            needed.month,
            needed.kind,
            {%- for cost in costs %}
                case
                    when count(case when spent.cost_rows > 0 then 1 end) = count(*)
                    then
                        {{
                            ratio(
                                "sum(cast(spent." ~ cost ~ " as decimal(18, 6)) * cast(needed.part as decimal(10, 0)))",
                                "max(needed.whole)"
                            )
                        }}
                end as {{ cost }}
                {% if not loop.last %},{% endif %}
            {%- endfor %}
        from needed
        left join
            months as spent
            on spent.month = {{ months_later("needed.month", "0 - needed.lag_months") }}
        group by needed.month, needed.kind
    ),

    -- The first month of the data may begin before the calendar does.
    period_months as (
        select distinct grain, period, {{ period_start("month", "period_day") }} as month
        from {{ ref("int_periods") }}
        where grain not in ('day', 'week', 'all')
    ),

    sums as (
        select
            period_months.grain,
            period_months.period,
            {%- for kind in ["lagged", "distributed"] %}
                {%- for cost in costs %}
                    sum(
                        case when carried.kind = '{{ kind }}' then carried.{{ cost }} end
                    ) as {{ kind }}_{{ cost }},
                {%- endfor %}
                count(
                    case when carried.kind = '{{ kind }}' then carried.loaded_cost end
                ) as {{ kind }}_months,
            {%- endfor %}
            count(distinct period_months.month) as months
        from period_months
        left join carried on period_months.month = carried.month
        group by period_months.grain, period_months.period
    )

select
    grain,
    period,
    '' as dimension,
    '' as member,
    cast({{ var("cac")["lag_periods"] }} as bigint) as lag_months,
    {%- for kind in ["lagged", "distributed"] %}
        {%- for cost in costs %}
            case
                when {{ kind }}_months = months then cast({{ kind }}_{{ cost }} as decimal(20, 6))
            end as {{ kind }}_{{ cost }}
            {% if not (loop.last and kind == "distributed") %},{% endif %}
        {%- endfor %}
    {%- endfor %}
from sums
union all
select grain, period, 'channel', channel, lag_months, lagged_media_spend, null, null, null
from {{ ref("int_cac_channel_lags") }}
