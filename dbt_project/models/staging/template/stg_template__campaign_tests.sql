with

    source as (select * from {{ source("template", "campaign_tests") }}),

    renamed as (
        select
            -- keys
            test_id,
            lower(trim(arm)) as arm,

            -- dimensions
            looked_at,
            guardrail,
            registered_at,
            started_at,

            -- measures
            assigned,
            converted,
            planned_n,
            cast(split as decimal(20, 8)) as split_share,
            cast(alpha as decimal(20, 8)) as alpha,
            cast(power as decimal(20, 8)) as power,
            cast(mde as decimal(20, 8)) as mde,
            {{ lake_amount("launch_budget") }} as launch_budget,
            {{ lake_amount("test_cost") }} as test_cost,
            reach,
            {{ lake_amount("cm_per_conversion") }} as cm_per_conversion,
            {{ lake_amount("extra_cost_per_recipient") }} as extra_cost_per_recipient,
            guardrail_events,
            cast(guardrail_margin as decimal(20, 8)) as guardrail_margin,
            min_run_days,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
