{% set pair = "kpi, variant, grain, period, compared_with" %}
with

    pairs as (select * from {{ ref("int_variance_pairs") }}),
    inputs as (select * from {{ ref("kpi_variance_inputs") }}),

    numbers as (
        select kpi, variant, grain, period, value, is_complete, is_mature
        from {{ ref("kpi_values") }}
        where {{ is_decomposed() }}
    ),

    compared as (
        select
            later.kpi,
            later.variant,
            pairs.grain,
            pairs.period,
            pairs.compared_with,
            pairs.compared_period,
            earlier.value as value_before,
            later.value as value_after,
            case
                when not (earlier.is_complete and later.is_complete)
                then 'period_not_complete'
                when not (earlier.is_mature and later.is_mature)
                then 'cohort_not_mature'
                when earlier.value is null
                then 'no_value_before'
                when later.value is null
                then 'no_value_after'
            end as reason
        from pairs
        inner join numbers as later on pairs.grain = later.grain and pairs.period = later.period
        inner join
            numbers as earlier
            on pairs.grain = earlier.grain
            and pairs.compared_period = earlier.period
            and later.kpi = earlier.kpi
            and later.variant = earlier.variant
    ),

    cells as (
        select
            compared.kpi,
            compared.variant,
            compared.grain,
            compared.period,
            compared.compared_with,
            inputs.dimension,
            inputs.member,
            inputs.component,
            {% for when, period in [("before", "compared_period"), ("after", "period")] %}
                {% for measure in ["amount", "units"] %}
                    cast(
                        sum(
                            case
                                when inputs.period = compared.{{ period }}
                                then inputs.{{ measure }}
                                else 0
                            end
                        ) as double
                    ) as {{ measure }}_{{ when }}{{ "," if not (loop.last and when == "after") }}
                {% endfor %}
            {% endfor %}
        from compared
        inner join
            inputs
            on compared.kpi = inputs.kpi
            and compared.variant = inputs.variant
            and compared.grain = inputs.grain
            and inputs.period in (compared.period, compared.compared_period)
        where compared.reason is null
        group by 1, 2, 3, 4, 5, 6, 7, 8
    ),

    factors as ({{ variance_factors("cells", pair ~ ", component") }}),
    ratios as (select * from factors where kpi <> 'cm3'),
    costs as (select * from ratios where kpi like 'cac%'),
    margins as (select * from factors where kpi = 'cm3'),

    contributions as (
        {{ variance_effect("costs", "spend_volume", "'spend'", "spend_effect") }}
        union all
        {{ variance_effect("costs", "spend_volume", "'volume'", "volume_effect") }}
        union all
        {{ variance_effect("ratios", "mix_rate", "'mix'", "mix_effect") }}
        union all
        {{ variance_effect("ratios", "mix_rate", "'rate'", "rate_effect") }}
        union all
        {{ variance_effect("costs", "mix_rate", "'zero_customer_spend'", "loose_rate") }}
        union all
        {{ variance_effect("margins", "margin", "'volume'", shapley_of_three("all_units", "share", "rate")) }}
        union all
        {{ variance_effect("margins", "margin", "'mix'", shapley_of_three("share", "all_units", "rate")) }}
        union all
        {{
            variance_effect(
                "margins",
                "margin",
                "component",
                shapley_of_three("rate", "all_units", "share") ~ " + loose_after - loose_before",
            )
        }}
    ),

    effects as (select * from contributions where abs(contribution) >= 0.000000005)

select
    -- keys
    compared.kpi,
    compared.variant,
    compared.grain,
    compared.period,
    compared.compared_with,
    compared.compared_period,
    coalesce(effects.decomposition, '') as decomposition,
    coalesce(effects.effect, '') as effect,
    coalesce(effects.dimension, '') as dimension,
    coalesce(effects.member, '') as member,

    -- measures
    compared.value_before,
    compared.value_after,
    cast(compared.value_after - compared.value_before as decimal(28, 8)) as change,
    {{ rounded("effects.contribution") }} as contribution,
    case
        when compared.reason is not null
        then compared.reason
        when effects.effect is null
        then 'nothing_changed'
    end as reason
from compared
left join
    effects
    on compared.kpi = effects.kpi
    and compared.variant = effects.variant
    and compared.grain = effects.grain
    and compared.period = effects.period
    and compared.compared_with = effects.compared_with
