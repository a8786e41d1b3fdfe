{#- Cumulative incidence with competing risks (Aalen-Johansen), its variance (delta method, as in Marubini and Valsecchi
    1995), and 1 - Kaplan-Meier, which takes leaving for censoring and says too much.
    `counts` has one row per key and time that has any: `converted`, `left_otherwise` and `censored` entities whose
    follow-up ended at that `elapsed` time. Whoever is censored at a time was still at risk at it.
    Yields all columns of `counts` and next_elapsed, cohort_size, converted_in_all, converted_so_far, ended_so_far,
    at_risk, and as doubles: survival (neither converted nor left), incidence (converted), exit_incidence (left),
    km_incidence, variance. Every window is a second at millions of rows: what can be had without is. -#}
{% macro incidence_curve(counts, key) -%}
    {%- set by_time = "(partition by " ~ key ~ " order by elapsed rows between unbounded preceding and current row)" -%}
    {#- Shares of nobody are 0: a cohort of nobody has a row too. -#}
    {%- set risk_set = "cast(greatest(at_risk, 1) as double)" -%}
    {%- set hazard_sum = "(converted + left_otherwise) / (" ~ risk_set ~ " * (at_risk - converted - left_otherwise))" -%}
    select
        sums.*,
        -- Sums that cancel out may leave a hair less than nothing.
        greatest(
            incidence * incidence * variance_a - 2 * incidence * variance_b + variance_c,
            cast(0 as double)
        ) as variance
    from
        (
            select
                terms.*,
                sum(hazard_term) over {{ by_time }} as variance_a,
                sum(incidence * hazard_term + step_term) over {{ by_time }} as variance_b,
                sum(
                    incidence * incidence * hazard_term
                    + 2 * incidence * step_term
                    + step_term * survival_before * (at_risk - converted) / {{ risk_set }}
                ) over {{ by_time }} as variance_c
            from
                (
                    select
                        survivals.*,
                        exp(log_survival) as survival,
                        1 - exp(log_km_survival) as km_incidence,
                        sum(survival_before * converted / {{ risk_set }}) over {{ by_time }}
                        as incidence,
                        sum(survival_before * left_otherwise / {{ risk_set }}) over {{ by_time }}
                        as exit_incidence,
                        -- After the last at risk have ended, nothing moves any more.
                        case
                            when converted + left_otherwise < at_risk
                            then {{ hazard_sum }}
                            else cast(0 as double)
                        end as hazard_term,
                        survival_before * converted / ({{ risk_set }} * {{ risk_set }}) as step_term
                    from
                        (
                            select
                                logarithms.*,
                                exp(
                                    log_survival
                                    - {{ log_share_left("converted + left_otherwise") }}
                                ) as survival_before
                            from
                                (
                                    select
                                        risks.*,
                                        sum(
                                            {{ log_share_left("converted + left_otherwise") }}
                                        ) over {{ by_time }} as log_survival,
                                        sum({{ log_share_left("converted") }}) over {{ by_time }}
                                        as log_km_survival
                                    from ({{ risk_sets(counts, key, by_time) }}) as risks
                                ) as logarithms
                        ) as survivals
                ) as terms
        ) as sums
{%- endmacro %}

{#- Who is still there just before each time, and what became of the others. -#}
{% macro risk_sets(counts, key, by_time) -%}
    select
        gone.*,
        totals.cohort_size,
        totals.converted_in_all,
        totals.cohort_size - gone_so_far + converted + left_otherwise + censored as at_risk
    from
        (
            select
                counts.*,
                lead(elapsed) over (partition by {{ key }} order by elapsed) as next_elapsed,
                cast(sum(converted) over {{ by_time }} as bigint) as converted_so_far,
                cast(sum(converted + left_otherwise) over {{ by_time }} as bigint) as ended_so_far,
                cast(
                    sum(converted + left_otherwise + censored) over {{ by_time }} as bigint
                ) as gone_so_far
            from {{ counts }} as counts
        ) as gone
    inner join
        (
            select
                {{ key }},
                cast(sum(converted + left_otherwise + censored) as bigint) as cohort_size,
                cast(sum(converted) as bigint) as converted_in_all
            from {{ counts }}
            group by {{ key }}
        ) as totals
        on gone.{{ key }} = totals.{{ key }}
{%- endmacro %}

{#- Logarithm of the share of those at risk who do not have the event, because SQL adds and does not multiply. Where all
    have it, a number so small that its exponential is 0, and not so small that what it is added to is lost. -#}
{% macro log_share_left(events) -%}
    case
        when {{ events }} = 0
        then cast(0 as double)
        when {{ events }} < at_risk
        then ln(1 - cast({{ events }} as double) / at_risk)
        else cast(-1000 as double)
    end
{%- endmacro %}

{#- Bound of Wilson's 95 % interval of a share among `size`, which need not be whole: "-" the lower one, "+" the upper.
    Null where nobody was asked. -#}
{% macro wilson_bound(share, size, sign) -%}
    {%- set z = "cast(1.959963984540054 as double)" -%}
    {%- set people = "cast(" ~ size ~ " as double)" -%}
    case
        when {{ size }} > 0
        then
            least(
                greatest(
                    (
                        {{ share }} + {{ z }} * {{ z }} / (2 * {{ people }})
                        {{ sign }} {{ z }} * sqrt(
                            {{ share }} * (1 - {{ share }}) / {{ people }}
                            + {{ z }} * {{ z }} / (4 * {{ people }} * {{ people }})
                        )
                    )
                    / (1 + {{ z }} * {{ z }} / {{ people }}),
                    cast(0 as double)
                ),
                cast(1 as double)
            )
    end
{%- endmacro %}

{#- Days at which cumulative incidence is a KPI, and the end of the window. -#}
{% macro incidence_days() -%}
    {{ return(([30, 60, 90] + [var("funnel")["conversion_window_days"]]) | unique | sort) }}
{%- endmacro %}

{#- Whole days that are over in a number of seconds. -#}
{% macro whole_days(seconds) -%}
    cast(floor(cast({{ seconds }} as double) / 86400) as bigint)
{%- endmacro %}

{#- Day in which a moment falls, some seconds after the start: the first ends after exactly 24 hours. -#}
{% macro nth_day(seconds) -%} {{ whole_days(seconds ~ " + 86399") }} {%- endmacro %}

{#- What tells one curve from another. -#}
{% macro curve_keys() -%}
    {{ return(["basis", "stage_pair", "grain", "period", "dimension", "member"]) }}
{%- endmacro %}

{#- Whether two relations speak of the same curve. -#}
{% macro same_curve(one, other) -%}
    {%- for key in curve_keys() -%}
        {{ one }}.{{ key }} is not distinct from {{ other }}.{{ key }}
        {%- if not loop.last %} and {% endif %}
    {%- endfor -%}
{%- endmacro %}

{#- Smallest time at which a share of the entities has had the event, from the rows of a curve; null if none has.
    A share that is met exactly must not be missed by the last bit of a logarithm. -#}
{% macro time_reached(incidence, share) -%}
    min(case when {{ incidence }} >= {{ share }} - 0.000000001 then elapsed end)
{%- endmacro %}
