with

    first_days as (
        select first_day
        from {{ ref("int_first_day_money") }}
        union all
        select first_day
        from {{ ref("int_first_day_people") }}
    ),

    bounds as (
        select
            least(coalesce(min(first_day), {{ as_of_date() }}), {{ as_of_date() }}) as first_day,
            cast(
                greatest(
                    {{ months_later(period_start("year", as_of_date()), 12) }},
                    {{ months_later(fiscal_start("year", as_of_date()), 12) }}
                )
                - 1 as date
            ) as last_day
        from first_days
    ),

    numbers as (select cast(id as int) as days_later from range(80000) as numbers(id))

select cast(bounds.first_day + numbers.days_later as date) as date_day
from bounds
inner join
    numbers on numbers.days_later <= {{ days_between("bounds.first_day", "bounds.last_day") }}
