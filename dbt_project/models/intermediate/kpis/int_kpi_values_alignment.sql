with

    months as (select distinct period as month from {{ ref("int_periods") }} where grain = 'month'),

    -- A month in which nothing was due has a row all the same.
    counted as (
        select
            months.month,
            teams.owner_team,
            sum(case when commitments.is_due then 1 else 0 end) as due,
            sum(case when commitments.is_kept then 1 else 0 end) as kept
        from months
        cross join (values ('marketing'), ('sales')) as teams(owner_team)
        left join
            {{ ref("int_commitments") }} as commitments
            on months.month = commitments.month
            and teams.owner_team = commitments.owner_team
        group by months.month, teams.owner_team
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
