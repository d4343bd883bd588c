"""How far work has come that a worker does in the background: emails of a digest, a page or a feed to be fetched."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app import clock

SOON = timedelta(seconds=30)
"""Work that a worker takes up within this time counts as in motion."""
LONGEST_WATCHED = timedelta(minutes=15)
"""Whoever has a page open for longer than this has gone away."""
_FASTEST, _SLOWEST = 2, 30


class Stage(StrEnum):
    """What happens to the work."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work has come."""

    stage: Stage
    asked_at: datetime | None = None
    """Since when somebody waits for it."""
    done: int = 0
    total: int = 0
    """Of how many parts; none where it has none."""
    failure: str | None = None
    """Why it failed, or why it has to be tried again: a code that the page explains."""
    next_try_at: datetime | None = None
    """When a worker takes it up again; none where it does so at once, or never."""

    @property
    def is_in_motion(self) -> bool:
        """Whether something is likely to change within seconds."""
        if self.stage is Stage.RUNNING:
            return True
        return self.stage is Stage.WAITING and (self.next_try_at is None or self.next_try_at <= clock.now() + SOON)

    @property
    def is_failed(self) -> bool:
        """Whether it was given up."""
        return self.stage is Stage.FAILED

    @property
    def is_over(self) -> bool:
        """Whether no worker will take it up any more."""
        return self.stage in (Stage.DONE, Stage.FAILED)

    @property
    def seconds_to_refresh(self) -> int | None:
        """Return after how many seconds a page that shows it should be loaded again: later and later, then never."""
        if not self.is_in_motion or self.asked_at is None:
            return None
        waited = clock.now() - self.asked_at
        if waited > LONGEST_WATCHED:
            return None
        return max(_FASTEST, min(_SLOWEST, int(waited.total_seconds() / 5)))
