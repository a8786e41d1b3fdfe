"""C. Structure and contract."""

from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.faults.case import CAMPAIGN, CAMPAIGNS, GATE, GATE_FILES, GOOD, MANY, SPEND, Case
from tests.ingest.ingest_files import Landing

META = "Campaign name,Day,Amount spent (EUR)\n"
PREAMBLE = '"Campaign report"\n"March 1, 2026 - March 31, 2026"\n'
TOTALS = "Total: Campaigns, --, --,EUR,21.00,200,6,2\n"
FOUR = CAMPAIGNS + CAMPAIGN + CAMPAIGN.replace("Brand", "Other")
HOSTILE = SPEND.strip() + ",\"a'; drop table t; --\",$path,{{ env_var('X') }},<script>\n"


def _by_name(landing: Landing) -> FileOutcome:
    """Figures stay with their headers whatever the order of the columns."""
    outcome = landing.outcome(
        "export.csv", "clicks,currency,spend,campaign,channel,date\n3,EUR,10.50,Brand,google,2026-03-01\n"
    )
    assert [tuple(map(str, row)) for row in landing.rows("template/ad_spend", "clicks, spend")] == [
        ("3", "10.50000000")
    ]
    return outcome


def _no_day(landing: Landing) -> FileOutcome:
    """A report without days feeds the stream of periods and no other."""
    content = CAMPAIGNS.replace("Day,", "") + CAMPAIGN.replace("2026-03-01,", "")
    outcome = landing.outcome("export.csv", content)
    assert outcome.stream == "campaign_periods"
    assert landing.rows("google_ads/campaign_days", "day") == []
    return outcome


CASES = [
    Case("C01", "columns in another order", "accepted", steps=_by_name, loaded=1),
    Case("C02", "a localised header that the contract knows", "accepted", CAMPAIGNS.replace("Cost", "Kosten") + CAMPAIGN, loaded=1),
    Case(
        "C02", "a renamed header that nobody knows", "file rejected",
        CAMPAIGNS.replace("Cost", "Costs of it") + CAMPAIGN, "the nearest is 'Costs of it'",
    ),
    Case("C03", "a required column is missing", "file rejected", "date,channel,currency,clicks,campaign\n2026-03-01,google,EUR,3,Brand\n", "column 'spend'"),
    Case("C04", "an optional column is missing", "accepted", "date,channel,spend,currency\n2026-03-01,google,1,EUR\n", loaded=1),
    Case("C05", "a new column", "accepted", SPEND.strip() + ",impresions\n" + GOOD.strip() + ",7\n", "impresions", loaded=1),
    Case("C06", "a header twice", "file rejected", SPEND.replace("campaign", "spend") + GOOD, "more than once"),
    Case("C06", "headers that differ in case alone", "file rejected", SPEND.replace("campaign", "Spend") + GOOD, "more than once"),
    Case("C07", "no header line", "file rejected", GOOD * 3, "no header"),
    Case("C08", "the header again in joined exports", "accepted", SPEND + GOOD + SPEND + GOOD, loaded=2),
    Case(
        "C09", "report title and date range before the header", "accepted",
        PREAMBLE + FOUR, loaded=2,
    ),
    Case("C09", "the date range is not that of the rows", "file rejected", proved_by="tests/ingest/test_marks.py::test_a_row_outside_the_declared_days_refuses_the_file"),
    Case("C10", "a total row that adds up", "accepted", FOUR + TOTALS, loaded=2),
    Case("C10", "a total row that does not", "file rejected", FOUR + TOTALS.replace("21.00", "22.00"), "the rows add up to 21"),
    Case("C10", "a total row at the top", "accepted", META + ",,3\nBrand,2026-03-01,1\nBrand,2026-03-02,2\n", loaded=2),
    Case("C10", "a total row at the top that does not add up", "file rejected", META + ",,4\nBrand,2026-03-01,1\nBrand,2026-03-02,2\n", "the rows add up to 3"),
    Case(
        "C11", "two reports in one file, as wide as each other", "file rejected",
        SPEND + GOOD * MANY + "date,channel,clicks,currency,spend,campaign\n" + GOOD.replace("10.50", "3") * 3, "second header",
    ),
    Case(
        "C11", "two reports in one file, of another width", "file rejected",
        SPEND + GOOD * MANY * 3 + "\ndate,channel,spend,currency\n2026-03-01,google,1,EUR\n", "second header",
    ),
    Case("C12", "a whole number becomes text from one day to the next", "file rejected", SPEND + GOOD.replace(",3,", ",three,") * 3, "'clicks'"),
    Case("C13", "no day: a total of a period, never spread over days", "accepted", steps=_no_day, loaded=1),
    Case(
        "C13", "months instead of days", "file rejected",
        PREAMBLE.replace("March 31", "May 31") + CAMPAIGNS + "".join(CAMPAIGN.replace("03-01", f"0{month}-01") for month in (3, 4, 5)),
        "month",
    ),
    Case("C14", "micros instead of units", "held", proved_by=GATE + "test_an_export_in_another_unit_holds_also_the_first_time"),
    Case("C15", "hostile column names", "accepted", HOSTILE + GOOD.strip() + ",1,2,3,4\n", loaded=1),
    Case(
        "C16", "more columns than any export has", "file rejected",
        SPEND.strip() + "," + ",".join(f"x{n}" for n in range(5000)) + "\n" + GOOD.strip() + ",1" * 5000 + "\n", "5,006 columns",
    ),
    *(
        Case("C17", f"exactly {rows:,} rows", "accepted", SPEND + GOOD * rows, "export limit reached?", loaded=rows)
        for rows in (2_000, 50_000)
    ),
    Case("C17", "… held until somebody says that it is whole", "held", proved_by=GATE_FILES + "test_an_export_that_ends_at_a_limit_holds"),
    Case("C18", "equal rows of one key", "accepted", proved_by="tests/ingest/test_repeats.py::test_an_equal_row_is_loaded_once_and_counted"),
    Case("C19", "contradicting rows of one key", "file rejected", proved_by="tests/ingest/test_repeats.py::test_rows_that_contradict_each_other_refuse_the_file"),
]  # fmt: skip
