with

    campaign_days as (
        select
            member as campaign,
            day,
            cast(sum({{ cm2_of_sums() }}) as decimal(20, 6)) as cm2,
            cast(sum(direct_marketing) as decimal(20, 6)) as spend
        from {{ ref("int_margin_days") }}
        where
            dimension = 'campaign'
            and basis = 'order_basis'
            and day <= {{ as_of_date() }}
            and member <> '(shared)'
        group by member, day
    ),

    -- Nothing changes between the days on which a campaign costs or earns something.
    cumulated as (
        select
            campaign_days.*,
            sum(cm2) over (
                partition by campaign order by day rows between unbounded preceding and current row
            ) as cm2_so_far,
            sum(spend) over (
                partition by campaign order by day rows between unbounded preceding and current row
            ) as spend_so_far
        from campaign_days
    ),

    compared as (
        select
            cumulated.*,
            spend_so_far > 0 and cm2_so_far >= spend_so_far as is_covered,
            max(case when spend_so_far <= 0 or cm2_so_far < spend_so_far then day end) over (
                partition by campaign
            ) as last_uncovered_day
        from cumulated
    )

select
    campaign,
    min(case when spend > 0 then day end) as launch_date,
    min(case when is_covered then day end) as break_even_date,
    min(
        case when last_uncovered_day is null or day > last_uncovered_day then day end
    ) as sustained_break_even_date
from compared
group by campaign
having sum(spend) > 0
