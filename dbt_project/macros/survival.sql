{#- Cumulative incidence with competing risks (Aalen-Johansen) and the Kaplan-Meier curve that ignores them.
    `counts` has one row per key and time: `converted`, `left_otherwise` and `censored` entities whose follow-up ended at
    that `elapsed` time (a whole number of units; an event within the n-th unit has elapsed = n, a follow-up that ends
    without one counts the units that are over). Whoever is censored at a time was still at risk at it.
    Yields the keys, elapsed, the counts, at_risk, and as doubles: survival (neither converted nor left),
    incidence (converted), exit_incidence (left), km_incidence (1 - Kaplan-Meier, where leaving counts as censored). -#}
{% macro incidence_curve(counts, keys) -%}
    {%- set by_time -%}
        (partition by {{ keys | join(", ") }} order by elapsed rows between unbounded preceding and current row)
    {%- endset -%}
    select
        {{ keys | join(", ") }},
        elapsed,
        converted,
        left_otherwise,
        censored,
        at_risk,
        survival,
        sum(survival_before * converted / at_risk) over {{ by_time }} as incidence,
        sum(survival_before * left_otherwise / at_risk) over {{ by_time }} as exit_incidence,
        1 - km_survival as km_incidence
    from
        (
            select
                survivals.*,
                coalesce(
                    lag(survival) over (partition by {{ keys | join(", ") }} order by elapsed),
                    cast(1 as double)
                ) as survival_before
            from
                (
                    select
                        risks.*,
                        {{ running_product("converted + left_otherwise", "at_risk", by_time) }}
                        as survival,
                        {{ running_product("converted", "at_risk", by_time) }} as km_survival
                    from
                        (
                            select
                                counts.*,
                                cast(
                                    sum(converted + left_otherwise + censored) over (
                                        partition by {{ keys | join(", ") }}
                                        order by elapsed desc
                                        rows between unbounded preceding and current row
                                    ) as bigint
                                ) as at_risk
                            from {{ counts }} as counts
                        ) as risks
                ) as survivals
        ) as steps
{%- endmacro %}

{#- Product over time of 1 - events / at_risk; zero from the time on at which everybody at risk had the event. -#}
{% macro running_product(events, at_risk, by_time) -%}
    case
        when max(case when {{ events }} = {{ at_risk }} then 1 else 0 end) over {{ by_time }} = 1
        then cast(0 as double)
        else
            exp(
                sum(
                    case
                        when {{ events }} < {{ at_risk }}
                        then ln(1 - cast({{ events }} as double) / {{ at_risk }})
                        else cast(0 as double)
                    end
                ) over {{ by_time }}
            )
    end
{%- endmacro %}

{#- Smallest time at which a share of the entities has had the event, from the rows of a curve; null if none has.
    A share that is met exactly must not be missed by the last bit of a logarithm. -#}
{% macro time_reached(incidence, share) -%}
    min(case when {{ incidence }} >= {{ share }} - 0.000000001 then elapsed end)
{%- endmacro %}
