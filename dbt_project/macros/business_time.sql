{#- Open seconds of a calendar from its first day to an instant, by the row of int_business_days that holds the instant.
    Two of them differ by the business seconds between the instants. -#}
{% macro business_second(day, instant) -%}
    {{ day }}.seconds_before + case
        when {{ day }}.open_seconds > 0
        then
            least(
                greatest({{ seconds_between(day ~ ".opens_at", instant) }}, 0),
                {{ day }}.open_seconds
            )
        else 0
    end
{%- endmacro %}

{#- Whole minutes of a follow-up: an answer within the n-th minute takes n, one that never came lets the minutes that
    are over pass. -#}
{% macro minutes_followed(seconds, is_answered) -%}
    cast(floor(({{ seconds }} + case when {{ is_answered }} then 59 else 0 end) / 60) as bigint)
{%- endmacro %}

{#- Day from which on a cycle is too young to be judged undecided. -#}
{% macro is_past_disposition(day) -%}
    cast({{ day }} + {{ var("sla")["disposition_days"] }} as date) <= {{ as_of_date() }}
{%- endmacro %}

{#- One measure of int_handoff_days as a column. -#}
{% macro handoff_count(measure, count="entities") -%}
    cast(sum(case when measure = '{{ measure }}' then {{ count }} else 0 end) as bigint)
{%- endmacro %}
