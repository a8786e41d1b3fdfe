with

    months as (select distinct period as month from {{ ref("int_periods") }} where grain = 'month'),
    commitments as (
        select commitments.*
        from {{ ref("int_commitments") }} as commitments
        inner join months on commitments.month = months.month
    ),
    teams as (
        select 'marketing' as owner_team
        union all
        select 'sales'
    ),

    counted as (
        select
            month,
            owner_team,
            sum(case when is_due then 1 else 0 end) as due,
            sum(case when is_kept then 1 else 0 end) as kept
        from commitments
        group by month, owner_team
        union all
        -- A month in which nothing was due has a row all the same.
        select months.month, teams.owner_team, 0, 0
        from months
        cross join teams
    )

select
    'alignment_commitments' as kpi,
    '' as variant,
    'month' as grain,
    month as period,
    dimension,
    member,
    cast(sum(kept) as decimal(28, 8)) as numerator,
    cast(sum(due) as decimal(28, 8)) as denominator,
    cast(sum(due) as bigint) as n,
    true as is_mature
from {{ total_and_cuts("counted", ["owner_team"], ["month", "kept", "due"]) }} as cut
group by month, dimension, member
