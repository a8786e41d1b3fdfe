with

    facts as (select * from {{ ref("int_cac_facts") }}),
    periods as (select * from {{ ref("int_periods") }}),

    sums as (
        select
            periods.grain,
            periods.period,
            cut.dimension,
            cut.member,
            periods.is_complete,
            cast(sum(cut.media_spend) as decimal(20, 6)) as media_spend,
            cast(sum(cut.paid_media_spend) as decimal(20, 6)) as paid_media_spend,
            {{ loaded_pool("media") }} as media_cost,
            {{ loaded_pool("agency") }} as agency_cost,
            {{ loaded_pool("creative") }} as creative_cost,
            {{ loaded_pool("salaries") }} as salaries_cost,
            {{ loaded_pool("commissions") }} as commissions_cost,
            {{ loaded_pool("tools") }} as tools_cost,
            {{ loaded_pool("shared_reporting") }} as shared_reporting_cost,
            {{ loaded_pool("alignment_workshops") }} as alignment_workshops_cost,
            {{ loaded_pool("events") }} as events_cost,
            {{ loaded_pool("referral_rewards") }} as referral_rewards_cost,
            cast(sum(cut.loaded_cost) as decimal(20, 6)) as loaded_cost,
            cast(sum(cut.new_customers) as bigint) as new_customers,
            cast(sum(cut.paid_new_customers) as bigint) as paid_new_customers
        from {{ total_and_channel("facts") }} as cut
        inner join periods on {{ in_period("cut") }}
        group by 1, 2, 3, 4, 5
    )

select
    -- keys
    grain,
    period,
    dimension,
    member,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    media_spend,
    paid_media_spend,
    {{ from_month("media_cost") }} as media_cost,
    {{ from_month("agency_cost") }} as agency_cost,
    {{ from_month("creative_cost") }} as creative_cost,
    {{ from_month("salaries_cost") }} as salaries_cost,
    {{ from_month("commissions_cost") }} as commissions_cost,
    {{ from_month("tools_cost") }} as tools_cost,
    {{ from_month("shared_reporting_cost") }} as shared_reporting_cost,
    {{ from_month("alignment_workshops_cost") }} as alignment_workshops_cost,
    {{ from_month("events_cost") }} as events_cost,
    {{ from_month("referral_rewards_cost") }} as referral_rewards_cost,
    {{ from_month("loaded_cost") }} as loaded_cost,
    new_customers,
    paid_new_customers,

    -- ratios
    case
        when dimension = '' then {{ ratio("media_spend", "new_customers") }}
    end as cac_blended_media,
    case
        when dimension = '' then {{ ratio("paid_media_spend", "paid_new_customers") }}
    end as cac_paid,
    case
        when dimension = '' and grain not in ('day', 'week')
        then {{ ratio("loaded_cost", "new_customers") }}
    end as cac_fully_loaded,
    case
        when dimension = 'channel' then {{ ratio("media_spend", "new_customers") }}
    end as cac_channel
from sums
