"""Campaigns of the CRM and who answered them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from orchestration.demo.company import DEMO_START
from orchestration.demo.exports.salesforce_ids import salesforce_id, stamp
from orchestration.demo.offices import ANSWERED
from orchestration.demo.prospects import Person

OWNER = salesforce_id("005", 1)
NUMBERS = {channel: number for number, channel in enumerate(ANSWERED, start=1)}


def campaign_rows() -> Iterable[dict[str, Any]]:
    """One campaign a channel."""
    created = stamp(dt.datetime.combine(DEMO_START, dt.time(9)))
    for channel, name in ANSWERED.items():
        yield {
            "Id": salesforce_id("701", NUMBERS[channel]),
            "Name": name,
            "Type": channel.replace("_", " ").title(),
            "Status": "In Progress",
            "StartDate": DEMO_START.isoformat(),
            "IsActive": "1",
            "OwnerId": OWNER,
            "CreatedDate": created,
            "CreatedById": OWNER,
            "LastModifiedDate": created,
            "LastModifiedById": OWNER,
            "SystemModstamp": created,
        }


def member_rows(people: list[Person]) -> Iterable[dict[str, Any]]:
    """Those who answered, and as many who were only sent something."""
    number = 0
    for person in people:
        if person.lead_at is None:
            continue
        answers = [(touch.channel, touch.day, True) for touch in person.touches]
        if person.number % 4 == 0:
            answers.append(("email", person.lead_at.date(), False))
        for channel, day, has_responded in answers:
            number += 1
            yield member_cells(person, number, channel, day, has_responded)


def member_cells(person: Person, number: int, channel: str, day: dt.date, has_responded: bool) -> dict[str, Any]:
    """A lead in a campaign; once converted the contact is named beside it."""
    at = stamp(dt.datetime.combine(day, dt.time(12)))
    lead = salesforce_id("00Q", 2 * person.number)
    contact = salesforce_id("003", person.number) if person.converted_at else ""
    return {
        "Id": salesforce_id("00v", number),
        "CampaignId": salesforce_id("701", NUMBERS[channel]),
        "LeadId": lead,
        "ContactId": contact,
        "Status": "Responded" if has_responded else "Sent",
        "HasResponded": "1" if has_responded else "",
        "CreatedDate": at,
        "CreatedById": OWNER,
        "LastModifiedDate": at,
        "LastModifiedById": OWNER,
        "SystemModstamp": at,
        "FirstRespondedDate": day.isoformat() if has_responded else "",
        "Name": f"{person.first_name} {person.last_name}",
        "FirstName": person.first_name,
        "LastName": person.last_name,
        "Email": person.email,
        "Type": "Contact" if contact else "Lead",
        "LeadOrContactId": contact or lead,
        "LeadOrContactOwnerId": OWNER,
    }
