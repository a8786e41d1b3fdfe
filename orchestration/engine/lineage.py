"""Which columns a column is made of, read from the SQL of the last build. Kept, for it costs seconds of thought.

What filters or joins rows does not count, only what a value is computed from.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration import durable
from orchestration.settings import Settings

if TYPE_CHECKING:
    from sqlglot.optimizer.scope import Scope

# Schema or source, table, column.
Origin = tuple[str, str, str]
# By column, what it is made of.
Origins = dict[str, list[Origin]]
Columns = list[tuple[str, set[Origin]]]
# Staging reads the parts of a stream where they lie.
PARTS = re.compile(r"read_parquet\('[^']*/(\w+)/(\w+)/\*\.parquet'[^)]*\)")
LAKE = "lake__"


def lineage_file(settings: Settings) -> Path:
    """Where it is kept."""
    return settings.state / "column_lineage.json"


def read_lineage(settings: Settings) -> dict[str, Origins]:
    """What is kept: by the unique id of a model, by column; empty where nobody has worked it out yet."""
    try:
        kept = json.loads(lineage_file(settings).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {
        model: {column: [(a, b, c) for a, b, c in origins] for column, origins in one["origins"].items()}
        for model, one in kept.items()
    }


def keep_lineage(settings: Settings, streams: Mapping[tuple[str, str], Iterable[str]]) -> int:
    """Work out what changed since the last time; how many models that were. Streams are those of the lake."""
    try:
        manifest = json.loads((settings.state / "build" / "manifest.json").read_text())
    except FileNotFoundError:
        return 0
    try:
        kept = json.loads(lineage_file(settings).read_text())
    except (FileNotFoundError, ValueError):
        kept = {}
    found, fresh = _all_models(manifest, streams, kept)
    if fresh:
        durable.write_json(lineage_file(settings), found)
    return fresh


def _all_models(manifest: dict[str, Any], streams: Any, kept: dict[str, Any]) -> tuple[dict[str, Any], int]:
    models = {uid: node for uid, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for (source, stream), columns in streams.items():
        tables.setdefault(f"{LAKE}{source}", {})[stream] = dict.fromkeys(columns, "text")
    for node in manifest["nodes"].values():
        if node["resource_type"] == "seed":
            tables.setdefault(node["schema"], {})[node["name"]] = dict.fromkeys(node["columns"], "text")
    found: dict[str, Any] = {}
    fresh = 0
    for uid in _in_order(models):
        node = models[uid]
        sql = PARTS.sub(rf'"{LAKE}\1"."\2"', node.get("compiled_code") or "")
        # A column that an input gained reaches a model through its star.
        inputs = [sorted(found[one]["origins"]) for one in node["depends_on"]["nodes"] if one in found]
        mark = hashlib.sha256(json.dumps([sql, inputs]).encode()).hexdigest()[:16]
        if kept.get(uid, {}).get("mark") == mark:
            found[uid] = kept[uid]
        else:
            found[uid] = {"mark": mark, "origins": origins_of(sql, tables)}
            fresh += 1
        tables.setdefault(node["schema"], {})[node["name"]] = dict.fromkeys(found[uid]["origins"], "text")
    return found, fresh + len(kept.keys() - found.keys())


def _in_order(models: Mapping[str, Any]) -> list[str]:
    """Inputs before what reads them."""
    ordered: dict[str, None] = {}

    def visit(uid: str) -> None:
        if uid in models and uid not in ordered:
            for parent in models[uid]["depends_on"]["nodes"]:
                visit(parent)
            ordered[uid] = None

    for uid in models:
        visit(uid)
    return list(ordered)


def origins_of(sql: str, tables: Mapping[str, Any]) -> Origins:
    """The columns of a query, each with the columns of tables that its value is computed from; none of a constant."""
    # sqlglot takes a tenth of a second to import; only this needs it.
    import sqlglot
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope
    from sqlglot.schema import MappingSchema

    if not sql.strip():
        return {}
    # Keys of what changed lie in tables of the build itself: nobody declares their columns, and they only filter.
    words = dict.fromkeys(re.findall(r"[a-z_]\w*", sql), "text")
    tables = {**tables, "build": {name: words for name in re.findall(r"\bbuild\.(\w+)", sql)}}
    query = qualify(
        sqlglot.parse_one(sql, dialect="duckdb"), dialect="duckdb", identify=False, quote_identifiers=False,
        schema=MappingSchema(dict(tables), dialect="duckdb"), validate_qualify_columns=False,
    )  # fmt: skip
    scope = build_scope(query)
    if scope is None:
        return {}
    known: dict[int, Columns] = {}
    return {column: sorted(origins) for column, origins in _columns(scope, known)}


def _columns(scope: "Scope", known: dict[int, Columns]) -> Columns:
    """Of a query or a part of it, in order, for parts of a union need not name theirs; each part is asked once."""
    from sqlglot import exp

    if id(scope) in known:
        return known[id(scope)]
    known[id(scope)] = []  # a recursive part adds nothing to itself
    query: Any = scope.expression
    names = query.named_selects
    if isinstance(query, exp.SetOperation):
        sides = [_columns(side, known) for side in scope.set_operation_scopes]
        columns = [(name, set().union(*(side[place][1] for side in sides))) for place, name in enumerate(names)]
    else:
        columns = _selected(scope, known)
    known[id(scope)] = columns
    return columns


def _selected(scope: "Scope", known: dict[int, Columns]) -> Columns:
    from sqlglot import exp

    inner = {id(column): one for one in scope.subquery_scopes for column in one.columns}
    columns: Columns = []
    query: Any = scope.expression
    for selected in query.selects:
        if selected.is_star:  # left where two columns of the source have one name, as nameless ones may
            columns += [
                one for _, source in scope.selected_sources.values() for one in _columns_of_source(source, known)
            ]
            continue
        found = [_origins(inner.get(id(column), scope), column, known) for column in selected.find_all(exp.Column)]
        columns.append((selected.alias_or_name, _union(found)))
    return columns


def _columns_of_source(source: Any, known: dict[int, Columns]) -> Columns:
    from sqlglot.optimizer.scope import Scope

    return _columns(source, known) if isinstance(source, Scope) else []


def _origins(scope: "Scope", column: Any, known: dict[int, Columns]) -> set[Origin]:
    from sqlglot import exp

    source = scope.sources.get(column.table)
    if isinstance(source, exp.Table):
        return {(source.db.removeprefix(LAKE), source.name, column.name)} if source.db else set()
    if source is None:
        return set()
    return _union(origins for name, origins in _columns(source, known) if name == column.name)


def _union(parts: Iterable[set[Origin]]) -> set[Origin]:
    return set().union(*parts)
