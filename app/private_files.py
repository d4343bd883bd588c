"""Files that only the user who runs Encuentro may read: the permissions of VAR_DIR, and files that are written whole."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from app.config import SettingError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
"""The permissions of everybody else."""
PRIVATE_UMASK = 0o077
"""The process creates files that nobody else can read, and folders that nobody else can open."""


def make_private(folder: Path, *files: Path) -> int:
    """Create a folder and take all permissions on it, on all that is in it and on `files` from everybody else.

    Returns how many there were that somebody else could read or change.
    """
    _check_is_own(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mended = 0
    try:
        for path in (folder, *_inside(folder), *(file for file in files if file.exists())):
            mended += _closed(path)
    except PermissionError as error:
        raise SettingError(
            f"{error.filename} belongs to another user of this machine. Give it to the user who runs Encuentro, or run "
            "Encuentro as its owner."
        ) from error
    return mended


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that nobody else can read; it appears under its name only when all of it is on the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _check_is_own(folder: Path) -> None:
    """Refuse a folder that others need: its permissions would be taken from them."""
    shared = folder in {Path("/"), Path.home()} or (folder.exists() and bool(folder.stat().st_mode & stat.S_ISVTX))
    if shared:
        raise SettingError(f"VAR_DIR has to be a folder of its own, which only Encuentro uses, not {folder}.")


def _inside(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def _closed(path: Path) -> bool:
    """Take the permissions of others; return whether there were any. A file that is gone by now needs nothing."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & _OTHERS:
            return False
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except FileNotFoundError:
        return False
    return True
