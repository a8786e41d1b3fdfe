"""Faults in amounts hold the run, and the failing rows say which file and row to correct."""

from typing import Any

import duckdb
import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import build, dbt
from tests.models.lake_parts import write_lake

FAULTS: dict[str, list[dict[str, Any]]] = {
    "google_ads/campaign_days": [
        {
            "account_id": "(unknown)", "campaign_name": "Brand", "breakdown": "campaign", "day": "2026-01-05",
            "spend": "1", "file_id": "nocur",
        }
    ],
    "template/ad_spend": [
        {"date": "2026-01-05", "channel": "x", "spend": "10", "currency": "GBP", "file_id": "norate", "file_row": 7},
        {"date": "0026-01-06", "channel": "x", "spend": "10", "currency": "USD", "file_id": "typo", "file_row": 8},
        {"date": "2062-01-06", "channel": "x", "spend": "10", "currency": "USD", "file_id": "typo", "file_row": 10},
        {"date": "2026-01-07", "channel": "x", "spend": "-3", "currency": "USD", "file_id": "minus", "file_row": 9},
        {
            "date": "2026-01-08", "channel": "x", "spend": "1", "currency": "USD", "clicks": 5, "impressions": 4,
            "campaign_id": "c9",
        },
        # Two accounts that neither export names: the newer one must not swallow the older one's 40.
        {
            "date": "2026-01-09", "channel": "y", "campaign": "posters", "spend": "40", "currency": "USD",
            "file_id": "swallowed", "file_row": 2, "exported_at": "2026-02-01 12:00:00",
        },
        {
            "date": "2026-01-09", "channel": "y", "campaign": "leaflets", "spend": "5", "currency": "USD",
            "file_id": "swallows", "file_row": 2, "exported_at": "2026-02-02 12:00:00",
        },
        # A restated campaign is no second account.
        {
            "date": "2026-01-10", "channel": "y", "campaign": "posters", "spend": "40", "currency": "USD",
            "file_id": "restated", "file_row": 2, "exported_at": "2026-02-01 12:00:00",
        },
        {
            "date": "2026-01-10", "channel": "y", "campaign": "posters", "spend": "41", "currency": "USD",
            "file_id": "restates", "file_row": 2, "exported_at": "2026-02-02 12:00:00",
        },
    ],
    "template/costs": [
        {"month": "2026-01-01", "pool": "snacks", "amount": "5", "currency": "USD", "file_id": "pool", "file_row": 3}
    ],
    "template/orders": [
        {
            "order_id": "1", "customer_key": "c", "ordered_at": "2026-01-05", "gross": "9", "currency": "USD",
            "status": "?",
        }
    ],
    "template/fx_rates": [{"date": "2025-12-01", "currency": "GBP", "rate": "1.3"}],
    "quickbooks/ledger_rows": [
        {
            "report": "profit_and_loss", "period_start": "2026-01-01", "period_end": "2026-01-31", "day": "2026-01-01",
            "account": "Software", "class": "expense", "amount": "5", "currency": "USD",
            "file_id": "books", "file_row": 4,
        }
    ],
    "stripe/balance_transactions": [
        {
            "transaction_id": "txn_1", "category": "mystery", "currency": "USD", "gross": "1", "fee": "0", "net": "2",
            "created_at": "2026-01-05 09:00:00",
        }
    ],
}  # fmt: skip

HELD = {
    "assert_every_amount_has_a_rate": [("google_ads", "nocur", 1, None), ("template", "norate", 7, "GBP")],
    "assert_no_fact_lies_outside_the_calendar": [("typo", 10), ("typo", 8)],
    "assert_spend_is_not_negative": [("minus", 9)],
    "assert_every_cost_has_a_known_pool": [("(unmapped)", "books", 4), ("snacks", "pool", 3)],
    "assert_every_account_of_the_books_has_a_pool": [("quickbooks", "Software")],
    "assert_every_stripe_movement_has_a_class": [("mystery", None)],
    "assert_stripe_amount_less_fee_is_net": [("txn_1",)],
    "assert_every_order_status_is_known": [("template", "?")],
    "assert_clicks_do_not_exceed_impressions": [("c9", 5, 4)],
    "assert_no_unnamed_account_hides_another": [("template", "swallowed", 2)],
}
COLUMNS = {
    "assert_every_amount_has_a_rate": "source, file_id, file_row, currency",
    "assert_no_fact_lies_outside_the_calendar": "file_id, file_row",
    "assert_spend_is_not_negative": "file_id, file_row",
    "assert_every_cost_has_a_known_pool": "pool, file_id, file_row",
    "assert_every_account_of_the_books_has_a_pool": "source, account",
    "assert_every_stripe_movement_has_a_class": "category, class",
    "assert_stripe_amount_less_fee_is_net": "transaction_id",
    "assert_every_order_status_is_known": "source, status",
    "assert_clicks_do_not_exceed_impressions": "campaign_id, clicks, impressions",
    "assert_no_unnamed_account_hides_another": "source, file_id, file_row",
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    """Rows that each failed identity shows."""
    data = tmp_path_factory.mktemp("held")
    settings = Settings(data_dir=data, as_of="2026-01-31", engine="duckdb")
    write_lake(settings.lake, FAULTS)
    return failing_rows(settings)


def failing_rows(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    types = ["--resource-type", "seed", "--resource-type", "model"]
    build(settings, command=["build", "--quiet", *types, "--select", *(f"+{name}" for name in HELD)])
    result = dbt(["test", "--quiet", "--select", *HELD], settings)
    failed = {node.node.name: node.node.compiled_code for node in result.result if node.status == "fail"}
    with duckdb.connect(str(settings.warehouse), read_only=True) as conn:
        return {
            name: sorted(conn.execute(f"select {COLUMNS[name]} from ({code}) as rows").fetchall(), key=str)
            for name, code in failed.items()
        }


@pytest.mark.parametrize("identity", HELD)
def test_a_fault_names_its_row(held: dict[str, list[tuple[Any, ...]]], identity: str) -> None:
    assert held[identity] == HELD[identity]
