"""Which exports can be read, and what each must have: for a person about to make one."""

from difflib import get_close_matches
from typing import Any

from orchestration.ingest.contracts.formats import Format
from orchestration.ingest.contracts.sources import Source, load_sources


class NoSuchSource(ValueError):
    """No source has this name; the message says which are near."""


def readers(source: str | None = None) -> list[dict[str, Any]]:
    """Every source with its exports, or one of them; else NoSuchSource."""
    sources = {name: found for name, found in load_sources().items() if found.formats}
    if source is None:
        return [_record(found) for found in sources.values()]
    if source not in sources:
        near = get_close_matches(source, sources, n=3, cutoff=0.4)
        raise NoSuchSource(f"no source is called {source!r}; there are {', '.join(near or sources)}")
    return [_record(sources[source])]


def _record(source: Source) -> dict[str, Any]:
    exports = [_export(name, form) for name, form in source.formats.items() if not form.refused]
    return {"source": source.source, "title": source.title, "exports": exports}


def _export(name: str, form: Format) -> dict[str, Any]:
    """Columns are named by their first, English header; others are known for many of them."""
    headers = {column: binding.headers[0] for column, binding in form.columns.items() if binding.headers}
    required = [headers[column] for column in form.required()]
    return {
        "export": name,
        "title": form.title,
        "stream": form.stream,
        "required": required,
        "remedies": [binding.remedy for binding in form.columns.values() if binding.required and binding.remedy],
        "optional": [header for header in headers.values() if header not in required],
    }
