{{ config(meta={
    "identity": "S3",
    "owner": "marketing",
    "remedy": "A campaign has more clicks than impressions in a month: the export mixes up columns, or counts "
        ~ "clicks of another kind than link clicks. Export it again."
}) }}

select
    source,
    account_id,
    campaign_id,
    {{ period_start("month", "spend_date") }} as month,
    sum(clicks) as clicks,
    sum(impressions) as impressions
from {{ ref("fct_spend") }}
where clicks is not null and impressions is not null
group by 1, 2, 3, 4
having sum(clicks) > sum(impressions)
