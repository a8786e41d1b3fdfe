"""The sheets of the office business and of the plan: customers, fittings, care plans, budgets."""

from collections.abc import Iterable

from orchestration.demo.company import Company
from orchestration.demo.exports.files import ExportFile, money
from orchestration.demo.exports.templates import Rows, instant, sheet
from orchestration.demo.friends import customer_code
from orchestration.demo.names import shouted

CUSTOMERS = ("customer_id", "name", "email", "referred_by", "segment")
FITTINGS = (
    "order_id", "customer_id", "ordered_at", "gross", "currency", "tax", "cogs", "fulfilment", "hours", "status",
)  # fmt: skip
CARE_PLANS = ("customer_id", "month", "mrr", "currency")
BUDGETS = (
    "line", "period_start", "period_end", "amount", "currency", "channel", "pool", "purpose", "curve", "version",
    "approved_at",
)  # fmt: skip


def care_files(company: Company) -> Iterable[ExportFile]:
    """Five files."""
    yield sheet("customers.csv", CUSTOMERS, customer_rows(company))
    yield sheet("job book.csv", FITTINGS, fitting_rows(company))
    yield sheet("care plans.csv", CARE_PLANS, care_rows(company))
    yield sheet("budgets.csv", BUDGETS, budget_rows(company))
    yield sheet("budget schedule.csv", ("line", "date", "amount"), schedule_rows(company))


def customer_rows(company: Company) -> Rows:
    """Offices by their name, home workers by their own."""
    for listed in company.listed:
        person = listed.person
        name = person.account.name if person.account else f"{person.first_name} {person.last_name}"
        yield (listed.code, name, shouted(person.email, person.number + 2), listed.referred_by, listed.segment)


def fitting_rows(company: Company) -> Rows:
    """Jobs with the hours that they took; the price includes the tax."""
    for job in company.fittings:
        yield (
            job.name, customer_code(job.buyer), instant(job.at), money(job.net + job.tax), "USD", money(job.tax),
            money(job.material), money(job.travel), str(job.hours), job.status,
        )  # fmt: skip


def care_rows(company: Company) -> Rows:
    """What each office pays for each month."""
    for month in company.care_plans:
        yield (f"C-{month.account.number:04}", f"{month.month:%Y-%m}", money(month.mrr), month.currency)


def budget_rows(company: Company) -> Rows:
    """Every version of every line."""
    for line in company.budget:
        yield (
            line.name, line.start.isoformat(), line.end.isoformat(), money(line.amount), line.currency, line.channel,
            line.pool, line.purpose, "scheduled" if line.planned else "even", line.version,
            line.approved_on.isoformat(),
        )  # fmt: skip


def schedule_rows(company: Company) -> Rows:
    """The days of the lines that are planned by day."""
    for line in company.budget:
        for day, amount in line.planned:
            yield (line.name, day.isoformat(), money(amount))
