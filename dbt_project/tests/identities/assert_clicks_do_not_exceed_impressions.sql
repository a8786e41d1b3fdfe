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
-- A remainder is no campaign: the platform may know its clicks and not its impressions.
where clicks is not null and impressions is not null and campaign_id <> '__unallocated__'
group by 1, 2, 3, 4
having sum(clicks) > sum(impressions)
