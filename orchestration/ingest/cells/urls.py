"""What is kept of a web address: where it leads, and the parameters that say which campaign led there."""

from orchestration.ingest.contracts.click_ids import kept_parameters

# Somebody's address, also one whose @ was written as %40.
ADDRESS = "(?i)[^/?&=#]*(@|%40)[^/?&#]*"


def page(bare: str) -> str:
    """An address without anything that could be somebody's: no user, no fragment, no parameter beyond those kept."""
    place = f"regexp_replace(regexp_extract({bare}, '^[^?#]*'), '^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/@]*@', '\\1//')"
    query = f"replace(replace(regexp_extract({bare}, '[?]([^#]*)', 1), '&amp;', '&'), '?', '&')"
    wanted = f"(?i)({'|'.join(kept_parameters())})=.+"
    kept = (
        f"array_to_string(list_filter(string_split({query}, '&'), lambda one: regexp_full_match(one, '{wanted}')), '&')"
    )
    address = f"{place} || case when {kept} <> '' then '?' || {kept} else '' end"
    return f"regexp_replace({address}, '{ADDRESS}', '(e-mail)', 'g')"


def host(bare: str) -> str:
    """The host of an address in lower case; null where there is none."""
    pattern = "^(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@]*@)?([^/:?#]+)"
    bare_host = "^([a-z0-9-]+([.][a-z0-9-]+)+)(?:[/:?#]|$)"
    found = f"regexp_extract(lower({bare}), '{pattern}', 1)"
    return f"coalesce(nullif({found}, ''), nullif(regexp_extract(lower({bare}), '{bare_host}', 1), ''))"
