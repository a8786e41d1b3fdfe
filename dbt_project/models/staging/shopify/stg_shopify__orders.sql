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
            {{ lake_amount("subtotal") }} as subtotal,
            {{ lake_amount("shipping") }} as shipping,
            {{ lake_amount("taxes") }} as taxes,
            {{ lake_amount("total") }} as total,
            {{ lake_amount("tips") }} as tips,
            {{ lake_amount("discount_amount") }} as discount_amount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
