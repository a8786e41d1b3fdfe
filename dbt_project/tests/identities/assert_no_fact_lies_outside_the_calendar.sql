{{ config(meta={
    "identity": "G2",
    "owner": "data team",
    "remedy": "The date in the file and row shown is before 1990, or after the export itself and after as_of: "
        ~ "correct the year or the date format in the export and drop it in again. Bookings of the future are "
        ~ "not orders yet."
}) }}

with

    facts as (
        select source, spend_date as day, exported_at, file_id, file_row
        from {{ ref("int_ad_current_rows") }}
        union all
        select 'template', {{ local_date("ordered_at") }}, exported_at, file_id, file_row
        from {{ ref("int_template__orders") }}
        union all
        select 'template', {{ local_date("refunded_at") }}, exported_at, file_id, file_row
        from {{ ref("int_template__refunds") }}
        union all
        select 'shopify', {{ local_date("created_at") }}, exported_at, file_id, file_row
        from {{ ref("int_shopify__order_lines") }}
        where created_at is not null
        union all
        select 'shopify', order_date, exported_at, file_id, file_row
        from {{ ref("int_shopify__connected_orders") }}
        union all
        select 'shopify', {{ local_date("refunded_at") }}, exported_at, file_id, file_row
        from {{ ref("stg_shopify__refunds") }}
        union all
        select 'stripe', {{ local_date("created_at") }}, exported_at, file_id, file_row
        from {{ ref("stg_stripe__balance_transactions") }}
        union all
        select 'stripe', {{ local_date("created_at") }}, exported_at, file_id, file_row
        from {{ ref("stg_stripe__charges") }}
    ),

    -- A cost or a subscription may be entered ahead of its month; everything else has happened
    -- when it is exported.
    limits as (
        select
            facts.*,
            greatest(
                {{ as_of_date() }}, coalesce({{ local_date("exported_at") }}, {{ as_of_date() }})
            ) as last_day
        from facts
        union all
        select 'template', month, exported_at, file_id, file_row, month
        from {{ ref("int_template__costs") }}
        union all
        select 'template', month, exported_at, file_id, file_row, month
        from {{ ref("int_template__subscriptions") }}
    )

select source, day, file_id, file_row
from limits
where day is null or day < date '1990-01-01' or day > cast(last_day + 1 as date)
