with

    targets as (select * from {{ ref("int_kpi_targets") }}),
    dictionary as (select * from {{ ref("kpi_dictionary") }}),
    directions as (select * from {{ ref("kpi_directions") }}),

    -- Three months are a quarter in both calendars; one of the names is enough.
    periods as (
        select grain, period, period_last_day
        from
            (
                select
                    grain,
                    period,
                    period_last_day,
                    row_number() over (
                        partition by period, period_last_day order by length(grain), grain
                    ) as name_no
                from {{ ref("int_periods") }}
                where grain <> 'all'
                group by grain, period, period_last_day
            ) as names
        where name_no = 1
    ),

    described as (
        select
            targets.kpi,
            coalesce(targets.variant, directions.target_variant, '') as variant,
            targets.period_start,
            targets.period_end,
            case
                when targets.channel is null
                then coalesce(directions.target_dimension, '')
                else 'channel'
            end as dimension,
            case
                when targets.channel is null
                then coalesce(directions.target_member, '')
                else targets.channel
            end as member,
            targets.target,
            dictionary.id is not null as is_known,
            coalesce(dictionary.additivity = 'A', false) as is_additive,
            directions.better,
            periods.grain,
            {{ days_between("targets.period_start", "targets.period_end") }} + 1 as days_in_period,
            greatest(
                {{ days_between("targets.period_start", "least(targets.period_end, " ~ as_of_date() ~ ")") }}
                + 1,
                0
            ) as days_elapsed
        from targets
        left join dictionary on targets.kpi = dictionary.id
        left join directions on targets.kpi = directions.kpi
        left join
            periods
            on targets.period_start = periods.period
            and targets.period_end = periods.period_last_day
    ),

    compared as (
        select
            described.*,
            kpis.kpi is not null as is_published,
            kpis.value as actual,
            kpis.unit,
            kpis.is_mature,
            -- What adds up is due day by day; a rate or a stock is due at any time.
            case
                when described.is_additive
                then
                    {{ ratio("cast(described.target as double) * described.days_elapsed", "described.days_in_period") }}
                else cast(described.target as decimal(28, 8))
            end as target_to_date
        from described
        left join
            {{ ref("kpi_values") }} as kpis
            on described.kpi = kpis.kpi
            and described.variant = kpis.variant
            and described.grain = kpis.grain
            and described.period_start = kpis.period
            and described.dimension = kpis.dimension
            and described.member = kpis.member
    )

select
    -- keys
    kpi,
    variant,
    period_start,
    period_end,
    dimension,
    member,
    {{ as_of_date() }} as as_of,

    -- dimensions
    grain,
    unit,
    better,
    is_additive,
    days_elapsed = days_in_period as is_complete,
    is_mature,
    case
        when not is_known
        then 'unknown_kpi'
        when days_elapsed = 0
        then 'not_begun'
        when grain is null
        then 'no_calendar_period'
        when not is_published
        then 'not_published'
        when actual is null
        then 'no_value'
    end as not_measured_because,

    -- measures
    actual,
    cast(target as decimal(28, 8)) as target,
    target_to_date,
    cast(actual - target_to_date as decimal(28, 8)) as variance_to_date,
    {{ ratio("actual", "target_to_date") }} as attainment,
    case
        when not is_mature
        then null
        when better = 'higher'
        then actual >= target_to_date
        when better = 'lower'
        then actual <= target_to_date
    end as is_on_target
from compared
