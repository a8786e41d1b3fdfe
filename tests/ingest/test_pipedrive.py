"""Pipedrive: deals of the list view ("Object - Field") and by their API names."""

import datetime as dt
from decimal import Decimal

from tests.ingest.ingest_files import Landing, key

COLUMNS = "deal_id, status, stage, amount, currency, created_at, won_at, owner, email_key, organization_key"


def test_the_list_view_says_object_and_field(landing: Landing) -> None:
    outcome = landing.outcome(
        "deals-12345-1.csv",
        "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,"
        "Deal - Contact person,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Update time,Deal - Won time,"
        "Deal - Lost time,Deal - Deal closed on,Person - Email,Person - Phone\n"
        '1,Alder & Sons deal,Jo Day,"1,234.50",EUR,Alder & Sons,Ann Alder,Contract,Won,2026-01-02 10:00:00,'
        "2026-02-01 09:00:00,2026-02-01 09:00:00,,2026-02-01 09:00:00,Ann@x.example,0171\n",
    )
    assert (outcome.status, outcome.unknown_columns) == ("loaded", [])
    assert landing.rows("pipedrive/deals", COLUMNS) == [
        (
            "1", "Won", "Contract", Decimal("1234.50"), "EUR", dt.datetime(2026, 1, 2, 10), dt.datetime(2026, 2, 1, 9),
            key("owner", "jo day"), key("email", "ann@x.example"), key("organization", "alder & sons"),
        )
    ]  # fmt: skip


def test_the_api_has_plain_names(landing: Landing) -> None:
    outcome = landing.outcome(
        "deals.json",
        """{"success": true, "data": [{"id": 1, "title": "x", "value": 1234.5, "currency": "EUR", "status": "lost",
        "pipeline_id": 2, "stage_id": 7, "add_time": "2026-01-02 10:00:00", "update_time": "2026-02-01 09:00:00",
        "won_time": null, "lost_time": "2026-02-01 09:00:00", "owner_id": 77, "org_id": 9, "person_id": 5}]}""",
    )
    assert (outcome.status, outcome.unknown_columns) == ("loaded", [])
    assert landing.rows("pipedrive/deals", f"{COLUMNS}, lost_at") == [
        (
            "1", "lost", "7", Decimal("1234.5"), "EUR", dt.datetime(2026, 1, 2, 10), None,
            "77", None, key("organization", "9"), dt.datetime(2026, 2, 1, 9),
        )
    ]  # fmt: skip
