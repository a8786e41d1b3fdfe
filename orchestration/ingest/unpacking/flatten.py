"""Makes one row of a nested record: `{"a": {"b": 1}}` has a column `a.b`.

Objects join their keys with a point. Lists of plain values join with `;`. Lists of `{key, value: {…_value}}`, as GA4
writes event parameters, have a column for each key. Every other list stays JSON text. The `attributes` of Salesforce's
records say nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

DEPTH = 20
KEY_VALUE = {"key", "value"}
ATTRIBUTES = {"type", "url"}


class TooDeep(ValueError):
    """A record of more levels than any export has."""


def flat(record: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """The columns of a record and their texts; nothing for null."""
    if depth > DEPTH:
        raise TooDeep
    for key, value in record.items():
        name = prefix + key
        if isinstance(value, Mapping):
            if key != "attributes" or not set(value) <= ATTRIBUTES:
                yield from flat(value, f"{name}.", depth + 1)
        elif not isinstance(value, list):
            yield name, text(value)
        elif value and all(isinstance(item, Mapping) and set(item) >= KEY_VALUE for item in value):
            yield from ((f"{name}.{item['key']}", _parameter(item["value"])) for item in value)
        else:
            yield name, listed(value)


def listed(values: Sequence[Any]) -> str:
    """A list as one cell."""
    if any(isinstance(item, (Mapping, list)) for item in values):
        return as_json(values)
    return ";".join(text(item) for item in values)


def text(value: Any) -> str:
    """A plain value as text; a number keeps its digits and never has an exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        is_plain = value.is_finite() and abs(value.adjusted()) <= 40
        return format(value, "f") if is_plain else str(value)
    return str(value)


def _parameter(value: Any) -> str:
    """The one value of a parameter that is set: {"int_value": "3"}."""
    if not isinstance(value, Mapping):
        return text(value) if not isinstance(value, list) else listed(value)
    return next((text(item) for item in value.values() if item is not None), "")


def as_json(value: Any) -> str:
    """JSON text in which numbers keep their digits."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(key))}:{as_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(as_json, value)) + "]"
    if isinstance(value, (Decimal, float)):
        return text(value)
    return json.dumps(value, ensure_ascii=False, default=str)
