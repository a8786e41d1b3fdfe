"""SQL that turns the text of a cell into an exact figure, or into null where it is not exactly one."""

from orchestration.ingest.cells.currencies import MINOR_UNITS
from orchestration.ingest.cells.texts import Locale, is_one_of, quoted

THOUSANDS = {".": r"[, \x{00a0}\x{202f}'’]", ",": r"[. \x{00a0}\x{202f}'’]"}


def plain_number(bare: str, mark: str, decimals: int) -> str:
    """The figure with a point and no separators, as text; null where it is not a figure or has more decimals."""
    groups = rf"([0-9]{{1,16}}|[0-9]{{1,3}}({THOUSANDS[mark]}[0-9]{{3}}){{1,5}})"
    fraction = rf"({'[.]' if mark == '.' else ','}([0-9]{{1,{decimals}}}0*)?)?" if decimals else ""
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


def minor_units(cell: str, bare: str, currency: str) -> str:
    """Whole minor units of the row's currency, as payment systems count: cents, but yen, and thousandths of a dinar."""
    whole = "case when regexp_full_match({0}, '-?[0-9]{{1,16}}') then try_cast({0} as decimal(18, 0)) end"
    exact = f"coalesce({whole.format(cell)}, {whole.format(bare)})"
    factors = " ".join(
        f"when {is_one_of(currency, codes)} then cast({factor} as decimal(5, 4))"
        for factor, codes in MINOR_UNITS.items()
    )
    return f"cast({exact} * case {factors} when {currency} is not null then 0.01 end as decimal(24, 8))"


def rounded(cell: str, bare: str, locale: Locale) -> str:
    """A figure that the export keeps as a floating-point number: declared in the contract, rounded to eight places."""
    figure = f"replace({bare}, ',', '.')" if locale.decimal == "," else bare
    pattern = quoted(r"-?[0-9]{1,16}([.][0-9]+)?([eE][-+]?[0-9]{1,2})?")
    wide = f"try_cast({figure} as decimal(38, 18))"
    slow = f"case when regexp_full_match({figure}, {pattern}) then cast({wide} as decimal(24, 8)) end"
    return slow if locale.decimal == "," else f"coalesce({_pointed(cell)}, {slow})"
