"""Names what people drop that is no text: other kinds of documents, and downloads that went wrong."""

import re

SIGNATURES: list[tuple[bytes, str, str]] = [
    (
        b"\xd0\xcf\x11\xe0",
        "an old or locked Excel workbook (.xls)",
        "Save it as .xlsx without a password, or the sheet as CSV (UTF-8), and drop that.",
    ),
    (b"%PDF", "a PDF document", "Export the report as CSV and drop that."),
    (b"\x89PNG", "a picture", "Export the report as CSV and drop that."),
    (b"\xff\xd8\xff", "a picture", "Export the report as CSV and drop that."),
    (b"SQLite format 3", "a SQLite database", "Export the table as CSV and drop that."),
]
WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<body", b"<!--")


def foreign_container(head: bytes) -> tuple[str, str] | None:
    """What the file is and what to do, where it is a whole other kind of file."""
    for magic, what, remedy in SIGNATURES:
        if head.startswith(magic):
            return what, remedy
    return None


def failed_download(head: bytes) -> tuple[str, str] | None:
    """What arrived instead of an export, where the export itself went wrong."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if not start:
        return "an empty file", "Export it again; the last good figures stay."
    if start.startswith(WEB_PAGE):
        return "a web page", "The download was refused (often an expired login): log in and export it again."
    if re.match(rb'\{|\[\s*([{\]]|\[|"|-?\d)', start):
        return "a JSON document", "It may be an error message of the platform: open it, then export its records."
    return None
