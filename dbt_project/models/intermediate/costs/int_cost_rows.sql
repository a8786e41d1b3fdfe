with

    booked as (
        select
            'template' as source,
            pool,
            month,
            channel,
            purpose,
            currency,
            is_fixed,
            amount,
            acquisition_share,
            months,
            file_id,
            file_row
        from {{ ref("int_template__costs") }}
        union all
        select
            source,
            pool,
            month,
            cast(null as string),
            purpose,
            currency,
            is_fixed,
            amount,
            cast(null as decimal(9, 8)),
            months,
            file_id,
            file_row
        from {{ ref("int_ledger_costs") }}
        where is_counted
    )

select
    source,
    pool,
    bearing_month as month,
    month as booked_month,
    channel,
    purpose,
    currency,
    is_fixed,
    cast(borne_amount as decimal(20, 6)) as amount,
    acquisition_share,
    file_id,
    file_row
from {{ borne_by_month("booked") }} as borne
