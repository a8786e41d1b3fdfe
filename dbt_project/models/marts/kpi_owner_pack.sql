with

    kpis as (
        select *
        from {{ ref("kpi_values") }}
        where grain = 'month' and period = {{ period_start("month", as_of_date()) }}
    ),

    -- Seven numbers, ten minutes: what they are is said in the dictionary, here is only which.
    chosen as (
        select 1 as position, 'jobs' as measure, 'orders' as kpi, '' as variant, '' as dimension
        union all
        select 2, 'net_revenue', 'net_revenue', 'order_basis', ''
        union all
        select 3, 'cm2', 'cm2', 'order_basis', ''
        union all
        select 3, 'cm2_per_hour', 'cm_per_customer', 'cm2_per_hour', ''
        union all
        select 4, 'cm3', 'cm3', 'order_basis', ''
        union all
        select 5, 'break_even_jobs_left', 'break_even_units_date', 'units_left', ''
        union all
        select 6, 'new_customers', 'won', 'new_customers', ''
        union all
        select 6, 'cac', 'cac_fully_loaded', '', ''
        union all
        select 6, 'new_customers_from', 'won', 'new_customers', 'channel'
        union all
        select 7, 'repeat_share', 'repeat_share', '', ''
    )

select
    chosen.position,
    chosen.measure,
    coalesce(kpis.member, '') as member,
    {{ period_start("month", as_of_date()) }} as month,
    chosen.kpi,
    chosen.variant,
    kpis.value,
    kpis.numerator,
    kpis.denominator,
    kpis.n,
    kpis.unit,
    cast({{ months_later(period_start("month", as_of_date()), 1) }} - 1 as date)
    <= {{ as_of_date() }} as is_complete,
    {{ as_of_date() }} as as_of
from chosen
left join
    kpis
    on chosen.kpi = kpis.kpi
    and chosen.variant = kpis.variant
    and chosen.dimension = kpis.dimension
where chosen.dimension = '' or kpis.value > 0
