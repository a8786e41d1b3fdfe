{{ config(compared=true) }}

with

    sources as (
        select
            customer_id,
            source_channel as channel,
            first_created_at,
            cast(person_id as string) as tie_break
        from {{ ref("int_persons") }}
        where not is_excluded
        union all
        -- A customer list says where a customer came from, not when; persons speak first.
        select customer_id, source_channel, cast(null as timestamp), customer_key
        from {{ ref("int_template_customer_ids") }}
    ),

    known as (
        select
            sources.*,
            row_number() over (
                partition by customer_id order by first_created_at nulls last, tie_break
            ) as source_number
        from sources
        where channel <> '(unknown)'
    )

select customer_id, channel as source_channel
from known
where source_number = 1
