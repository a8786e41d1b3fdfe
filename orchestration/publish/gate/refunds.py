"""Orders of which more was paid back than they were worth."""

from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History

TABLES = ("fct_orders", "fct_refunds")
# In the currency of the order; a cent each for the order and its refund is rounding.
PAID_BACK = """
select orders.order_id, orders.currency, any_value(orders.gross) as gross, sum(refunds.amount) as paid_back,
    sum(refunds.amount) > any_value(orders.gross) + 0.02 as is_more
from {side}.marts.fct_refunds as refunds
inner join {side}.marts.fct_orders as orders using (order_id, currency)
where orders.gross > 0
group by all
"""
MORE = f"""
with now as ({PAID_BACK.format(side="candidate")}),
earlier as ({PAID_BACK.format(side="online")})
select order_id, now.currency, now.gross, now.paid_back
from now left join earlier using (order_id)
where now.is_more and not coalesce(earlier.is_more, false)
order by all
"""
USUAL = f"""
select count(*) filter (is_more), count(*), (
    select count(*) from (
        select order_id, paid_back from ({PAID_BACK.format(side="candidate")})
        except select order_id, paid_back from ({PAID_BACK.format(side="online")})
    )
)
from ({PAID_BACK.format(side="online")})
"""


def nobody_gets_back_more_than_an_order(history: History) -> Seen:
    """Refunds of an order against the order; whose refunds were larger now and then may go on, twice as often."""
    if not history.knows(*TABLES):
        return NO_HISTORY
    found = history.rows(MORE)
    [(more, refunded, refunded_now)] = history.rows(USUAL)
    if len(found) <= (FEW + 2 * more / refunded * refunded_now if more else 0):
        return Seen()
    return Seen(
        [
            f"{order}: {paid_back:,.2f} {currency} of {gross:,.2f} were paid back"
            for order, currency, gross, paid_back in found
        ]
    )


GUARDS = [
    Guard(
        "refunds.nobody_gets_back_more_than_an_order",
        "no more of an order is paid back than it was worth, where that never was",
        nobody_gets_back_more_than_an_order,
        "correct the amount of the refund, or the order that it names; approve it if more was paid back on purpose",
        owner="finance",
    ),
]
