"""SQL for the text of a cell: trimmed, and null where it holds a sign for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

# Text without a space at either end: the fast way round `trim`, which is slow with a list of characters.
PLAIN_TEXT = "(?s)[!-~](.*[!-~])?"
# What is masked in every text on its way into the lake, also where a link spells it for the web.
EMAIL = r"""[^\s@,;:<>()\[\]"'=&?/|\\]+(@|%40)[\pL\pN_-]+([.][\pL\pN_-]+)*[.]\pL{2,}"""
SPACES = " \t\r\n\u00a0\u202f"


@dataclass(frozen=True)
class Locale:
    """What a file does not say in each cell."""

    decimal: str
    timezone: str
    dates: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def trimmed(cell: str, locale: Locale) -> str:
    """The trimmed text of a cell; null where it is blank or holds a sign for nothing."""
    bare = f"trim({cell}, {quoted(SPACES)})"
    empty = ", ".join(quoted(sign.strip()) for sign in ("", *locale.nulls))
    is_plain = f"regexp_full_match({cell}, {quoted(PLAIN_TEXT)})"
    if locale.nulls:
        is_plain += f" and {cell} not in ({empty})"
    return f"case when {is_plain} then {cell} when {bare} not in ({empty}) then {bare} end"


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
