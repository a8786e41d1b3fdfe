{{ config(meta={
    "identity": "F8",
    "owner": "sales",
    "remedy": "Records of deals, or the deals of the pipeline, are not as many as the records that name them. Look at "
        ~ "bridge_deal_records and int_deal_copies."
}) }}

with

    counted as (
        select
            (select count(*) from {{ ref("int_deal_reports") }}) as reports,
            (select count(*) from {{ ref("bridge_deal_records") }}) as records,
            (select count(*) from {{ ref("int_opportunities") }}) as deals,
            (
                select count(*) from {{ ref("bridge_deal_records") }} where fate = 'deal'
            ) as records_of_deals
    )

select *
from counted
where reports <> records or deals <> records_of_deals
