"""Unpacks gzip and ZIP archives, every byte and every checksum, before anybody reads what is inside."""

import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from orchestration import disk
from orchestration.ingest.problems import Unreadable
from orchestration.ingest.text.counting import LineCount

CHUNK = 1 << 20
# What unpacks to more, or by more than that once it is large, is a bomb and no export: reports shrink 5 to 50 times.
LARGEST = 32 << 30
LARGE, RATIO = 64 << 20, 200
WHOLE = "an archive that unpacks to its end"
AGAIN = "The download was cut or damaged: export it again."
SPLIT = "Unpack it and drop each file of its own."
# What a Mac adds to every archive.
NOISE = ("__MACOSX/", ".DS_Store")


class _Meter:
    """Stops unpacking where the result grows out of all proportion."""

    def __init__(self, packed: int) -> None:
        self.packed, self.unpacked = packed, 0

    def add(self, count: int) -> None:
        self.unpacked += count
        check_size(self.unpacked, self.packed)


def check_size(unpacked: int, packed: int) -> None:
    """Refuse a bomb: Unreadable where so many bytes come out of so few."""
    if unpacked > LARGEST or (unpacked > LARGE and unpacked > RATIO * packed):
        raise Unreadable(
            f"an archive of {packed:,} bytes that unpacks to more than {unpacked:,}",
            f"an export: at most {RATIO} times its packed size",
            "Unpack it yourself, look at what it is, and drop the table alone.",
        )


def gunzip(path: Path, target: Path) -> int:
    """Unpack all members of a gzip file and return the number of lines; Unreadable where a byte is wrong."""
    lines, meter = LineCount(), _Meter(path.stat().st_size)
    with path.open("rb") as source, target.open("wb") as copy:
        for chunk in _members(source):
            meter.add(len(chunk))
            lines.add(chunk)
            copy.write(chunk)
    return lines.lines


def _members(source: BinaryIO) -> Iterator[bytes]:
    """The content of each member; zlib checks its CRC and its length."""
    rest = source.read(CHUNK)
    while rest:
        engine = zlib.decompressobj(31)
        rest = yield from _inflated(engine, source, rest)
        if not engine.eof:
            raise Unreadable(f"a gzip archive that ends early, at byte {source.tell():,}", WHOLE, AGAIN)
        while rest and not (rest := rest.lstrip(b"\0")):  # tapes and block devices fill up with zeros
            rest = source.read(CHUNK)


def _inflated(engine: "zlib._Decompress", source: BinaryIO, rest: bytes) -> Generator[bytes, None, bytes]:
    """Yield what an engine unpacks and return what stands behind its end."""
    try:
        while not engine.eof:
            chunk = engine.decompress(rest, CHUNK)
            yield chunk
            rest = engine.unconsumed_tail or source.read(CHUNK)
            if not rest and not chunk:
                break
    except zlib.error as error:
        raise Unreadable(f"a damaged archive ({_reason(error)}) near byte {source.tell():,}", WHOLE, AGAIN) from error
    return engine.unused_data + rest if engine.eof else b""


def _reason(error: zlib.error) -> str:
    return str(error).split(": ", 1)[-1]


def members(path: Path) -> list[zipfile.ZipInfo]:
    """The members of a ZIP archive that somebody put there; Unreadable where it is damaged or unsafe."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.filename.startswith(NOISE[0])]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        if disk.is_refusal(error):
            raise
        raise Unreadable("a ZIP archive that is cut off or damaged", WHOLE, AGAIN) from error
    found = [info for info in found if PurePosixPath(info.filename).name != NOISE[1]]
    for info in found:
        _check_member(info)
    return found


def _check_member(info: zipfile.ZipInfo) -> None:
    name = PurePosixPath(info.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or info.filename[1:3] in (":\\", ":/"):
        raise Unreadable(f"a ZIP archive whose member is called {info.filename!r}", "plain names", SPLIT)
    if info.flag_bits & 0x1:
        raise Unreadable(
            "a ZIP archive with a password", "an archive without one", "Unpack it and drop what is inside."
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("a ZIP archive compressed in an unusual way", "a plain ZIP archive", SPLIT)


def only_member(found: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The one file of an archive; Unreadable where there are folders or several."""
    if len(found) != 1 or found[0].is_dir():
        names = ", ".join(repr(info.filename) for info in found[:5]) + (", …" if len(found) > 5 else "")
        what = f"a ZIP archive with {len(found)} members ({names})" if found else "an empty ZIP archive"
        raise Unreadable(what, "an archive of one file", SPLIT)
    return found[0]


def unzip(path: Path, info: zipfile.ZipInfo, target: Path | None) -> int:
    """Unpack one member, or only prove that it can be; the number of its lines."""
    lines, meter, checksum = LineCount(), _Meter(path.stat().st_size), 0
    copy = target.open("wb") if target else None
    try:
        with path.open("rb") as source:
            for chunk in _member(source, info):
                meter.add(len(chunk))
                checksum = zlib.crc32(chunk, checksum)
                if copy:
                    lines.add(chunk)
                    copy.write(chunk)
    finally:
        if copy:
            copy.close()
    if (meter.unpacked, checksum) != (info.file_size, info.CRC):
        raise Unreadable(f"a ZIP archive whose member {info.filename!r} fails its checksum", WHOLE, AGAIN)
    return lines.lines


class _Slice:
    """The packed bytes of one member as a file."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source, self._left = source, size

    def read(self, count: int) -> bytes:
        chunk = self._source.read(min(count, self._left))
        self._left -= len(chunk)
        return chunk

    def tell(self) -> int:
        return self._source.tell()


def _member(source: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    source.seek(max(info.header_offset, 0))
    head = source.read(30)
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise Unreadable("a ZIP archive that is cut off or damaged", WHOLE, AGAIN)
    source.seek(sum(struct.unpack("<HH", head[26:30])), 1)
    packed = _Slice(source, info.compress_size)
    if info.compress_type == zipfile.ZIP_STORED:
        while chunk := packed.read(CHUNK):
            yield chunk
        return
    yield from _inflated(zlib.decompressobj(-15), packed, packed.read(CHUNK))  # type: ignore[arg-type]
