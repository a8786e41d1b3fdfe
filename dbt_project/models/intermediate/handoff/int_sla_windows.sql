with

    days as (select * from {{ ref("int_business_days") }}),
    open_days as (select * from days where open_seconds > 0),
    -- Nobody agrees to answer within more than a year of working days.
    numbers as (select cast(id as int) as days_later from range(400) as numbers(id)),

    targets as (
        select cast({{ var("sla")["minutes"] }} as bigint) as sla_minutes
        union
        select minutes
        from {{ ref("sla_targets") }}
    ),

    shortest as (
        select calendar, min(open_seconds) as open_seconds from open_days group by calendar
    ),

    -- Open days that the target of a clock of the day can lie on: no more than it takes if all
    -- were short.
    candidates as (
        select
            days.calendar,
            targets.sla_minutes,
            days.local_day,
            days.seconds_before + targets.sla_minutes * 60 as first_target,
            days.seconds_before + days.open_seconds + targets.sla_minutes * 60 as last_target,
            days.open_days_before + numbers.days_later as due_number
        from days
        inner join shortest on days.calendar = shortest.calendar
        cross join targets
        inner join
            numbers
            on numbers.days_later
            <= cast(floor(targets.sla_minutes * 60 / shortest.open_seconds) as bigint) + 1
    )

select
    candidates.calendar,
    candidates.sla_minutes,
    candidates.local_day,
    due.local_day as due_day,
    due.opens_at,
    due.seconds_before,
    due.open_seconds
from candidates
inner join
    open_days as due
    on candidates.calendar = due.calendar
    and candidates.due_number = due.open_days_before
-- A target at the very end of a day is due then, not when the next one begins.
where
    due.seconds_before < candidates.last_target
    and due.seconds_before + due.open_seconds >= candidates.first_target
