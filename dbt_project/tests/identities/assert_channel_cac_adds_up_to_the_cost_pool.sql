{{ config(meta={
    "identity": "K3",
    "owner": "marketing",
    "remedy": "CAC of the channels times their customers, and cost of channels without customers, is not the cost of the "
        ~ "period shown, media alone or fully loaded: a channel is missing from kpi_cac."
}) }}

{% set bases = [("media", "media_spend", "cac_channel"), ("loaded", "full_cost", "cac_channel_loaded")] %}
with

    round_trip as (
        {% for basis, cost, cac in bases %}
            select
                '{{ basis }}' as basis,
                grain,
                period,
                sum(case when dimension = '' then {{ cost }} else 0 end) as cost,
                sum(
                    case
                        when dimension = 'channel' and new_customers > 0
                        then cast({{ cac }} as double) * new_customers
                        when dimension = 'channel'
                        then cast({{ cost }} as double)
                        else 0
                    end
                ) as cost_of_channels
            from {{ ref("kpi_cac") }}
            where {{ cost }} is not null
            group by grain, period
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select *
from round_trip
where abs(cast(cost as double) - cost_of_channels) > 0.01
union all
select 'without customers', total.grain, total.period, total.spend_without_customers, null
from {{ ref("kpi_cac") }} as total
left join
    (
        select grain, period, sum(media_spend) as media_spend
        from {{ ref("kpi_cac") }}
        where dimension = 'channel' and new_customers = 0
        group by grain, period
    ) as idle
    on total.grain = idle.grain
    and total.period is not distinct from idle.period
where
    total.dimension = ''
    and abs(total.spend_without_customers - coalesce(idle.media_spend, 0)) > 0.01
