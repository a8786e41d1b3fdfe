"""Headline KPIs of the newest complete weeks and months against their own natural limits (XmR)."""

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen, of_few
from orchestration.publish.gate.history import History

# Fewer periods give no limits; older ones tell of another business.
AT_LEAST, AT_MOST = 12, 26
# What a customer costs says nothing of a period in which fewer were won.
ENOUGH = 30
# One large order or deal makes a week of few.
LUMPY = ("net_revenue", "cm2", "pipeline_created")
# The two halves of an XmR chart: values lie within 2.66 mean moving ranges of the mean, steps within 3.268 of them.
STEP = 3.268 / 2.66
OUTSIDE = f"""
with headline as (
    select * from (values
        ('spend', '', '', true), ('leads', '', '', true), ('mqls', '', '', true), ('sqls', '', '', true),
        ('won', 'new_customers', '', true), ('pipeline_created', '', '', true),
        ('net_revenue', 'order_basis', '', true), ('cm2', 'order_basis', '', true),
        ('cac_blended_media', '', '', true), ('cac_fully_loaded', '', '', true),
        -- Of few leads and deals: a week of them says nothing.
        ('speed_to_lead', 'business_median', '', false), ('sla_attainment', '', '', false),
        ('throughput_ratio', '', 'mql>sql', false), ('win_rate', '', '', false), ('open_pipeline', '', '', false)
    ) as names(kpi, variant, member, is_weekly)
),
complete as (
    select later.kpi, later.variant, later.grain, later.period, later.value,
        earlier.kpi is null as is_new,
        {of_few("later", LUMPY)} as of_few,
        row_number() over number as place,
        later.value - lag(later.value) over number as step
    from candidate.marts.kpi_values as later
    inner join headline using (kpi, variant, member)
    left join (from online.marts.kpi_values where is_complete) as earlier
        using (kpi, variant, grain, period, dimension, member)
    where (later.grain = 'month' or (later.grain = 'week' and is_weekly)) and later.is_complete
        and (later.dimension = '' or later.dimension = 'stage_pair')
        and later.value is not null
        and (later.kpi not like 'cac%' or later.denominator >= $enough)
    window number as (partition by later.kpi, later.variant, later.grain order by later.period)
),
limits as (
    select fresh.kpi, fresh.variant, fresh.grain, fresh.period, fresh.value, fresh.step, fresh.of_few,
        avg(past.value) as middle, avg(abs(past.step)) as moving_range, count(*) as periods
    from complete as fresh
    inner join complete as past
        on fresh.kpi = past.kpi and fresh.variant = past.variant and fresh.grain = past.grain
        and not past.is_new and past.place < fresh.place and past.place >= fresh.place - $at_most
    where fresh.is_new
    group by all
)
select kpi, variant, grain, period, value,
    middle - $multiplier * moving_range as low, middle + $multiplier * moving_range as high
from limits
where periods >= $at_least
    and abs(value - middle)
        > $multiplier * moving_range + case when value > middle then of_few * abs(value) else 0 end
    and abs(step) > $multiplier * $of_steps * moving_range
order by all
"""


def headlines_stay_inside_their_limits(history: History) -> Seen:
    """Weeks and months that were not complete before, by mean and mean moving range of the complete ones before them.

    A season leads a KPI over its limits step by step; a broken export takes it there in one. What one or two large
    orders or deals can be of a good week is left out; none makes a bad one.
    """
    if not history.knows("kpi_values"):
        return NO_HISTORY
    multiplier = history.rules.gate.xmr_multiplier
    found = history.rows(
        OUTSIDE, enough=ENOUGH, multiplier=multiplier, of_steps=STEP, at_least=AT_LEAST, at_most=AT_MOST
    )
    return Seen(
        [
            f"{kpi}{f' ({variant})' if variant else ''}, {grain} from {period}: {value:,.2f} is outside "
            f"{low:,.2f} to {high:,.2f}"
            for kpi, variant, grain, period, value, low, high in found
        ]
    )


GUARDS = [
    Guard(
        "headlines.stay_inside_their_limits",
        "headline KPIs of a new complete week or month lie inside the limits that their own past draws (XmR)",
        headlines_stay_inside_their_limits,
        "`duet why KPI` and the exports of the period tell whether it is true; approve it if it is",
        owner="marketing and sales",
    ),
]
