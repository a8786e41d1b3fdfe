"""Shopify: the order export of the admin, and the tables of a connector in both spellings."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.ingest.ingest_files import Landing

SHOP = (
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount,Id,Notes\n"
)


def test_order_cells_stand_on_the_first_line_only(landing: Landing) -> None:
    rows = (
        "#1001,a@x.example,paid,2026-04-10 11:11:27 +0530,INR,90.00,5.00,5.00,100.00,0.00,"
        '2026-04-10 11:11:26 +0530,1,Tea,60.00,T1,0.00,5551112223334,"two\nlines\n\nhere"\n'
        "#1001,a@x.example,,,,,,,,,,2,Cup,15.00,C1,,,\n"
    )
    outcome = landing.outcome("orders.csv", SHOP + rows)
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 1, "blank": 0}
    first, second = landing.rows("shopify/order_lines", "order_name, order_id, total, created_at, line_quantity")
    assert first == ("#1001", "5551112223334", Decimal(100), dt.datetime(2026, 4, 10, 5, 41, 26), Decimal(1))
    assert second == ("#1001", None, None, None, Decimal(2))


def test_an_id_that_a_spreadsheet_rounded_is_refused(landing: Landing) -> None:
    row = "#1001,,paid,,INR,1,0,0,1,0,2026-04-10 11:11:26 +0530,1,Tea,1,T1,0,5.55111E+12,\n"
    outcome = landing.outcome("orders.csv", SHOP + row)
    assert outcome.status == "rejected"
    assert "A spreadsheet has changed it" in str(outcome.problems[0])


# As the admin writes it since 2024: 79 columns, LF, comma, `""` and nothing side by side.
ADMIN = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
)


def admin_row(**cells: str) -> str:
    names = ADMIN.split(",")
    assert len(names) == 79
    assert set(cells) <= {name.replace(" ", "_") for name in names}
    return ",".join(cells.get(name.replace(" ", "_"), "") for name in names) + "\n"


def test_the_whole_export_of_the_admin_is_known(landing: Landing) -> None:
    first = admin_row(
        Name="#1002", Email="A@x.example", Financial_Status="paid", Paid_at="2026-04-10 11:11:27 +0530", Currency="INR",
        Subtotal="90.00", Shipping="0.00", Taxes="15.00", Total="90.00", Discount_Amount="0.00",
        Created_at="2026-04-10 11:11:26 +0530", Lineitem_quantity="1", Lineitem_price="90.00", Lineitem_sku='""',
        Billing_Name="Ann Example", Payment_Method="Bogus Gateway", Refunded_Amount="0.00", Id="5551112223335",
        Note_Attributes='"utm_source: newsletter\ngift: yes"', Source="web",
    )  # fmt: skip
    outcome = landing.outcome("orders_export_1.csv", f"{ADMIN}\n{first}")
    assert (outcome.rows["loaded"], outcome.unknown_columns) == (1, [])
    [row] = landing.rows("shopify/order_lines", "subtotal, taxes, total, line_sku, payment_method, note_attributes")
    # Taxes are inside the subtotal of a shop whose prices include them: the total says what was paid.
    assert row[:4] == (Decimal(90), Decimal(15), Decimal(90), None)
    assert row[4:] == ("Bogus Gateway", "utm_source: newsletter\ngift: yes")
    everything = str(landing.rows("shopify/order_lines"))
    assert "Ann Example" not in everything
    assert "x.example" not in everything


def test_an_export_of_2017_stops_earlier(landing: Landing) -> None:
    row = "#7,b@x.example,refunded,USD,10,0,0,10,0,2017-03-01 09:00:00 -0500,1,10,10\n"
    header = (
        "Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,"
        "Lineitem quantity,Lineitem price,Refunded Amount\n"
    )
    landing.outcome("old.csv", header + row)
    assert landing.rows("shopify/order_lines", "order_id, created_at, refunded_amount") == [
        (None, dt.datetime(2017, 3, 1, 14), Decimal(10))
    ]


def test_an_export_with_a_header_twice_is_refused(landing: Landing) -> None:
    outcome = landing.outcome("orders.csv", SHOP.replace("Notes", "Total") + "#1,,paid,,INR" + "," * 13 + "\n")
    assert outcome.status == "rejected"
    assert "the header 'total' more than once" in str(outcome.problems[0])


REST = (
    "id,note,email,taxes_included,currency,subtotal_price,total_tax,total_price,created_at,updated_at,name,"
    "billing_address_phone,customer_id,financial_status,cancelled_at,test,landing_site_base_url,_fivetran_synced\r\n"
)
GRAPHQL = (
    "_fivetran_deleted,_fivetran_synced,cancelled_at,created_at,currency_code,customer_id,display_financial_status,email,"
    "id,name,presentment_currency_code,taxes_included,test,total_price_set_pres_amount,"
    "total_price_set_pres_currency_code,total_price_set_shop_amount,total_price_set_shop_currency_code,"
    "total_tax_set_pres_amount,total_tax_set_shop_amount,total_tip_received_set_shop_amount,updated_at\r\n"
)


def test_both_spellings_of_the_order_table_are_the_same_order(landing: Landing) -> None:
    landing.outcome(
        "rest.csv",
        "\ufeff" + REST + "5551112223334,gift,Ann@x.example,TRUE,GBP,100.0,16.67,100.0,2026-04-10 05:41:26.000,"
        "2026-04-11 08:00:00.000 ,#1001,+15550100,77,paid,,FALSE,/lamps?utm_source=news,2026-04-12 01:02:03.004\r\n",
    )
    # The customer saw yen; the books of the shop are in pounds.
    landing.outcome(
        "graphql.csv",
        GRAPHQL + "FALSE,2026-04-12 01:02:03, ,2026-04-10 05:41:26,GBP,77,PAID,ann@x.example,5551112223334,#1001,JPY,"
        "TRUE,FALSE,19000,JPY,100.00,GBP,3167,16.67,0.00,2026-04-11 08:00:00\r\n",
    )
    columns = "order_id, order_name, customer_key, email_key, currency, total, taxes, is_test, created_at, updated_at"
    first, second = landing.rows("shopify/orders", columns)
    assert first == second
    assert first[4:] == (
        "GBP", Decimal(100), Decimal("16.67"), False, dt.datetime(2026, 4, 10, 5, 41, 26), dt.datetime(2026, 4, 11, 8),
    )  # fmt: skip
    assert {row[0].lower() for row in landing.rows("shopify/orders", "financial_status")} == {"paid"}
    assert {row[0] for row in landing.rows("shopify/orders", "landing_page")} == {None, "/lamps?utm_source=news"}
    assert "5550100" not in str(landing.rows("shopify/orders"))


def test_a_connector_order_without_its_total_is_refused_by_name(landing: Landing) -> None:
    header = REST.replace("total_price", "price")
    outcome = landing.outcome("rest.csv", header + "1" + "," * 17 + "\r\n")
    assert outcome.status == "rejected"
    assert "total_price" in str(outcome.problems[0])


TABLES = {
    "order_items": (
        "order_id,id,product_id,variant_id,name,title,price,quantity,sku,gift_card,total_discount,_fivetran_synced\n"
        "51,61,1,81,Lamp,Lamp,60.0,2,LAMP,FALSE,0,2026-04-12 01:02:03\n",
        "order_item_id, order_id, variant_id, sku, unit_price, line_total, quantity, is_gift_card",
        ("61", "51", "81", "LAMP", Decimal(60), None, Decimal(2), False),
    ),
    "refunds": (
        "_fivetran_synced,created_at,id,note,order_id,total_refunded_set_pres_amount,"
        "total_refunded_set_pres_currency_code,total_refunded_set_shop_amount,total_refunded_set_shop_currency_code\n"
        "2026-04-12 01:02:03,2026-04-11 10:00:00,71,,51,7600,JPY,40.00,GBP\n",
        "refund_id, order_id, refunded_at, total, currency",
        ("71", "51", dt.datetime(2026, 4, 11, 10), Decimal(40), "GBP"),
    ),
    "refund_items": (
        "id,location_id,refund_id,restock_type,quantity,order_line_id,_fivetran_synced,subtotal,total_tax_set,"
        "subtotal_set,total_tax\n91,,71,return,1,61,2026-04-12 01:02:03,33.33,,,6.67\n",
        "refund_item_id, refund_id, order_item_id, quantity, subtotal, tax",
        ("91", "71", "61", Decimal(1), Decimal("33.33"), Decimal("6.67")),
    ),
    "order_adjustments": (
        "id,order_id,refund_id,amount,tax_amount,kind,reason,amount_set,tax_amount_set,_fivetran_synced\n"
        "95,51,71,-27,-1.6,shipping_refund,Shipping refund,,,2026-04-12 01:02:03\n",
        "adjustment_id, refund_id, amount, tax, reason",
        ("95", "71", Decimal(-27), Decimal("-1.6"), "Shipping refund"),
    ),
    "transactions": (
        "id,order_id,refund_id,amount,authorization,processed_at,gateway,currency,kind,status,test,receipt\n"
        '97,51,71,40,re_1,2026-04-11 10:00:00,shopify_payments,GBP,REFUND,SUCCESS,FALSE,"{ ""charges"": {} }"\n',
        "transaction_id, refund_id, kind, status, amount, currency, payment_reference, is_test",
        ("97", "71", "refund", "success", Decimal(40), "GBP", "re_1", False),
    ),
    "inventory_items": (
        "id,created_at,legacy_resource_id,sku,tracked,unit_cost_amount,unit_cost_currency_code,updated_at,"
        "_fivetran_deleted,_fivetran_synced\n"
        "85,2025-01-01 00:00:00,85,LAMP,TRUE,31.50,GBP,2026-01-01 00:00:00,FALSE,2026-04-12 01:02:03\n",
        "inventory_item_id, sku, unit_cost, currency, updated_at",
        ("85", "LAMP", Decimal("31.5"), "GBP", dt.datetime(2026, 1, 1)),
    ),
    "variants": (
        "product_id,id,inventory_item_id,price,sku,title,updated_at,_fivetran_synced\n"
        "1,81,85,60.00,LAMP,Default Title,2026-01-01 00:00:00,2026-04-12 01:02:03\n",
        "variant_id, inventory_item_id, sku",
        ("81", "85", "LAMP"),
    ),
    "visits": (
        "_fivetran_synced,id,order_id,type,landing_page,occurred_at,referrer_url,source,source_type,"
        "utm_parameters_campaign,utm_parameters_medium,utm_parameters_source\n"
        "2026-04-12 01:02:03,11,51,web,/lamps,2026-04-09 10:00:00,https://x.example,google,search,spring,cpc,google\n",
        "visit_id, order_id, landing_page, occurred_at, utm_source, utm_medium, utm_campaign, utm_term",
        ("11", "51", "/lamps", dt.datetime(2026, 4, 9, 10), "google", "cpc", "spring", None),
    ),
    "order_attributes": (
        "key,order_id,_fivetran_synced,value\nutm_medium,51,2026-04-12 01:02:03,email\n",
        "order_id, place, name, value",
        ("51", "url_tag", "utm_medium", "email"),
    ),
}


@pytest.mark.parametrize("stream", TABLES)
def test_each_table_of_the_connector_is_read(landing: Landing, stream: str) -> None:
    content, columns, expected = TABLES[stream]
    outcome = landing.outcome("table.csv", content)
    assert (outcome.stream, outcome.unknown_columns) == (stream, [])
    assert landing.rows(f"shopify/{stream}", columns) == [expected]


def test_names_and_phones_of_customers_stay_outside(landing: Landing) -> None:
    header = "id,first_name,last_name,email,phone,orders_count,total_spent,created_at,updated_at,_fivetran_synced\n"
    landing.outcome(
        "customer.csv",
        header + "77,Ann,Example,ann@x.example,+15550100,1,2.8,2026-01-01 00:00:00,2026-01-02 00:00:00,\n",
    )
    assert not {"Ann", "Example", "+15550100", "ann@x.example"} & set(landing.rows("shopify/customers")[0])
