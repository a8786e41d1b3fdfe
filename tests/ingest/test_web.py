"""Events of websites: GA4's BigQuery export, Segment and RudderStack, Snowplow, as each of them writes its tables."""

import datetime as dt
import gzip
from pathlib import Path

import duckdb
import pytest

from orchestration.ingest.cells import urls
from orchestration.ingest.unpacking import enriched_events
from tests.ingest.ingest_files import Landing, only_problem

AT = dt.datetime(2026, 3, 2, 9, 5, 7)

# The header has param_session_engaged twice, with other values each time; times are UTC without saying so.
GA4_CONNECTOR = (
    b"_fivetran_id,_fivetran_synced,bundle_sequence_id,date,name,timestamp,user_id,user_pseudo_id,param_campaign,"
    b"param_gclid,param_medium,param_page_location,param_page_referrer,param_source,param_ga_session_id,"
    b"param_session_engaged,stream_id,is_intraday,collected_traffic_source_manual_medium,"
    b"collected_traffic_source_manual_source,batch_event_index,param_session_engaged\n"
    b"1,2026-03-03 01:00:00,101,2026-03-02,session_start,2026-03-02 09:05:07,,11.22,,,,"
    b'"https://shop.example/spring?utm_source=News&sid=secret&gclid=Ab1","https://www.google.com/search?q=a,b",,'
    b"1772442307,true,77,False,,,1,0\n"
    b"2,2026-03-03 01:00:00,101,2026-03-02,page_view,2026-03-02 09:05:07,P-001,11.22,Spring,,cpc,,,google,"
    b"1772442307,true,77,True,email,news,2,1\n"
)


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path, config="reporting_timezone: Europe/Berlin\n")


class TestGa4ByConnector:
    def test_every_event_is_read_although_a_header_stands_twice(self, landing: Landing) -> None:
        outcome = landing.outcome("event.csv", GA4_CONNECTOR)
        assert (outcome.source, outcome.stream) == ("ga4", "events")
        assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 1, "blank": 0}
        assert outcome.unknown_columns == []
        found = landing.rows("ga4/events", "event_name, happened_at, event_date, session_id, is_intraday, gclid")
        day = dt.date(2026, 3, 2)
        assert found == [
            ("session_start", AT, day, "1772442307", False, None),
            ("page_view", AT, day, "1772442307", True, None),
        ]

    def test_the_tags_of_the_event_come_before_those_of_its_parameters(self, landing: Landing) -> None:
        landing.outcome("event.csv", GA4_CONNECTOR)
        found = landing.rows("ga4/events", "utm_source, utm_medium, utm_campaign")
        assert found == [(None, None, None), ("news", "email", "Spring")]

    def test_an_address_keeps_its_campaign_and_loses_the_rest(self, landing: Landing) -> None:
        landing.outcome("event.csv", GA4_CONNECTOR)
        [first, _] = landing.rows("ga4/events", "page_url, referrer_host")
        assert first == ("https://shop.example/spring?utm_source=News&gclid=Ab1", "www.google.com")

    def test_another_header_may_not_stand_twice(self, landing: Landing) -> None:
        outcome = landing.outcome("event.csv", GA4_CONNECTOR.replace(b"_fivetran_id,", b"user_id,"))
        assert outcome.status == "rejected"
        assert "'user_id' more than once" in only_problem(outcome)


# As `bq extract` writes a row: integers are strings, parameters a list of keys with one value of several kinds.
GA4_ROW = (
    '{"event_date":"20260302","event_timestamp":"1772442307123456","event_name":"page_view","event_params":['
    '{"key":"page_location","value":{"string_value":"https://shop.example/a?utm_source=n&sid=1"}},'
    '{"key":"ga_session_id","value":{"int_value":"1772442307"}},'
    '{"key":"engagement_rate","value":{"double_value":0.5}}],"event_bundle_sequence_id":"-12","user_id":"P-001",'
    '"user_pseudo_id":"11.22","user_properties":[],"device":{"category":"mobile","web_info":{"browser":"x"}},'
    '"traffic_source":{"name":"(direct)","medium":"(none)","source":"(direct)"},"stream_id":"77","platform":"WEB",'
    '"items":[],"collected_traffic_source":{"manual_source":"news","manual_medium":"email","gclid":"Ab1"},'
    '"is_active_user":true,"batch_page_id":"1","batch_ordering_id":"2","batch_event_index":"3"}'
)
GA4_COLUMNS = "event_name, happened_at, event_date, session_id, page_url, utm_source, utm_medium, gclid, is_intraday"
GA4_EXPECTED = (
    "page_view", AT.replace(microsecond=123456), dt.date(2026, 3, 2), "1772442307", "https://shop.example/a?utm_source=n",
    "news", "email", "Ab1", None,
)  # fmt: skip


class TestGa4FromBigQuery:
    def test_json_lines_are_read(self, landing: Landing) -> None:
        other = GA4_ROW.replace("1772442307123456", "1772442308000000").replace('"user_pseudo_id":"11.22",', "")
        outcome = landing.outcome("events-000000000000.json", f"{GA4_ROW}\n{other}\n")
        assert (outcome.source, outcome.stream, outcome.unknown_columns) == ("ga4", "events", [])
        assert landing.rows("ga4/events", GA4_COLUMNS)[0] == GA4_EXPECTED
        [seen, unseen] = landing.rows("ga4/events", "visitor_key is null, bundle_sequence_id, batch_event_index")
        assert (seen, unseen) == ((False, "-12", "3"), (True, "-12", "3"))

    def test_compressed_lines_and_parquet_give_the_same_row(self, landing: Landing) -> None:
        (lines := landing.settings.data_dir / "row.json").write_text(GA4_ROW)
        parquet = landing.settings.landing / "events.parquet"
        with duckdb.connect() as conn:
            conn.execute(f"copy (from read_json('{lines}', sample_size = 1)) to '{parquet}' (format parquet)")
        landing.drop("events.json.gz", gzip.compress(GA4_ROW.encode()))
        assert [file.status for file in landing.ingest().files] == ["loaded", "loaded"]
        rows = landing.rows("ga4/events", f"visitor_key, user_key, {GA4_COLUMNS}")
        assert rows[0] == rows[1]
        assert rows[0][2:] == GA4_EXPECTED

    def test_a_flat_table_of_ones_own_is_read(self, landing: Landing) -> None:
        flat = "event_date,event_timestamp,event_name,user_pseudo_id,ga_session_id,page_location,manual_source\n"
        flat += "20260302,1772442307123456,page_view,11.22,1772442307,https://shop.example/,news\n"
        assert landing.outcome("flat.csv", flat).unknown_columns == []
        found = landing.rows("ga4/events", "happened_at, event_date, session_id, utm_source")
        assert found == [(AT.replace(microsecond=123456), dt.date(2026, 3, 2), "1772442307", "news")]

    def test_a_spreadsheet_that_rounded_the_instants_is_refused(self, landing: Landing) -> None:
        flat = "event_date,event_timestamp,event_name,user_pseudo_id\n20260302,1.77244E+15,page_view,11.22\n"
        assert landing.outcome("flat.csv", flat).status == "rejected"


def test_a_report_of_the_interface_is_known_and_does_no_harm(landing: Landing) -> None:
    line = "# ----------------------------------------\n"
    report = (
        f"{line}# Traffic acquisition\n# Account: Paws\n# Property: paws.example\n{line}#\n# Start date: 20260301\n"
    )
    outcome = landing.outcome("report.csv", report + "# End date: 20260331\nNth day,Active users\n0000,123\n0001,98\n")
    assert outcome.status == "unrecognised"
    assert "no use for attribution" in only_problem(outcome)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://jo:pw@shop.example/a?x=1&utm_medium=cpc&amp;li_fat_id=9#top", "https://shop.example/a?utm_medium=cpc&li_fat_id=9"),
        ("https://shop.example?ScCid=1?utm_source=snap", "https://shop.example?ScCid=1&utm_source=snap"),
        ("https://shop.example/?gclid=&utm_source=&token=abc", "https://shop.example/"),
        ("https://shop.example/u/jo%40x.example?utm_term=jo@x.example", "https://shop.example/u/(e-mail)?utm_term=(e-mail)"),
        ("/thanks?email=jo@x.example", "/thanks"),
    ],
)  # fmt: skip
def test_an_address_keeps_nothing_that_could_be_somebodys(written: str, kept: str) -> None:
    with duckdb.connect() as conn:
        assert conn.execute(f"select {urls.page('cast($url as varchar)')}", {"url": written}).fetchall() == [(kept,)]


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("https://www.Google.com/search?q=private", "www.google.com"),
        ("android-app://com.google.android.gm/", "com.google.android.gm"),
        ("shop.example/cart", "shop.example"),
        ("google", None),
    ],
)
def test_a_referrer_keeps_its_host(written: str, host: str | None) -> None:
    with duckdb.connect() as conn:
        assert conn.execute(f"select {urls.host('cast($url as varchar)')}", {"url": written}).fetchall() == [(host,)]


PAGES = (
    "id,anonymous_id,user_id,context_campaign_source,context_campaign_medium,context_campaign_name,context_ip,"
    "context_page_url,context_page_referrer,context_user_agent,name,path,referrer,search,title,url,"
    "original_timestamp,received_at,sent_at,timestamp,uuid_ts\n"
    "m1,a-1,,linkedin,paid_social,Spring%20cut,203.0.113.7,https://shop.example/?li_fat_id=1&x=2,,Browser,Home,/,"
    "https://www.linkedin.com/feed/,?li_fat_id=1&x=2,Paws,https://shop.example/?li_fat_id=1&x=2,"
    "2026-03-02T09:05:06.900Z,2026-03-02T09:05:09Z,2026-03-02T09:05:08Z,2026-03-02T09:05:07Z,2026-03-02T10:00:00Z\n"
)
TRACKS = (
    "id,anonymous_id,user_id,event,event_text,context_page_url,received_at,original_timestamp,timestamp,loaded_at\n"
    "m2,a-1,P-001,form_sent,Form sent,https://shop.example/ask?utm_source=x,2026-03-02 09:06:09+00,,"
    "2026-03-02 09:06:07+00,2026-03-02 10:00:00+00\n"
)
IDENTIFIES = (
    "id,anonymous_id,user_id,email,context_ip,received_at,original_timestamp,timestamp\n"
    "m3,a-1,P-001,Nora@example.com,203.0.113.7,2026-03-02 09:06:10 UTC,,2026-03-02 09:06:07 UTC\n"
)


class TestSegmentTables:
    def test_a_page_is_a_page(self, landing: Landing) -> None:
        outcome = landing.outcome("pages.csv", PAGES)
        assert (outcome.source, outcome.stream, outcome.unknown_columns) == ("segment", "events", [])
        columns = "event_id, call_type, happened_at, page_url, referrer_host, utm_source, utm_medium, utm_campaign"
        assert landing.rows("segment/events", columns) == [
            ("m1", "page", AT, "https://shop.example/?li_fat_id=1", "www.linkedin.com", "linkedin", "paid_social",
             "Spring%20cut"),
        ]  # fmt: skip

    def test_a_track_has_the_name_of_its_event(self, landing: Landing) -> None:
        outcome = landing.outcome("tracks.csv", TRACKS)
        assert outcome.unknown_columns == []
        found = landing.rows("segment/events", "event_id, call_type, event_name, happened_at")
        assert found == [("m2", "track", "form_sent", AT.replace(minute=6))]

    def test_an_identify_links_visitor_person_and_address(self, landing: Landing) -> None:
        landing.drop("people.csv", "person_id,created_at,email\nP-001,2026-03-02,nora@example.com\n")
        landing.drop("identities.csv", "visitor_id,person_id,identified_at\na-1,P-001,2026-03-02\n")
        outcome = landing.outcome("identifies.csv", IDENTIFIES)
        assert outcome.unknown_columns == []
        [(visitor, user, email)] = landing.rows("segment/events", "visitor_key, user_key, email_key")
        assert landing.rows("template/people", "person_key, email_key") == [(user, email)]
        assert landing.rows("template/identities", "visitor_key, person_key") == [(visitor, user)]

    def test_an_address_among_the_properties_of_a_track_is_nobodys_in_particular(self, landing: Landing) -> None:
        invited = TRACKS.replace("event_text", "email").replace("Form sent", "somebody@example.com")
        landing.outcome("tracks.csv", invited)
        assert landing.rows("segment/events", "email_key") == [(None,)]

    def test_nobody_is_in_the_lake_by_name(self, landing: Landing) -> None:
        for name, content in (("p.csv", PAGES), ("t.csv", TRACKS), ("i.csv", IDENTIFIES)):
            landing.drop(name, content)
        landing.ingest()
        cells = {str(cell) for row in landing.rows("segment/events") for cell in row}
        assert not [cell for cell in cells if "203.0.113.7" in cell or "ora@example" in cell or "a-1" in cell]


CALL = (
    '{"messageId":"m5","type":"page","anonymousId":"a-1","userId":null,"name":"Home","timestamp":"2026-03-02T09:05:07Z",'
    '"originalTimestamp":"2026-03-02T09:05:06.900Z","receivedAt":"2026-03-02T09:05:09.100Z","sentAt":null,'
    '"context":{"ip":"203.0.113.7","campaign":{"source":"news","medium":"email","name":"Spring"},'
    '"page":{"url":"https://shop.example/?x=1","referrer":"https://www.bing.com/","path":"/"}},'
    '"properties":{"url":"https://shop.example/?x=1"},"traits":{}}\n'
    '{"messageId":"m6","type":"identify","anonymousId":"a-1","userId":"P-001","timestamp":"2026-03-02T09:06:07Z",'
    '"receivedAt":"2026-03-02T09:06:09.100Z","context":{"ip":"203.0.113.7"},"traits":{"email":"Nora@example.com"}}\n'
)


def test_calls_are_read_as_json_lines(landing: Landing) -> None:
    landing.drop("people.csv", "person_id,created_at,email\nP-001,2026-03-02,nora@example.com\n")
    outcome = landing.outcome("calls.jsonl", CALL)
    assert (outcome.source, outcome.stream, outcome.unknown_columns) == ("segment", "events", [])
    columns = "event_id, call_type, happened_at, page_url, referrer_host, utm_source"
    assert landing.rows("segment/events", columns) == [
        ("m5", "page", AT, "https://shop.example/", "www.bing.com", "news"),
        ("m6", "identify", AT.replace(minute=6), None, None, None),
    ]
    [_, keys] = landing.rows("segment/events", "user_key, email_key")
    assert [keys] == landing.rows("template/people", "person_key, email_key")


SNOWPLOW = (
    "app_id,platform,collector_tstamp,derived_tstamp,event,event_id,event_name,event_fingerprint,user_id,user_ipaddress,"
    "domain_userid,domain_sessionid,domain_sessionidx,page_url,page_referrer,page_urlquery,refr_medium,mkt_medium,"
    "mkt_source,mkt_term,mkt_content,mkt_campaign,mkt_clickid,mkt_network,useragent\n"
    "site,web,2026-03-02 09:05:08.000,2026-03-02 09:05:07.000,page_view,5f1c,page_view,aa11,,203.0.113.7,d-1,s-1,1,"
    "https://shop.example/?msclkid=7,https://www.bing.com/,msclkid=7,search,,,,,,7,Microsoft,Browser\n"
)


def test_a_snowplow_event_keeps_id_fingerprint_and_network(landing: Landing) -> None:
    outcome = landing.outcome("atomic.csv", SNOWPLOW)
    assert (outcome.source, outcome.stream, outcome.unknown_columns) == ("snowplow", "events", [])
    columns = "event_id, event_fingerprint, happened_at, session_id, page_url, referrer_host, click_id, click_network"
    assert landing.rows("snowplow/events", columns) == [
        ("5f1c", "aa11", AT, "s-1", "https://shop.example/?msclkid=7", "www.bing.com", "7", "Microsoft")
    ]


ENRICHED = {
    "app_id": "site", "platform": "web", "etl_tstamp": "2026-03-02 09:06:00.000",
    "collector_tstamp": "2026-03-02 09:05:08.000", "event": "page_view",
    "event_id": "c6ef3124-b53a-4b13-a233-0088f79dcbcb", "user_ipaddress": "203.0.113.7", "domain_userid": "d-1",
    "page_url": "https://shop.example/?utm_source=n", "page_title": '"Paws" & Bubbles, the groomer', "mkt_source": "n",
    "contexts": '{"schema":"iglu:a","data":["x",1]}', "domain_sessionid": "s-1",
    "derived_tstamp": "2026-03-02 09:05:07.000", "event_name": "page_view", "event_fingerprint": "aa11",
}  # fmt: skip


def enriched(**changes: str) -> str:
    return "\t".join((ENRICHED | changes).get(field, "") for field in enriched_events.FIELDS) + "\n"


class TestSnowplowEnrichedStream:
    def test_fields_without_a_header_are_known_by_what_they_hold(self, landing: Landing) -> None:
        content = enriched() + enriched(event_id="c6ef3124-b53a-4b13-a233-0088f79dcbcc", page_title='"').rstrip("\n")
        outcome = landing.outcome("part-00000", gzip.compress(content.encode()))
        assert (outcome.source, outcome.stream, outcome.unknown_columns) == ("snowplow", "events", [])
        assert outcome.rows["loaded"] == 2
        columns = "happened_at, session_id, page_url, utm_source, event_fingerprint"
        row = (AT, "s-1", "https://shop.example/?utm_source=n", "n", "aa11")
        assert landing.rows("snowplow/events", columns) == [row, row]

    def test_a_short_line_is_one_rejected_row(self, landing: Landing) -> None:
        outcome = landing.outcome("part-00000", enriched() * 2000 + "cut\toff\n" + enriched())
        assert (outcome.rows["loaded"], outcome.rows["rejected"]) == (2001, 1)

    def test_another_table_of_131_columns_lacks_its_header(self, landing: Landing) -> None:
        assert "found no header" in only_problem(landing.outcome("part-00000", enriched(event_id="7")))
