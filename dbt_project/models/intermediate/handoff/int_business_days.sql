with

    calendars as (
        select distinct calendar, timezone, days, opens, closes, holidays
        from {{ ref("int_owner_calendars") }}
    ),

    -- A wall clock may be a day off the reporting timezone, and a target may lie after as_of.
    bounds as (
        select
            cast(
                least(coalesce(min(first_day), {{ as_of_date() }}), {{ as_of_date() }}) - 2 as date
            ) as first_day
        from {{ ref("int_first_day_people") }}
    ),

    numbers as (select cast(id as int) as days_later from range(80000) as numbers(id)),

    days as (
        select
            local_day,
            -- 5 January 1970 was a Monday.
            cast(mod({{ days_between("date '1970-01-05'", "local_day") }}, 7) as int) as weekday_no
        from
            (
                select cast(bounds.first_day + numbers.days_later as date) as local_day
                from bounds
                inner join
                    numbers
                    on numbers.days_later
                    <= {{ days_between("bounds.first_day", as_of_date()) }} + 400
            ) as spine
    ),

    windows as (
        select
            calendars.calendar,
            days.local_day,
            {{ utc_time(
                "cast(cast(days.local_day as string) || ' ' || calendars.opens || ':00' as timestamp)",
                "calendars.timezone",
            ) }}
            as opens_at,
            {{ utc_time(
                "case when calendars.closes = '24:00' then cast(days.local_day + 1 as timestamp) else "
                ~ "cast(cast(days.local_day as string) || ' ' || calendars.closes || ':00' as timestamp) end",
                "calendars.timezone",
            ) }}
            as closes_at
        from days
        cross join calendars
        where
            calendars.days like '%' || substr('montuewedthufrisatsun', weekday_no * 3 + 1, 3) || '%'
            and calendars.holidays not like '%' || cast(days.local_day as string) || '%'
    ),

    measured as (
        select
            calendars.calendar,
            days.local_day,
            windows.opens_at,
            -- A clock put forward may swallow a short night shift whole.
            greatest(
                coalesce({{ seconds_between("windows.opens_at", "windows.closes_at") }}, 0), 0
            ) as open_seconds
        from days
        cross join calendars
        left join
            windows on calendars.calendar = windows.calendar and days.local_day = windows.local_day
    )

select
    calendar,
    local_day,
    opens_at,
    open_seconds,
    cast(
        sum(open_seconds) over (
            partition by calendar
            order by local_day
            rows between unbounded preceding and current row
        )
        - open_seconds as bigint
    ) as seconds_before,
    cast(
        sum(case when open_seconds > 0 then 1 else 0 end) over (
            partition by calendar
            order by local_day
            rows between unbounded preceding and current row
        )
        - case when open_seconds > 0 then 1 else 0 end as bigint
    ) as open_days_before
from measured
