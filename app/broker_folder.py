"""The folder of the messages that wake workers up: what cannot be read is set aside, so that no worker stops because of it.

A message only says that there may be something to do, so any of them may be lost. A disk that was full leaves empty
and truncated ones.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock

MOST_KEPT = 100
"""Unreadable files that are kept; the oldest ones are deleted."""
KEPT = timedelta(days=7)
"""How long they are kept."""
LEFT_BEHIND = timedelta(hours=1)
"""A file that a process was writing or reading, and that is still there after this time, belongs to a process that was killed."""
LARGEST = 1_000_000
"""Bytes of a message; a real one has about a thousand."""

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What parsing a file may raise that contains anything."""

Parse = Callable[[bytes], Any]
"""Returns what a file contains; raises any error if it is not what it should be."""


@dataclass(frozen=True, slots=True)
class BrokerFolder:
    """The folder `broker` of VAR_DIR and its parts."""

    path: Path

    @property
    def messages(self) -> Path:
        """Messages that wait for a worker."""
        return self.path / "messages"

    @property
    def processed(self) -> Path:
        """Messages that a worker is reading, or a process is writing."""
        return self.path / "processed"

    @property
    def control(self) -> Path:
        """Which queues an exchange has."""
        return self.path / "control"

    @property
    def unreadable(self) -> Path:
        """What could not be read."""
        return self.path / "unreadable"

    def prepare(self) -> None:
        """Create the folders that do not exist; a disk that does not allow it is no reason to stop."""
        for folder in (self.messages, self.processed, self.control, self.unreadable):
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)

    def waiting(self) -> list[str]:
        """Return the names of the messages that wait, oldest first."""
        try:
            return sorted(path.name for path in self.messages.iterdir())
        except OSError:
            self.prepare()
            return []

    def put(self, name: str, content: bytes) -> None:
        """Add a message under a name; nobody sees it before all of it is written. Raises OSError."""
        self.prepare()
        part = self.processed / name
        try:
            part.write_bytes(content)
            part.rename(self.messages / name)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise

    def take(self, name: str, parse: Parse) -> Any:
        """Remove a message and return its content; None if another worker has it, or if it cannot be read."""
        mine = self.processed / name
        try:
            (self.messages / name).rename(mine)
        except OSError:
            return None
        payload = self._read(mine, parse)
        if payload is not None:
            with suppress(OSError):
                mine.unlink()
        return payload

    def set_aside(self, path: Path) -> None:
        """Move a file to the unreadable ones, of which only the latest are kept; delete it if it cannot be moved."""
        try:
            self.unreadable.mkdir(exist_ok=True)
            path.rename(self.unreadable / path.name)
            os.utime(self.unreadable / path.name, times=(clock.now().timestamp(),) * 2)
        except OSError:
            with suppress(OSError):
                path.unlink()
        for surplus in self._unreadable()[:-MOST_KEPT]:
            with suppress(OSError):
                surplus.unlink()

    def count_unreadable(self) -> int:
        """Return how many files are set aside, at most MOST_KEPT."""
        return len(self._unreadable())

    def last_set_aside_at(self) -> datetime | None:
        """Return when a file was set aside last; None if none is there."""
        kept = self._unreadable()
        return datetime.fromtimestamp(_time_of(kept[-1]), UTC) if kept else None

    def sweep(self, parse: Parse) -> None:
        """Set aside what cannot be read, and delete expired messages and what processes that were killed left behind.

        Without this, the messages of a day without a worker would keep the next one busy.
        """
        now = clock.now()
        for name in self.waiting():
            payload = self._read(self.messages / name, parse)
            if payload is not None and _has_expired(payload, now):
                with suppress(OSError):
                    (self.messages / name).unlink()
        for file in _files(self.control):
            self._read(file, _table)
        for file in [*_older(self.processed, now - LEFT_BEHIND), *_older(self.unreadable, now - KEPT)]:
            with suppress(OSError):
                file.unlink()

    def _read(self, path: Path, parse: Parse) -> Any:
        """Return what is in a file; a file that cannot be read is set aside. None if there is nothing to return."""
        try:
            with path.open("rb") as file:
                return parse(file.read(LARGEST))
        except OSError:
            return None
        except _UNREADABLE:
            self.set_aside(path)
            return None

    def _unreadable(self) -> list[Path]:
        """Return the files that are set aside, oldest first."""
        return [path for _, path in sorted((_time_of(path), path) for path in _files(self.unreadable))]


def _table(content: bytes) -> list[Any]:
    """Return the queues of an exchange: for each, its routing key, pattern and name."""
    queues = json.loads(content)
    if not isinstance(queues, list) or not all(isinstance(queue, list) and len(queue) == 3 for queue in queues):
        raise ValueError("not a table of queues")
    return queues


def _has_expired(payload: Any, now: datetime) -> bool:
    try:
        expires = datetime.fromisoformat(payload["headers"]["expires"])
    except (KeyError, TypeError, ValueError):
        return False
    return (expires if expires.tzinfo else expires.replace(tzinfo=UTC)) < now


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from [Path(entry.path) for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)]


def _older(folder: Path, limit: datetime) -> Iterator[Path]:
    return (path for path in _files(folder) if _time_of(path) < limit.timestamp())


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
