"""SQL for the text of a cell: trimmed, and null where it holds a sign for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

# Signs that nobody sees: control characters, zero-width and direction marks, soft hyphens.
CONTROL = r"\x{00}-\x{08}\x{0b}\x{0c}\x{0e}-\x{1f}\x{7f}"
UNSEEN = CONTROL + r"\x{ad}\x{200b}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}"
WIDE_SPACES = r"\x{00a0}\x{2007}\x{202f}"
# Accents on their own and the few letters that have another code in NFC.
DECOMPOSED = r"\p{M}\x{1100}-\x{11ff}\x{2126}\x{212a}\x{212b}"
# A text that needs no cleaning, the usual case: cleaning and `trim` with a list of characters are slow.
PLAIN_TEXT = (
    rf"[^\s{UNSEEN}{WIDE_SPACES}{DECOMPOSED}]"
    rf"([^{UNSEEN}{WIDE_SPACES}{DECOMPOSED}]*[^\s{UNSEEN}{WIDE_SPACES}{DECOMPOSED}])?"
)
# What is masked in every text on its way into the lake, also where a link spells it for the web.
EMAIL = r"""[^\s@,;:<>()\[\]"'=&?/|\\]+(@|%40)[\pL\pN_-]+([.][\pL\pN_-]+)*[.]\pL{2,}"""
SPACES = " \t\r\n"


@dataclass(frozen=True)
class Locale:
    """What a file does not say in each cell."""

    decimal: str
    timezone: str
    dates: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def trimmed(cell: str, locale: Locale) -> str:
    """The text of a cell, trimmed, in one spelling of equal texts; null where it is blank or a sign for nothing."""
    seen = f"regexp_replace({cell}, {quoted(f'[{UNSEEN}]')}, '', 'g')"
    spaced = f"regexp_replace({seen}, {quoted(f'[{WIDE_SPACES}]')}, ' ', 'g')"
    bare = f"trim(nfc_normalize({spaced}), {quoted(SPACES)})"
    empty = ", ".join(quoted(sign.strip()) for sign in ("", *locale.nulls))
    is_plain = f"regexp_full_match({cell}, {quoted(PLAIN_TEXT)})"
    if locale.nulls:
        is_plain += f" and {cell} not in ({empty})"
    return f"case when {is_plain} then {cell} else {once(bare, 't', f'case when t not in ({empty}) then t end')} end"


def once(value: str, name: str, expression: str) -> str:
    """An expression of a value that it names more than once: a statement that repeats long ones is slow to plan.

    A lambda costs a list for each row, so this is for what few rows need.
    """
    return f"list_transform([{value}], lambda {name}: {expression})[1]"


def masked(value: str) -> str:
    """A text without the e-mail addresses in it."""
    hint = f"contains({value}, '@') or contains({value}, '%40')"
    return f"case when {hint} then regexp_replace({value}, {quoted(EMAIL)}, '(e-mail)', 'g') else {value} end"


def is_one_of(value: str, words: Sequence[str]) -> str:
    """A pattern, for a long `in` list becomes a join, and behind a join nothing says in which order rows come."""
    return f"regexp_full_match({value}, {quoted('|'.join(words))})"


def is_digits(cell: str) -> str:
    """Whether a cell holds digits alone."""
    return f"regexp_full_match({cell}, '[0-9]+')"


def quoted(literal: str) -> str:
    """A SQL literal of a text that we wrote ourselves."""
    return "'" + literal.replace("'", "''") + "'"
