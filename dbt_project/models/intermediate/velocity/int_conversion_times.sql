with

    timed as (
        select
            journeys.*,
            {{ whole_days(seconds_between("entered_at", as_of_end())) }} as followed_days,
            {{ nth_day(seconds_between("entered_at", "converted_at")) }} as converted_on,
            {{ nth_day(seconds_between("entered_at", "left_at")) }} as left_on
        from {{ ref("int_journeys") }} as journeys
        where journeys.basis <> 'strict'
    ),

    -- A day that is not over yet says nothing: those who have converted in it would count, those
    -- who
    -- may still do so would not.
    outcomes as (
        select
            timed.*,
            case
                when converted_on <= followed_days
                then 'converted'
                when left_on <= followed_days
                then 'left'
                else 'censored'
            end as outcome
        from timed
    )

select
    outcomes.basis,
    outcomes.stage_pair,
    {{ period_start("month", "outcomes.cohort_date") }} as cohort_month,
    {{ prefixed("outcomes", funnel_attributes()) }},
    {{ rule_version("outcomes.rule", "versions") }} as rule_version,
    case
        outcomes.outcome
        when 'converted'
        then outcomes.converted_on
        when 'left'
        then outcomes.left_on
        else outcomes.followed_days
    end as elapsed,
    cast(sum(case when outcomes.outcome = 'converted' then 1 else 0 end) as bigint) as converted,
    cast(sum(case when outcomes.outcome = 'left' then 1 else 0 end) as bigint) as left_otherwise,
    cast(sum(case when outcomes.outcome = 'censored' then 1 else 0 end) as bigint) as censored,
    max(outcomes.followed_days) as longest_follow_up
from outcomes
left join
    {{ ref("int_rule_versions") }} as versions
    on {{ in_force("versions", "outcomes.rule", "outcomes.cohort_date") }}
group by
    outcomes.basis,
    outcomes.stage_pair,
    {{ period_start("month", "outcomes.cohort_date") }},
    {{ prefixed("outcomes", funnel_attributes()) }},
    {{ rule_version("outcomes.rule", "versions") }},
    case
        outcomes.outcome
        when 'converted'
        then outcomes.converted_on
        when 'left'
        then outcomes.left_on
        else outcomes.followed_days
    end
