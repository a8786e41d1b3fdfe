"""Orders, won deals and stages that were certified: one by one they hardly ever change afterwards."""

from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History

# Late orders are no change of these, and refunds are rows of their own; an order that is gone changed by all it was.
ORDERS = """
with compared as (
    select was.source, was.order_id, was.order_date, was.gross,
        now.order_date is distinct from was.order_date as is_moved,
        case when now.currency is distinct from was.currency then was.gross
            else abs(coalesce(now.gross, 0) - was.gross) end as changed
    from online.marts.fct_orders as was
    left join candidate.marts.fct_orders as now using (source, order_id)
    where was.order_date <= $closed_until
),
months as (
    select source, date_trunc('month', order_date) as month, count(*) as orders,
        count(*) filter (changed <> 0 or is_moved) as touched,
        sum(changed) * 1.0 / nullif(sum(abs(gross)), 0) as changed,
        count(*) filter (is_moved) * 1.0 / count(*) as moved
    from compared group by all
)
select source, min(month), count(*), sum(touched), sum(orders), max(changed), max(moved)
from months where changed > $share or (moved > $share and touched > $few)
group by source
order by all
"""
DEALS = """
select source, count(*) as deals,
    count(*) filter (
        now.opportunity_id is null or now.status <> 'won' or now.closed_date <> was.closed_date
        or now.currency is distinct from was.currency
        or abs(coalesce(now.amount_in_currency, 0) - coalesce(was.amount_in_currency, 0)) > 0.01
    ) as changed
from online.marts.fct_opportunities as was
left join candidate.marts.fct_opportunities as now using (source, opportunity_id)
where was.status = 'won' and was.closed_date <= $closed_until
group by source
having changed > $few and changed > count(*) * $share
order by all
"""
# The first day of a stage may become earlier when more is known. It is lost, or later, when something was taken away.
STAGES = """
with was as (unpivot online.marts.dim_persons on lead_date, mql_date, sal_date, sql_date, opportunity_date, won_date
    into name stage value day),
now as (unpivot candidate.marts.dim_persons on lead_date, mql_date, sal_date, sql_date, opportunity_date, won_date
    into name stage value day)
select replace(stage, '_date', '') as stage, count(*) as persons,
    count(*) filter (now.day is null or now.day > was.day) as lost
from was
inner join candidate.marts.dim_persons as persons using (person_id)
left join now using (person_id, stage)
where was.day <= $closed_until and not was.is_excluded and not persons.is_excluded
group by stage
having lost > $few and lost > count(*) * $share
order by all
"""


def closed_orders_stay(history: History) -> Seen:
    """Amount, currency and day of each order that was closed, by month."""
    if not history.knows("fct_orders"):
        return NO_HISTORY
    return Seen(
        [
            f"{source}: {touched:,} of {orders:,} closed orders changed in {months} months from {month:%Y-%m}, at most "
            f"{float(changed or 0):.1%} of a month's money and {float(moved):.1%} of its days"
            for source, month, months, touched, orders, changed, moved in history.rows(ORDERS, **_thresholds(history))
        ]
    )


def won_deals_stay(history: History) -> Seen:
    """Amount, currency, status and day of each deal that was won."""
    if not history.knows("fct_opportunities"):
        return NO_HISTORY
    found = history.rows(DEALS, **_thresholds(history))
    return Seen([f"{source}: {changed:,} of {deals:,} won deals changed or went" for source, deals, changed in found])


def reached_stages_stay(history: History) -> Seen:
    """The day on which each person first reached a stage; of people who count on both sides."""
    if not history.knows("dim_persons"):
        return NO_HISTORY
    found = history.rows(STAGES, **_thresholds(history))
    return Seen(
        [f"{stage}: {lost:,} of {persons:,} people lost it or reached it later" for stage, persons, lost in found]
    )


def _thresholds(history: History) -> dict[str, object]:
    share = history.rules.gate.changed_record_share
    return dict(closed_until=history.closed_until, share=share, few=FEW)


GUARDS = [
    Guard(
        "records.closed_orders_stay",
        "orders of closed days keep their amount, currency and day",
        closed_orders_stay,
        "look whether columns, decimal marks or the time zone of the export changed; approve it after a correction",
        owner="finance",
    ),
    Guard(
        "records.won_deals_stay",
        "deals that were won stay won, with their amount, currency and day",
        won_deals_stay,
        "ask who changed them in the CRM; approve it after a clean-up; `duet diff previous online` tells what moved",
        owner="sales operations",
    ),
    Guard(
        "records.reached_stages_stay",
        "people who reached a stage do not lose it, nor reach it later than was certified",
        reached_stages_stay,
        "look whether the export lost its history or the CRM's stage dates were reset; approve it if that was meant",
        owner="sales operations",
    ),
]
