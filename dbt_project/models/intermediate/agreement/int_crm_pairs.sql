{%- set columns = [
    "source", "record_id", "updated_at", "is_recent", "stage", "has_stage", "amount", "currency", "fx_rate", "value",
    "close_date", "owner", "channel",
] -%}
{%- set tolerance = "cast('" ~ var("agreement")["amount_tolerance"] ~ "' as decimal(20, 6))" -%}
with

    records as (select * from {{ ref("int_crm_records") }}),
    compared as (
        select
            object,
            {% for field in agreement_fields() -%}
                max(case when field = '{{ field }}' then 1 else 0 end) = 1 as {{ field }}
                {%- if not loop.last %},{% endif %}
            {% endfor %}
        from {{ ref("field_authority") }}
        group by object
    ),

    -- Two systems that name no owner alike speak of owners in different words: nobody can say that
    -- they differ.
    common_owners as (
        select distinct object
        from
            (
                select object, owner
                from (select distinct object, system_kind, owner from records) as named
                where owner is not null
                group by object, owner
                having count(*) > 1
            ) as shared
    ),

    pairs as (
        select
            matches.object,
            matches.matched_by,
            {% for column in columns -%}
                marketing.{{ column }} as marketing_{{ column }},
                sales.{{ column }} as sales_{{ column }},
            {% endfor -%}
            not marketing.is_recent and not sales.is_recent as is_settled
        from {{ ref("int_crm_matches") }} as matches
        inner join
            records as marketing
            on matches.object = marketing.object
            and matches.record_no = marketing.record_no
        inner join
            records as sales
            on matches.object = sales.object
            and matches.partner_no = sales.record_no
        where matches.system_kind = 'marketing_crm' and matches.bucket = 'matched'
    ),

    judged as (
        select
            pairs.*,
            case
                when compared.stage and pairs.marketing_has_stage and pairs.sales_has_stage
                then pairs.marketing_stage is not distinct from pairs.sales_stage
            end as stage_agrees,
            case
                when compared.amount
                then
                    {{ both_or_neither(
                        "pairs.marketing_amount", "pairs.sales_amount",
                        "abs(pairs.marketing_amount - pairs.sales_amount) <= " ~ tolerance
                        ~ " and pairs.marketing_currency = pairs.sales_currency"
                    ) }}
            end as amount_agrees,
            case
                when compared.close_date
                then
                    {{ both_or_neither(
                        "pairs.marketing_close_date", "pairs.sales_close_date",
                        "abs(" ~ days_between("pairs.marketing_close_date", "pairs.sales_close_date") ~ ") <= "
                        ~ var("agreement")["date_tolerance_days"]
                    ) }}
            end as close_date_agrees,
            case
                when compared.owner and common_owners.object is not null
                then pairs.marketing_owner is not distinct from pairs.sales_owner
            end as owner_agrees,
            case
                when compared.source
                then pairs.marketing_channel is not distinct from pairs.sales_channel
            end as source_agrees
        from pairs
        left join compared on pairs.object = compared.object
        left join common_owners on pairs.object = common_owners.object
    )

select
    judged.*,
    {% for field in agreement_fields() -%}
        coalesce({{ field }}_agrees, true){% if not loop.last %} and {% endif %}
    {% endfor -%} as agrees
from judged
