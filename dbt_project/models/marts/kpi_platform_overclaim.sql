with

    claims as (select * from {{ ref("int_platform_claims") }}),
    platforms as (select * from claims where platform <> ''),
    together as (select * from claims where platform = '')

select
    -- keys
    platforms.grain,
    platforms.period,
    platforms.platform,
    platforms.is_complete,
    {{ as_of_date() }} as as_of,

    -- of the platform
    platforms.claimed as claimed_conversions,
    platforms.mapped as mapped_wins,
    {{ ratio("platforms.claimed", "platforms.mapped") }} as overclaim_ratio,
    platforms.claimed_leads,
    platforms.spend_with_leads,
    {{ ratio("platforms.spend_with_leads", "platforms.claimed_leads") }} as cost_per_claimed_lead,

    -- of all platforms together: conversions that several of them claim are never added up but
    -- for the ratio
    together.mapped as distinct_wins,
    together.crm_wins,
    {{ ratio("together.claimed", "together.crm_wins") }} as all_platforms_ratio
from platforms
inner join
    together
    on platforms.grain = together.grain
    and platforms.period is not distinct from together.period
