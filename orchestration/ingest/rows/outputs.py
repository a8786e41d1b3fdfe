"""The SQL of what a clean row becomes in the lake: its columns, its lineage and what nobody declared."""

from collections.abc import Iterator

from orchestration.ingest.cells import hashes, unpivot, values
from orchestration.ingest.cells.texts import masked, trimmed
from orchestration.ingest.contracts.sources import LAKE_TYPES
from orchestration.ingest.rows.plan import Bound, Plan


def columns_of(plan: Plan) -> Iterator[str]:
    """The last layer of a scan: the columns of the lake."""
    match, constants = plan.found.match, plan.constants()
    by_column = {bound.column: bound for bound in plan.bound}
    for name, column in match.stream.columns.items():
        kind = LAKE_TYPES[column.type]
        if name in by_column:
            yield f"{_output(by_column[name])} as {name}"
        elif name == "member" and match.breakdown:
            yield f"{_member(plan)} as {name}"
        elif members := match.repeated.get(name):
            plan.parameters.update({f"member_{place}": member for place, member in members.items()})
            yield f"{unpivot.pairs(name, members)} as {name}"
        elif constants.get(name) is not None:
            plan.parameters[f"constant_{name}"] = constants[name]
            yield f"cast({_constant(plan, name)} as {kind}) as {name}"
        else:
            yield f"cast(null as {kind}) as {name}"
    yield from ("$file_id as file_id", "file_row", "cast($exported_at as timestamp) as exported_at")
    yield f"{_extra(plan)} as extra"


def _output(bound: Bound) -> str:
    value = f"v_{bound.column}"
    if bound.kind == "key":
        return hashes.hashed(value, str(bound.namespace))
    if bound.kind == "key_list":
        return hashes.hashed_list(value, str(bound.namespace))
    is_free_text = bound.kind == "text" and not bound.can_fail
    return masked(value) if is_free_text else value


def _constant(plan: Plan, name: str) -> str:
    """The value of a constant: what a line around the table says is read like a cell."""
    column, text = plan.found.match.stream.columns[name], f"cast($constant_{name} as varchar)"
    binding = plan.found.match.form.columns.get(name)
    if binding is None or binding.fact is None:
        return text
    value = values.parsed(text, text, column.type, binding, plan.locale, column.namespace)
    return hashes.hashed(value, str(column.namespace)) if column.type == "key" else value


def _member(plan: Plan) -> str:
    """The cells of the dimensions that the export is broken down by."""
    cells = [f"coalesce({trimmed(f'c{place}', plan.locale)}, '')" for place in plan.found.match.member_places]
    return masked(f"concat_ws(' / ', {', '.join(cells)})")


def _extra(plan: Plan) -> str:
    """What no column takes, as JSON: kept, and read by nobody until a contract names it."""
    pairs = []
    for place in plan.found.match.unknown:
        plan.parameters[f"header_{place}"] = plan.found.match.cells[place].strip() or f"column {place + 1}"
        pairs.append(f"$header_{place}, nullif(trim(c{place}), '')")
    if not pairs:
        return "cast(null as varchar)"
    return masked(f"nullif(cast(json_merge_patch('{{}}', json_object({', '.join(pairs)})) as varchar), '{{}}')")
