with

    source as (select * from {{ source("shopify", "orders") }}),

    renamed as (
        select
            -- keys
            order_id,
            customer_key,
            email_key,

            -- dimensions
            order_name,
            lower(trim(financial_status)) as financial_status,
            lower(trim(fulfillment_status)) as fulfillment_status,
            upper(trim(currency)) as currency,
            taxes_included,
            is_test,
            is_deleted,
            created_at,
            cancelled_at,
            updated_at,
            lower(trim(order_source)) as order_source,
            landing_page,
            referrer,

            -- measures
            cast(subtotal as decimal(20, 6)) as subtotal,
            cast(shipping as decimal(20, 6)) as shipping,
            cast(taxes as decimal(20, 6)) as taxes,
            cast(total as decimal(20, 6)) as total,
            cast(tips as decimal(20, 6)) as tips,
            cast(discount_amount as decimal(20, 6)) as discount_amount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
