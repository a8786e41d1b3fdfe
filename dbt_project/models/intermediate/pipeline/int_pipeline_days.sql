-- What is open is worth what the day's rate makes of it; what was open yesterday and is now worth
-- more or less was revalued. No open amount needs no rate.
select
    dimension,
    member,
    date_day,
    {%- for change in pipeline_changes() %}
        sum(
            case when {{ change }} = 0 then 0 else {{ converted(change, "fx_rate") }} end
        ) as {{ change }},
    {%- endfor %}
    sum(
        case
            when open_amount_before = 0
            then 0
            else {{ converted("open_amount_before", "rate_before") }}
        end
    ) as open_start,
    sum(
        case
            when open_amount_before = 0
            then 0
            else {{ converted("open_amount_before", "fx_rate - rate_before") }}
        end
    ) as revalued,
    sum(
        case when open_amount = 0 then 0 else {{ converted("open_amount", "fx_rate") }} end
    ) as open_end,
    cast(sum(open_deals_before) as bigint) as open_deals_start,
    cast(sum(open_deals) as bigint) as open_deals_end
from {{ ref("int_pipeline_stocks") }}
group by dimension, member, date_day
