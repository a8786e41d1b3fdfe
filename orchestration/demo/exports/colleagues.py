"""The colleagues as each CRM lists them: users of Salesforce, owners of HubSpot."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from orchestration.demo.company import DEMO_START
from orchestration.demo.exports.salesforce_ids import salesforce_id, stamp
from orchestration.demo.team import SELLERS, SHOP_DESK, Colleague

HIRED_AT = dt.datetime.combine(DEMO_START, dt.time(8))


def user_id(colleague: Colleague) -> str:
    """Id of the user in Salesforce."""
    return salesforce_id("005", colleague.number)


def owner_id(colleague: Colleague) -> str:
    """Id of the owner in HubSpot."""
    return str(44_100_200 + colleague.number)


def user_rows() -> Iterable[dict[str, Any]]:
    """Those who sell."""
    for colleague in SELLERS:
        yield {
            "Id": user_id(colleague),
            "Username": colleague.email,
            "LastName": colleague.last_name,
            "FirstName": colleague.first_name,
            "Name": colleague.name,
            "Email": colleague.email,
            "IsActive": "1",
            "UserType": "Standard",
            "CreatedDate": stamp(HIRED_AT),
            "LastModifiedDate": stamp(HIRED_AT),
            "SystemModstamp": stamp(HIRED_AT),
        }


OWNER_TABLE = ("owner_id", "_fivetran_synced", "created_at", "portal_id", "type", "updated_at", "email", "first_name",
               "last_name")  # fmt: skip


def owner_rows() -> Iterable[Sequence[str]]:
    """Those who sell, and the shop's desk."""
    hired_at = HIRED_AT.isoformat(" ", "milliseconds")
    for colleague in (*SELLERS, SHOP_DESK):
        yield (
            owner_id(colleague), hired_at, hired_at, "4417730", "PERSON", hired_at, colleague.email,
            colleague.first_name, colleague.last_name,
        )  # fmt: skip
