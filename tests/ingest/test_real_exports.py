"""Real files that nobody here wrote: every row accounted for, every figure equal to an independent reader's."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.ingest.load import ingest
from orchestration.settings import ROOT, Settings
from tests.ingest.real_ad_exports import AD_FIGURES, ADS_LEFT_ALONE, ADS_LOADED, ADS_REFUSED
from tests.ingest.real_crm_exports import CRM_LEFT_ALONE, CRM_LOADED

EXPORTS = ROOT.parent / "shared/exports"
pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="../shared/exports absent")

SHOPIFY = "fivetran_connector_tables/shopify/shopify_"
MONEY = {
    f"{SHOPIFY}{name}_data.csv": f"shopify/{stream}"
    for stream, names in {
        "orders": ("order", "gql_order"),
        "order_items": ("order_line", "gql_order_line"),
        "refunds": ("refund", "gql_refund"),
        "refund_items": ("order_line_refund", "gql_order_line_refund", "gql_refund_line_item"),
        "order_adjustments": ("order_adjustment", "gql_order_adjustment"),
        "transactions": ("transaction", "gql_transaction"),
        "inventory_items": ("inventory_item", "gql_inventory_item"),
        "variants": ("product_variant", "gql_product_variant"),
        "customers": ("customer", "gql_customer"),
        "visits": ("gql_customer_visit",),
        "order_attributes": ("order_url_tag", "order_note_attribute", "gql_order_note_attribute"),
    }.items()
    for name in names
}
STRIPE = "fivetran_connector_tables/stripe/"
MONEY |= {
    f"{STRIPE}{name}_data.csv": f"stripe/{name}s"
    for name in ("balance_transaction", "charge", "refund", "dispute", "invoice", "customer")
}
# Tables that no figure needs, by what they hold.
MONEY_LEFT = {
    "a basket that was not bought": ("abandoned_checkout*",),
    "the catalogue": ("collection*", "product", "product_*", "media*", "metafield"),
    "what a customer or an order is filed under": ("customer_tag", "customer_address", "order_tag"),
    "parts of an order's own discounts, shipping and taxes": (
        "discount_*", "order_discount_code", "order_shipping_line", "order_shipping_tax_line", "tax_line",
        "order_line_tax_line",
    ),
    "parcels and stock": ("fulfillment*", "inventory_level", "inventory_quantity", "location"),
    "goods on their way back; the refund is a table of its own": ("return*",),
    "payments again, without their refund": ("tender_transaction",),
    "the shop itself": ("shop",),
    "note attributes again, under a second name": ("order_custom_attribute",),
    "the account and its goods": ("account", "card", "coupon", "plan", "price", "product", "payment_method*"),
    "what a charge, an invoice or the balance says already": (
        "payment_intent", "invoice_line_item", "credit_note*", "fee", "discount*", "payout*", "transfer",
    ),
    "subscriptions: recurring revenue is not worked out of orders": ("subscription*",),
}  # fmt: skip

LOADED = {
    **ADS_LOADED,
    **CRM_LOADED,
    **MONEY,
}

# Websites; a header of this one stands twice, with other values each time.
LOADED |= {"fivetran_connector_tables/ga4_export/event_data.csv": "ga4/events"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, FileOutcome]]:
    data = tmp_path_factory.mktemp("data")
    settings = Settings(data_dir=data, config=data / "none.yml", hash_key="test key")
    for path in sorted(EXPORTS.rglob("*.csv")):
        target = settings.landing / path.relative_to(EXPORTS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return settings, {file.path: file for file in ingest(settings).files}


def records(name: str) -> Iterator[dict[str, str]]:
    with (EXPORTS / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def lake(settings: Settings, stream: str, sql: str, file_id: str) -> list[tuple[object, ...]]:
    with connect() as conn:
        part = str(settings.lake / stream / f"{file_id}.parquet")
        return conn.execute(f"select {sql} from read_parquet(?) order by all", [part]).fetchall()


@pytest.mark.parametrize("name", LOADED)
def test_every_row_is_loaded(run: tuple[Settings, dict[str, FileOutcome]], name: str) -> None:
    outcome = run[1][name]
    assert f"{outcome.source}/{outcome.stream}" == LOADED[name]
    rows = sum(1 for _ in records(name))
    assert outcome.rows == {"loaded": rows, "rejected": 0, "total": 0, "note": 1, "blank": 0}
    assert lake(run[0], LOADED[name], "count(*)", outcome.file_id) == [(rows,)]


def test_every_other_file_is_left_alone(run: tuple[Settings, dict[str, FileOutcome]]) -> None:
    others = {name: outcome for name, outcome in run[1].items() if name not in {*LOADED, ADS_REFUSED}}
    assert {outcome.status for outcome in others.values()} == {"unrecognised"}
    for name in ("Case", "Branch__c"):
        assert "nearest reader" in str(others[f"salesforce_object_dump/data/{name}.csv"].problems[0])


def test_every_crm_file_that_is_left_alone_has_a_reason(run: tuple[Settings, dict[str, FileOutcome]]) -> None:
    folders = ("fivetran_connector_tables/hubspot/", "fivetran_connector_tables/salesforce/", "salesforce_object_dump/")
    others = [name for name in run[1] if name.startswith(folders) and name not in CRM_LOADED]
    assert [name for name in others if not any(fnmatch(name, glob) for glob in CRM_LEFT_ALONE)] == []
    assert [glob for glob in CRM_LEFT_ALONE if not any(fnmatch(name, glob) for name in others)] == []


def test_every_ad_file_that_is_left_alone_has_a_reason(run: tuple[Settings, dict[str, FileOutcome]]) -> None:
    folders = {str(Path(name).parent) for name in ADS_LOADED}
    others = [name for name in run[1] if str(Path(name).parent) in folders and name not in {*ADS_LOADED, ADS_REFUSED}]
    assert [name for name in others if not any(fnmatch(name, glob) for glob in ADS_LEFT_ALONE)] == []
    assert [glob for glob in ADS_LEFT_ALONE if not any(fnmatch(name, glob) for name in others)] == []


def test_a_currency_that_is_none_refuses_the_file(run: tuple[Settings, dict[str, FileOutcome]]) -> None:
    outcome = run[1][ADS_REFUSED]
    assert (outcome.status, outcome.rows["rejected"]) == ("rejected", 1)
    assert "found 'CAN'" in str(outcome.problems[0])


@pytest.mark.parametrize("name", [name for name, to in ADS_LOADED.items() if to.endswith("/campaign_days")])
def test_ad_figures_equal_an_independent_sum(run: tuple[Settings, dict[str, FileOutcome]], name: str) -> None:
    headers, unit = AD_FIGURES[ADS_LOADED[name].split("/")[0]]
    rows = [{header.upper(): cell for header, cell in row.items()} for row in records(name)]
    cells = [[row.get(header.upper(), "") for row in rows] for header in headers]
    sums = [sum((Decimal(cell) for cell in column if cell), Decimal(0)) for column in cells]
    # A blank is no zero: the figures that are there are counted too.
    expected = (sums[0] / unit, *sums[1:], *(sum(map(bool, column)) for column in cells))
    columns = ("spend", "impressions", "clicks", "conversions", "conversions_value", "leads")
    figures = [*(f"coalesce(sum({column}), 0)" for column in columns), *(f"count({column})" for column in columns)]
    assert lake(run[0], ADS_LOADED[name], ", ".join(figures), run[1][name].file_id) == [expected]


@pytest.mark.parametrize("name", [name for name, to in CRM_LOADED.items() if to.endswith(("/opportunities", "/deals"))])
def test_deal_amounts_equal_an_independent_sum(run: tuple[Settings, dict[str, FileOutcome]], name: str) -> None:
    amounts = [row.get("Amount") or row.get("amount") or row.get("property_amount") or "" for row in records(name)]
    expected = sum((Decimal(amount) for amount in amounts if amount), Decimal(0)), sum(map(bool, amounts))
    assert lake(run[0], CRM_LOADED[name], "coalesce(sum(amount), 0), count(amount)", run[1][name].file_id) == [expected]


def test_dump_timestamps_and_flags_are_read(run: tuple[Settings, dict[str, FileOutcome]]) -> None:
    name = "salesforce_object_dump/data/CampaignMember.csv"
    expected = sorted(
        (row["CampaignId"], row["CreatedDate"].replace("T", " ").removesuffix(".000+0000"), row["HasResponded"] == "1")
        for row in records(name)
    )
    sql = "campaign_id, cast(created_at as varchar), has_responded"
    assert lake(run[0], "salesforce/campaign_members", sql, run[1][name].file_id) == expected


PERSONAL = re.compile(r"(property_)?(e-?mail|(first_?|last_?)?name|phone|street|address|subject|title|body)", re.I)


@pytest.mark.parametrize("name", CRM_LOADED)
def test_nothing_personal_is_in_a_typed_column(run: tuple[Settings, dict[str, FileOutcome]], name: str) -> None:
    # Names of campaigns and of properties are nobody's; so is a word that another column holds as well, such as a city.
    typed = {"name"} if "property_history" in name else {"Name"} if name.endswith("/Campaign.csv") else set()
    rows = list(records(name))
    personal = {cell for row in rows for header, cell in row.items() if PERSONAL.match(header) and header not in typed}
    others = {cell for row in rows for header, cell in row.items() if not PERSONAL.match(header) or header in typed}
    cells = {cell for row in lake(run[0], CRM_LOADED[name], "* exclude (extra)", run[1][name].file_id) for cell in row}
    assert not (personal - others - {""}) & cells


def test_the_lake_names_no_path_of_this_machine(run: tuple[Settings, dict[str, FileOutcome]]) -> None:
    root = str(Path(run[0].data_dir))
    assert [path for path in run[0].lake.rglob("_*.json") if root in path.read_text()] == []


def test_every_table_of_shop_and_payments_is_read_or_left_for_a_reason(
    run: tuple[Settings, dict[str, FileOutcome]],
) -> None:
    patterns = [pattern for names in MONEY_LEFT.values() for pattern in names]
    for name in run[1]:
        if name.startswith((SHOPIFY, STRIPE)) and name not in MONEY:
            table = name.removeprefix(SHOPIFY).removeprefix(STRIPE).removeprefix("gql_").split("_data")[0]
            assert any(fnmatch(table, pattern) for pattern in patterns), table


# Table, figures of the lake, and the headers of the file that must add up to the same.
SHOP_SUMS = {
    "order": ("total, taxes", ("total_price", "total_tax")),
    "gql_order": ("total, taxes", ("total_price_set_shop_amount", "total_tax_set_shop_amount")),
    "order_line": ("unit_price, quantity", ("price", "quantity")),
    "gql_order_line": ("line_total, quantity", ("original_total_set_shop_amount", "quantity")),
    "gql_refund": ("total", ("total_refunded_set_shop_amount",)),
    "order_line_refund": ("subtotal, tax", ("subtotal", "total_tax")),
    "order_adjustment": ("amount, tax", ("amount", "tax_amount")),
    "transaction": ("amount", ("amount",)),
    "gql_transaction": ("amount", ("amount_set_shop_amount",)),
    "gql_inventory_item": ("unit_cost", ("unit_cost_amount",)),
}


@pytest.mark.parametrize("table", SHOP_SUMS)
def test_shop_figures_equal_an_independent_sum(run: tuple[Settings, dict[str, FileOutcome]], table: str) -> None:
    name = f"{SHOPIFY}{table}_data.csv"
    columns, headers = SHOP_SUMS[table]
    expected = tuple(sum(Decimal(row[header] or 0) for row in records(name)) for header in headers)
    figures = ", ".join(f"coalesce(sum({column}), 0)" for column in columns.split(", "))
    assert lake(run[0], MONEY[name], figures, run[1][name].file_id) == [expected]


def test_visits_are_read_as_the_connector_wrote_them(run: tuple[Settings, dict[str, FileOutcome]]) -> None:
    name = "fivetran_connector_tables/ga4_export/event_data.csv"
    with (EXPORTS / name).open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    wanted = ["name", "timestamp", "date", "param_ga_session_id", "is_intraday", "bundle_sequence_id"]
    expected = sorted(tuple(row[header.index(column)] for column in wanted) for row in rows)
    flag = "case when is_intraday then 'True' else 'False' end"
    columns = f"event_name, happened_at::varchar, event_date::varchar, session_id, {flag}, bundle_sequence_id"
    assert sorted(lake(run[0], "ga4/events", columns, run[1][name].file_id)) == expected
    assert lake(run[0], "ga4/events", "count(distinct visitor_key)", run[1][name].file_id) == [(4,)]


# Every row of these files is in US dollars: a minor unit is a cent.
STRIPE_SUMS = {
    "balance_transaction": ("gross, fee, net", ("amount", "fee", "net")),
    "charge": ("amount, amount_refunded", ("amount", "amount_refunded")),
    "refund": ("amount", ("amount",)),
    "dispute": ("amount", ("amount",)),
    "invoice": ("total, coalesce(tax, 0)", ("total", "tax")),
}


@pytest.mark.parametrize("table", STRIPE_SUMS)
def test_payment_figures_equal_an_independent_sum(run: tuple[Settings, dict[str, FileOutcome]], table: str) -> None:
    name = f"{STRIPE}{table}_data.csv"
    columns, headers = STRIPE_SUMS[table]
    expected = tuple(sum(Decimal(row[header] or 0) for row in records(name)) / 100 for header in headers)
    figures = ", ".join(f"sum({column})" for column in re.split(r", (?![0-9])", columns))
    assert lake(run[0], MONEY[name], figures, run[1][name].file_id) == [expected]
    assert {row["currency"] for row in records(name)} == {"usd"}
