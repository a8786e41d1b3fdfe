"""Lumen & Oak's exports as they would have been downloaded the morning after any day, and not only after the last."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from orchestration.demo.ads import AdDay
from orchestration.demo.company import LAST_INSTANT, Company
from orchestration.demo.crm_sync import DELAY, STAGES
from orchestration.demo.deals import Deal, HubspotDeal
from orchestration.demo.decisions import Decision
from orchestration.demo.exports import google_ads, meta_ads
from orchestration.demo.exports.alignment_sheets import alignment_files
from orchestration.demo.exports.care_sheets import care_files
from orchestration.demo.exports.files import BOM, ExportFile, csv_text
from orchestration.demo.exports.hubspot import contacts
from orchestration.demo.exports.hubspot_deals import hubspot_deal_files
from orchestration.demo.exports.hubspot_engagements import hubspot_engagement_files
from orchestration.demo.exports.salesforce import salesforce_files
from orchestration.demo.exports.shopify import export as shopify_export
from orchestration.demo.exports.templates import template_files
from orchestration.demo.negotiations import LOST, QUALIFIED, WON
from orchestration.demo.promises import last_day
from orchestration.demo.prospects import Person
from orchestration.demo.trade import Order

# Platforms correct the days of a weekend.
SETTLED_AFTER = dt.timedelta(days=3)
AD_WINDOW = dt.timedelta(days=29)
# Numbered in the order of people, so that a cut company would number them anew: cut by the day of their rows instead.
NUMBERED = {
    "salesforce/Task.csv": "CreatedDate",
    "salesforce/CampaignMember.csv": "CreatedDate",
    "salesforce/OpportunityHistory.csv": "CreatedDate",
    "hubspot/connector/engagement_call.csv": "_fivetran_synced",
    "hubspot/connector/engagement_email.csv": "_fivetran_synced",
    "hubspot/connector/engagement_note.csv": "_fivetran_synced",
    "hubspot/connector/engagement_contact.csv": "_fivetran_synced",
    "sheets/job book.csv": "ordered_at",
}


def exports_after(company: Company, day: dt.date) -> Iterator[ExportFile]:
    """Everything that is exported the morning after a day: CRMs, shop and sheets whole, ads of the last thirty days."""
    then = until(company, dt.datetime.combine(day, LAST_INSTANT.time()))
    for file in (*_state_files(then), *_numbered_files(company, day), *_ad_files(then, day, day - AD_WINDOW)):
        yield replace(file, written_at=dt.datetime.combine(day + dt.timedelta(days=1), file.written_at.time()))


def ads_before(company: Company, day: dt.date) -> Iterator[ExportFile]:
    """The reports of the quarters that were over long before a day."""
    then = until(company, dt.datetime.combine(day, LAST_INSTANT.time()))
    first = dt.date(2025, 1, 1)
    while (last := last_day((first + dt.timedelta(days=62)).replace(day=1))) < day - AD_WINDOW:
        yield from _ads(then, first, last, f" {first.year} Q{(first.month + 2) // 3}", last + dt.timedelta(days=40))
        first = last + dt.timedelta(days=1)
    yield from _ads(then, first, day, f" since {first}", day + dt.timedelta(days=1))


def until(company: Company, at: dt.datetime) -> Company:
    """The company as its systems knew it at a moment."""
    return replace(
        company,
        ad_days=[_settled(ad_day, at.date()) for ad_day in company.ad_days if ad_day.day <= at.date()],
        accounts=[account for account in company.accounts if account.created_at <= at],
        people=[_known(person, at) for person in company.people],
        deals=[_so_far(deal, at) for deal in company.deals if deal.created_at <= at],
        deleted_deals=[_so_far(deal, at) for deal in company.deleted_deals if deal.created_at <= at],
        hubspot_deals=[_synchronised(deal, at) for deal in company.hubspot_deals if deal.arrived_at <= at],
        promises=[one if one.due_on <= at.date() else replace(one, is_kept=None) for one in company.promises],
        decisions=[_open_still(one, at.date()) for one in company.decisions if one.decided_on <= at.date()],
        orders=[_paid_back(order, at) for order in company.orders if order.placed_at <= at],
        care_plans=[month for month in company.care_plans if month.month <= at.date()],
        listed=[one for one in company.listed if one.person.account is None or one.person.account.created_at <= at],
        costs=[cost for cost in company.costs if last_day(cost.month) <= at.date()],
        budget=[line for line in company.budget if line.approved_on <= at.date()],
        rates={day: rate for day, rate in company.rates.items() if day <= at.date()},
    )


def _open_still(one: Decision, day: dt.date) -> Decision:
    return one if one.closed_on is None or one.closed_on <= day else replace(one, closed_on=None, note="")


def _settled(ad_day: AdDay, day: dt.date) -> AdDay:
    return ad_day if ad_day.day <= day - SETTLED_AFTER else replace(ad_day, final=ad_day.early)


def _known(person: Person, at: dt.datetime) -> Person:
    moments = ("hubspot_at", "hubspot_duplicate_at", "lead_at", "lead_duplicate_at", "contact_at", "log_at")
    seen: dict[str, Any] = {
        name: moment for name in moments if (moment := getattr(person, name)) is not None and moment <= at
    }
    known: dict[str, Any] = dict.fromkeys(moments) | seen
    converted_at = person.converted_at if person.converted_at is not None and person.converted_at <= at else None
    is_deleted = person.log_at is not None and min(person.log_at + dt.timedelta(days=60), LAST_INSTANT) <= at
    return replace(
        person,
        **known,
        converted_at=converted_at,
        account=person.account if person.account is not None and person.account.created_at <= at else None,
        fate=person.fate if person.fate == "test" or is_deleted else "",
        entries=[entry for entry in person.entries if entry.at <= at],
        touches=[touch for touch in person.touches if touch.day <= at.date()],
        answers=[answer for answer in person.answers if answer.at <= at],
    )


def _so_far(deal: Deal, at: dt.datetime) -> Deal:
    steps = [step for step in deal.steps if step.at <= at] or deal.steps[:1]
    last = steps[-1]
    return replace(
        deal,
        steps=steps,
        amount=last.amount,
        closed_on=last.closed_on,
        status={WON: "won", LOST: "lost"}.get(last.stage, "open"),
        deleted_at=deal.deleted_at if deal.deleted_at is not None and deal.deleted_at <= at else None,
    )


def _synchronised(deal: HubspotDeal, at: dt.datetime) -> HubspotDeal:
    if deal.changed_at <= at:
        return deal
    if deal.original is None:
        return replace(deal, stage=STAGES[QUALIFIED], changed_at=deal.created_at)
    steps = [step for step in deal.original.steps if step.at + DELAY <= at] or deal.original.steps[:1]
    last = steps[-1]
    changed_at = max(last.at + DELAY, deal.arrived_at)
    return replace(deal, stage=STAGES[last.stage], amount=last.amount, closed_on=last.closed_on, changed_at=changed_at)


def _paid_back(order: Order, at: dt.datetime) -> Order:
    return replace(order, refunds=[refund for refund in order.refunds if refund.day <= at.date()])


def _state_files(then: Company) -> Iterator[ExportFile]:
    at = dt.datetime.combine(max(ad_day.day for ad_day in then.ad_days), LAST_INSTANT.time())
    people = [person for person in then.people if person.hubspot_at is not None]
    deals = {deal.person.number: deal for deal in then.hubspot_deals if deal.person is not None}
    yield ExportFile("hubspot/contacts.csv", dt.datetime(2026, 7, 1, 10), contacts(people, deals, at))
    yield ExportFile("shopify/orders.csv", dt.datetime(2026, 7, 1, 12), shopify_export(then.orders, at))
    several: Iterable[ExportFile] = (
        *hubspot_deal_files(then), *salesforce_files(then), *template_files(then), *care_files(then),
        *alignment_files(then), *(file for file in hubspot_engagement_files(then) if file.path.endswith("/owner.csv")),
    )  # fmt: skip
    yield from (file for file in several if file.path not in NUMBERED)


def _numbered_files(company: Company, day: dt.date) -> Iterator[ExportFile]:
    """All that will ever be numbered, cut by the day; in Salesforce who is a contact only then is a lead until then."""
    at = dt.datetime.combine(day, LAST_INSTANT.time())
    known = ((person, _known(person, at)) for person in company.people)
    people = [replace(then, answers=person.answers, touches=person.touches) for person, then in known]
    several = (
        *salesforce_files(replace(company, people=people)), *hubspot_engagement_files(company), *care_files(company)
    )  # fmt: skip
    yield from (_cut(file, NUMBERED[file.path], day) for file in several if file.path in NUMBERED)


def _cut(file: ExportFile, column: str, day: dt.date) -> ExportFile:
    text = file.content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    kept = [row for row in rows if row[header.index(column)][:10] <= day.isoformat()]
    start = BOM if file.content.startswith(BOM.encode()) else ""
    return replace(file, content=(start + csv_text([header, *kept])).encode())


def _ad_files(then: Company, day: dt.date, first: dt.date) -> Iterator[ExportFile]:
    yield from _ads(then, first, day, "", day + dt.timedelta(days=1))


def _ads(then: Company, first: dt.date, last: dt.date, name: str, written: dt.date) -> Iterator[ExportFile]:
    """Both platforms' reports of a window."""
    google = [ad_day for ad_day in then.ad_days if ad_day.campaign.platform == "google_ads"]
    yield ExportFile(
        f"google_ads/Campaign report{name}.csv",
        dt.datetime.combine(written, dt.time(6)),
        google_ads.report(google, first, last).encode(),
    )
    meta = [day for day in then.ad_days if day.campaign.platform == "meta_ads" and first <= day.day <= last]
    meta.sort(key=lambda ad_day: (ad_day.campaign.campaign_id, ad_day.day))
    yield ExportFile(
        f"meta_ads/Campaigns{name}.csv",
        dt.datetime.combine(written, dt.time(9)),
        meta_ads.report([(day, day.final) for day in meta], first, last, has_total=True).encode(),
    )
