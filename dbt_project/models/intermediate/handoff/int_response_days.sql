with

    -- The clocks of speed-to-lead: every lead, and whoever is handed over again.
    clocks as (
        select *
        from {{ ref("int_response_clocks") }}
        where not is_pre_contacted and (clock = 'lead' or cycle_no > 1)
    ),

    followed as (
        select
            'elapsed' as basis,
            started_date,
            {{ funnel_attributes() | join(", ") }},
            is_answered,
            elapsed_minutes as minutes
        from clocks
        union all
        select
            'business',
            started_date,
            {{ funnel_attributes() | join(", ") }},
            is_answered,
            business_minutes
        from clocks
    ),

    last_answers as (
        select basis, max(case when is_answered then minutes else 0 end) as minutes
        from followed
        group by basis
    ),

    counted as (
        -- Who was followed for longer than any answer took counts as followed that long: it
        -- changes no curve, and
        -- leaves few different times.
        select
            followed.basis,
            followed.started_date,
            {{ prefixed("followed", funnel_attributes()) }},
            least(followed.minutes, last_answers.minutes) as minutes,
            sum(case when followed.is_answered then 1 else 0 end) as answered,
            sum(case when followed.is_answered then 0 else 1 end) as unanswered
        from followed
        inner join last_answers on followed.basis = last_answers.basis
        group by
            followed.basis,
            followed.started_date,
            {{ prefixed("followed", funnel_attributes()) }},
            least(followed.minutes, last_answers.minutes)
    )

select
    counted.basis,
    counted.started_date,
    {{ prefixed("counted", funnel_attributes()) }},
    {{ rule_version("versions.rule", "versions") }} as rule_version,
    counted.minutes,
    cast(counted.answered as bigint) as answered,
    cast(counted.unanswered as bigint) as unanswered
from counted
left join
    {{ ref("int_rule_versions") }} as versions
    on {{ in_force("versions", "'sla'", "counted.started_date") }}
