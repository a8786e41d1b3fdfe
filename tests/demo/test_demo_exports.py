"""The demo's exports speak each system's dialect, byte for byte, and their totals are true."""

import codecs
import csv
import io
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from orchestration.demo.company import DEMO_AS_OF
from orchestration.demo.exports.files import ExportFile
from orchestration.demo.exports.salesforce_ids import checksum
from orchestration.demo.write import export_files


@pytest.fixture(scope="module")
def exports() -> dict[str, ExportFile]:
    return {export.path: export for export in export_files()}


def rows(export: ExportFile, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(export.content.decode(encoding), newline=""), delimiter=delimiter))


def number(cell: str) -> Decimal:
    return Decimal(cell.replace(",", ""))


class TestGoogleAds:
    def test_totals_equal_the_rows(self, exports: dict[str, ExportFile]) -> None:
        table = rows(exports["google_ads/Campaign report 2025 Q4.csv"])
        header, data = table[2], [row for row in table[3:] if not row[0].startswith("Total:")]
        [total] = [row for row in table if row[0] == "Total: Campaigns"]

        for name in ("Impr.", "Cost", "Clicks", "Conversions"):
            place = header.index(name)
            assert sum(number(row[place]) for row in data) == number(total[place])

    def test_begins_with_title_and_dates(self, exports: dict[str, ExportFile]) -> None:
        table = rows(exports["google_ads/Campaign report 2025 Q1.csv"])

        assert table[0] == ["Campaign report"]
        assert table[1] == ["January 1, 2025 - March 31, 2025"]
        assert len({len(row) for row in table[2:]}) == 1

    def test_the_excel_variant_is_utf_16_with_tabs(self, exports: dict[str, ExportFile]) -> None:
        content = exports["google_ads/Campaign report.csv"].content

        assert content.startswith(codecs.BOM_UTF16_LE)
        assert "\tCampaign ID\t" in content.decode("utf-16")

    def test_counts_have_separators_and_cost_has_none(self, exports: dict[str, ExportFile]) -> None:
        text = exports["google_ads/Campaign report 2025 Q4.csv"].content.decode()

        assert '"1,' in text
        [total] = [line for line in text.splitlines() if line.startswith("Total: Account")]
        assert ", --," in total
        assert "USD,1" in total

    def test_the_second_download_restates_june(self, exports: dict[str, ExportFile]) -> None:
        first = rows(exports["google_ads/Campaign report.csv"], "utf-16", "\t")
        again = rows(exports["google_ads/Campaign report (1).csv"])
        place = again[2].index("Cost")
        days = [{tuple(row[1:3]): row[place] for row in table if row[0] == "Enabled"} for table in (first, again)]

        assert set(days[1]) < set(days[0])
        assert any(days[0][day] != cost for day, cost in days[1].items())


class TestMetaAds:
    def test_the_first_row_is_the_sum_of_the_others(self, exports: dict[str, ExportFile]) -> None:
        export = exports["meta_ads/Lumen-Oak-EU-Campaigns.csv"]
        header, total, *data = rows(export)

        assert export.content.startswith(codecs.BOM_UTF8)
        assert total[: header.index("Reach")] == [""] * 7
        for name in ("Impressions", "Link clicks", "Amount spent (EUR)"):
            place = header.index(name)
            assert sum(number(row[place]) for row in data) == number(total[place])

    def test_one_file_has_no_total(self, exports: dict[str, ExportFile]) -> None:
        assert all(row[0] for row in rows(exports["meta_ads/Lumen-Oak-EU-Campaigns (1).csv"])[1:])


class TestOtherDialects:
    def test_salesforce_ids_have_their_checksum(self, exports: dict[str, ExportFile]) -> None:
        header, *leads = rows(exports["salesforce/Lead.csv"])

        assert all(len(row[0]) == 18 and checksum(row[0][:15]) == row[0][15:] for row in leads)
        assert {row[header.index("IsConverted")] for row in leads} == {"", "1"}
        assert len({row[0] for row in leads}) == len(leads)

    def test_shopify_money_stands_on_the_first_line_only(self, exports: dict[str, ExportFile]) -> None:
        header, *lines = rows(exports["shopify/orders_export_2.csv"])
        totals = Counter(row[0] for row in lines if row[header.index("Total")])

        assert len(header) == 79
        assert len(lines) > len(totals)
        assert set(totals.values()) == {1}

    def test_shopify_refunds_are_those_of_the_refunds_file_but_for_three(self, exports: dict[str, ExportFile]) -> None:
        header, *lines = rows(exports["shopify/orders_export_2.csv"])
        shop = {row[0]: number(row[header.index("Refunded Amount")]) for row in lines if row[header.index("Total")]}
        dated: defaultdict[str, Decimal] = defaultdict(Decimal)
        for _, order, _, amount, _ in rows(exports["sheets/refunds.csv"])[1:]:
            dated[order] += number(amount)

        assert all(shop[order] == amount for order, amount in dated.items())
        assert sum(amount > 0 for amount in shop.values()) == len(dated) + 3

    def test_hubspot_forgets_a_merged_contact_but_for_its_id(self, exports: dict[str, ExportFile]) -> None:
        earlier = rows(exports["hubspot/hubspot-crm-exports-all-contacts-2026-01-05.csv"])
        header, *now = rows(exports["hubspot/hubspot-crm-exports-all-contacts.csv"])
        merged = {row[header.index("Merged object IDs")] for row in now} - {""}

        assert merged
        assert merged & {row[0] for row in earlier}
        assert not merged & {row[0] for row in now}

    def test_hubspot_names_the_salesforce_deal_of_nearly_every_copy(self, exports: dict[str, ExportFile]) -> None:
        header, *deals = rows(exports["hubspot/hubspot-crm-exports-all-deals.csv"])
        ids = {row[0] for row in rows(exports["salesforce/Opportunity.csv"])[1:]}
        linked = [row[header.index("Salesforce Opportunity ID")] for row in deals]

        assert set(linked) - {""} <= ids
        assert 0 < linked.count("") < 10

    def test_the_history_of_a_deal_ends_with_the_deal(self, exports: dict[str, ExportFile]) -> None:
        header, *steps = rows(exports["salesforce/OpportunityHistory.csv"])
        names, *deals = rows(exports["salesforce/Opportunity.csv"])
        last = {row[header.index("OpportunityId")]: row[header.index("Amount")] for row in steps}

        assert last == {row[0]: row[names.index("Amount")] for row in deals}

    def test_tasks_hang_on_leads_and_contacts_that_are_there(self, exports: dict[str, ExportFile]) -> None:
        header, *tasks = rows(exports["salesforce/Task.csv"])
        known = {row[0] for name in ("Lead", "Contact") for row in rows(exports[f"salesforce/{name}.csv"])[1:]}

        assert {row[header.index("WhoId")] for row in tasks} <= known
        assert {row[header.index("IsClosed")] for row in tasks} == {"", "1"}

    def test_files_are_written_after_the_days_they_hold(self, exports: dict[str, ExportFile]) -> None:
        newest = [name for name, export in exports.items() if export.written_at.date() > DEMO_AS_OF]

        assert len(newest) > 10
        assert all("2025 Q" in name or "2026" in name or "_1" in name or "Campaigns" in name
                   for name in set(exports) - set(newest))  # fmt: skip
