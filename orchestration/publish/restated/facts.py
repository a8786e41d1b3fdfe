"""The facts behind KPIs in a published version: what each adds to which measure, and on which day."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of fact: the columns that it needs, and a query that gives its rows.

    `base` is what the source says, in its own currency; `converted` the same in the reporting currency; `amount` what
    the measure gets of it. {side} is the version, {media_share} the share of media that wins customers there.
    """

    name: str
    needs: Mapping[str, str]
    rows: str


COST_MEASURES = "(values ('spend'), ('paid_spend'), ('loaded_cost'), ('marketing'), ('all_cost')) as measures(measure)"
NO_GROUP = "cast(null as varchar) as source_group, cast(null as varchar) as segment"

SPEND = Kind(
    "spend",
    {"fct_spend": "spend_in_currency", "dim_channels": "is_paid", "fct_spend_history": "spend_date"},
    """
    select concat_ws('|', source, platform, account_id, campaign_id, purpose, currency, spend_date) as fact,
        concat_ws('|', source, platform, account_id, spend_date, case source when 'template' then channel end)
            as known_by,
        spend_date as day, false as is_monthly, channel, {no_group}, measure,
        spend_in_currency as base, spend as converted,
        case measure when 'paid_spend' then case when is_paid then spend else 0 end
            when 'loaded_cost' then spend * {media_share} when 'marketing' then -spend else spend end as amount
    from {side}.marts.fct_spend
    left join (select channel, is_paid from {side}.marts.dim_channels) as channels using (channel)
    cross join {measures}
    """,
)
COSTS = Kind(
    "costs",
    {"fct_costs": "is_counted", "dim_channels": "is_paid"},
    """
    select concat_ws('|', month, pool, purpose, currency, is_fixed) as fact,
        concat_ws('|', month, pool) as known_by,
        month as day, true as is_monthly,
        case when pool = 'media' and channel = '(shared)' then '(unknown)' else channel end as channel,
        {no_group}, measure, amount_in_currency as base, fct_costs.amount as converted,
        case
            when measure = 'marketing' then case when pool = 'media' or is_direct_marketing then -amount else 0 end
            when measure = 'loaded_cost' and pool <> 'media'
            then case when in_cac then acquisition_amount else 0 end
            when measure = 'all_cost' then amount
            when pool <> 'media' then 0
            when measure = 'paid_spend' then case when is_paid then amount else 0 end
            when measure = 'loaded_cost' then amount * {media_share}
            else amount
        end as amount
    from {side}.marts.fct_costs
    left join (select channel, is_paid from {side}.marts.dim_channels) as channels using (channel)
    cross join {measures}
    where is_counted
    """,
)
MARGINS = """
    cross join (values ('net_revenue'), ('cm1'), ('cm2')) as margins(margin)
    cross join (values ('order_basis'), ('transaction_basis')) as bases(basis)
    where case margin when 'cm1' then not is_cogs_missing when 'cm2' then not is_cost_missing else true end
"""
ORDERS = Kind(
    "orders",
    {"fct_orders": "fx_rate"},
    f"""
    select order_id as fact, order_id as known_by, order_date as day, false as is_monthly, channel, {{no_group}},
        margin || ':' || basis as measure, net_before_refunds / fx_rate as base, net_before_refunds as converted,
        net_before_refunds as amount
    from {{side}}.marts.fct_orders {MARGINS}
    """,
)
ORDER_COSTS = Kind(
    "order_costs",
    {"fct_orders": "fx_rate"},
    f"""
    select order_id as fact, order_id as known_by, order_date as day, false as is_monthly, channel, {{no_group}},
        margin || ':' || basis as measure, net_before_refunds / fx_rate as base, fx_rate as converted,
        case margin when 'cm1' then -cogs else -cogs - variable_cost end as amount
    from {{side}}.marts.fct_orders {MARGINS}
    and margin <> 'net_revenue'
    """,
)
REFUNDS = Kind(
    "refunds",
    {"fct_refunds": "net_refund", "fct_orders": "fx_rate"},
    f"""
    select refund_id as fact, cast(refund_date as varchar) as known_by,
        case basis when 'order_basis' then order_basis_date else refund_date end as day, false as is_monthly, channel,
        {{no_group}}, margin || ':' || basis as measure, amount / coalesce(fx_rate, 1) as base, amount as converted,
        -net_refund as amount
    from {{side}}.marts.fct_refunds
    left join (select order_id, fx_rate from {{side}}.marts.fct_orders) as rates using (order_id) {MARGINS}
    and is_counted
    """,
)
CUSTOMERS = Kind(
    "customers",
    {"dim_customers": "became_customer_date", "dim_channels": "is_paid"},
    """
    select customer_id as fact, customer_id as known_by, became_customer_date as day, false as is_monthly,
        acquisition_channel as channel, {no_group}, measure, 1 as base, 1 as converted,
        case when measure = 'new_customers' or is_paid then 1 else 0 end as amount
    from {side}.marts.dim_customers left join {side}.marts.dim_channels on acquisition_channel = channel
    cross join (values ('new_customers'), ('paid_customers')) as measures(measure)
    """,
)
PERSONS = Kind(
    "persons",
    {"dim_persons": "sal_date", "bridge_person_records": "person_id"},
    """
    select person_id::varchar as fact, person_id::varchar as known_by, reached as day, false as is_monthly,
        source_channel as channel, source_group, segment, stage as measure, 1 as base, 1 as converted, 1 as amount
    from (
        select person_id, source_channel, source_group, segment, lead_date as lead, mql_date as mql, sal_date as sal,
            sql_date as sql
        from {side}.marts.dim_persons where not is_excluded
    ) unpivot (reached for stage in (lead, mql, sal, sql))
    """,
)
CYCLES = Kind(
    "cycles",
    {"fct_mql_cycles": "opened_date"},
    """
    select person_id::varchar as fact, person_id::varchar as known_by, opened_date as day, false as is_monthly,
        channel, source_group, segment, 'mql_cycles' as measure, 1 as base, 1 as converted, 1 as amount
    from {side}.marts.fct_mql_cycles
    """,
)
KINDS = (SPEND, COSTS, ORDERS, ORDER_COSTS, REFUNDS, CUSTOMERS, PERSONS, CYCLES)


def rows_of(kind: Kind, side: str, media_share: float) -> str:
    """The query of a kind in one version, a row per fact, measure, day and cut."""
    text = kind.rows.format(
        side=side, media_share=f"cast({media_share} as decimal(9, 8))", no_group=NO_GROUP, measures=COST_MEASURES
    )
    return f"""
    select '{kind.name}' as kind, fact, any_value(known_by) as known_by, day, is_monthly, channel, source_group,
        segment, measure, cast(sum(base) as double) as base, cast(sum(converted) as double) as converted,
        cast(sum(amount) as decimal(28, 6)) as amount
    from ({text}) as facts
    group by kind, fact, day, is_monthly, channel, source_group, segment, measure
    """
