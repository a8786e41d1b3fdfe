with handoff as (select * from {{ ref("kpi_handoff") }})

{% for variant in ["elapsed_median", "elapsed_p90", "business_median", "business_p90"] %}
        {{ kpi_rows(
        "speed_to_lead",
        "'" ~ variant ~ "'",
        "handoff",
        variant ~ "_minutes",
        "leads",
        where="dimension = '' or grain not in ('day', 'week')",
    ) }}
    union all
{% endfor %}
select
    'sla_attainment' as kpi,
    '' as variant,
    grain,
    period,
    dimension,
    member,
    cast(sla_met as decimal(28, 8)) as numerator,
    cast(sla_met + sla_breached as decimal(28, 8)) as denominator,
    sla_met + sla_breached as n,
    sla_pending = 0 as is_mature
from handoff
{% for variant in ["accepted", "rejected", "recycled", "pending"] %}
    union all
    select
        'lead_disposition',
        '{{ variant }}',
        grain,
        period,
        dimension,
        member,
        cast(ripe_{{ variant }} as decimal(28, 8)),
        cast(ripe_cycles as decimal(28, 8)),
        ripe_cycles,
        is_disposition_mature
    from handoff
{% endfor %}
union all
select
    'lead_disposition',
    'rejected_with_reason',
    grain,
    period,
    dimension,
    member,
    cast(ripe_rejected_with_reason as decimal(28, 8)),
    cast(ripe_rejected as decimal(28, 8)),
    ripe_rejected,
    is_disposition_mature
from handoff
