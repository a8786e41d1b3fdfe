{% set sla = var("sla") %}
with

    house as (
        select
            '*' as owner,
            '{{ sla["timezone"] }}' as timezone,
            '{{ sla["days"] | join(";") }}' as days,
            '{{ sla["start"] }}' as opens,
            '{{ sla["end"] }}' as closes,
            '{{ sla["holidays"] | join(";") }}' as holidays
    ),

    calendars as (
        select *
        from house
        union all
        select
            coalesce(owners.owner, trim(own.owner)),
            coalesce(nullif(trim(own.timezone), ''), house.timezone),
            coalesce(nullif(lower(trim(own.days)), ''), house.days),
            coalesce(nullif(trim(own.opens), ''), house.opens),
            coalesce(nullif(trim(own.closes), ''), house.closes),
            coalesce(nullif(trim(own.holidays), ''), house.holidays)
        from {{ ref("owner_calendars") }} as own
        cross join house
        left join {{ ref("int_owners") }} as owners on trim(own.owner) = owners.alias
    )

-- Owners who work alike share one calendar, so that its days are worked out once.
select
    owner,
    min(owner) over (partition by timezone, days, opens, closes, holidays) as calendar,
    timezone,
    days,
    opens,
    closes,
    holidays
from calendars
