"""Which numbers of closed periods moved, and how the causes of their facts add up to the change."""

from typing import NamedTuple

from orchestration.rules import Cac


class Parts(NamedTuple):
    """The measures that a KPI adds up, and those that it divides by, if any."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    # The numerator is that of so many months before the period's own.
    lag_months: int = 0


MARGIN_BASES = ("order_basis", "transaction_basis")
# The KPIs whose facts are published, by KPI and variant.
KPIS: dict[tuple[str, str], Parts] = {
    ("spend", ""): Parts(("spend",)),
    ("won", "new_customers"): Parts(("new_customers",)),
    ("leads", ""): Parts(("lead",)),
    ("mqls", ""): Parts(("mql",)),
    ("mql_cycles", ""): Parts(("mql_cycles",)),
    ("sals", ""): Parts(("sal",)),
    ("sqls", ""): Parts(("sql",)),
    ("cac_blended_media", ""): Parts(("spend",), ("new_customers",)),
    ("cac_paid", "last_touch"): Parts(("paid_spend",), ("paid_customers",)),
    ("cac_channel", "last_touch"): Parts(("spend",), ("new_customers",)),
    ("cac_fully_loaded", ""): Parts(("loaded_cost",), ("new_customers",)),
    ("mer", ""): Parts(("net_revenue:order_basis",), ("spend",)),
    ("mer", "all_marketing"): Parts(("net_revenue:order_basis",), ("all_cost",)),
    ("roas", "last_touch_order_basis"): Parts(("net_revenue:order_basis",), ("spend",)),
    ("cpl", ""): Parts(("spend",), ("lead",)),
    # Of a period that is over, what was expected is what was spent; plans have no facts here.
    ("forecast_eop", ""): Parts(("all_cost",)),
    ("budget_pacing", ""): Parts(("all_cost",), ("planned",)),
    **{(kpi, basis): Parts((f"{kpi}:{basis}",)) for kpi in ("net_revenue", "cm1", "cm2") for basis in MARGIN_BASES},
    **{("cm3", basis): Parts((f"cm2:{basis}", "marketing")) for basis in MARGIN_BASES},
}


def parts_of_kpis(cac: Cac) -> dict[tuple[str, str], Parts]:
    """All KPIs whose facts are published, lagged CAC of these rules among them."""
    lags = {cac.lag_periods, *cac.channel_lag_periods.values()}
    media = {("cac_lagged", f"lag_{lag}_media"): Parts(("spend",), ("new_customers",), lag) for lag in lags}
    loaded = Parts(("loaded_cost",), ("new_customers",), cac.lag_periods)
    return {**KPIS, **media, ("cac_lagged", f"lag_{cac.lag_periods}"): loaded}


# Days never close a meeting's books, and `all` never closes.
CLOSED = """
create or replace temp table moved as
with earlier as (
    select * from before.marts.kpi_values where grain not in ('day', 'all')
),
later as (
    select *,
        case grain
            when 'week' then period + 6
            when 'month' then period + to_months(1) - to_days(1)
            when 'quarter' then period + to_months(3) - to_days(1)
            when 'fiscal_quarter' then period + to_months(3) - to_days(1)
            else period + to_months(12) - to_days(1)
        end as last_day
    from after.marts.kpi_values where grain not in ('day', 'all')
)
select
    coalesce(later.kpi, earlier.kpi) as kpi,
    coalesce(later.variant, earlier.variant) as variant,
    coalesce(later.grain, earlier.grain) as grain,
    coalesce(later.period, earlier.period) as period,
    coalesce(later.dimension, earlier.dimension) as dimension,
    coalesce(later.member, earlier.member) as member,
    coalesce(later.unit, earlier.unit) as unit,
    -- A cut without any fact has no row; of a sum it is zero.
    case when specs.is_sum then coalesce(earlier.value, 0) else earlier.value end as value_before,
    case when specs.is_sum then coalesce(later.value, 0) else later.value end as value_after,
    coalesce(earlier.numerator, 0) as numerator_before,
    coalesce(later.numerator, 0) as numerator_after,
    coalesce(earlier.denominator, 0) as denominator_before,
    coalesce(later.denominator, 0) as denominator_after,
    coalesce(specs.is_sum, false) as is_sum,
    specs.kpi is not null and coalesce(later.dimension, earlier.dimension) in (
        '', 'channel', 'source_group', 'segment'
    ) as has_facts,
    coalesce(earlier.is_mature, true) as was_mature,
    earlier.kpi_version is not null and later.kpi_version <> earlier.kpi_version as has_new_version
from earlier
full join later using (kpi, variant, grain, period, dimension, member)
left join specs
    on specs.kpi = coalesce(later.kpi, earlier.kpi) and specs.variant = coalesce(later.variant, earlier.variant)
where coalesce(earlier.is_complete, later.last_day <= $as_of_before)
    and (earlier.kpi is not null or (later.kpi, later.variant) in (select (kpi, variant) from earlier))
    and earlier.value is distinct from later.value
    and not (specs.is_sum and coalesce(earlier.value, 0) = coalesce(later.value, 0))
"""

BY_PERIOD = """
create or replace temp table measures as
with days as (
    from before.marts.dim_date select date_day, week, month, quarter, year, fiscal_quarter, fiscal_year
    union
    from after.marts.dim_date select date_day, week, month, quarter, year, fiscal_quarter, fiscal_year
),
periods as (unpivot days on week, month, quarter, year, fiscal_quarter, fiscal_year into name grain value period),
-- What is told months later is told by the month.
told as (
    select caused.* replace (
            case when lag_months = 0 then day else date_trunc('month', day) + to_months(lag_months) end as day,
            is_monthly or lag_months > 0 as is_monthly
        ), lag_months
    from caused cross join (select distinct lag_months from uses) as lags
),
cuts as (
    select *, '' as dimension, '' as member from told
    union all
    select *, 'channel', channel from told
    union all
    select *, 'source_group', source_group from told where source_group is not null
    union all
    select *, 'segment', segment from told where segment is not null
)
select measure, lag_months, grain, period, dimension, member, cause, sum(amount) as amount
from cuts inner join periods on cuts.day = periods.date_day
where not (is_monthly and grain = 'week')
group by all
"""

# The denominator's effect is linear in its change: (1/d1 - 1/d0) = -(d1 - d0) / (d0 * d1).
SPLIT = """
create or replace temp table split as
with terms as (
    select moved.*, measures.cause, uses.is_numerator,
        cast(measures.amount as double) as amount,
        cast(numerator_before as double) as n0, cast(numerator_after as double) as n1,
        cast(nullif(denominator_before, 0) as double) as d0, cast(nullif(denominator_after, 0) as double) as d1
    from moved
    inner join uses using (kpi, variant)
    inner join measures using (measure, lag_months, grain, period, dimension, member)
    where has_facts
)
select kpi, variant, grain, period, dimension, member, cause,
    cast(sum(
        case when is_sum then amount
            when is_numerator then amount * (1 / d0 + 1 / d1) / 2
            else -amount * (n0 + n1) / 2 / (d0 * d1)
        end
    ) as decimal(28, 8)) as contribution
from terms
group by all
"""

# What the causes leave: a millionth is rounding and joins the largest cause, anything else has a row of its own.
RESULT = """
with known as (
    select moved.*, split.cause, split.contribution,
        value_after - value_before as delta,
        sum(split.contribution) over number as explained,
        row_number() over (number order by abs(split.contribution) desc nulls last, split.cause) as place
    from moved left join split using (kpi, variant, grain, period, dimension, member)
    window number as (partition by moved.kpi, moved.variant, moved.grain, moved.period, moved.dimension, moved.member)
),
rests as (
    select *,
        delta - coalesce(explained, 0) as rest,
        case
            when $definition_alone or has_new_version then 'definition'
            when not was_mature and not has_facts then 'maturing'
            when $definition_changed and has_facts then 'definition'
            else 'unexplained'
        end as rest_cause
    from known
),
causes as (
    select kpi, variant, grain, period, dimension, member, unit, value_before, value_after, delta, cause,
        contribution + case when place = 1 and abs(rest) <= 0.000001 then rest else 0 end as contribution
    from rests where cause is not null
    union all
    select kpi, variant, grain, period, dimension, member, unit, value_before, value_after, delta, rest_cause,
        case when delta is not null then rest end
    from rests where place = 1 and (cause is null or abs(rest) > 0.000001)
)
select kpi, variant, grain, period, dimension, member, unit,
    cast(value_before as decimal(28, 8)) as value_before, cast(value_after as decimal(28, 8)) as value_after,
    cast(delta as decimal(28, 8)) as delta, cause, cast(sum(contribution) as decimal(28, 8)) as contribution
from causes
group by all
having delta is null or sum(contribution) <> 0
order by all
"""
