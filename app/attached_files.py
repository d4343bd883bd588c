"""Files that people attach: what they are is decided by their content, and they are kept in a folder of their own.

The folder is not served. A file in it has a random name and no type, and is readable only by the application.
"""

import io
import os
import re
import secrets
import zipfile
import zlib
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from app import pictures

KEPT_FOR: Final = timedelta(days=31)
"""How long a file is kept that no row names: as long as its removal can be undone, and a day longer."""
_LARGEST_LIST: Final = 1_000_000
"""The most bytes of the list of contents of an office document that are read."""
_MOST_ENTRIES: Final = 5000
_KEY: Final = re.compile(r"[\w-]{43}")


class FileType(StrEnum):
    """What can be attached, by the usual ending of its name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    TEXT = "txt"
    CSV = "csv"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"


MEDIA_TYPES: Final = {
    FileType.PDF: "application/pdf",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.WEBP: "image/webp",
    FileType.TEXT: "text/plain",
    FileType.CSV: "text/csv",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
_ENDINGS: Final = {one.value: one for one in FileType} | {"jpeg": FileType.JPEG}
_PICTURES: Final = {MEDIA_TYPES[one]: one for one in (FileType.PNG, FileType.JPEG, FileType.WEBP)}
_MAIN_PARTS: Final = {FileType.DOCX: "word/document.xml", FileType.XLSX: "xl/workbook.xml"}
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class FileRefusal(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    UNKNOWN_ENDING = "unknown_ending"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    """Its content is of another type than its name says, or is damaged."""
    MACROS = "macros"


class FileRefused(Exception):
    """A file is not taken."""

    def __init__(self, refusal: FileRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def examined(name: str, content: bytes) -> tuple[FileType, bytes]:
    """Return what a file is, and its content as it is kept: pictures without metadata, everything else as it is.

    Raises FileRefused unless it is of a type that can be attached, whole, and of the type that its name says.
    """
    said = _ENDINGS.get(name.rpartition(".")[2].lower())
    if said is None:
        raise FileRefused(FileRefusal.UNKNOWN_ENDING)
    if not content:
        raise FileRefused(FileRefusal.EMPTY)
    if said in _PICTURES.values():
        return said, _picture(said, content)
    if not _is(said, content):
        raise FileRefused(FileRefusal.NOT_WHAT_IT_SAYS)
    return said, content


def _picture(said: FileType, content: bytes) -> bytes:
    try:
        picture = pictures.without_metadata(content)
    except pictures.PictureRefused as error:
        raise FileRefused(FileRefusal.NOT_WHAT_IT_SAYS) from error
    if _PICTURES[picture.media_type] is not said:
        raise FileRefused(FileRefusal.NOT_WHAT_IT_SAYS)
    return picture.content


def _is(said: FileType, content: bytes) -> bool:
    if said is FileType.PDF:
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    if said in (FileType.TEXT, FileType.CSV):
        return _CONTROLS.search(content) is None and not content.startswith(b"%PDF-")
    return content.startswith(b"PK\x03\x04") and _is_document(said, content)


def _is_document(said: FileType, content: bytes) -> bool:
    """Return whether a ZIP archive is an office document of a type; raises FileRefused if it has macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [one.filename for one in archive.infolist()]
            if len(names) > _MOST_ENTRIES:
                return False
            is_office = said in _MAIN_PARTS
            is_it = _is_office(said, archive, names) if is_office else _is_open_document(said, archive, names)
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        KeyError,
        OSError,
        EOFError,
        ValueError,
    ):  # damaged, or locked
        return False
    return is_it


def _is_office(said: FileType, archive: zipfile.ZipFile, names: Collection[str]) -> bool:
    listed = _read(archive, "[Content_Types].xml")
    if b"macroEnabled" in listed or any(re.search(r"vbaProject|macrosheets", one, re.IGNORECASE) for one in names):
        raise FileRefused(FileRefusal.MACROS)
    return _MAIN_PARTS[said] in names and f"{MEDIA_TYPES[said]}.main+xml".encode() in listed


def _is_open_document(said: FileType, archive: zipfile.ZipFile, names: Collection[str]) -> bool:
    if any(one.startswith(("Basic/", "Scripts/")) for one in names):
        raise FileRefused(FileRefusal.MACROS)
    return _read(archive, "mimetype").strip() == MEDIA_TYPES[said].encode() and "content.xml" in names


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_LARGEST_LIST)


class Shelf:
    """The folder in which files are kept. A row names each by its key, and is stored after it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep a file, and return its key; it is on the disk when this returns."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_urlsafe(32)
        with os.fdopen(os.open(self._path(key), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return key

    def read(self, key: str) -> bytes | None:
        """Return a file; None if the folder does not have it."""
        path = self._path(key)
        return path.read_bytes() if path.is_file() else None

    def delete(self, key: str) -> None:
        """Delete a file, if it is there."""
        self._path(key).unlink(missing_ok=True)

    def sweep(self, named: Collection[str], now: datetime) -> None:
        """Delete the files that no row has named for some time; `named` are the keys that rows name now.

        The time of a file is when it was last seen named, or when it was stored.
        """
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name in named:
                os.utime(path, (now.timestamp(), now.timestamp()))
            elif path.stat().st_mtime < (now - KEPT_FOR).timestamp():
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        return self._folder / key
