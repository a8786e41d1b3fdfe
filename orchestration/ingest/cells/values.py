"""SQL that turns the text of a cell into a typed value, or into null where it is not exactly one.

Every pattern is anchored and every cast is a try_cast: what does not fit is never guessed, rounded or shortened.
"""

from orchestration.ingest.cells import instants, numbers, urls
from orchestration.ingest.cells.currencies import CURRENCIES
from orchestration.ingest.cells.hashes import owner
from orchestration.ingest.cells.salesforce_ids import eighteen
from orchestration.ingest.cells.texts import CONTROL, Locale, is_digits, is_one_of, quoted
from orchestration.ingest.contracts.formats import Binding
from orchestration.ingest.contracts.sources import ColumnType

# A number that a spreadsheet made of an id, or an id with a sign in it that nobody sees.
MANGLED_ID = rf"(?s)[\s\x{{a0}}]*([0-9]([.,][0-9]+)?[eE]\+?[0-9]+|[0-9]+\.0+)[\s\x{{a0}}]*|.*[{CONTROL}].*"
TRUE = ("1", "true", "t", "yes", "y", "ja", "oui", "wahr", "vrai", "sí", "verdadero", "sim", "verdadeiro")
FALSE = ("0", "false", "f", "no", "n", "nein", "non", "falsch", "faux", "falso", "não")


def parsed(
    cell: str,
    bare: str,
    kind: ColumnType,
    binding: Binding,
    locale: Locale,
    namespace: str | None,
    currency: str = "null",
) -> str:
    """The value of a cell, given with its trimmed text; a key stays text here and is hashed by `hashed`."""
    if binding.rule == "rounded":
        return numbers.rounded(cell, bare, locale)
    if binding.rule == "micros":
        return numbers.micros(cell, bare)
    if binding.rule == "minor_units":
        return numbers.minor_units(cell, bare, currency)
    if binding.rule == "currency":
        codes, upper = sorted(CURRENCIES), f"upper({bare})"
        return f"case when {is_one_of(cell, codes)} then {cell} when {is_one_of(upper, codes)} then {upper} end"
    if kind == "boolean":
        return boolean(bare, binding.blank)
    if kind == "date":
        return instants.day(cell, bare, locale, binding.rule)
    if kind == "timestamp":
        return instants.timestamp(bare, locale, binding.rule)
    if kind == "count":
        return numbers.count(cell, bare, locale)
    if kind in ("money", "number"):
        return numbers.decimal(cell, bare, locale)
    return identifier(cell, bare, binding, namespace)


def identifier(cell: str, bare: str, binding: Binding, namespace: str | None) -> str:
    """Text; an id that a spreadsheet has turned into a number is no id any more."""
    is_mangled = f"regexp_full_match({cell}, {quoted(MANGLED_ID)})"
    whole = f"case when {is_digits(cell)} then {cell} when not {is_mangled} then {bare} end"
    if namespace == "email":
        return f"case when not regexp_full_match({cell}, {quoted(f'(?s).*[{CONTROL}].*')}) then lower({bare}) end"
    if binding.rule == "salesforce_id" or namespace == "salesforce":
        return eighteen(f"({whole})")
    if binding.rule == "account_id":
        return f"case when {is_digits(cell)} then {cell} else replace({whole}, '-', '') end"
    if binding.rule == "urn":
        return f"case when {is_digits(cell)} then {cell} else nullif(regexp_extract({whole}, '[^:/]*$'), '') end"
    if binding.rule == "first_of_list":
        return f"trim(split_part({bare}, ';', 1))"
    if binding.rule == "owner":
        return owner(bare)
    if binding.rule == "lower":
        return f"lower({bare})"
    if binding.rule == "page_url":
        return urls.page(bare)
    if binding.rule == "url_host":
        return urls.host(bare)
    return whole if binding.rule == "id" or namespace else bare


def boolean(bare: str, blank: bool | None) -> str:
    """True or false in the spellings that exports use; an empty cell means what the contract says."""
    is_true, is_false = (is_one_of(f"lower({bare})", words) for words in (TRUE, FALSE))
    value = f"case when {is_true} then true when {is_false} then false end"
    return value if blank is None else f"case when {bare} is null then {str(blank).lower()} else {value} end"
