{{ config(meta={
    "identity": "K4",
    "owner": "marketing",
    "remedy": "A cost in CAC is negative: look for negative amounts in the cost template. (Only holds while "
        ~ "cac.acquisition_share of media is 1.)"
}) }}

select grain, period, media_spend, loaded_cost, cac_blended_media, cac_fully_loaded
from {{ ref("kpi_cac") }}
cross join {{ ref("cost_pools") }} as pools
where
    pools.pool = 'media'
    and {{ acquisition_share("pools.pool", "pools.acquisition_share") }} = 1
    and cac_fully_loaded < cac_blended_media
