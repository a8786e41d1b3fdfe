{#- The rows of kpi_values whose changes are explained. -#}
{% macro is_decomposed() -%}
    (
        dimension = ''
        and (
            kpi in ('cac_blended_media', 'cac_fully_loaded')
            or (kpi = 'cac_paid' and variant = 'last_touch')
            or (kpi = 'cm3' and variant = 'order_basis')
        )
        or (
            kpi = 'stage_conversion_rate'
            and variant = 'cohort_person'
            and dimension = 'stage_pair'
            and member = 'mql>sql'
        )
    )
{%- endmacro %}

{#- Shares, rates and effects of the cells that a KPI is made of, in two periods. A cell that one of them lacks takes the
    rate of the other; what a cell costs without a unit is loose: it has no rate. -#}
{% macro variance_factors(cells, partition) -%}
    select
        rated.*,
        (share_after - share_before) * (
            (rate_before + rate_after) / 2 - (
                rated_amounts_before / nullif(all_units_before, 0)
                + rated_amounts_after / nullif(all_units_after, 0)
            )
            / 2
        ) as mix_effect,
        (share_before + share_after) / 2 * (rate_after - rate_before) as rate_effect,
        loose_after / nullif(all_units_after, 0)
        - loose_before / nullif(all_units_before, 0) as loose_rate,
        (amount_after - amount_before)
        * (1 / nullif(all_units_before, 0) + 1 / nullif(all_units_after, 0))
        / 2 as spend_effect,
        (units_before - units_after)
        * (all_amounts_before + all_amounts_after)
        / 2
        / nullif(all_units_before * all_units_after, 0) as volume_effect
    from
        (
            select
                totals.*,
                {%- for here, there in [("before", "after"), ("after", "before")] %}
                    coalesce(
                        units_{{ here }} / nullif(all_units_{{ here }}, 0),
                        units_{{ there }} / nullif(all_units_{{ there }}, 0),
                        0
                    ) as share_{{ here }},
                    coalesce(
                        amount_{{ here }} / nullif(units_{{ here }}, 0),
                        amount_{{ there }} / nullif(units_{{ there }}, 0),
                        0
                    ) as rate_{{ here }},
                    case
                        when units_{{ here }} = 0 then amount_{{ here }} else 0
                    end as loose_{{ here }}
                    {%- if not loop.last %}, {% endif %}
                {%- endfor %}
            from
                (
                    select
                        cells.*,
                        {%- for here in ["before", "after"] %}
                            sum(units_{{ here }}) over (
                                partition by {{ partition }}
                            ) as all_units_{{ here }},
                            sum(amount_{{ here }}) over (
                                partition by {{ partition }}
                            ) as all_amounts_{{ here }},
                            sum(
                                case when units_{{ here }} > 0 then amount_{{ here }} else 0 end
                            ) over (partition by {{ partition }}) as rated_amounts_{{ here }}
                            {%- if not loop.last %}, {% endif %}
                        {%- endfor %}
                    from {{ cells }} as cells
                ) as totals
        ) as rated
{%- endmacro %}

{#- What the change of one factor does to a product of three: Shapley's value, the mean over the orders in which the three
    may change. Factors are names of columns without _before and _after. -#}
{% macro shapley_of_three(factor, one, other) -%}
    ({{ factor }}_after - {{ factor }}_before) * (
        ({{ one }}_before * {{ other }}_before + {{ one }}_after * {{ other }}_after) / 3
        + ({{ one }}_before * {{ other }}_after + {{ one }}_after * {{ other }}_before) / 6
    )
{%- endmacro %}

{#- An effect as rows of kpi_variance, one for each cell. -#}
{% macro variance_effect(relation, decomposition, effect, contribution) -%}
    select
        kpi,
        variant,
        grain,
        period,
        compared_with,
        '{{ decomposition }}' as decomposition,
        {{ effect }} as effect,
        dimension,
        member,
        sum({{ contribution }}) as contribution
    from {{ relation }}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
{%- endmacro %}
