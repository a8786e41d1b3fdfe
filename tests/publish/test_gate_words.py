"""What the gate says of a candidate, word for word, and that it says nothing where there is nothing to compare with."""

from datetime import date
from typing import Any

import pytest

from orchestration.publish.gate.deletions import few_records_go_at_once
from orchestration.publish.gate.guard import NO_HISTORY
from orchestration.publish.gate.restatements import closed_months_move_little, no_closed_day_shrinks
from orchestration.publish.gate.units import amounts_keep_their_unit
from orchestration.publish.gate.volumes import records_keep_their_number
from tests.publish.gate_sides import Rows, ad_days, day, history, values

NEEDS = {
    amounts_keep_their_unit: ("fct_orders", "fct_opportunities", "fct_costs"),
    records_keep_their_number: ("fct_orders", "bridge_person_records", "bridge_deal_records"),
    few_records_go_at_once: ("bridge_person_records", "bridge_deal_records"),
}


@pytest.mark.parametrize(("guard", "table"), [(guard, table) for guard, tables in NEEDS.items() for table in tables])
def test_a_version_of_older_software_without_a_table_is_no_history(guard: Any, table: str) -> None:
    with history({}, {}) as sides:
        assert guard(sides) is not NO_HISTORY
        assert sides.before is not None
        del sides.before.tables[table]
        sides.conn.execute(f"drop table online.marts.{table}")
        assert guard(sides) is NO_HISTORY


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ({}, {"spend_in_currency": 94}, "spend 188.00 instead of 200.00, rows 4 instead of 4"),
        ({}, {"spend_in_currency": None}, "spend 0.00 instead of 200.00, rows 2 instead of 4"),
        ({"spend_in_currency": None}, {"spend_in_currency": 3}, "spend 6.00 instead of 0.00, rows 2 instead of 4"),
    ],
)
def test_days_that_shrank_are_told_with_both_figures(was: dict[str, Any], now: dict[str, Any], told: str) -> None:
    # Two days of 100.00 and two rows each; where a figure is not known, fewer rows tell it.
    fewer = {} if now["spend_in_currency"] == 94 else {"report_rows": 1, "impressions": 900}
    old = ad_days(10, 11, is_current=False, **was)
    new = ad_days(10, 11, "new", export_number=2, age_days=20, **now, **fewer)
    with history({"fct_spend_history": old + new}, {"fct_spend_history": old}) as sides:
        assert no_closed_day_shrinks(sides).wrong == [
            f"new: google_ads 111 has less than the export before, 2 days from 2026-05-14 to 2026-05-15: {told}"
        ]


@pytest.mark.parametrize(
    ("kpi", "variant", "was", "now", "told"),
    [
        ("spend", "", [100], [90], "spend: 100.00 was certified and is 90.00 now, 1 month from 2026-05-04"),
        ("cm1", "order_basis", [100], [90], "cm1 (order_basis): 100.00 was certified and is 90.00 now, 1 month from"),
        ("spend", "", [100, 200], [90, 100], "spend: 200.00 was certified and is 100.00 now, 2 months from 2026-05-04"),
        ("spend", "", [100], [], "spend: 100.00 was certified and is 0.00 now, 1 month from 2026-05-04"),
    ],
)
def test_a_closed_month_that_moved_is_told_with_the_farthest(
    kpi: str, variant: str, was: list[float], now: list[float], told: str
) -> None:
    sides: list[Rows] = [{"kpi_values": values(kpi, "month", figures, 31, variant=variant)} for figures in (now, was)]
    with history(sides[0], sides[1], as_of=day(90), before=date(2026, 7, 31)) as both:
        [wrong] = closed_months_move_little(both).wrong
    assert wrong.startswith(told)
    assert wrong.count("(") == bool(variant)
