with

    days as (select * from {{ ref("int_calendar_days") }}),

    starts as (
        select
            date_day,
            {{ week_start("date_day") }} as week,
            {{ period_start("month", "date_day") }} as month,
            {{ period_start("quarter", "date_day") }} as quarter,
            {{ period_start("year", "date_day") }} as year,
            {{ fiscal_start("quarter", "date_day") }} as fiscal_quarter,
            {{ fiscal_start("year", "date_day") }} as fiscal_year,
            -- An ISO week belongs to the year that holds its Thursday.
            {{ period_start("week", "date_day") }} as iso_monday,
            cast({{ period_start("week", "date_day") }} + 3 as date) as iso_thursday
        from days
    ),

    calendar as (
        select
            date_day,

            week,
            month,
            quarter,
            year,
            fiscal_quarter,
            fiscal_year,

            cast(extract(year from iso_thursday) as bigint) as iso_year,
            cast(
                floor(
                    {{ days_between(period_start("year", "iso_thursday"), "iso_thursday") }} / 7
                ) as bigint
            )
            + 1 as iso_week,
            cast(
                extract(year from {{ months_later("fiscal_year", 12) }} - 1) as bigint
            ) as fiscal_year_number,
            cast(floor({{ months_between_starts("fiscal_year", "fiscal_quarter") }} / 3) as bigint)
            + 1 as fiscal_quarter_number,
            {{ days_between("iso_monday", "date_day") }} + 1 as iso_weekday,
            date_day <= {{ as_of_date() }} as is_elapsed
        from starts
    )

select *
from calendar
