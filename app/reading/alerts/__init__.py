"""Messages about closures as others publish them: NOTAM, GTFS-Realtime and SIRI-SX, read into notices.

What a message says in words or fields that are not known here is never guessed: it is listed in `not_understood`.
"""

from dataclasses import dataclass
from datetime import datetime, time

MOST_TEXT = 200_000
"""The longest message in characters."""
MOST_NOTICES = 200
"""How many messages of one text are read."""
MOST_PERIODS = 60
"""How many periods one message can have; more are read as one period from the first to the last."""


class UnreadableError(ValueError):
    """A text that is none of these messages."""


@dataclass(frozen=True, slots=True)
class Window:
    """When it applies: from an instant on, to another if there is one, or between hours (UTC) of the days from one to the other."""

    starts_at: datetime
    ends_at: datetime | None = None
    daily_from: time | None = None
    daily_until: time | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that it is about: `kind` is airport, fir, stop, carrier, mode, country or border, `code` as in the message."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One message, as far as it was understood."""

    reference: str | None
    text: str
    """The message in words, as published."""
    windows: tuple[Window, ...]
    subjects: tuple[tuple[Subject, ...], ...]
    """Alternatives; what is in one of them holds together."""
    effect: str
    """A value of GTFS-Realtime in small letters."""
    cause: str | None = None
    severity: str | None = None
    end_estimated: bool = False
    url: str | None = None
    cancels: str | None = None
    """The message that this one cancels: it announces nothing itself."""
    not_understood: tuple[str, ...] = ()
