"""Figures in another unit than before: millionths, cents or thousands of the money, or another currency."""

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History, account_days

# Units differ by 10^2, 10^3 or 10^6; twice or half of it is still that unit.
NEAR = "list_any_value([k for k in [-6, -3, -2, 2, 3, 6] if abs(log10({ratio}) - k) < 0.301])"
# Exports are compared with the account's other exports, so this needs no certified version.
EXPORTS = f"""
with exports as (
    select source, account_key, currency, file_id, file_id in (from fresh_files) as is_fresh,
        sum(spend_in_currency) * 1.0 / nullif(sum(clicks), 0) as per_click,
        sum(spend_in_currency) * 1.0 / nullif(sum(impressions), 0) as per_impression,
        sum(spend_in_currency) * 1.0 / nullif(sum(report_rows), 0) as per_row
    from candidate.marts.fct_spend_history group by all
),
compared as (
    select fresh.source, fresh.account_key, fresh.file_id, case
            when fresh.per_click > 0 and median(other.per_click) > 0 then fresh.per_click / median(other.per_click)
            when fresh.per_impression > 0 and median(other.per_impression) > 0
                then fresh.per_impression / median(other.per_impression)
            when fresh.per_row > 0 and median(other.per_row) > 0 then fresh.per_row / median(other.per_row)
        end as ratio
    from exports as fresh
    inner join exports as other
        on fresh.source = other.source and fresh.account_key = other.account_key
        and fresh.currency is not distinct from other.currency and fresh.file_id <> other.file_id
    where fresh.is_fresh
    group by fresh.source, fresh.account_key, fresh.file_id, fresh.per_click, fresh.per_impression, fresh.per_row
)
select source, account_key, file_id, ratio from compared where {NEAR.format(ratio="ratio")} is not null order by all
"""
# Orders and deals are their own unit; costs have one figure a pool and month.
AMOUNTS = """
with amounts as (
    select 'orders' as subject, source, currency, order_date as day, gross as amount from {side}.marts.fct_orders
    union all
    select 'deals', source, currency, created_date, amount_in_currency from {side}.marts.fct_opportunities
    union all
    select 'costs of ' || pool, '', currency, month, sum(amount_in_currency) from {side}.marts.fct_costs group by all
)
select subject, source, currency, day, amount from amounts where amount > 0
"""
DRIFTED = f"""
with known as (
    select subject, source, currency, max(day) as last_day, median(amount) as usual, count(*) as amounts
    from amounts_before group by all
),
fresh as (
    select amounts.subject, amounts.source, amounts.currency, usual, median(amount) as amount, count(*) as amounts
    from amounts inner join known using (subject, source, currency)
    where day > last_day and known.amounts >= $at_least
    group by all
)
select subject, source, currency, amount, usual, amounts
from fresh
where (amounts >= $at_least or subject like 'costs of %') and {NEAR.format(ratio="amount / usual")} is not null
order by all
"""
CURRENCIES = """
select source, account_key, currency, min(spend_date), any_value(known.currencies)
from days
inner join (
    select source, account_key, string_agg(distinct currency, ', ' order by currency) as currencies
    from days_before where spend <> 0 group by all
) as known using (source, account_key)
where days.spend <> 0 and currency is not null
    and (source, account_key, currency) not in (select (source, account_key, currency) from days_before)
group by source, account_key, currency
order by all
"""
NOW = f"create or replace temp table amounts as {AMOUNTS.format(side='candidate')}"
BEFORE = f"create or replace temp table amounts_before as {AMOUNTS.format(side='online')}"
# A median of fewer says nothing.
AT_LEAST = 3


def exports_keep_their_unit(history: History) -> Seen:
    """Spend per click (impression, row) of each new ad export against the account's other exports."""
    names = {file.file_id: file.name for file in history.files}
    return Seen(
        [
            f"{names.get(file_id, file_id)}: what a click costs is {float(ratio):,.6g} times that of the other exports "
            f"of {source} {account}"
            for source, account, file_id, ratio in history.rows(EXPORTS)
        ]
    )


def amounts_keep_their_unit(history: History) -> Seen:
    """The median of new orders and deals, and each new month of a cost pool, against the certified ones."""
    if not history.knows("fct_orders", "fct_opportunities", "fct_costs"):
        return NO_HISTORY
    history.conn.execute(NOW)
    history.conn.execute(BEFORE)
    wrong = []
    for subject, source, currency, amount, usual, count in history.rows(DRIFTED, at_least=AT_LEAST):
        name = f"{source} {subject}".strip()
        wrong.append(f"{name}: {count} new, the median {amount:,.2f}, until now {usual:,.2f} {currency}")
    return Seen(wrong)


def accounts_keep_their_currency(history: History) -> Seen:
    """The currency of each ad account's spend against the currencies that it had."""
    if not history.knows("fct_spend_history"):
        return NO_HISTORY
    account_days(history)
    return Seen(
        [
            f"{source} {account}: {currency} from {day}, until now {known}"
            for source, account, currency, day, known in history.rows(CURRENCIES)
        ]
    )


GUARDS = [
    Guard(
        "units.ad_exports_keep_their_unit",
        "money in an ad export is in the unit of the account's other exports, not in cents or millionths",
        exports_keep_their_unit,
        "export the report again with amounts in the account's currency, or take the file back: `duet forget FILE`",
        owner="marketing",
    ),
    Guard(
        "units.amounts_keep_their_unit",
        "amounts of new orders, deals and costs are in the unit of the earlier ones",
        amounts_keep_their_unit,
        "look whether the export writes cents or thousands; correct it and land it again",
        owner="finance",
    ),
    Guard(
        "units.accounts_keep_their_currency",
        "an ad account stays in its currency",
        accounts_keep_their_currency,
        "ask whether the account was moved to another currency; if not, correct the currency column of the export",
        owner="marketing",
    ),
]
