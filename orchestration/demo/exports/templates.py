"""The plain CSV files that Lumen & Oak fills in by hand: costs, refunds, the sales log, rates, sponsorships."""

import datetime as dt
from collections.abc import Iterable, Sequence

from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.exports.colleagues import user_id
from orchestration.demo.exports.files import BOM, ExportFile, csv_text, money
from orchestration.demo.names import shouted
from orchestration.demo.prospects import Person
from orchestration.demo.team import seller

WRITTEN_AT = dt.datetime(2026, 7, 1, 8)
Rows = Iterable[Sequence[str]]


def template_files(company: Company) -> Iterable[ExportFile]:
    """Six files; the cost sheet was saved by a spreadsheet, with its byte order mark."""
    yield sheet("sponsorships.csv", AD_SPEND, ad_spend_rows(company))
    yield sheet("costs.csv", COSTS, cost_rows(company), start=BOM)
    yield sheet("refunds.csv", REFUNDS, refund_rows(company))
    yield sheet("euro rates.csv", FX_RATES, rate_rows(company))
    logged = [person for person in company.people if person.log_at is not None]
    yield sheet("sales log people.csv", PEOPLE, people_rows(logged))
    yield sheet("sales log.csv", STAGE_EVENTS, stage_rows(logged))


def sheet(name: str, header: Sequence[str], rows: Rows, start: str = "") -> ExportFile:
    """One file."""
    return ExportFile(f"sheets/{name}", WRITTEN_AT, (start + csv_text([header, *rows])).encode())


AD_SPEND = (
    "date",
    "channel",
    "spend",
    "currency",
    "platform",
    "campaign_id",
    "campaign",
    "impressions",
    "clicks",
    "purpose",
)


def ad_spend_rows(company: Company) -> Rows:
    """Sponsorships; nobody knows how many heard a podcast."""
    for ad_day in company.ad_days:
        campaign, paid = ad_day.campaign, ad_day.final
        if campaign.channel == "sponsorship":
            seen = (str(paid.impressions), str(paid.clicks)) if campaign.counts_clicks else ("", "")
            yield (
                ad_day.day.isoformat(), campaign.channel, money(paid.cost), campaign.currency, campaign.kind,
                campaign.campaign_id, campaign.name, *seen, "brand",
            )  # fmt: skip


COSTS = (
    "month",
    "pool",
    "amount",
    "currency",
    "channel",
    "purpose",
    "acquisition_share",
    "is_fixed",
    "months",
    "description",
)


def cost_rows(company: Company) -> Rows:
    """The cost sheet."""
    for cost in company.costs:
        share = "" if cost.acquisition_share is None else str(cost.acquisition_share)
        yield (
            f"{cost.month:%Y-%m}", cost.pool, money(cost.amount), cost.currency, cost.channel, cost.purpose, share,
            "true" if cost.is_fixed else "", str(cost.months) if cost.months > 1 else "", cost.description,
        )  # fmt: skip


REFUNDS = ("refund_id", "order_id", "refunded_at", "amount", "currency")


def refund_rows(company: Company) -> Rows:
    """Refunds by day, which the shop's export does not know."""
    refunds = [(refund, order) for order in company.orders for refund in order.refunds if refund.is_in_template]
    refunds.sort(key=lambda pair: (pair[0].day, pair[1].number))
    for number, (refund, order) in enumerate(refunds, start=1):
        yield (f"R-{number:04}", order.name, refund.day.isoformat(), money(refund.amount), order.currency)


FX_RATES = ("date", "currency", "rate", "source")


def rate_rows(company: Company) -> Rows:
    """Euro rates on the days that have one."""
    for day, rate in company.rates.items():
        yield (day.isoformat(), "EUR", str(rate), "bank")


PEOPLE = (
    "person_id", "created_at", "email", "company", "source_channel", "deleted_at", "deleted_reason", "is_test",
    "updated_at",
)  # fmt: skip


def people_rows(logged: list[Person]) -> Rows:
    """Everybody in the sales log; the source only where sales met them first."""
    for person in logged:
        assert person.log_at is not None
        deleted_at = min(person.log_at + dt.timedelta(days=60), dt.datetime.combine(DEMO_AS_OF, dt.time(18)))
        is_deleted = person.fate in ("spam", "privacy")
        is_first = person.log_at == min(person.records_at)
        yield (
            log_id(person),
            instant(person.log_at),
            "" if person.fate == "privacy" else shouted(person.email, person.number + 3),
            "" if person.account is None else person.account.name,
            person.channel if is_first else "",
            instant(deleted_at) if is_deleted else "",
            person.fate if is_deleted else "",
            "true" if person.fate == "test" else "",
            instant(deleted_at if is_deleted else person.log_at),
        )


STAGE_EVENTS = ("person_id", "stage", "entered_at", "reason", "owner")


def stage_rows(logged: list[Person]) -> Rows:
    """Accepted, rejected, recycled and back again, as sales noted it."""
    for person in logged:
        for entry in person.entries:
            if entry.system == "log":
                owner = user_id(seller(person.number))
                yield (log_id(person), entry.stage, instant(entry.at), entry.reason, owner)


def log_id(person: Person) -> str:
    """The person's number in the sales log."""
    return f"P-{person.number:05}"


def instant(at: dt.datetime) -> str:
    """A UTC moment, said to be one."""
    return at.isoformat(timespec="seconds") + "Z"
