with

    estimates as (select * from {{ ref("int_conversion_estimates") }} where stage_pair = 'mql>sql'),
    -- The hand-over is a matter of cycles, every other step one of persons.
    medians as (
        select
            grain,
            period,
            case
                when dimension = '' then 'stage_pair' else 'stage_pair+' || dimension
            end as dimension,
            case when dimension = '' then stage_pair else stage_pair || '+' || member end as member,
            converted_in_window,
            converted,
            velocity_days,
            p50_all_days,
            observed_days
        from {{ ref("int_conversion_medians") }}
        where (stage_pair = 'mql>sql') = (basis = 'cycle')
    ),
    periods as (select distinct grain, period, period_last_day from {{ ref("int_periods") }}),

    incidences as (
        select
            'cif_conversion' as kpi,
            case when basis = 'person' then 'person_day_' else 'day_' end
            || cast(day as string) as variant,
            grain,
            period,
            dimension,
            member,
            -- As many of the cohort as are expected to have converted by then.
            case
                when cohort_size = 0
                then cast(0 as decimal(28, 8))
                when is_known
                then
                    cast(
                        cast({{ rounded("incidence") }} as decimal(9, 8))
                        * cast(cohort_size as decimal(18, 0)) as decimal(28, 8)
                    )
            end as numerator,
            case
                when cohort_size = 0 or is_known then cast(cohort_size as decimal(28, 8))
            end as denominator,
            cohort_size as n,
            day as ripe_after_days
        from estimates
        where day in (30, 60, 90)
    ),

    velocities as (
        {{ kpi_rows("velocity_days", "''", "medians", "velocity_days", "converted_in_window") }}
        union all
        {{ kpi_rows("velocity_days", "'p50_all'", "medians", "p50_all_days", "converted") }}
        union all
        {{ kpi_rows("velocity_days", "'observed'", "medians", "observed_days", "converted") }}
    ),

    kpis as (
        select *
        from incidences
        union all
        select
            kpi,
            variant,
            grain,
            period,
            dimension,
            member,
            numerator,
            denominator,
            n,
            {{ var("funnel")["conversion_window_days"] }}
        from velocities
    )

select
    kpis.kpi,
    kpis.variant,
    kpis.grain,
    kpis.period,
    kpis.dimension,
    kpis.member,
    kpis.numerator,
    kpis.denominator,
    kpis.n,
    cast(periods.period_last_day + cast(kpis.ripe_after_days as int) as date)
    <= {{ as_of_date() }} as is_mature
from kpis
left join periods on kpis.grain = periods.grain and kpis.period is not distinct from periods.period
