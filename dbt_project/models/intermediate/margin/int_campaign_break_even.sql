with

    money as (
        select campaign, day, {{ cm2_of_sums() }} as cm2, cast(0 as decimal(20, 6)) as spend
        from {{ ref("int_margin_events") }}
        where coalesce(basis, 'order_basis') = 'order_basis'
        union all
        select campaign, day, cast(0 as decimal(20, 6)), direct_marketing
        from {{ ref("int_direct_marketing_days") }}
    ),

    campaign_days as (
        select
            campaign,
            day,
            cast(sum(cm2) as decimal(20, 6)) as cm2,
            cast(sum(spend) as decimal(20, 6)) as spend
        from money
        where day <= {{ as_of_date() }} and campaign <> '(shared)'
        group by campaign, day
    ),

    launches as (
        select campaign, min(case when spend > 0 then day end) as launch_date
        from campaign_days
        group by campaign
        having sum(spend) > 0
    ),

    -- A campaign that earns nothing covers nothing. Nothing changes between the days on which one
    -- costs or earns something.
    cumulated as (
        select
            campaign,
            day,
            sum(cm2) over so_far as cm2_so_far,
            sum(spend) over so_far as spend_so_far
        from campaign_days
        where campaign in (select campaign from {{ ref("int_margin_events") }})
        window
            so_far as (
                partition by campaign order by day rows between unbounded preceding and current row
            )
    ),

    compared as (
        select campaign, day, spend_so_far > 0 and cm2_so_far >= spend_so_far as is_covered
        from cumulated
    ),

    turning_points as (
        select
            campaign,
            min(case when is_covered then day end) as break_even_date,
            max(case when not is_covered then day end) as last_uncovered_day
        from compared
        group by campaign
    ),

    sustained as (
        select compared.campaign, min(compared.day) as sustained_break_even_date
        from compared
        inner join turning_points on compared.campaign = turning_points.campaign
        where
            turning_points.last_uncovered_day is null
            or compared.day > turning_points.last_uncovered_day
        group by compared.campaign
    )

select
    launches.campaign,
    launches.launch_date,
    turning_points.break_even_date,
    sustained.sustained_break_even_date
from launches
left join turning_points on launches.campaign = turning_points.campaign
left join sustained on launches.campaign = sustained.campaign
