{% set rules = var("retention") %}
{{ config(materialized=keyed(), key=["customer_id"]) }}
{#- Another day ends the spells of those who became inactive since the one before; another month prolongs all others. -#}
{%- set is_another_month = period_start("month", "{since}") ~ " <> " ~ period_start("month", as_of_date()) %}
{% set keys = touched({
    "int_customer_visits": "select customer_id from {changes}",
    "as_of": "select customer_id from " ~ this ~ " where last_active_date >= {since} and (last_active_date < "
        ~ as_of_date() ~ " or " ~ is_another_month ~ ")",
}) %}
with

    visits as (
        select * from {{ only(ref("int_customer_visits"), keys, ["customer_id"]) }} as visits
    ),

    rhythms as (
        select
            customer_id,
            median({{ days_between("previous_visit_date", "visit_date") }}) as median_interval_days
        from visits
        where previous_visit_date is not null
        group by customer_id
    ),

    -- Of several visits in a month the last one tells how long the customer stays active.
    visited_months as (
        select
            customer_id,
            {{ period_start("month", "visit_date") }} as month,
            max(visit_date) as last_visit_date
        from visits
        group by 1, 2
    ),

    awaited as (
        select
            visited_months.customer_id,
            visited_months.month,
            lead(visited_months.month) over (
                partition by visited_months.customer_id order by visited_months.month
            ) as next_month,
            cast(
                visited_months.last_visit_date + cast(
                    floor(
                        {{ rules["lapse_factor"] }}
                        * coalesce(rhythms.median_interval_days, {{ rules["repeat_window_days"] }})
                    ) as int
                ) as date
            ) as last_active_date
        from visited_months
        left join rhythms on visited_months.customer_id = rhythms.customer_id
    ),

    -- Active at the end of a month, or at as_of in the month that holds it.
    months as (
        select
            customer_id,
            last_active_date,
            month as first_month,
            least(
                case
                    when last_active_date >= {{ as_of_date() }}
                    then {{ period_start("month", as_of_date()) }}
                    else
                        {{ months_later(period_start("month", "cast(last_active_date + 1 as date)"), "0 - 1") }}
                end,
                coalesce(
                    {{ months_later("next_month", "0 - 1") }},
                    {{ period_start("month", as_of_date()) }}
                )
            ) as last_month
        from awaited
    ),

    breaks as (
        select
            months.*,
            case
                when
                    first_month
                    = {{ months_later("lag(last_month) over (partition by customer_id order by first_month)", 1) }}
                then 0
                else 1
            end as is_break
        from months
        where last_month >= first_month
    ),

    spells as (
        select
            breaks.*,
            sum(is_break) over (
                partition by customer_id
                order by first_month
                rows between unbounded preceding and current row
            ) as spell_number
        from breaks
    )

select
    customer_id,
    cast(spell_number as bigint) as spell_number,
    min(first_month) as first_month,
    max(last_month) as last_month,
    max(last_active_date) as last_active_date
from spells
group by customer_id, spell_number
