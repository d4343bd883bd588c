"""Opens a file as a table. Its content decides what it is, never its name."""

import re
from pathlib import Path
from typing import IO

from app.tables.delimited import open_text
from app.tables.errors import LARGEST_FILE, Reason, Unreadable
from app.tables.other_spreadsheets import open_other
from app.tables.packages import Package
from app.tables.sheets import Table
from app.tables.vcard_tables import open_cards
from app.tables.workbooks import open_workbook

_START = 4_096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENT = "WordDocument".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = (
    (b"%PDF", "pdf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"RIFF", "image"),
    (b"{\\rtf", "document"), (b"\x1f\x8b", "archive"), (b"7z\xbc\xaf", "archive"), (b"Rar!", "archive"),
    (b"PK\x05\x06", "archive"), (b"SQLite format 3", "binary"),
)  # fmt: skip
_CARD = re.compile(rb"\s*BEGIN:VCARD", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<table|<meta|<style|<head)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"


def open_table(source: str | Path | IO[bytes], *, filename: str = "") -> Table:
    """Open a table in a file, which may be seekable and in binary mode, or a path to one.

    `filename` only names the sheet of a file that has a single unnamed one. Raises Unreadable.
    """
    owned = isinstance(source, str | Path)
    file: IO[bytes] = Path(source).open("rb") if isinstance(source, str | Path) else source  # noqa: SIM115 - Table closes it
    try:
        table = _opened(file, owned=owned)
    except BaseException:
        if owned:
            file.close()
        raise
    if filename and not table.sheets[0].name:
        table.sheets[0].name = Path(filename.replace("\\", "/")).stem
    return table


def _opened(file: IO[bytes], *, owned: bool) -> Table:
    size = file.seek(0, 2)
    if size > LARGEST_FILE:
        raise Unreadable(Reason.TOO_LARGE, size=size, most=LARGEST_FILE)
    file.seek(0)
    start = file.read(_START)
    if not start:
        raise Unreadable(Reason.EMPTY)
    if start.startswith(_ZIP):
        return _archive(file, owned=owned)
    if start.startswith(_OLE):
        return _compound(file, owned=owned)
    for mark, kind in _OTHERS:
        if start.startswith(mark):
            raise Unreadable(Reason.NOT_A_TABLE, kind=kind)
    bare = start.removeprefix(_MARK)
    if _HTML.match(bare) or _XML.match(bare):
        raise Unreadable(Reason.NOT_A_TABLE, kind="html" if _HTML.match(bare) else "xml")
    is_card = _CARD.match(bare) or _CARD.match(bare.replace(b"\x00", b"").lstrip(b"\xff\xfe"))
    return open_cards(file, owned=owned) if is_card else open_text(file, owned=owned)


def _archive(file: IO[bytes], *, owned: bool) -> Table:
    package = Package(file)
    if "mimetype" in package:
        with package.open("mimetype") as part:
            if part.read(len(_ODS) + 1).strip() == _ODS:
                return open_other(file, "ods", owned=owned)
        raise Unreadable(Reason.NOT_A_TABLE, kind="document")
    if "xl/workbook.bin" in package:
        return open_other(file, "xlsb", owned=owned)
    if "word/document.xml" in package or "ppt/presentation.xml" in package:
        raise Unreadable(Reason.NOT_A_TABLE, kind="document")
    if "[Content_Types].xml" not in package:
        raise Unreadable(Reason.NOT_A_TABLE, kind="archive")
    return open_workbook(file, package, owned=owned)


def _compound(file: IO[bytes], *, owned: bool) -> Table:
    """Open a file of an old Office program, which may also be a new one with a password."""
    file.seek(0)
    content = file.read()
    if _ENCRYPTED in content:
        raise Unreadable(Reason.ENCRYPTED)
    if _DOCUMENT in content:
        raise Unreadable(Reason.NOT_A_TABLE, kind="document")
    return open_other(file, "xls", owned=owned)
