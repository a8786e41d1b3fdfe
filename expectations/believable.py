"""The vocabulary of the suites: one fact in words, the expectation that tests it, and what to do when it fails."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

# block: never published; hold: published once somebody approves it; warn: shown.
Severity = Literal["block", "hold", "warn"]

LOOK_AT_EXPORT = (
    "compare with the export that the rows come from; if the export is right, ask the owner to widen the range"
)
GRAINS = ["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year", "all"]


class Believable(BaseModel):
    """One expectation: `kind` is its name in Great Expectations, `arguments` what it takes there."""

    model_config = ConfigDict(extra="forbid")

    name: str
    fact: str
    kind: str
    arguments: dict[str, Any]
    severity: Severity = "block"
    owner: str = "analytics"
    remedy: str = LOOK_AT_EXPORT


def has_rows(fact: str, at_least: int = 1, severity: Severity = "block") -> Believable:
    """The table is not empty."""
    return Believable(
        name="has_rows",
        fact=fact,
        kind="ExpectTableRowCountToBeBetween",
        arguments={"min_value": at_least},
        severity=severity,
        remedy="land the exports that feed it, or look for a model that filters everything out",
    )


def within(
    column: str, low: float | str | None, high: float | str | None, fact: str, severity: Severity = "block"
) -> Believable:
    """Every value that is not null lies in a range, ends included."""
    return Believable(
        name=f"{column}_is_believable" if severity == "warn" else f"{column}_is_in_range",
        fact=fact,
        kind="ExpectColumnValuesToBeBetween",
        arguments={"column": column, "min_value": low, "max_value": high},
        severity=severity,
    )


def one_of(column: str, values: list[str], fact: str) -> Believable:
    """Every value is one of a closed set."""
    return Believable(
        name=f"{column}_is_known",
        fact=fact,
        kind="ExpectColumnValuesToBeInSet",
        arguments={"column": column, "value_set": values},
        remedy="a new value needs a row in its seed or in the suite",
    )


def no_rows(name: str, query: str, fact: str, severity: Severity = "block", remedy: str = LOOK_AT_EXPORT) -> Believable:
    """A query over the table, written as {batch}, finds nothing."""
    return Believable(
        name=name,
        fact=fact,
        kind="UnexpectedRowsExpectation",
        arguments={"unexpected_rows_query": query},
        severity=severity,
        remedy=remedy,
    )
