"""SQL that turns what names a person into a keyed hash: the lake can join people and cannot tell who they are."""

from orchestration.ingest.cells.salesforce_ids import eighteen

OWNER_ID = "[0-9]+|00[0-9A-Za-z]{13}([0-9A-Za-z]{3})?"


def hashed(value: str, namespace: str) -> str:
    """The keyed hash of a text; null stays null."""
    inner = f"sha256(getvariable('hash_key') || ':{namespace}:' || {value})"
    return f"left(sha256(getvariable('hash_key') || ':' || {inner}), 32)"


def hashed_list(value: str, namespace: str) -> str:
    """The keyed hashes of a list joined with semicolons."""
    items = f"list_filter(list_transform(string_split({value}, ';'), lambda item: trim(item)), lambda item: item <> '')"
    each = f"list_transform({items}, lambda item: {hashed(_listed('item', namespace), namespace)})"
    return f"nullif(array_to_string({each}, ';'), '')"


def _listed(item: str, namespace: str) -> str:
    return eighteen(item) if namespace == "salesforce" else item


def owner(bare: str) -> str:
    """Whom a record belongs to: an id stays, a colleague's address or name becomes its key."""
    by_address, by_name = hashed(f"lower({bare})", "email"), hashed(f"lower({bare})", "owner")
    is_id = f"regexp_full_match({bare}, '{OWNER_ID}')"
    return f"case when contains({bare}, '@') then {by_address} when {is_id} then {eighteen(bare)} else {by_name} end"
