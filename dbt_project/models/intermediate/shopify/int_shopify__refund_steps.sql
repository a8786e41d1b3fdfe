with

    lines as (select * from {{ ref("stg_shopify__order_lines") }}),
    exported_orders as (select * from {{ ref("int_shopify__order_forms") }} where form = 'export'),
    orders as (select * from {{ ref("int_shopify__orders") }}),
    refunds as (select * from {{ ref("int_shopify__refunds") }}),

    dated as (
        select
            orders.order_key,
            'refund ' || refunds.refund_id as step,
            greatest(orders.order_date, refunds.refund_date) as refund_date,
            refunds.file_id,
            -- Tips are no revenue: paying them back takes nothing off.
            least(
                cast(
                    sum(coalesce(refunds.amount, 0)) over (
                        partition by refunds.order_id
                        order by refunds.refunded_at, refunds.refund_id
                        rows between unbounded preceding and current row
                    ) as decimal(20, 6)
                ),
                orders.total
            ) as refunded_so_far,
            row_number() over (
                partition by refunds.order_id order by refunds.refunded_at, refunds.refund_id
            ) as nth
        from refunds
        inner join orders on refunds.order_id = orders.order_id
    ),

    dated_totals as (
        select order_key, max(refunded_so_far) as refunded from dated group by order_key
    ),

    exports as (
        select order_name, file_id, exported_at, max(refunded_amount) as refunded_amount
        from lines
        where refunded_amount > 0
        group by order_name, file_id, exported_at
    ),

    -- What an earlier export showed counts up to what the newest one shows, beyond what is dated.
    shown as (
        select
            exported_orders.order_key,
            exports.file_id,
            greatest(
                exported_orders.order_date,
                least({{ local_date("exports.exported_at") }}, {{ as_of_date() }})
            ) as refund_date,
            greatest(
                max(least(exports.refunded_amount, exported_orders.refunded_amount)) over (
                    partition by exports.order_name
                    order by exports.exported_at, exports.file_id
                    rows between unbounded preceding and current row
                ),
                coalesce(dated_totals.refunded, 0)
            ) as refunded_so_far,
            coalesce(dated_totals.refunded, 0) as refunded_and_dated,
            row_number() over (
                partition by exports.order_name order by exports.exported_at, exports.file_id
            ) as export_number
        from exports
        inner join exported_orders on exports.order_name = exported_orders.order_name
        left join dated_totals on exported_orders.order_key = dated_totals.order_key
    ),

    steps as (
        select
            order_key,
            step,
            refund_date,
            file_id,
            coalesce(
                lag(refunded_so_far) over (partition by order_key order by nth), 0
            ) as refunded_before,
            refunded_so_far
        from dated
        union all
        select
            order_key,
            cast(export_number as string),
            refund_date,
            file_id,
            coalesce(
                lag(refunded_so_far) over (partition by order_key order by export_number),
                refunded_and_dated
            ),
            refunded_so_far
        from shown
    )

select order_key, step, refund_date, file_id, refunded_before, refunded_so_far
from steps
where refunded_so_far > refunded_before
