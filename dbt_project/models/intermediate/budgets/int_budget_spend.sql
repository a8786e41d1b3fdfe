with

    budgets as (select * from {{ ref("int_budgets") }} where status = 'in_force'),

    spend as (
        select
            day,
            is_monthly,
            'media' as pool,
            channel,
            purpose,
            cast(sum(spend) as decimal(20, 6)) as amount
        from {{ ref("int_media_days") }}
        group by 1, 2, 3, 4, 5
        union all
        select
            month,
            true,
            pool,
            coalesce(channel, '(shared)'),
            purpose,
            cast(sum(amount) as decimal(20, 6))
        from {{ ref("int_costs") }}
        where pool <> 'media'
        group by 1, 2, 3, 4, 5
    ),

    -- What two lines could pay is paid by the more specific one, so that it counts once.
    claimed as (
        select
            spend.*,
            budgets.line,
            budgets.period_start,
            budgets.period_end,
            row_number() over (
                partition by spend.day, spend.is_monthly, spend.pool, spend.channel, spend.purpose
                order by
                    case when budgets.channel is not null then 0 else 1 end,
                    case when budgets.purpose is not null then 0 else 1 end,
                    {{ days_between("budgets.period_start", "budgets.period_end") }} nulls last,
                    budgets.line,
                    budgets.period_start
            ) as claim_no
        from spend
        left join
            budgets
            on spend.pool = budgets.pool
            and spend.day between budgets.period_start and budgets.period_end
            and (budgets.channel is null or spend.channel = budgets.channel)
            and (budgets.purpose is null or spend.purpose = budgets.purpose)
    )

select
    day,
    is_monthly,
    pool,
    channel,
    purpose,
    coalesce(line, '(unbudgeted)') as line,
    coalesce(period_start, {{ period_start("month", "day") }}) as period_start,
    coalesce(
        period_end, cast({{ months_later(period_start("month", "day"), 1) }} - 1 as date)
    ) as period_end,
    amount
from claimed
where claim_no = 1
