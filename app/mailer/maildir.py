"""A folder that a mail server puts emails into, one file each (maildir). Read emails stay there, marked as seen."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.mailer.outcome import Unreachable

MOST = 200
"""Emails that are returned at once."""
_SEEN, _FLAGGED = "S", "F"
_FLAGS = ":2,"


class Maildir:
    """A maildir; see Mailbox for its methods."""

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder, self._largest = folder, largest

    def unseen(self) -> list[str]:
        """Return the names of unseen emails, oldest first."""
        names = [f"new/{one.name}" for one in (self._folder / "new").iterdir()]
        known = (one.name for one in (self._folder / "cur").iterdir())
        names += [f"cur/{one}" for one in known if _SEEN not in one.partition(_FLAGS)[2]]
        return sorted(names, key=lambda name: name.partition("/")[2])[:MOST]

    def letter(self, name: str) -> bytes:
        """Return an email as received, or its beginning if it is too large; nothing if it is no plain file."""
        with suppress(FileNotFoundError, IsADirectoryError):
            opened = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(opened, "rb") as file:
                return file.read(self._largest + 1) if stat.S_ISREG(os.fstat(opened).st_mode) else b""
        return b""

    def mark_seen(self, name: str) -> None:
        """Mark an email as seen."""
        self._mark(name, _SEEN)

    def put_aside(self, name: str) -> None:
        """Mark an email as seen and flagged, so that a person looks at it."""
        self._mark(name, _FLAGGED + _SEEN)

    def _mark(self, name: str, added: str) -> None:
        base, _mark, flags = name.partition("/")[2].partition(_FLAGS)
        marked = base + _FLAGS + "".join(sorted({*flags, *added}))
        with suppress(FileNotFoundError):  # somebody else has taken it
            (self._folder / name).rename(self._folder / "cur" / marked)


@contextmanager
def opened(url: str, largest: int) -> Iterator[Maildir]:
    """Open the maildir at `maildir:/path`; emails up to `largest` bytes are read completely. Raises Unreachable."""
    try:
        yield Maildir(Path(unquote(urlsplit(url).path)), largest)
    except OSError as error:
        raise Unreachable(type(error).__name__, reason="folder") from None
