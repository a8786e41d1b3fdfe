{% set window = var("funnel")["conversion_window_days"] %}
with

    curves as (select * from {{ ref("int_conversion_curves") }}),
    days as (select cast(id as bigint) as day from range({{ window + 1 }}) as days(id)),
    published_days as (
        select cast(id as bigint) as day
        from range({{ incidence_days() | max + 1 }}) as days(id)
        where id in ({{ incidence_days() | join(", ") }})
    ),

    -- The hand-over from marketing to sales has a whole curve; everything else a few points.
    points as (
        select published_days.day, curves.*
        from curves
        cross join published_days
        where
            published_days.day >= curves.elapsed
            and (curves.next_elapsed is null or published_days.day < curves.next_elapsed)
        union all
        select days.day, curves.*
        from curves
        cross join days
        where
            curves.basis = 'cycle'
            and curves.grain in ('month', 'all')
            and curves.dimension in ('', 'channel')
            and days.day >= curves.elapsed
            and (curves.next_elapsed is null or days.day < curves.next_elapsed)
            and days.day not in ({{ incidence_days() | join(", ") }})
    ),

    counted as (
        select
            points.*,
            case
                when day = elapsed then at_risk else at_risk - converted - left_otherwise - censored
            end as still_at_risk,
            case
                when day = elapsed then ended_so_far - converted - left_otherwise else ended_so_far
            end as ended_before
        from points
    ),

    judged as (
        select
            counted.*,
            -- Known as far as anybody can have been followed, and as long as anybody is left to
            -- tell.
            coalesce(
                day <= longest_follow_up and (still_at_risk > 0 or survival = 0), false
            ) as is_known,
            -- As many whose outcome is known would leave the same doubt; where nobody or everybody
            -- has converted, those whose outcome is known.
            case
                when variance > cast(0.000000000001 as double)
                then incidence * (1 - incidence) / variance
                else cast(still_at_risk + ended_before as double)
            end as effective_size
        from counted
    )

select
    {{ curve_keys() | join(", ") }},
    day,
    cohort_size,
    still_at_risk as at_risk,
    case when day = elapsed then converted else 0 end as converted,
    case when day = elapsed then left_otherwise else 0 end as left_otherwise,
    case when day = elapsed then censored else 0 end as censored,
    converted_so_far,
    is_known,
    case when is_known then survival end as survival,
    case when is_known then incidence end as incidence,
    case when is_known then exit_incidence end as exit_incidence,
    case when is_known then km_incidence end as km_incidence,
    case when is_known then sqrt(variance) end as standard_error,
    case
        when is_known then {{ wilson_bound("incidence", "effective_size", "-") }}
    end as incidence_lower,
    case
        when is_known then {{ wilson_bound("incidence", "effective_size", "+") }}
    end as incidence_upper
from judged
