{{ config(meta={
    "identity": "K3",
    "owner": "marketing",
    "remedy": "CAC of the channels times their customers, and spend of channels without customers, is not the media"
        ~ " spend: a channel is missing from kpi_cac."
}) }}

with

    round_trip as (
        select
            grain,
            period,
            sum(case when dimension = '' then media_spend else 0 end) as media_spend,
            sum(
                case
                    when dimension = 'channel' and new_customers > 0
                    then cast(cac_channel as double) * new_customers
                    when dimension = 'channel'
                    then cast(media_spend as double)
                    else 0
                end
            ) as spend_of_channels
        from {{ ref("kpi_cac") }}
        group by grain, period
    )

select *
from round_trip
where abs(cast(media_spend as double) - spend_of_channels) > 0.01
