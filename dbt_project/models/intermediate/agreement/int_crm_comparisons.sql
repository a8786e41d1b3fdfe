{%- set tolerance = "cast('" ~ var("agreement")["amount_tolerance"] ~ "' as decimal(20, 6))" -%}
{%- set days = var("agreement")["date_tolerance_days"] -%}
with

    pairs as (select * from {{ ref("int_crm_pairs") }}),

    compared as (
        {{
            compared_field(
                "stage", ["deals", "people"], "marketing_stage", "sales_stage",
                "marketing_stage is not distinct from sales_stage",
                "marketing_has_stage and sales_has_stage"
            )
        }}
        union all
        {{
            compared_field(
                "amount", ["deals"],
                "cast(cast(marketing_amount as decimal(20, 2)) as string) || ' ' || marketing_currency",
                "cast(cast(sales_amount as decimal(20, 2)) as string) || ' ' || sales_currency",
                both_or_neither(
                    "marketing_amount", "sales_amount",
                    "abs(marketing_amount - sales_amount) <= " ~ tolerance ~ " and marketing_currency = sales_currency"
                )
            )
        }}
        union all
        {{
            compared_field(
                "close_date", ["deals"],
                "cast(marketing_close_date as string)", "cast(sales_close_date as string)",
                both_or_neither(
                    "marketing_close_date", "sales_close_date",
                    "abs(" ~ days_between("marketing_close_date", "sales_close_date") ~ ") <= " ~ days
                )
            )
        }}
        union all
        {{
            compared_field(
                "owner", ["deals", "people"], "marketing_owner", "sales_owner",
                "marketing_owner is not distinct from sales_owner"
            )
        }}
        union all
        {{
            compared_field(
                "source", ["deals", "people"], "marketing_channel", "sales_channel",
                "marketing_channel is not distinct from sales_channel"
            )
        }}
    )

select
    pairs.object,
    pairs.marketing_record_id,
    pairs.sales_record_id,
    compared.field,
    pairs.marketing_source,
    pairs.sales_source,
    compared.marketing_value,
    compared.sales_value,
    compared.agrees,
    pairs.is_settled,
    authority.system_kind as authoritative_system,
    pairs.marketing_updated_at,
    pairs.sales_updated_at,
    coalesce(pairs.sales_value, pairs.marketing_value) as value
from compared
inner join
    pairs
    on compared.object = pairs.object
    and compared.marketing_record_id = pairs.marketing_record_id
inner join
    {{ ref("field_authority") }} as authority
    on compared.object = authority.object
    and compared.field = authority.field
