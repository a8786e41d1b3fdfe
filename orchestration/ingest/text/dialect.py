"""Reads the first kilobytes of a text file: its encoding, its delimiter, its first records."""

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HEAD_BYTES = 128 * 1024
DELIMITERS = (",", ";", "\t", "|")
FIELD_LIMIT = 2_000_000

FOREIGN = re.compile("[^\x00-\x7f\ud800-\udfff]+")
STRAY = re.compile("[\ud800-\udfff]+")  # what a byte becomes that is no UTF-8, and half a surrogate pair
HALF = re.compile("\udced[\udca0-\udcbf][\udc80-\udcbf]")  # half a surrogate pair, written as if it were a character
LITTLE = 10  # by chance some letters of Windows look like UTF-8, so it must be this many times as much

BOMS: list[tuple[bytes, str]] = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


@dataclass(frozen=True)
class Dialect:
    """How the bytes of a file become cells."""

    encoding: str
    delimiter: str

    @property
    def needs_transcoding(self) -> bool:
        """DuckDB reads UTF-8, with or without BOM; everything else is rewritten first."""
        return not self.encoding.startswith("utf-8")


@dataclass(frozen=True)
class Record:
    """One record of the head: its cells, the physical line where it starts and the one where it ends."""

    cells: list[str]
    first_line: int
    last_line: int


def read_head(path: Path) -> bytes:
    """The first kilobytes."""
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def find_encoding(head: bytes) -> str | None:
    """By byte order mark, else UTF-8 or the Windows code page of an Excel re-save; None for UTF-16 without its mark."""
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    sample = head[:4096]
    if max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) // 4:
        return None
    return "cp1252" if is_windows_text([head], len(head) < HEAD_BYTES) else "utf-8"


def is_windows_text(chunks: Iterable[bytes], is_whole: bool = True) -> bool:
    """Whether bytes that are not all UTF-8 are a Windows text, rather than UTF-8 of which very little was damaged."""
    decoder, good, bad = codecs.getincrementaldecoder("utf-8")("surrogateescape"), 0, 0
    for chunk in itertools.chain(chunks, [b""]):
        text = decoder.decode(chunk, final=is_whole and not chunk)
        if not text.isascii():
            bad += len(STRAY.findall(HALF.sub("", text)))
            good += len(FOREIGN.findall(text))
    return bad * LITTLE > good


def decode_head(head: bytes, encoding: str) -> str:
    """The head as text; a character that the cut went through is left out."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head, final=False)
    return text.removeprefix("\ufeff")


def head_records(text: str, delimiter: str, is_whole: bool, limit: int = 400) -> list[Record]:
    """The first records, blank ones included; the last one is left out where the head may have cut it."""
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records: list[Record] = []
    previous = 0
    try:
        for cells in reader:
            records.append(Record(cells, previous + 1, reader.line_num))
            previous = reader.line_num
            if len(records) > limit:
                break
    except csv.Error:
        return records
    return records if is_whole or len(records) > limit else records[:-1]
