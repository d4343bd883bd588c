"""When beat sends each task. Nobody can set the clock by which it counts the seconds between two runs."""

import json
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from celery import beat
from celery.schedules import crontab

from tasks.broker import sweep
from tasks.schedule import SCHEDULE

LONGEST_WAIT = 1.0
"""Seconds between two looks at the schedule."""
SWEEP_EVERY = 10.0
"""Seconds between two sweeps of the broker's folder, and between two signs of life."""


class Scheduler(beat.Scheduler):
    """Celery's scheduler, which survives a clock that jumps and a file that cannot be read.

    Tasks that run every few seconds count them with a monotonic clock. A task that runs at an hour of the day compares it
    with the time of its last run, which is stored, so that a night without beat is made up for; a last run in the future
    counts as one of now.
    """

    def setup_schedule(self) -> None:
        """Read when tasks last ran, and let those that run every few seconds run at once."""
        super().setup_schedule()
        self._file = Path(self.app.conf.beat_schedule_filename)
        self._next: dict[str, float] = {}
        self._next_sweep = 0.0
        for name, last in _read(self._file).items():
            if name in self.schedule and self._is_daily(name):
                self.schedule[name].last_run_at = last

    def tick(self, *_args: Any, **_kwargs: Any) -> float:
        """Send every task that is due; return how many seconds to wait."""
        self._sweep()
        due = [name for name in self.schedule if self._is_due(name)]
        for name in due:
            self.schedule[name] = next(self.schedule[name])
            self.apply_entry(self.schedule[name], producer=self.producer)
        if any(self._is_daily(name) for name in due):
            self.sync()
        until_next = min(self._next.values(), default=LONGEST_WAIT) - time.monotonic()
        return max(0.01, min(until_next, LONGEST_WAIT))

    def sync(self) -> None:
        """Store when the daily tasks last ran; the file is also a sign of life."""
        runs = {name: _last_run(self.schedule[name]).isoformat() for name in self.schedule if self._is_daily(name)}
        _write(self._file, runs)

    def _is_daily(self, name: str) -> bool:
        return isinstance(self.schedule[name].schedule, crontab)

    def _is_due(self, name: str) -> bool:
        entry = self.schedule[name]
        if self._is_daily(name):
            entry.last_run_at = min(_last_run(entry), entry.default_now())
            is_due, _ = entry.is_due()
            return is_due
        now = time.monotonic()
        if now < self._next.get(name, now):
            return False
        self._next[name] = now + SCHEDULE[name]["schedule"]
        return True

    def _sweep(self) -> None:
        if time.monotonic() < self._next_sweep:
            return
        self._next_sweep = time.monotonic() + SWEEP_EVERY
        self.sync()
        sweep(self.app.conf.broker_transport_options)


def _last_run(entry: beat.ScheduleEntry) -> datetime:
    return entry.last_run_at or entry.default_now()


def _read(path: Path) -> dict[str, datetime]:
    """Return the last run of each task; nothing if the file is missing or cannot be read."""
    try:
        runs = {name: datetime.fromisoformat(instant) for name, instant in json.loads(path.read_text()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {name: instant for name, instant in runs.items() if instant.tzinfo is not None}


def _write(path: Path, runs: dict[str, str]) -> None:
    """Replace the file as a whole; a disk that is full must not stop beat."""
    new = path.with_suffix(".new")
    try:
        new.write_text(json.dumps(runs))
        new.replace(path)
    except OSError:
        with suppress(OSError):
            path.touch()  # needs no room
