"""Salesforce leads and contacts: the same people, before and after they convert."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from orchestration.demo.exports.colleagues import user_id
from orchestration.demo.exports.salesforce_ids import salesforce_id, stamp
from orchestration.demo.names import shouted
from orchestration.demo.prospects import Person
from orchestration.demo.team import seller

LEAD_SOURCES = {"paid_search": "Paid Search", "paid_social": "Paid Social", "organic_search": "Organic Search"}
LEAD_SOURCES |= {"referral": "Referral", "sponsorship": "Sponsorship"}
Cells = dict[str, Any]


def audit(created_at: dt.datetime, modified_at: dt.datetime, owner: str) -> Cells:
    """The fields that every object has."""
    return {
        "OwnerId": owner,
        "CreatedDate": stamp(created_at),
        "CreatedById": owner,
        "LastModifiedDate": stamp(modified_at),
        "LastModifiedById": owner,
        "SystemModstamp": stamp(modified_at),
    }


def person_cells(person: Person, number: int) -> Cells:
    """Name and address; the address as whoever typed it liked it."""
    return {
        "LastName": person.last_name,
        "FirstName": person.first_name,
        "Name": f"{person.first_name} {person.last_name}",
        "Email": shouted(person.email, number),
    }


def lead_rows(people: list[Person]) -> Iterable[Cells]:
    """Every lead, and the second record that some people have: merged away or still there."""
    for person in people:
        if person.lead_at is None:
            continue
        yield lead_cells(person)
        if person.lead_duplicate_at is not None:
            is_merged = person.number % 3 == 0
            yield (
                person_cells(person, 1)
                | audit(person.lead_duplicate_at, person.lead_duplicate_at, user_id(seller(person.number)))
                | {
                    "Id": salesforce_id("00Q", 2 * person.number + 1),
                    "IsDeleted": "1" if is_merged else "",
                    "MasterRecordId": salesforce_id("00Q", 2 * person.number) if is_merged else "",
                    "Company": "unknown",
                    "LeadSource": "Web",
                    "Status": "Open - Not Contacted",
                }
            )


def lead_cells(person: Person) -> Cells:
    """A lead; once converted it points to contact, account and opportunity."""
    assert person.lead_at is not None
    converted = person.converted_at
    cells = (
        person_cells(person, person.number)
        | audit(person.lead_at, converted or person.lead_at, user_id(seller(person.number)))
        | {
            "Id": salesforce_id("00Q", 2 * person.number),
            "Company": person.account.name if person.account else "Offices of " + person.last_name,
            "LeadSource": LEAD_SOURCES[person.channel],
            "Status": "Closed - Converted" if converted else "Working - Contacted",
        }
    )
    if converted is not None and person.account is not None:
        cells |= {
            "IsConverted": "1",
            "ConvertedDate": converted.date().isoformat(),
            "ConvertedAccountId": salesforce_id("001", person.account.number),
            "ConvertedContactId": salesforce_id("003", person.number),
            "ConvertedOpportunityId": salesforce_id("006", person.deal_number),
        }
    return cells


def contact_cells(person: Person) -> Cells:
    """A contact of an account."""
    assert person.account is not None
    created_at = person.converted_at or person.contact_at
    assert created_at is not None
    return (
        person_cells(person, person.number + 2)
        | audit(created_at, created_at, user_id(seller(person.number)))
        | {
            "Id": salesforce_id("003", person.number),
            "AccountId": salesforce_id("001", person.account.number),
            "LeadSource": LEAD_SOURCES.get(person.channel, ""),
        }
    )
