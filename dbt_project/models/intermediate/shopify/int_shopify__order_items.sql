{{ config(compared=true) }}

select
    order_item_id,
    order_id,
    variant_id,
    sku,
    quantity,
    unit_price,
    line_total,
    discount,
    is_gift_card,
    file_id,
    file_row
from {{ newest(ref("stg_shopify__order_items"), ["order_item_id"], "synced_at") }} as current_rows
