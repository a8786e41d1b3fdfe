{{ config(meta={
    "identity": "B2",
    "owner": "finance",
    "remedy": "Break-even ROAS and the CM2 rate come from different revenue: both must use net_revenue_with_cost of"
        ~ " kpi_break_even."
}) }}

select
    roas.grain,
    roas.period,
    roas.dimension,
    roas.member,
    roas.numerator,
    roas.denominator,
    break_even.cm2,
    break_even.net_revenue_with_cost
from {{ ref("int_kpi_values_break_even") }} as roas
inner join
    {{ ref("kpi_break_even") }} as break_even
    on roas.grain = break_even.grain
    and roas.period is not distinct from break_even.period
    and roas.dimension = break_even.dimension
    and roas.member = break_even.member
where
    roas.kpi = 'break_even_roas'
    and roas.denominator > 0
    and abs(
        cast(roas.numerator as double)
        / cast(roas.denominator as double)
        * (cast(break_even.cm2 as double) / cast(break_even.net_revenue_with_cost as double))
        - 1
    )
    > 0.000000001
