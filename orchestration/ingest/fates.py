"""Says in SQL what a row is that cannot be loaded: blank, a total, a note, or a fault with its column."""

import re

from orchestration.ingest.cells import quoted
from orchestration.ingest.contracts import Totals
from orchestration.ingest.plan import Bound, Plan

EXPECTED = {
    "money": "an exact figure such as 1234.50, with at most 8 decimals",
    "number": "an exact figure such as 12.5, with at most 8 decimals",
    "count": "a whole number such as 1234",
    "date": "a date such as 2026-03-31",
    "timestamp": "a date and time such as 2026-03-31 14:05:00",
    "boolean": "true or false",
    "currency": "a currency code of ISO 4217 such as EUR",
    "text": "an id as the platform prints it",
    "key": "an id as the platform prints it",
}
REMEDIES = {
    "currency": "Correct the currency in the export and drop it again.",
    "id": "A spreadsheet has changed it: export again and do not open the file before you drop it.",
}


def expected(bound: Bound, text: str | None) -> str:
    """What should have stood in the cell."""
    if text is None or not text.strip():
        return "a value in every row"
    if bound.binding.rule == "month":
        return "a month such as 2026-03"
    return EXPECTED.get(bound.shown_as, "a value")


def remedy(bound: Bound) -> str:
    """What to do about a cell that cannot be read."""
    if bound.binding.remedy:
        return bound.binding.remedy
    is_id = bound.shown_as in ("text", "key")
    return (
        REMEDIES["id" if is_id else bound.shown_as]
        if is_id or bound.shown_as in REMEDIES
        else ("Correct the cell at its source and export again.")
    )


def fate(plan: Plan) -> str:
    """The fate of a row that is not clean."""
    cases = [f"when {is_blank(plan)} then 'blank'", f"when {is_header(plan)} then 'note'"]
    if total := is_total(plan):
        cases.append(f"when {total} then 'total'")
    return f"case {' '.join(cases)} else 'rejected' end"


def is_blank(plan: Plan) -> str:
    """All cells are empty."""
    cells = ", ".join(f"c{place}" for place in range(plan.width))
    return f"trim(concat_ws('', {cells})) = ''"


def is_header(plan: Plan) -> str:
    """The header again, as in files that were joined."""
    for bound in plan.bound:
        plan.parameters[f"title_{bound.place}"] = bound.header
    return " and ".join(f"trim({bound.cell}) = $title_{bound.place}" for bound in plan.bound)


def is_total(plan: Plan) -> str | None:
    """A total that the export prints itself: by the word in its first cell, or by its empty dimensions."""
    totals = plan.found.match.form.totals
    if totals is None:
        return None
    if patterns := _label_patterns(totals):
        labels = [f"regexp_matches(coalesce(c0, ''), {quoted(pattern)})" for pattern in patterns]
        tests = [f"({' or '.join(labels)})"]
        if day := plan.found.match.stream.day:
            tests.append(f"v_{day} is null")
    else:
        tests = []
    bound = {bound.column: bound for bound in plan.bound}
    tests += [f"{plan.bare(bound[column])} is null" for column in totals.blank if column in bound]
    return " and ".join(tests) if tests else None


def _label_patterns(totals: Totals) -> list[str]:
    """What the first cell of a total row looks like: a word before a colon, or all of it an expression."""
    words = "|".join(re.escape(label) for label in totals.labels)
    whole = "|".join((*totals.words, *totals.partial))
    patterns = [rf"(?i)^\s*({words})[\s\x{{00a0}}\x{{202f}}]*:"] if words else []
    return [*patterns, rf"(?i)^\s*({whole})\s*$"] if whole else patterns


def faulty_column(plan: Plan) -> str:
    """The place of the first column whose text is no value."""
    tests = [bound for bound in plan.bound if bound.can_fail or bound.binding.filled]
    cases = " ".join(f"when not ({plan.is_good(bound)}) then {bound.place}" for bound in tests)
    return f"case {cases} end" if cases else "cast(null as integer)"


def faulty_text(plan: Plan) -> str:
    """The text in that column."""
    tests = [bound for bound in plan.bound if bound.can_fail or bound.binding.filled]
    cases = " ".join(f"when not ({plan.is_good(bound)}) then {bound.cell}" for bound in tests)
    return f"case {cases} end" if cases else "cast(null as varchar)"
