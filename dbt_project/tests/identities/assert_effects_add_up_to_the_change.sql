{{ config(meta={
    "identity": "V1",
    "owner": "analytics",
    "remedy": "The effects of the KPI and period shown are not its change in kpi_values: a channel, an order or a cost is in"
        ~ " the KPI and not in kpi_variance_inputs, or the other way round.",
}) }}

with

    numbers as (
        select kpi, variant, grain, period, value
        from {{ ref("kpi_values") }}
        where {{ is_decomposed() }}
    ),

    explained as (
        select
            kpi,
            variant,
            grain,
            period,
            compared_period,
            decomposition,
            max(reason) as reason,
            sum(contribution) as contribution
        from {{ ref("kpi_variance") }}
        group by kpi, variant, grain, period, compared_period, decomposition
    ),

    compared as (
        select explained.*, later.value - earlier.value as change
        from explained
        inner join
            numbers as later
            on explained.kpi = later.kpi
            and explained.variant = later.variant
            and explained.grain = later.grain
            and explained.period = later.period
        inner join
            numbers as earlier
            on explained.kpi = earlier.kpi
            and explained.variant = earlier.variant
            and explained.grain = earlier.grain
            and explained.compared_period = earlier.period
    )

-- Doubles carry fifteen digits: a change in the billions is known to less than a millionth.
select *
from compared
where
    coalesce(reason, 'nothing_changed') = 'nothing_changed'
    and coalesce(abs(contribution - change), abs(change), 1)
    > 0.000001 + abs(change) * 0.000000000001
