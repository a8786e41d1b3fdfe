with

    responses as (select person_id, responded_at from {{ ref("int_responses") }} where is_counted),
    starts as (select * from {{ ref("int_clock_starts") }}),
    days as (select * from {{ ref("int_business_days") }}),
    calendars as (select * from {{ ref("int_owner_calendars") }}),
    house as (select * from calendars where owner = '*'),

    answers as (
        select
            starts.person_id,
            starts.cycle_no,
            max(
                case when responses.responded_at < starts.contacts_count_from then 1 else 0 end
            ) as contacts_before,
            min(
                case
                    when responses.responded_at >= starts.started_at then responses.responded_at
                end
            ) as first_response_at
        from starts
        inner join
            responses
            on starts.person_id = responses.person_id
            and (starts.earlier_until is null or responses.responded_at > starts.earlier_until)
            and (starts.later_from is null or responses.responded_at < starts.later_from)
        group by starts.person_id, starts.cycle_no
    ),

    followed as (
        select
            starts.*,
            coalesce(answers.contacts_before, 0) = 1 as is_pre_contacted,
            answers.first_response_at,
            coalesce(
                answers.first_response_at, starts.later_from, {{ as_of_end() }}
            ) as followed_until,
            coalesce(own.calendar, house.calendar) as calendar,
            coalesce(own.timezone, house.timezone) as timezone
        from starts
        cross join house
        left join
            answers on starts.person_id = answers.person_id and starts.cycle_no = answers.cycle_no
        left join calendars as own on starts.owner = own.owner
    ),

    dated as (
        select
            followed.*,
            {{ local_date_in("started_at", "timezone") }} as start_day,
            {{ local_date_in("followed_until", "timezone") }} as until_day,
            {{ seconds_between("started_at", "followed_until") }} as elapsed_seconds
        from followed
    ),

    timed as (
        select
            dated.*,
            {{ business_second("first_days", "dated.started_at") }} as start_second,
            {{ business_second("last_days", "dated.followed_until") }} as until_second
        from dated
        left join
            days as first_days
            on dated.calendar = first_days.calendar
            and dated.start_day = first_days.local_day
        left join
            days as last_days
            on dated.calendar = last_days.calendar
            and dated.until_day = last_days.local_day
    )

select
    clock,
    person_id,
    cycle_no,
    {{ funnel_attributes() | join(", ") }},
    calendar,
    started_at,
    started_date,
    start_day,
    start_second,
    is_pre_contacted,
    first_response_at,
    first_response_at is not null as is_answered,
    {{ minutes_followed("elapsed_seconds", "first_response_at is not null") }} as elapsed_minutes,
    {{ minutes_followed("(until_second - start_second)", "first_response_at is not null") }}
    as business_minutes
from timed
