"""Reads the records of a JSON document or of JSON lines, one at a time, with the digits of their numbers."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import ijson

from orchestration.ingest.problems import Unreadable
from orchestration.ingest.text.delimited import LARGEST_CELL
from orchestration.ingest.unpacking import records
from orchestration.ingest.unpacking.flatten import TooDeep
from orchestration.ingest.unpacking.records import KeyTwice
from orchestration.ingest.unpacking.tables import Table

# Where the records are when the document is more than their list; and what says that they are one page of several.
WRAPPERS = ("data", "records")
NEXT_PAGE = ("paging.next", "nextRecordsUrl")
BROKEN = "JSON that can be read to its end"
AGAIN = "The file was cut or edited: export it again."


def looks_like_json(start: str) -> bool:
    """Whether a text begins as an object or as a list of objects."""
    return re.match(r"\s*(\{|\[\s*[{\]])", start) is not None


def table(path: Path, start: str, target: Path) -> Table | None:
    """The records of a UTF-8 document as a table; None where it is a document of another kind, such as an error."""
    try:
        if start.lstrip().startswith("["):
            return records.write(_items(path, "item"), "JSON", target)
        if _has_lines(path):
            return records.write(_lines(path), "JSON lines", target)
        for wrapper in WRAPPERS:
            if found := records.write(_items(path, f"{wrapper}.item"), "JSON", target):
                _check_is_whole(path)
                return found
    except TooDeep as error:
        raise Unreadable("JSON of more than twenty levels", "records of an export", AGAIN) from error
    except KeyTwice as error:
        raise Unreadable(f"a record with the key {str(error)!r} twice", "each key once", AGAIN) from error
    except (ijson.JSONError, ValueError) as error:
        raise Unreadable("JSON that is cut off or damaged", BROKEN, AGAIN) from error
    return None


def _items(path: Path, prefix: str) -> Iterator[Any]:
    with path.open("rb") as file:
        if file.read(3) != b"\xef\xbb\xbf":
            file.seek(0)
        twice: list[str] = []

        class Record(dict[str, Any]):
            def __setitem__(self, key: str, value: Any) -> None:
                if key in self:
                    twice.append(key)  # told below: the parser in C does not pass exceptions on
                super().__setitem__(key, value)

        for item in ijson.items(file, prefix, map_type=Record):
            if twice:
                raise KeyTwice(twice[0])
            yield item


def _has_lines(path: Path) -> bool:
    """Whether the first line is an object on its own and no wrapper of records."""
    with path.open("rb") as file:
        first = file.readline(LARGEST_CELL).removeprefix(b"\xef\xbb\xbf")
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and not any(isinstance(record.get(name), list) for name in WRAPPERS)


def _lines(path: Path) -> Iterator[Any]:
    """The object of each line; an empty record for a blank line, so that records are numbered like lines."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal)
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LARGEST_CELL + 1), b""), start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                record = decoder.decode(text) if text else {}
            except KeyTwice:
                raise
            except (ValueError, RecursionError) as error:
                raise Unreadable("a line that is no JSON", BROKEN, AGAIN, number) from error
            if not isinstance(record, dict):
                raise Unreadable("a line that is no JSON object", "one record in each line", AGAIN, number)
            yield record


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    records.check_keys(pairs)
    return dict(pairs)


def _check_is_whole(path: Path) -> None:
    """Unreadable where the document says that its records go on elsewhere."""
    for name in NEXT_PAGE:
        if any(_items(path, name)):
            what = f"one page of several: {name!r} says that more records follow"
            raise Unreadable(
                what, "an export of all records", "Fetch all pages and drop their records in one document."
            )
