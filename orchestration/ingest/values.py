"""SQL that turns the text of a cell into a typed value, or into null where it is not exactly one.

Every pattern is anchored and every cast is a try_cast: what does not fit is never guessed, rounded or shortened.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.ingest import urls
from orchestration.ingest.contracts import Binding, ColumnType
from orchestration.ingest.currencies import CURRENCIES
from orchestration.ingest.hashes import owner
from orchestration.ingest.salesforce_ids import eighteen

# Text without a space at either end: the fast way round `trim`, which is slow with a list of characters.
PLAIN_TEXT = "(?s)[!-~](.*[!-~])?"
SPACES = " \t\r\n\u00a0\u202f"
THOUSANDS = {".": r"[, \x{00a0}\x{202f}'’]", ",": r"[. \x{00a0}\x{202f}'’]"}
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
ZONE = r" ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)"
MANGLED_ID = r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+|[0-9]+\.0+"
TRUE = ("1", "true", "t", "yes", "y", "ja", "oui", "wahr", "vrai", "sí", "verdadero", "sim", "verdadeiro")
FALSE = ("0", "false", "f", "no", "n", "nein", "non", "falsch", "faux", "falso", "não")


@dataclass(frozen=True)
class Locale:
    """What a file does not say in each cell."""

    decimal: str
    timezone: str
    dates: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()


def text(cell: str, locale: Locale) -> str:
    """The trimmed text of a cell; null where it is blank or holds a sign for nothing."""
    trimmed = f"trim({cell}, {quoted(SPACES)})"
    empty = ", ".join(quoted(sign.strip()) for sign in ("", *locale.nulls))
    is_plain = f"regexp_full_match({cell}, {quoted(PLAIN_TEXT)})"
    if locale.nulls:
        is_plain += f" and {cell} not in ({empty})"
    return f"case when {is_plain} then {cell} when {trimmed} not in ({empty}) then {trimmed} end"


def parsed(cell: str, bare: str, kind: ColumnType, binding: Binding, locale: Locale, namespace: str | None) -> str:
    """The value of a cell, given with its trimmed text; a key stays text here and is hashed by `hashed`."""
    if binding.rule == "rounded":
        return rounded(cell, bare, locale)
    if binding.rule == "micros":
        return micros(cell, bare)
    if binding.rule == "currency":
        return f"case when {_is_one_of(f'upper({bare})', sorted(CURRENCIES))} then upper({bare}) end"
    if kind == "boolean":
        return boolean(bare, binding.blank)
    if kind == "date":
        return month(cell, bare, locale) if binding.rule == "month" else date(cell, bare, locale)
    if kind == "timestamp":
        return timestamp(bare, locale)
    if kind == "count":
        return count(cell, bare, locale)
    if kind in ("money", "number"):
        return decimal(cell, bare, locale)
    return identifier(cell, bare, binding, namespace)


def identifier(cell: str, bare: str, binding: Binding, namespace: str | None) -> str:
    """Text; an id that a spreadsheet has turned into a number is no id any more."""
    is_mangled = f"regexp_full_match({bare}, {quoted(MANGLED_ID)})"
    whole = f"case when {_is_digits(cell)} then {cell} when not {is_mangled} then {bare} end"
    if namespace == "email":
        return f"lower({bare})"
    if binding.rule == "salesforce_id" or namespace == "salesforce":
        return eighteen(f"({whole})")
    if binding.rule == "account_id":
        return f"case when {_is_digits(cell)} then {cell} else replace({whole}, '-', '') end"
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


def _is_one_of(value: str, words: Sequence[str]) -> str:
    """A pattern, for a long `in` list becomes a join, and behind a join nothing says in which order rows come."""
    return f"regexp_full_match({value}, {quoted('|'.join(words))})"


def _is_digits(cell: str) -> str:
    return f"regexp_full_match({cell}, '[0-9]+')"


def plain_number(bare: str, mark: str, decimals: int) -> str:
    """The figure with a point and no separators, as text; null where it is not a figure or has more decimals."""
    groups = rf"([0-9]{{1,16}}|[0-9]{{1,3}}({THOUSANDS[mark]}[0-9]{{3}}){{1,5}})"
    fraction = rf"({'[.]' if mark == '.' else ','}[0-9]{{1,{decimals}}}0*)?" if decimals else ""
    without = f"regexp_replace(replace({bare}, '−', '-'), {quoted(THOUSANDS[mark])}, '', 'g')"
    pointed = without if mark == "." else f"replace({without}, ',', '.')"
    return f"case when regexp_full_match({bare}, {quoted('[-+−]?' + groups + fraction)}) then {pointed} end"


def usual_number(cell: str, mark: str, decimals: int) -> str:
    """The same for the separators that most files of a locale use, without the cost of a general replacement."""
    comma, dot = (",", "[.]") if mark == "." else ("[.]", ",")
    fraction = f"({dot}[0-9]{{1,{decimals}}})?" if decimals else ""
    pattern = quoted(f"-?[0-9]{{1,3}}({comma}[0-9]{{3}}){{0,5}}{fraction}")
    without = f"replace({cell}, ',', '')" if mark == "." else f"replace(replace({cell}, '.', ''), ',', '.')"
    return f"case when regexp_full_match({cell}, {pattern}) then {without} end"


def decimal(cell: str, bare: str, locale: Locale) -> str:
    """An exact decimal of up to eight places."""
    usual = _decimal(usual_number(cell, locale.decimal, 8))
    slow = _decimal(plain_number(bare, locale.decimal, 8))
    return f"coalesce({usual}, {slow})" if locale.decimal == "," else f"coalesce({_pointed(cell)}, {usual}, {slow})"


def _pointed(cell: str) -> str:
    """The way most exports write it: nothing to trim, nothing to replace."""
    return f"case when regexp_full_match({cell}, '-?[0-9]{{1,16}}([.][0-9]{{1,8}})?') then {_decimal(cell)} end"


def _decimal(plain: str) -> str:
    return f"try_cast({plain} as decimal(24, 8))"


def count(cell: str, bare: str, locale: Locale) -> str:
    """A whole number; 5.7 clicks are no clicks."""
    fast = f"case when regexp_full_match({cell}, '-?[0-9]{{1,18}}') then try_cast({cell} as bigint) end"
    no_cents = rf"{'[.]' if locale.decimal == '.' else ','}0{{1,2}}$"  # three zeros may be thousands of another locale
    whole = f"regexp_replace({bare}, {quoted(no_cents)}, '')"
    usual = usual_number(cell, locale.decimal, 0)
    return (
        f"coalesce({fast}, try_cast({usual} as bigint), try_cast({plain_number(whole, locale.decimal, 0)} as bigint))"
    )


def micros(cell: str, bare: str) -> str:
    """Millionths of a currency unit, as the connector's tables keep cost."""
    whole = "case when regexp_full_match({0}, '-?[0-9]{{1,16}}') then try_cast({0} as decimal(18, 0)) end"
    exact = f"coalesce({whole.format(cell)}, {whole.format(bare)})"
    return f"cast({exact} * cast(0.000001 as decimal(6, 6)) as decimal(24, 8))"


def rounded(cell: str, bare: str, locale: Locale) -> str:
    """A figure that the export keeps as a floating-point number: declared in the contract, rounded to eight places."""
    figure = f"replace({bare}, ',', '.')" if locale.decimal == "," else bare
    pattern = quoted(r"-?[0-9]{1,16}([.][0-9]+)?([eE][-+]?[0-9]{1,2})?")
    wide = f"try_cast({figure} as decimal(38, 18))"
    slow = f"case when regexp_full_match({figure}, {pattern}) then cast({wide} as decimal(24, 8)) end"
    return slow if locale.decimal == "," else f"coalesce({_pointed(cell)}, {slow})"


def boolean(bare: str, blank: bool | None) -> str:
    """True or false in the spellings that exports use; an empty cell means what the contract says."""
    is_true, is_false = (_is_one_of(f"lower({bare})", words) for words in (TRUE, FALSE))
    value = f"case when {is_true} then true when {is_false} then false end"
    return value if blank is None else f"case when {bare} is null then {str(blank).lower()} else {value} end"


def date(cell: str, bare: str, locale: Locale) -> str:
    """A day: ISO 8601, a declared format, or the day of a timestamp in the reporting timezone."""
    fast = f"case when regexp_full_match({cell}, '{DATE}') then try_cast({cell} as date) end"
    iso = f"case when regexp_full_match({bare}, {quoted(f'{DATE}[T ]{CLOCK}')}) then try_cast(left({bare}, 10) as date)"
    trimmed = f" when regexp_full_match({bare}, '{DATE}') then try_cast({bare} as date) end"
    instant = f"cast(timezone({quoted(locale.timezone)}, {_instant(bare, zone=ZONE)}) as date)"
    return f"coalesce({', '.join([fast, iso + trimmed, instant, *_declared(bare, locale, 'date')])})"


def month(cell: str, bare: str, locale: Locale) -> str:
    """A month, as its first day: 2026-03 or 2026-03-01; another day of it is no month."""
    short = f"case when regexp_full_match({bare}, '[0-9]{{4}}-[0-9]{{2}}') then try_cast({bare} || '-01' as date) end"
    day = date(cell, bare, locale)
    return f"coalesce({short}, case when day({day}) = 1 then {day} end)"


def timestamp(bare: str, locale: Locale) -> str:
    """An instant in UTC; a text without an offset is in the timezone of the export."""
    naive = _naive(f"case when regexp_full_match({bare}, {quoted(f'{DATE}([T ]{CLOCK})?')}) then {bare} end", locale)
    return f"coalesce({', '.join([naive, _utc(_instant(bare, ZONE)), *_declared(bare, locale, 'timestamp')])})"


def _naive(plain: str, locale: Locale) -> str:
    local = f"try_cast({plain} as timestamp)"
    return local if locale.timezone == "UTC" else _utc(f"timezone({quoted(locale.timezone)}, {local})")


def _instant(bare: str, zone: str) -> str:
    spelled = f"regexp_replace({bare}, {quoted(' ?(Z|UTC)$')}, '+00')"
    joined = f"regexp_replace({spelled}, {quoted(' ([+-][0-9:]+)$')}, {quoted(chr(92) + '1')})"
    is_instant = f"regexp_full_match({bare}, {quoted(f'{DATE}[T ]{CLOCK}{zone}')})"
    return f"try_cast(case when {is_instant} then {joined} end as timestamptz)"


def _utc(instant: str) -> str:
    return f"timezone('UTC', {instant})"


def _declared(bare: str, locale: Locale, kind: str) -> list[str]:
    if not locale.dates:
        return []
    formats = ", ".join(quoted(form) for form in locale.dates)
    local = f"try_strptime({bare}, [{formats}])"
    return [f"cast({local} as date)" if kind == "date" else _naive(local, locale)]


def quoted(literal: str) -> str:
    """A SQL literal of a text that we wrote ourselves."""
    return "'" + literal.replace("'", "''") + "'"
