"""D. What ad platforms mean by their figures; most of it is decided in the models, where the tests named here prove it."""

from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.faults.case import CAMPAIGN, CAMPAIGNS, GATE, GATE_DAYS, Case
from tests.ingest.ingest_files import Landing

ADS = "tests/models/test_ad_breakdowns.py::"
AD_HOLDS = "tests/models/test_ad_holds.py::test_a_contradiction_names_what_to_correct"
HOLDS = "tests/models/test_money_holds.py::test_a_fault_names_its_row"
MARKS = "tests/ingest/test_marks.py::"
HOURS = "campaign_id,date,impressions,spend,swipes\n"
OTHER = CAMPAIGN.replace("Brand", "(other)").replace("10.50", "4.50").replace("120236846902150299", "")


def _own_days(landing: Landing) -> FileOutcome:
    """A day stays the platform's day, wherever the firm reports."""
    landing.settings.config.write_text("reporting_timezone: Asia/Tokyo\n")
    outcome = landing.outcome("export.csv", CAMPAIGNS + CAMPAIGN)
    assert [str(day) for (day,) in landing.rows("google_ads/campaign_days", "day")] == ["2026-03-01"]
    return outcome


def _hours(landing: Landing) -> FileOutcome:
    """The night of 25 October has 25 hours, and two of them are called 02: each is a row, none is dropped."""
    hours = [f"2026-10-24 {hour}:00:00.000 +0000" for hour in (22, 23)]
    hours += [f"2026-10-25 {hour:02d}:00:00.000 +0000" for hour in range(23)]
    outcome = landing.outcome("export.csv", HOURS + "".join(f"7,{hour},10,1000000,1\n" for hour in hours))
    assert [str(total) for (total,) in landing.rows("snapchat_ads/campaign_days", "sum(spend)")] == ["25.00000000"]
    return outcome


def _renamed(landing: Landing) -> FileOutcome:
    """The id says which campaign it is; both names stay as what was known."""
    outcome = landing.outcome(
        "export.csv", CAMPAIGNS + CAMPAIGN + CAMPAIGN.replace("Brand", "New").replace("03-01", "03-02")
    )
    assert len(landing.rows("google_ads/campaign_days", "campaign_id")) == 2
    return outcome


def _another_window(landing: Landing) -> FileOutcome:
    """Meta counts results by that setting, and results are of many kinds: none is read, so no number of ours moves."""
    header = "Day,Campaign name,Campaign ID,Amount spent (EUR),Impressions,Link clicks,Results,Attribution setting\n"
    figures = "spend, impressions, clicks, conversions, conversions_value"
    row = "2026-03-01,Brand,77,10.50,100,3,{}\n"
    landing.outcome("before.csv", header + row.format("9,7-day click or 1-day view"))
    before = landing.rows("meta_ads/campaign_days", figures)
    outcome = landing.outcome("after.csv", header + row.format("4,1-day click"))
    assert landing.rows("meta_ads/campaign_days", figures) == before * 2
    assert before[0][3:] == (None, None)
    assert not outcome.unknown_columns
    return outcome


def _masked(landing: Landing) -> FileOutcome:
    """What nobody reads is kept, and without the addresses in it."""
    landing_page = "https://x.example/?utm_term=jane%40example.com"
    outcome = landing.outcome("export.csv", CAMPAIGNS.strip() + ",Page\n" + CAMPAIGN.strip() + f",{landing_page}\n")
    assert landing.rows("google_ads/campaign_days", "extra") == [('{"Page":"https://x.example/?utm_term=(e-mail)"}',)]
    return outcome


CASES = [
    Case("D01", "restated figures", "accepted", proved_by=ADS + "test_the_newest_export_of_a_day_wins"),
    Case("D02", "date ranges that overlap", "accepted", proved_by=ADS + "test_the_newest_export_of_a_day_wins"),
    Case("D03", "an older export that arrives later", "accepted", proved_by=ADS + "test_any_order_of_arrival_gives_the_same_marts"),
    Case("D04", "a covered day without rows is a day of zero", "accepted", proved_by=ADS + "test_a_covered_day_without_rows_is_a_day_of_zero"),
    Case("D04", "a day that no export covers", "held", proved_by=GATE_DAYS + "test_a_day_that_no_export_covers_holds"),
    Case("D05", "a last day that is not over", "accepted", proved_by=MARKS + "test_unfinished_figures_are_said"),
    Case("D06", "a window whose end is the midnight after it", "accepted", proved_by=MARKS + "test_a_window_is_read_in_every_language"),
    Case("D07", "several currencies in one column", "accepted", CAMPAIGNS + CAMPAIGN + CAMPAIGN.replace("EUR", "USD"), loaded=2),
    Case("D08", "no rate for a currency", "held", proved_by=HOLDS),
    Case("D09", "a rate that is restated", "held", proved_by=GATE + "test_a_closed_month_that_moves_far_holds"),
    Case("D10", "an account in another time zone", "accepted", steps=_own_days),
    Case("D11", "a day of 25 hours", "accepted", steps=_hours, loaded=25),
    Case("D12", "negative spend", "held", proved_by=HOLDS),
    Case("D13", "a date in the future", "held", proved_by=HOLDS),
    Case("D14", "more clicks than impressions", "held", proved_by=HOLDS),
    Case("D15", "cost without an impression", "accepted", CAMPAIGNS + CAMPAIGN.replace(",100,", ",0,"), loaded=1),
    Case("D16", "a campaign that was renamed", "accepted", steps=_renamed, loaded=2),
    Case("D17", "one campaign id on two platforms", "accepted", proved_by="tests/models/test_ad_sources.py::test_all_eleven_platforms_deliver_the_shared_shapes"),
    Case("D18", "a deleted campaign that later exports leave out", "accepted", proved_by=ADS + "test_the_newest_export_of_a_day_wins"),
    Case("D19", "a closed day that became smaller", "held", proved_by=GATE + "test_a_closed_day_that_became_smaller_holds"),
    Case("D20", "spend that no campaign carries", "accepted", proved_by=ADS + "test_what_an_account_has_beyond_its_campaigns_is_unallocated"),
    Case("D21", "another attribution window in Meta's reports", "accepted", steps=_another_window, loaded=1),
    Case("D21", "another attribution window where conversions are read", "held", reason="no other report that is read says its window, and claimed conversions are compared with wins only"),
    Case("D22", "a metric that is all zero", "held", proved_by=GATE_DAYS + "test_a_metric_that_is_all_zero_or_missing_holds"),
    Case("D23", "a volume far from the same weekday's", "held", proved_by=GATE_DAYS + "test_a_day_far_from_the_same_weekdays_holds"),
    Case("D24", "(other) is a bucket of its own and the totals tie", "accepted", CAMPAIGNS + CAMPAIGN + OTHER + "Total: Campaigns, --, --,EUR,15.00,200,6,2\n", loaded=2),
    Case("D25", "an address in a column that nobody reads", "accepted", steps=_masked),
    Case("D25", "an address in utm_term", "accepted", proved_by="tests/ingest/test_values.py::test_addresses_in_a_text_are_masked"),
    Case("D26", "one account under two keys", "held", proved_by=AD_HOLDS),
    Case("D27", "late offline conversions", "accepted", proved_by=ADS + "test_the_ledger_says_what_each_export_changed"),
    Case("D28", "two years of history while daily files arrive", "accepted", proved_by="tests/ingest/test_properties.py::test_the_order_of_arrival_changes_nothing"),
]  # fmt: skip
