{{ config(meta={
    "identity": "M2",
    "owner": "finance",
    "remedy": "Orders, refunds or direct costs of a channel, segment or campaign are missing from or twice in the total: "
        ~ "every order needs one of each, (unattributed), (unknown) and (shared) included."
}) }}

with

    sums as (
        select
            grain,
            period,
            basis,
            dimension,
            sum(net_revenue) as net_revenue,
            sum(coalesce(cm2, 0)) as cm2,
            sum(direct_marketing) as direct_marketing
        from {{ ref("kpi_contribution_margin") }}
        group by grain, period, basis, dimension
    ),

    totals as (select * from sums where dimension = '')

select cuts.*, totals.cm2 as total_cm2, totals.net_revenue as total_net_revenue
from sums as cuts
inner join
    totals
    on cuts.grain = totals.grain
    and cuts.basis = totals.basis
    and cuts.period is not distinct from totals.period
where
    cuts.dimension <> ''
    and (
        abs(cuts.net_revenue - totals.net_revenue) > 0.01
        or abs(cuts.cm2 - totals.cm2) > 0.01
        or abs(cuts.direct_marketing - totals.direct_marketing) > 0.01
    )
