with

    versions as (
        select *
        from
            {{
                newest(
                    ref("stg_shopify__inventory_items"),
                    ["inventory_item_id", "updated_at"],
                )
            }} as current_rows
        where unit_cost is not null
    ),

    dated as (
        select
            inventory_item_id,
            unit_cost,
            coalesce(currency, {{ declared_currency("shopify") }}) as currency,
            {{ local_date("updated_at") }} as day,
            {{
                local_date(
                    "lead(updated_at) over (partition by inventory_item_id order by updated_at nulls first)"
                )
            }}
            as next_day,
            row_number() over (
                partition by inventory_item_id order by updated_at nulls first
            ) as nth
        from versions
    )

select
    inventory_item_id,
    unit_cost,
    currency,
    -- Nothing earlier is known: the first cost holds for all the days before it.
    case when nth = 1 then cast(null as date) else day end as valid_from,
    next_day as valid_before
from dated
where nth = 1 or next_day is null or next_day > day
