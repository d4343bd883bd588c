"""The content of a backup: a compressed and encrypted tar archive, written and read as a stream."""

import gzip
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from app.backups import age
from app.backups.errors import BackupError
from app.config import DKIM_FILES
from app.dialects.sqlite_copies import Figures

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.sqlite"
SECRET_KEY = "secret-key"  # noqa: S105 - the name of a file
FIELD_KEY = "field-key"
TABLES = "tables"
ATTACHMENTS = "attachments"
_NAMES = re.compile(
    rf"{MANIFEST}|{DATABASE}|{SECRET_KEY}|{FIELD_KEY}|{'|'.join(map(re.escape, DKIM_FILES))}|(?:{TABLES}|{ATTACHMENTS})/[\w-]{{1,120}}",
    re.ASCII,
)
"""The names that an archive may contain; others could be paths out of the folder."""


@dataclass
class Manifest:
    """What is in an archive; it is written last, so an archive that has it is complete."""

    database: str
    """`sqlite` or `postgresql`."""
    version: str
    """The migration that the database has reached."""
    made_at: str
    tables: Figures
    sequences: dict[str, int] = field(default_factory=dict)
    attachments: dict[str, str] = field(default_factory=dict)
    """The checksum of each attached file."""
    missing: list[str] = field(default_factory=list)
    """Attached files that rows name, but that were not in the folder."""
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """The number of all rows."""
        return sum(count for count, _ in self.tables.values())


class Packing:
    """An archive that is being written."""

    def __init__(self, file: IO[bytes], to: age.Passphrase | age.Recipient) -> None:
        self._encrypted = age.Writer(file, to)
        self._packed = gzip.GzipFile(fileobj=self._encrypted, mode="wb", compresslevel=1, mtime=0)  # type: ignore[call-overload]
        self._tar = tarfile.open(fileobj=self._packed, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - finish() closes it

    def add(self, name: str, content: bytes) -> None:
        """Add a file with this content."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o600
        self._tar.addfile(entry, io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> None:
        """Add a file that does not change any more."""
        entry = tarfile.TarInfo(name)
        entry.mode = 0o600
        with path.open("rb") as file:
            entry.size = os.fstat(file.fileno()).st_size
            self._tar.addfile(entry, file)

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and write the rest."""
        self.add(MANIFEST, json.dumps(vars(manifest)).encode())
        self._tar.close()
        self._packed.close()
        self._encrypted.finish()


def unpack(path: Path, by: age.Passphrase | age.Identity, folder: Path) -> Manifest:
    """Write the content of an archive into a new folder. Raises BackupError; then what is in the folder does not count."""
    try:
        with path.open("rb") as file:
            stream = _Stream(age.pieces(file, by))
            with gzip.GzipFile(fileobj=stream) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as tar:
                for entry in tar:
                    _store(tar, entry, folder)
                while unpacked.read(age.PIECE):
                    pass
            stream.drain()  # until its last piece, nothing shows that the file was not cut off
    except age.Unreadable as error:
        raise BackupError(str(error)) from error
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BackupError("The file is not a backup of Encuentro.") from error
    return _manifest_of(folder)


def _store(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    content = tar.extractfile(entry) if entry.isfile() and _NAMES.fullmatch(entry.name) else None
    if content is None:
        raise BackupError("The file is not a backup of Encuentro: it contains something else.")
    target = folder / entry.name
    target.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := content.read(1 << 20):
            file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _manifest_of(folder: Path) -> Manifest:
    try:
        stored: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if stored["format"] > FORMAT:
            raise BackupError("The backup was made by a newer version of Encuentro. Restore it with that one.")
        return Manifest(**stored)
    except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise BackupError("The file is not a backup of Encuentro: its list of contents is missing.") from error


class _Stream(io.RawIOBase):
    """Pieces of bytes, read like a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer what is there, at least one byte until the end."""
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = piece
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size

    def drain(self) -> None:
        """Read what is left."""
        for _ in self._pieces:
            pass
