"""SQL that turns the text of a cell into a day or an instant, or into null where it is not certainly one."""

from collections.abc import Iterable

from orchestration.ingest.cells.texts import Locale, once, quoted
from orchestration.ingest.text.dates import month_in_words, month_names, patterns_in_words

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
ZONE = r" ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)"

# Counts since 1970: how many digits they have from 1990 to 2099 or so, and how many microseconds one is.
EPOCHS = {"epoch_ms": ("12,13", 1000), "epoch_us": ("15,16", 1)}


def day(cell: str, bare: str, locale: Locale, rule: str | None = None) -> str:
    """A day, as the contract says that it is written."""
    if rule == "month":
        return month(cell, bare, locale)
    if rule == "local_midnight":
        return local_midnight(cell, bare, locale)
    if rule in EPOCHS:
        return f"cast(timezone({quoted(locale.timezone)}, timezone('UTC', {epoch(bare, rule)})) as date)"
    return date(cell, bare, locale)


def epoch(bare: str, rule: str) -> str:
    """An instant in UTC, counted from 1970; only as many digits as our century has."""
    digits, factor = EPOCHS[rule]
    is_count = f"regexp_full_match({bare}, '[0-9]{{{digits}}}')"
    return f"case when {is_count} then make_timestamp(cast({bare} as bigint) * {factor}) end"


def date(cell: str, bare: str, locale: Locale) -> str:
    """A day: ISO 8601, a declared format, or the day of a timestamp in the reporting timezone."""
    fast = f"case when regexp_full_match({cell}, '{DATE}') then try_cast({cell} as date) end"
    iso = f"case when regexp_full_match(b, {quoted(f'{DATE}[T ]{CLOCK}')}) then try_cast(left(b, 10) as date)"
    trimmed = f" when regexp_full_match(b, '{DATE}') then try_cast(b as date) end"
    instant = f"cast(timezone({quoted(locale.timezone)}, {_instant('b', zone=ZONE)}) as date)"
    slow = ", ".join([iso + trimmed, instant, *_declared("b", locale, "date"), *_in_words("b", locale)])
    return f"coalesce({fast}, {once(bare, 'b', f'coalesce({slow})')})"


def _in_words(bare: str, locale: Locale) -> list[str]:
    """Days whose month is a word of the format's languages."""
    day = f"try_cast(f['y'] || '-' || {_month_number(locale.languages)} || '-' || lpad(f['d'], 2, '0') as date)"
    return [_found(bare, pattern, groups, day) for pattern, groups in patterns_in_words(locale.languages)]


def _found(bare: str, pattern: str, groups: Iterable[str], value: str) -> str:
    """A value made of the groups `f` of a pattern."""
    return once(f"regexp_extract(lower({bare}), {quoted(f'^(?:{pattern})$')}, {list(groups)})", "f", value)


def _month_number(languages: tuple[str, ...]) -> str:
    """The number of the month that a group names, of two digits; null for a word that is none."""
    numbers = ", ".join(f"{quoted(name)}: '{number:02d}'" for name, number in month_names(languages).items())
    return f"map {{{numbers}}}[f['m']]"


def month(cell: str, bare: str, locale: Locale) -> str:
    """A month, as its first day: 2026-03, 2026-03-01 or Mar-26; another day of it is no month."""
    short = f"case when regexp_full_match({bare}, '[0-9]{{4}}-[0-9]{{2}}') then try_cast({bare} || '-01' as date) end"
    day = date(cell, bare, locale)
    worded = _month_in_words(bare, locale)
    return f"coalesce({', '.join([short, f'case when day({day}) = 1 then {day} end', *worded])})"


def _month_in_words(bare: str, locale: Locale) -> list[str]:
    """A month as a spreadsheet shows it that took 2026-03 for a date; a year of two digits is one of this century."""
    pattern = month_in_words(locale.languages)
    if pattern is None:
        return []
    month = f"try_cast(right('20' || f['y'], 4) || '-' || {_month_number(locale.languages)} || '-01' as date)"
    return [_found(bare, pattern, ["m", "y"], month)]


def local_midnight(cell: str, bare: str, locale: Locale) -> str:
    """The day that began at an instant somewhere on earth, printed in UTC: the day nearest to it."""
    is_moment = f"regexp_full_match({bare}, {quoted(f'{DATE}[T ]{CLOCK}({ZONE})?')})"
    moment = f"coalesce({_instant(bare, ZONE)}, try_cast({bare} || '+00' as timestamptz))"
    day = f"case when {is_moment} then cast({_utc(moment)} + interval 12 hours as date) end"
    return f"coalesce({day}, {date(cell, bare, locale)})"


def timestamp(bare: str, locale: Locale, rule: str | None = None) -> str:
    """An instant in UTC; a text without an offset is in the timezone of the export."""
    if rule in EPOCHS:
        return epoch(bare, rule)
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
