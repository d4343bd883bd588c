"""The progress of background work: sending a digest, fetching a page or a feed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app import clock

SOON = timedelta(seconds=30)
"""Work that is due within this time counts as in motion."""
LONGEST_WATCHED = timedelta(minutes=15)
"""A page that has been open for longer than this no longer refreshes."""
_FASTEST, _SLOWEST = 2, 30


class Stage(StrEnum):
    """The stage of a task."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    """It waits until a person resumes it."""
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a task."""

    stage: Stage
    asked_at: datetime | None = None
    """When the user requested it."""
    done: int = 0
    total: int = 0
    """The number of parts; 0 if it has none."""
    failure: str | None = None
    """Why it failed or must be retried: a code that the page explains."""
    next_try_at: datetime | None = None
    """When a worker retries it; None if it starts at once or never."""

    @property
    def is_in_motion(self) -> bool:
        """Whether something is likely to change within seconds."""
        if self.stage is Stage.RUNNING:
            return True
        return self.stage is Stage.WAITING and (self.next_try_at is None or self.next_try_at <= clock.now() + SOON)

    @property
    def is_failed(self) -> bool:
        """Whether it has failed for good."""
        return self.stage is Stage.FAILED

    @property
    def is_over(self) -> bool:
        """Whether no worker will process it again."""
        return self.stage in (Stage.DONE, Stage.FAILED)

    @property
    def seconds_to_refresh(self) -> int | None:
        """Seconds until the page should refresh, longer and longer; None if it should not."""
        if not self.is_in_motion or self.asked_at is None:
            return None
        waited = clock.now() - self.asked_at
        if waited > LONGEST_WATCHED:
            return None
        return max(_FASTEST, min(_SLOWEST, int(waited.total_seconds() / 5)))
