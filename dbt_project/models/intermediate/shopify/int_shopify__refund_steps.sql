with

    lines as (select * from {{ ref("stg_shopify__order_lines") }}),
    orders as (select * from {{ ref("int_shopify__orders") }}),

    exports as (
        select order_name, file_id, exported_at, max(refunded_amount) as refunded_amount
        from lines
        where refunded_amount > 0
        group by order_name, file_id, exported_at
    ),

    -- What an earlier export showed counts up to what the newest one shows.
    shown as (
        select
            exports.order_name,
            exports.file_id,
            greatest(
                orders.order_date,
                least({{ local_date("exports.exported_at") }}, {{ as_of_date() }})
            ) as refund_date,
            max(least(exports.refunded_amount, orders.refunded_amount)) over (
                partition by exports.order_name
                order by exports.exported_at, exports.file_id
                rows between unbounded preceding and current row
            ) as refunded_so_far,
            row_number() over (
                partition by exports.order_name order by exports.exported_at, exports.file_id
            ) as export_number
        from exports
        inner join orders on exports.order_name = orders.order_name
    ),

    steps as (
        select
            shown.*,
            coalesce(
                lag(refunded_so_far) over (partition by order_name order by export_number), 0
            ) as refunded_before
        from shown
    )

select order_name, file_id, refund_date, export_number, refunded_before, refunded_so_far
from steps
where refunded_so_far > refunded_before
