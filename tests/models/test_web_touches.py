"""From a website's exports to the channel that won a customer: sessions, persons and channels worked out by hand."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest

from tests.ingest.ingest_files import Landing
from tests.models.dbt_runs import build

Sql = duckdb.DuckDBPyConnection

PEOPLE = (
    "person_id,created_at,email,source_channel\nP-1,2026-03-02T09:10:00,ann@example.com,fair\nP-2,2026-03-08,,fair\n"
)
PEOPLE += "P-3,2026-03-09,cat@example.com,fair\nP-4,2026-03-09,,fair\n"
ORDERS = "order_id,customer_id,ordered_at,gross,currency\n"
ORDERS += "".join(f"O-{n},{n},2026-03-10T12:00:00,50,USD\n" for n in ("P-1", "P-2", "P-3", "P-4"))
# Each person is the customer of the same number.
PEOPLE = PEOPLE.replace("source_channel\n", "source_channel,customer_id\n").replace(",fair\n", ",fair,?\n")
for person in ("P-1", "P-2", "P-3", "P-4"):
    PEOPLE = PEOPLE.replace("?", person, 1)

# Ann: an advertisement although the tag says organic, then a direct visit; signed in on the second one.
GA4 = (
    "name,timestamp,date,user_id,user_pseudo_id,bundle_sequence_id,param_ga_session_id,param_page_location,"
    "param_page_referrer,collected_traffic_source_manual_source,collected_traffic_source_manual_medium,is_intraday\n"
    "page_view,2026-03-01 20:00:00,2026-03-01,,v.1,1,s1,https://shop.example/?gclid=Cut-off,https://www.google.com/,"
    "google,organic,False\n"
    "page_view,2026-03-01 20:01:00,2026-03-01,,v.1,2,s1,https://shop.example/ask,https://shop.example/,,,False\n"
    "page_view,2026-03-05 08:00:00,2026-03-05,P-1,v.1,3,s2,https://shop.example/,,,,False\n"
    "page_view,2026-03-05 08:00:01,2026-03-05,P-1,v.1,3,s3,https://shop.example/,https://www.bing.com/,,,True\n"
    # Nobody knows this visitor.
    "page_view,2026-03-05 08:00:00,2026-03-05,,v.9,1,s1,https://shop.example/,,,,False\n"
)
# Ben: a newsletter, thirty-one minutes of silence, a template that nobody filled in; known by the identities template.
PAGES = (
    "id,anonymous_id,user_id,context_campaign_source,context_campaign_medium,context_campaign_name,url,referrer,timestamp\n"
    "m1,a-2,,News%20letter,E-Mail,Spring%20cut,https://shop.example/,,2026-03-03T10:00:00Z\n"
    "m1,a-2,,News%20letter,E-Mail,Spring%20cut,https://shop.example/,,2026-03-03T10:00:00Z\n"
    "m2,a-2,,{{source.name}},{campaignid},,https://shop.example/,https://t.co/x,2026-03-03T10:31:00Z\n"
)
# Cat: known by her e-mail address in an identify call.
IDENTIFIES = (
    "id,anonymous_id,user_id,email,received_at,timestamp\nm4,a-3,u-77,Cat@Example.com,2026-03-09 09:00:00+00,"
    "2026-03-09 09:00:00+00\n"
)
TRACKS = (
    "id,anonymous_id,user_id,event,context_page_url,context_page_referrer,received_at,timestamp\n"
    "m5,a-3,,form_sent,https://shop.example/ask?fbclid=Iw,https://l.facebook.com/,2026-03-09 08:59:00+00,"
    "2026-03-09 08:59:00+00\n"
)
# Dan: the same event delivered twice, and another one that has its id by mistake.
SNOWPLOW = (
    "event_id,event_fingerprint,collector_tstamp,event_name,domain_userid,domain_sessionid,user_id,page_url,"
    "page_referrer,mkt_source,mkt_medium,mkt_clickid,mkt_network\n"
    "e1,f1,2026-03-06 10:00:00,page_view,d-4,s1,,https://shop.example/,,bing,cpc,77,Microsoft\n"
    "e1,f1,2026-03-06 10:00:00,page_view,d-4,s1,,https://shop.example/,,bing,cpc,77,Microsoft\n"
    "e1,f2,2026-03-07 10:00:00,page_view,d-4,s2,,https://shop.example/,https://kennel.example/links,,,,\n"
)
IDENTITIES = "visitor_id,person_id,identified_at\na-2,P-2,2026-03-08\nd-4,P-4,2026-03-07T11:00:00\n"
# Dan called, too.
TOUCHES = "touch_id,visitor_id,touched_at,channel,type\nT-1,d-4,2026-03-09T15:00:00,Phone,call\n"
FILES = {
    "people": PEOPLE, "orders": ORDERS, "ga4": GA4, "pages": PAGES, "identifies": IDENTIFIES, "tracks": TRACKS,
    "snowplow": SNOWPLOW, "identities": IDENTITIES, "touches": TOUCHES,
}  # fmt: skip

MODELS = ["+int_customers", "+int_touches", "assert_every_visit_lands_once"]


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sql]:
    landing = Landing(tmp_path_factory.mktemp("web"))
    settings = landing.settings.model_copy(update={"as_of": dt.date(2026, 6, 30), "engine": "duckdb"})
    for name, content in FILES.items():
        landing.drop(f"{name}.csv", content)
    assert [(file.path, file.problems) for file in landing.ingest().files if file.status != "loaded"] == []
    command = ["build", "--quiet", "--indirect-selection", "empty", "--select", *MODELS]
    with duckdb.connect(str(build(settings, command=command)), read_only=True) as conn:
        yield conn


def touches_of(sql: Sql, source: str) -> list[tuple[object, ...]]:
    return sql.execute(
        "select strftime(touched_at, '%d %H:%M'), channel, campaign, touch_type from intermediate.int_touches "
        "where source = ? order by touched_at",
        [source],
    ).fetchall()


def test_a_session_of_ga4_is_one_touch_and_the_running_day_none(sql: Sql) -> None:
    assert touches_of(sql, "ga4") == [
        ("01 20:00", "paid_search", None, "click"),
        ("05 08:00", "direct", None, "visit"),
    ]


def test_calls_of_segment_count_once_and_become_sessions(sql: Sql) -> None:
    assert touches_of(sql, "segment") == [
        ("03 10:00", "email", "Spring cut", "visit"),
        ("03 10:31", "organic_social", None, "visit"),
        ("09 08:59", "organic_social", None, "click"),
    ]


def test_an_event_of_snowplow_is_its_id_and_its_fingerprint(sql: Sql) -> None:
    assert touches_of(sql, "snowplow") == [
        ("06 10:00", "paid_search", None, "click"),
        ("07 10:00", "referral", None, "visit"),
    ]


def test_a_touch_of_the_template_keeps_its_word(sql: Sql) -> None:
    assert touches_of(sql, "template") == [("09 15:00", "phone", None, "call")]


def test_a_visitor_whom_nobody_knows_is_kept_and_belongs_to_nobody(sql: Sql) -> None:
    query = "select channel, person_id from intermediate.int_visitor_touches where person_id is null"
    assert sql.execute(query).fetchall() == [("direct", None)]


def test_the_last_touch_of_its_person_wins_the_customer(sql: Sql) -> None:
    query = "select acquisition_channel, attributed_by from intermediate.int_customers order by all"
    assert sql.execute(query).fetchall() == [
        ("direct", "last_touch"),
        ("organic_social", "last_touch"),
        ("organic_social", "last_touch"),
        ("phone", "last_touch"),
    ]
