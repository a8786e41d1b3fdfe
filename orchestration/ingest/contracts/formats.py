"""The words of a contract that say what one dialect of an export looks like."""

import re
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, model_validator

# What the lines around a table say: the days that it covers, when it was made, a checksum, whose figures they are.
Fact = Literal[
    "window_start",
    "window_end",
    "exported_at",
    "rows",
    "account_id",
    "account_name",
    "incomplete",
    "currency",
]
Language = Literal["en", "de", "fr", "es", "pt", "ja"]


class Words(BaseModel):
    """A part of a contract: an unknown word is an error."""

    model_config = ConfigDict(extra="forbid")


class Binding(Words):
    """Where an export keeps one column of the stream, and how its text is read."""

    headers: list[str] = []  # the first is the English one; "{currency}" in a header names the money of the column
    matching: list[str] = []  # headers of a column of stamps, as patterns whose group `name` says whose time it is
    required: bool = False  # the header must be there
    filled: bool = False  # and every row must have a value
    rule: (
        Literal[
            "id",
            "account_id",
            "salesforce_id",
            "urn",
            "currency",
            "lower",
            "micros",
            "minor_units",
            "rounded",
            "month",
            "local_midnight",
            "epoch_ms",
            "epoch_us",
            "first_of_list",
            "owner",
            "page_url",
            "url_host",
        ]
        | None
    ) = None
    default: str | None = None  # the value where the header is absent
    fact: Fact | None = None  # … or what a line around the table says, such as window_start
    blank: bool | None = None  # what an empty boolean cell means
    same_as: list[str] = []  # a column that must hold the same text, where the export has it
    followed_by: list[str] = []  # a header whose cell comes behind it, as a last name behind a first name
    where: dict[str, list[str]] = {}  # read only in rows whose other column holds one of these words; globs
    remedy: str | None = None


class Totals(Words):
    """How an export prints its own totals, and which figures must equal the rows."""

    labels: list[str] = []  # words that stand before a colon in the first cell of a total row
    words: list[str] = []  # … or expressions that its whole first cell matches; a group `rows` counts the rows
    partial: list[str] = []  # … of rows that add up a part of the file: set aside and not compared
    window: list[list[str]] = []  # headers under which a total row says the first and the last day that it covers
    blank: list[str] = []  # columns that are empty in a total row
    checked: list[str] = []  # what may stand after the colon where the figures must equal the rows; none: every total
    compared: list[str] = []  # … where a difference is worth a note: the export shows a part of the account
    exact: list[str] = []  # columns whose total is a plain sum
    rounded: list[str] = []  # columns whose rows are rounded to cents


class Mark(Words):
    """A line before or behind the table; its named groups are facts of the file."""

    matches: str  # a regular expression that the whole line must match
    required: bool = False  # without this line it is not this export
    refuses: bool = False  # with this line it is another one

    @model_validator(mode="after")
    def _groups_are_facts(self) -> "Mark":
        if strangers := set(re.compile(self.matches).groupindex) - set(get_args(Fact)):
            raise ValueError(f"{self.matches}: no such fact {sorted(strangers)}")
        return self


class When(Words):
    """What the first rows must show where two formats have the same headers."""

    same: list[list[str]] = []  # two sets of headers whose cells are equal in every row
    differ: list[list[str]] = []  # … whose cells differ in some row
    coarse: list[str] = []  # headers of a day that is the first of the declared window in all rows: each is its total


class Format(Words):
    """One dialect of an export: the header cells it is known by and the column each one feeds."""

    stream: str
    title: str
    columns: dict[str, Binding]
    identified_by: list[list[str]] = []  # any of these sets of columns makes it this export, even a broken one
    without: list[str] = []  # headers that make it another export
    doubled: list[str] = []  # headers that it is known to print twice; nothing may read them
    refused: str | None = None  # why it is known and not read, and what to export instead
    having: list[str] = []  # headers of which it has at least one
    ignore: list[str] = []  # headers that are known and not used; globs
    breakdown: dict[str, list[str]] = {}  # dimension -> headers; of an ad report below account, campaign and day
    preamble: list[Mark] = []
    footer: list[Mark] = []
    without_header: bool = False  # the preamble alone is an export of no rows
    when: When | None = None
    unique: list[str] = []  # columns that tell the rows of one export apart
    languages: list[Language] = []  # whose month names may stand in dates
    nulls: list[str] = []  # what stands for nothing beside an empty cell
    decimal: Literal[".", ","] | None = None  # None: told from the figures of the file
    dates: list[str] = []  # formats beside ISO 8601
    dates_in_proven_order: list[str] = []  # … with the month first; the file's dates must prove this order or the other
    dates_beside_comma: list[str] = []  # … where decimals have a comma: nobody who writes 1,5 puts the month first
    timezone: Literal["reporting", "UTC"] = "reporting"  # of timestamps without an offset
    weight: str | None = None  # the money by which rejected rows are weighed
    known_share: float = 0.0  # the least share of headers that must be known
    totals: Totals | None = None

    def required(self) -> list[str]:
        """Columns whose header must be there."""
        return [name for name, binding in self.columns.items() if binding.required]
