{{ config(materialized=keyed(), key=["order_name"]) }}
{% set lines = ref("stg_shopify__order_lines") %}
{% set keys = touched({
    "shopify.order_lines": "select order_name from " ~ lines ~ " where file_id in {new_files}",
}) %}
{#- Read in place, twice: most orders stand in one export, and only the others have to be ranked. -#}
{% set lines = only(lines, keys, ["order_name"]) %}
with

    repeated as (
        select order_name
        from {{ lines }} as lines
        group by order_name
        having min(file_id) <> max(file_id)
    ),

    exports as (
        select distinct lines.order_name, lines.file_id, lines.exported_at
        from {{ lines }} as lines
        inner join repeated on lines.order_name = repeated.order_name
    )

select order_name, file_id
from {{ newest_export("exports", ["order_name"]) }} as newest
