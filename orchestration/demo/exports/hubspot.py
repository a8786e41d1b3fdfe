"""The HubSpot contacts export: labels as headers, minutes without a zone, merged contacts gone but for their ids."""

import datetime as dt
from collections.abc import Iterable

from orchestration.demo.company import LAST_INSTANT, Company
from orchestration.demo.deals import HubspotDeal
from orchestration.demo.exports.files import ExportFile, csv_text
from orchestration.demo.names import shouted
from orchestration.demo.prospects import Person
from orchestration.demo.team import seller

HEADER = (
    "Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner", "Lifecycle Stage", "Lead Status",
    "Create Date", "Last Modified Date", "Original Source", "Original Source Drill-Down 1",
    "Original Source Drill-Down 2", "Became a Subscriber Date", "Became a Lead Date",
    "Became a Marketing Qualified Lead Date", "Became a Sales Qualified Lead Date", "Became an Opportunity Date",
    "Became a Customer Date", "Became an Evangelist Date", "First Conversion", "First Page Seen",
    "Number of Pageviews", "HubSpot Score", "Merged object IDs", "Unsubscribed from all email",
)  # fmt: skip
SOURCES = {
    "paid_search": ("Paid Search", "google"),
    "paid_social": ("Paid Social", "Facebook"),
    "organic_search": ("Organic Search", "google"),
    "referral": ("Referrals", "desk-reviews.example.net"),
    "sponsorship": ("Offline Sources", "INTEGRATION"),
}
LIFECYCLE = {
    "lead": "Lead",
    "mql": "Marketing Qualified Lead",
    "sql": "Sales Qualified Lead",
    "opportunity": "Opportunity",
    "won": "Customer",
}
FIRST_ID = 71_000_101
EARLIER_EXPORT = dt.datetime(2026, 1, 5, 10)
MERGED_AFTER = dt.timedelta(days=30)


def hubspot_files(company: Company) -> Iterable[ExportFile]:
    """All contacts at the turn of the year, and all contacts now."""
    people = [person for person in company.people if person.hubspot_at is not None]
    deals = {deal.person.number: deal for deal in company.hubspot_deals if deal.person is not None}
    earlier = contacts(people, deals, EARLIER_EXPORT - dt.timedelta(hours=10))
    yield ExportFile("hubspot/hubspot-crm-exports-all-contacts-2026-01-05.csv", EARLIER_EXPORT, earlier)
    written_at = dt.datetime(2026, 7, 1, 10)
    yield ExportFile("hubspot/hubspot-crm-exports-all-contacts.csv", written_at, contacts(people, deals, LAST_INSTANT))


def contacts(people: list[Person], deals: dict[int, HubspotDeal], until: dt.datetime) -> bytes:
    """Every contact as the portal knew it at a moment."""
    rows: list[list[str]] = [list(HEADER)]
    for person in people:
        assert person.hubspot_at is not None
        if person.hubspot_at > until:
            continue
        duplicate = person.hubspot_duplicate_at
        if duplicate is not None and duplicate > until:
            duplicate = None
        merged_at = None if duplicate is None else min(duplicate + MERGED_AFTER, LAST_INSTANT)
        is_merged = merged_at is not None and merged_at <= until
        rows.append(contact_row(person, deals.get(person.number), until, merged_at if is_merged else None))
        if duplicate is not None and not is_merged:
            rows.append(duplicate_row(person, duplicate))
    return csv_text(rows, quote_all=True).encode()


def stage_stamps(person: Person, deal: HubspotDeal | None, until: dt.datetime) -> dict[str, dt.datetime]:
    """When the contact became what; the portal moves it on with its deal."""
    assert person.hubspot_at is not None
    stamps = {"lead": person.hubspot_at}
    for entry in person.entries:
        if entry.system == "hubspot" and entry.at <= until:
            stamps.setdefault(entry.stage, entry.at)
    if deal is not None and deal.arrived_at <= until:
        stamps["opportunity"] = deal.arrived_at
    if deal is not None and deal.status == "won" and deal.changed_at <= until:
        stamps["won"] = deal.changed_at
    return stamps


def contact_row(
    person: Person, deal: HubspotDeal | None, until: dt.datetime, merged_at: dt.datetime | None
) -> list[str]:
    """The contact that stays."""
    assert person.hubspot_at is not None
    stamps = stage_stamps(person, deal, until)
    cells = dict.fromkeys(HEADER, "") | source_cells(person.channel) | {
        "Record ID": contact_id(person),
        "Contact owner": owner_name(person, until),
        "First Name": person.first_name,
        "Last Name": person.last_name,
        "Email": person.email,
        "Lifecycle Stage": LIFECYCLE[[stage for stage in LIFECYCLE if stage in stamps][-1]],
        "Lead Status": "New" if len(stamps) == 1 else "In Progress",
        "Create Date": minute(person.hubspot_at),
        "Last Modified Date": minute(max(*stamps.values(), merged_at or person.hubspot_at)),
        "Became a Lead Date": minute(person.hubspot_at),
        "Became a Marketing Qualified Lead Date": minute(stamps.get("mql")),
        "Became a Sales Qualified Lead Date": minute(stamps.get("sql")),
        "Became an Opportunity Date": minute(stamps.get("opportunity")),
        "Became a Customer Date": minute(stamps.get("won")),
        "Number of Pageviews": str(1 + person.number % 17),
        "Merged object IDs": "" if merged_at is None else str(FIRST_ID + 2 * person.number + 1),
        "Unsubscribed from all email": "true" if person.number % 11 == 0 else "",
    }  # fmt: skip
    return list(cells.values())


def duplicate_row(person: Person, at: dt.datetime) -> list[str]:
    """The contact that will be merged away: the same person with a private address."""
    cells = dict.fromkeys(HEADER, "") | {
        "Record ID": str(FIRST_ID + 2 * person.number + 1),
        "First Name": person.first_name,
        "Last Name": person.last_name,
        "Email": shouted(f"{person.email.split('@')[0]}@private.example.net", person.number),
        "Lifecycle Stage": "Lead",
        "Create Date": minute(at),
        "Last Modified Date": minute(at),
        "Original Source": "Direct Traffic",
        "Became a Lead Date": minute(at),
    }  # fmt: skip
    return list(cells.values())


def contact_id(person: Person) -> str:
    """The record id of the contact that stays."""
    return str(FIRST_ID + 2 * person.number)


def owner_name(person: Person, until: dt.datetime) -> str:
    """Whoever works the person, once sales has the lead."""
    if person.lead_at is None or person.lead_at > until:
        return ""
    return seller(person.number + person.has_old_owner).name


def source_cells(channel: str) -> dict[str, str]:
    """Original source and its first drill-down."""
    source, detail = SOURCES[channel]
    return {"Original Source": source, "Original Source Drill-Down 1": detail}


def minute(at: dt.datetime | None) -> str:
    """A moment as the export prints it."""
    return "" if at is None else at.isoformat(" ", "minutes")
