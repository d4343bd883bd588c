"""Portions of the limits that all workers share, as one worker takes them. Each is committed when it is taken."""

import time
from collections.abc import Callable
from datetime import timedelta
from math import ceil

from sqlalchemy.exc import DBAPIError

from app import clock
from app.domain.mail import budgets
from app.domain.mail.allowed import most_on
from app.extensions import db
from app.mail_settings import WarmUp

_PORTION = 1.0
"""Seconds that a portion is for."""
_OF_DAY = 25
"""Emails of a day that are taken at once."""
URGENT_AHEAD = timedelta(minutes=1)
"""So far ahead a limit may be used for emails that somebody waits for; the others wait until it is free again."""


class Rate:
    """A limit of emails a second."""

    def __init__(self, name: str, rate: float, *, unused: timedelta = timedelta(0)) -> None:
        self.rate = rate
        self._name, self._unused = name, unused
        self._left, self._expires_at, self._asks_at = 0, 0.0, 0.0

    def admits(self, *, urgent: bool) -> bool:
        """Return whether an email may be sent now, by what was taken before or can be taken now."""
        now = time.monotonic()
        if self._left and now < self._expires_at:
            return True
        if now < self._asks_at and not urgent:
            return False
        self._left = 0
        count = 1 if urgent else max(1, ceil(self.rate * _PORTION))
        if _taken(self._name, count, self.rate, self._unused, URGENT_AHEAD if urgent else timedelta(0)):
            self._left, self._expires_at = count, now + 2 * max(_PORTION, count / self.rate)
            return True
        self._asks_at = now + min(0.5, 0.5 / self.rate)
        return False

    def use(self) -> None:
        """Count an email."""
        self._left -= 1


class Day:
    """The emails of a day, by the warm-up plan."""

    def __init__(self, name: str, plan: WarmUp) -> None:
        self._name, self._plan = name, plan
        self._day, self._left = clock.now().date(), 0
        self.is_used_up = False

    def admits(self, *, urgent: bool) -> bool:
        """Return whether an email may be sent today. An urgent one counts, but is never refused."""
        today = clock.now().date()
        if today != self._day:
            self._day, self._left, self.is_used_up = today, 0, False
        most = most_on(self._plan, today)
        if most is None or self._left > 0:
            return True
        if not self.is_used_up:
            self._left = _taken_of_day(self._name, most)
            self.is_used_up = self._left == 0
        return self._left > 0 or urgent

    def use(self) -> None:
        """Count an email."""
        self._left = max(0, self._left - 1)

    def close(self) -> None:
        """Give back what was not needed."""
        if self._left and self._day == clock.now().date():
            budgets.give_back(self._name, self._left)
            db.session.commit()
        self._left = 0


def _taken(name: str, count: int, rate: float, unused: timedelta, ahead: timedelta) -> bool:
    return bool(_committed(name, lambda: budgets.take(name, count, rate, unused=unused, ahead=ahead)))


def _taken_of_day(name: str, most: int) -> int:
    return _committed(name, lambda: budgets.take_of_day(name, _OF_DAY, most))


def _committed(name: str, take: Callable[[], int]) -> int:
    """Take something and commit; nothing is taken while another process writes to the database for long."""
    db.session.rollback()
    try:
        budgets.open_budget(name)
        found = take()
        db.session.commit()
    except DBAPIError:
        db.session.rollback()
        return 0
    return found
