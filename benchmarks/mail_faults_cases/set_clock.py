"""A clock that can be set for all processes at once: a number of seconds in a file that they share in memory."""

import mmap
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

_AHEAD = struct.Struct("d")


class SetClock:
    """How far the clock of the processes is ahead of that of the machine."""

    def __init__(self, file: Path) -> None:
        """Open the file, or create it."""
        if not file.exists():
            file.write_bytes(_AHEAD.pack(0.0))
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), _AHEAD.size)

    def set(self, ahead: timedelta) -> None:
        """Set the clock."""
        _AHEAD.pack_into(self._shared, 0, ahead.total_seconds())

    @property
    def now(self) -> Callable[[], datetime]:
        """What takes the place of the clock of the machine in `app.clock`."""
        return lambda: datetime.now(UTC) + timedelta(seconds=_AHEAD.unpack_from(self._shared)[0])
