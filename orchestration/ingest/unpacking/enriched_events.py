"""Snowplow's enriched stream: events without a header, told by their 131 fields and what stands in five of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from orchestration.ingest.problems import Unreadable
from orchestration.ingest.unpacking import tables
from orchestration.ingest.unpacking.tables import Table

# Their order; several public readers of the format agree on it.
_ORDER = """
app_id platform etl_tstamp collector_tstamp dvce_created_tstamp event event_id txn_id name_tracker v_tracker
v_collector v_etl user_id user_ipaddress user_fingerprint domain_userid domain_sessionidx network_userid geo_country
geo_region geo_city geo_zipcode geo_latitude geo_longitude geo_region_name ip_isp ip_organization ip_domain
ip_netspeed page_url page_title page_referrer page_urlscheme page_urlhost page_urlport page_urlpath page_urlquery
page_urlfragment refr_urlscheme refr_urlhost refr_urlport refr_urlpath refr_urlquery refr_urlfragment refr_medium
refr_source refr_term mkt_medium mkt_source mkt_term mkt_content mkt_campaign contexts se_category se_action se_label
se_property se_value unstruct_event tr_orderid tr_affiliation tr_total tr_tax tr_shipping tr_city tr_state tr_country
ti_orderid ti_sku ti_name ti_category ti_price ti_quantity pp_xoffset_min pp_xoffset_max pp_yoffset_min pp_yoffset_max
useragent br_name br_family br_version br_type br_renderengine br_lang br_features_pdf br_features_flash
br_features_java br_features_director br_features_quicktime br_features_realplayer br_features_windowsmedia
br_features_gears br_features_silverlight br_cookies br_colordepth br_viewwidth br_viewheight os_name os_family
os_manufacturer os_timezone dvce_type dvce_ismobile dvce_screenwidth dvce_screenheight doc_charset doc_width
doc_height tr_currency tr_total_base tr_tax_base tr_shipping_base ti_currency ti_price_base base_currency geo_timezone
mkt_clickid mkt_network etl_tags dvce_sent_tstamp refr_domain_userid refr_dvce_tstamp derived_contexts
domain_sessionid derived_tstamp event_vendor event_name event_format event_version event_fingerprint true_tstamp
"""
FIELDS = _ORDER.split()

_INSTANT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?"
_UUID = r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"
SHOWN_BY = {
    "collector_tstamp": _INSTANT,
    "derived_tstamp": f"({_INSTANT})?",
    "event": "[a-z_]+",
    "event_id": _UUID,
    "event_format": "(jsonschema)?",
}


def looks_enriched(start: str) -> bool:
    """Whether the first line of a text can be nothing else."""
    fields = start.partition("\n")[0].rstrip("\r").split("\t")
    if len(fields) != len(FIELDS):
        return False
    return all(re.fullmatch(shape, fields[FIELDS.index(name)]) for name, shape in SHOWN_BY.items())


def table(path: Path, target: Path) -> Table:
    """The events below a header; the format knows no quotes, so a quotation mark is part of its field."""
    try:
        tables.write(target, _rows(path))
    except UnicodeDecodeError as error:
        raise Unreadable("bytes that are no UTF-8", "events of Snowplow in UTF-8", "Export them again.") from error
    lines, starts = tables.starts_of(target, _count(path) + 1)
    return Table(target, lines, "Snowplow's enriched stream", has_made_header=True, has_typed_cells=True, starts=starts)


def _rows(path: Path) -> Iterator[list[str]]:
    yield FIELDS
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            text = line.rstrip("\r\n")
            yield text.split("\t") if text else []


def _count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
