"""Says in SQL what a row is that cannot be loaded: blank, a total, a note, or a fault with its column."""

from orchestration.ingest.cells.texts import quoted, trimmed
from orchestration.ingest.contracts import total_rows
from orchestration.ingest.recognition.headers import LEAST_ALIKE
from orchestration.ingest.rows.plan import Bound, Plan

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


def is_second_header(plan: Plan) -> str:
    """Whether a row names its cells as the header does, in another order or in part: another report begins there."""
    names = [name for name in plan.found.match.names if name]
    plan.parameters["names"] = names
    cells = ", ".join(f"lower(trim({cell}))" for cell in plan.all_cells())
    return f"len(list_intersect(list_distinct([{cells}]), $names)) >= {max(LEAST_ALIKE, (len(names) + 1) // 2)}"


def is_loaded(plan: Plan) -> str:
    """Whether a row is data without a fault. A total seldom passes for one: it lacks what every row must have."""
    total = is_total(plan)
    if total is None or any(bound.binding.filled for bound in _blank_in_totals(plan)):
        return plan.is_clean
    return f"{plan.is_clean} and not ({total})"


def is_total(plan: Plan) -> str | None:
    """A total that the export prints itself: by its first cell, or by its empty dimensions."""
    rules, day = plan.found.match.form.totals, plan.found.match.stream.day
    if rules is None:
        return None
    # In the place of the day a total may have another text, such as its label.
    blank = [f"v_{day}" if bound.column == day else plan.bare(bound) for bound in _blank_in_totals(plan)]
    if "member" in rules.blank:
        blank += [f"({trimmed(f'c{place}', plan.locale)})" for place in plan.found.match.member_places]
    tests = [f"{value} is null" for value in blank]
    if patterns := total_rows.label_patterns(rules):
        labels = [f"regexp_matches(coalesce(c0, ''), {quoted(pattern)})" for pattern in patterns]
        tests.append(f"({' or '.join(labels)})")
    return " and ".join(tests) or None


def _blank_in_totals(plan: Plan) -> list[Bound]:
    """Columns without a value in a total row; the day where there is a label, or nothing else to tell it by."""
    rules, day = plan.found.match.form.totals, plan.found.match.stream.day
    bound = {bound.column: bound for bound in plan.bound}
    blank = [bound[column] for column in (rules.blank if rules else []) if column in bound]
    is_told = bool(blank) or bool(plan.found.match.member_places and rules and "member" in rules.blank)
    is_labelled = bool(rules and total_rows.label_patterns(rules))
    return [*blank, bound[day]] if day in bound and (is_labelled or not is_told) else blank


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
