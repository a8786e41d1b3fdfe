"""The order of the days in a record: created, qualified, won; a task and its day."""

from collections.abc import Iterator
from itertools import combinations

from orchestration.publish.gate.chance import AT_LEAST, is_more_frequent
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, successors

ORDERS = {"before": "<", "on the day of": "=", "after": ">"}
Pair = tuple[str, str]


def moments_keep_their_order(history: History) -> Seen:
    """Two days of new records in an order in which no earlier ones were when they came, by more than chance."""
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) for line in _disordered(one)])


def _disordered(one: Successor) -> Iterator[str]:
    # When a record was changed says how old it is, and not what happened.
    names = [name for name in one.of_type("date", "timestamp") if name != one.stream.version]
    pairs = list(combinations(names, 2))
    if not pairs or not one.earlier:
        return
    now, ever = _orders(one, one.records.new, pairs), _orders(one, one.records.was, pairs)
    suspects = [
        (pair, order)
        for pair in pairs
        for order in ORDERS
        if sum(ever[pair].values()) >= AT_LEAST and is_more_frequent(now[pair], ever[pair], order)
    ]
    came = [_orders(one, records.new, pairs) for records in one.earlier] if suspects else []
    for pair, order in suspects:
        new, young = sum(now[pair].values()), sum(sum(there[pair].values()) for there in came)
        if young >= new and not any(there[pair][order] for there in came):
            said = f"{pair[0]} is {order} {pair[1]} in {now[pair][order]:,} of {new:,} new records"
            yield f"{one.name}: {said}, unlike before"


def _orders(one: Successor, relation: str, pairs: list[Pair]) -> dict[Pair, dict[str, int]]:
    """How many records have the days of each pair in each order."""
    asked = ", ".join(
        f"count(*) filter (cast({first} as date) {sign} cast({second} as date))"
        for first, second in pairs
        for sign in ORDERS.values()
    )
    counts = iter(one.records.one(f"select {asked} from {relation}"))
    return {pair: {order: next(counts) for order in ORDERS} for pair in pairs}


GUARDS = [
    Guard(
        "moments.keep_their_order",
        "days of new records come in an order in which they came before",
        moments_keep_their_order,
        "look whether columns were exchanged, or the time zone or a date of the export changed; approve it if it is so",
        owner="sales operations",
    ),
]
