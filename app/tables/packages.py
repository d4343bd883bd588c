"""Opens the ZIP archive of a spreadsheet safely: names stay inside it, and bombs are refused before they are unpacked."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from app.tables.errors import Reason, Unreadable

_LARGEST_PART = 400_000_000
"""Bytes. The largest sheet of 200,000 rows and 10 columns that was measured has 120 million."""
_LARGEST_WHOLE = 800_000_000
_SMALL = 20_000_000
_HIGHEST_RATIO = 120
"""Real sheets of more than 20 MB are 5 to 40 times larger than they are stored."""
_MOST_PARTS = 5_000
_ENCRYPTED = 0x1


class Package:
    """The parts of a spreadsheet, by name."""

    def __init__(self, file: IO[bytes]) -> None:
        """Read the directory of the archive. Raises Unreadable."""
        with _damage():
            self._archive = zipfile.ZipFile(file)
            infos = self._archive.infolist()
        self._check(infos)
        self._names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}

    @staticmethod
    def _check(infos: list[zipfile.ZipInfo]) -> None:
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise Unreadable(Reason.ENCRYPTED)
        if len(infos) > _MOST_PARTS:
            raise Unreadable(Reason.DAMAGED)
        whole = sum(info.file_size for info in infos)
        if whole > _LARGEST_WHOLE:
            raise Unreadable(Reason.TOO_LARGE_UNPACKED, size=whole, most=_LARGEST_WHOLE)
        for info in infos:
            bomb = info.file_size > _SMALL and info.file_size > _HIGHEST_RATIO * info.compress_size
            if bomb or info.file_size > _LARGEST_PART:
                raise Unreadable(Reason.TOO_LARGE_UNPACKED, size=info.file_size, most=_LARGEST_PART)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a part. Whatever is wrong with it, there or while it is read, raises Unreadable."""
        info = self._names.get(name.lower())
        if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(Reason.DAMAGED)
        with _damage(), self._archive.open(info) as part:
            yield part


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise Unreadable(Reason.DAMAGED) from None
