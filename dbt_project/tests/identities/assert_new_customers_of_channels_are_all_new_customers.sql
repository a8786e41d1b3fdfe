{{ config(meta={
    "identity": "K2",
    "owner": "sales",
    "remedy": "A customer has no channel or two: every customer needs exactly one acquisition_channel, "
        ~ "(unattributed) included."
}) }}

with

    channels as (
        select
            grain,
            period,
            sum(case when dimension = 'channel' then new_customers else 0 end) as of_channels,
            sum(case when dimension = '' then new_customers else 0 end) as total
        from {{ ref("kpi_cac") }}
        group by grain, period
    )

select *
from channels
where abs(of_channels - total) > 0.000001
