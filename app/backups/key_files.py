"""The file of the key for sensitive fields, encrypted while the house is locked, so that the disk alone does not open it."""

import io
import os
import secrets
from contextlib import suppress
from pathlib import Path

from app.backups import age
from app.backups.errors import BackupError
from app.config import FIELD_KEY_FILE, SEALED_KEY_FILE
from app.private_files import write_whole


def seal(var_dir: Path, to: age.Recipient) -> None:
    """Replace the file of the key by one that only the owner of a private key can read; does nothing if there is none.

    Killed at any time, it leaves one of the two files or both, and can be run again.
    """
    plain = var_dir / FIELD_KEY_FILE
    with suppress(FileNotFoundError):
        content = io.BytesIO()
        writer = age.Writer(content, to)
        writer.write(plain.read_bytes())
        writer.finish()
        write_whole(var_dir / SEALED_KEY_FILE, content.getvalue())
        _overwrite(plain)
        plain.unlink()


def opened(var_dir: Path, by: age.Identity) -> str:
    """Return the key in the encrypted file. Raises BackupError."""
    try:
        with (var_dir / SEALED_KEY_FILE).open("rb") as file:
            return b"".join(age.pieces(file, by)).decode().strip()
    except age.Unreadable as error:
        raise BackupError(str(error)) from error


def put_back(var_dir: Path, key: str) -> None:
    """Write the key to its file again; the encrypted one is kept until `discard`."""
    write_whole(var_dir / FIELD_KEY_FILE, key.encode())


def discard(var_dir: Path) -> None:
    """Remove the encrypted file, once the house is open."""
    (var_dir / SEALED_KEY_FILE).unlink(missing_ok=True)


def _overwrite(path: Path) -> None:
    """Write over a file what says nothing; a file system or a disk that copies on writing may keep the old content."""
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
