"""A digest that is sent while processes are killed and the world fails, and what was counted afterwards."""

import math
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TypeVar

from flask import Flask
from sqlalchemy.exc import DBAPIError

from app import clock
from app.jobs.mail.batches import TOGETHER
from benchmarks.mail_faults_cases import digest
from benchmarks.mail_faults_cases.place import POSTGRESQL, Place
from benchmarks.mail_faults_cases.proxy import Proxy
from benchmarks.mail_faults_cases.set_clock import SetClock
from benchmarks.mail_faults_cases.sink import Copy

T = TypeVar("T")
_CONNECTIONS = 8
"""Of each task of a worker that sends, to a mail server on the same machine."""
_PER_CONNECTION = 2
"""Emails that one connection may have handed over whole and not recorded: one that was just answered, and the next one, whose content goes out before that answer is recorded."""
_AFTERWARDS = 2.0
"""Seconds after a kill in which the sink may still take what the dead process had handed over."""
_OBEYED_AFTER = 1.0
"""Seconds after which nobody who was taken off the list may be written to."""
_LOST_CONTROL = (POSTGRESQL, "worker")
_FINISHING = 0.4
"""Of the seconds for the kills, so many more may pass until everything is sent."""
_TRY_AGAIN_EVERY = 1.0
_LOOK_EVERY = 0.002


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many seconds the longer faults last."""

    locked: float
    full: float
    patience: float
    """For the kills; those that have not happened by then are left out, and the digest may finish."""


@dataclass(slots=True)
class Event:
    """Something after which emails may be repeated."""

    name: str
    at: float
    until: float
    bound: int
    """So many of them at most."""
    repeated: int = 0


@dataclass
class Counted:
    """What happened and what was counted at the sink."""

    kills: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    """Processes that ended by themselves, for example because Redis was gone, and were started again as the supervisor does."""
    lost: int = 0
    """Members on the list to whom nothing was sent and nothing will be."""
    unfinished: int = 0
    without_answer: int = 0
    """Recorded as sent, but no 250 was ever given to the engine."""
    repeated: int = 0
    repeated_unheard: int = 0
    """Those of which a fault had kept the first answer back."""
    beyond: int = 0
    """Repeats that no kill explains, or more than one can explain."""
    most_after_one: int = 0
    other_ids: int = 0
    """Recipients who got it with two Message-IDs."""
    reached: int = 0
    """Emails to people who had been taken off the list before."""
    withdrawn: int = 0
    clock_set: int = 0
    """How often the clock was set, by an hour each time."""
    locked: int = 0
    """How often the database was locked."""
    full: int = 0
    """How often the disk was full."""
    paused: int = 0
    """How often the digest paused itself."""
    seconds: float = 0.0


class Trial:
    """Sends one digest."""

    def __init__(self, place: Place, app: Flask, proxy: Proxy, *, members: int, kills: int, lengths: Lengths) -> None:
        self._place, self._app, self._proxy = place, app, proxy
        self._members, self._lengths = members, lengths
        self._chance = random.Random(members)  # noqa: S311 - the same moments each time
        self._clock = SetClock(place.clock_file)
        self._events: list[Event] = []
        self._withdrawn: dict[str, float] = {}
        self.counted = Counted()
        steps: list[tuple[float, Callable[[], None]]] = [
            (self._chance.uniform(0.01, 0.9), self._kill_one) for _ in range(kills)
        ]
        steps += [(share, self._withdraw) for share in (0.2, 0.4, 0.6)]
        steps += [(0.3, self._lock), (0.5, proxy.refuse)]
        steps += [(share, partial(self._set_clock, hours)) for share, hours in ((0.35, -1), (0.45, 0))]
        if place.is_embedded:
            steps += [(0.7, self._fill_disk)]
        self._steps = sorted(steps, key=lambda one: one[0])

    def run(self) -> Counted:
        """Queue the digest, send it, and count."""
        before = clock._of_machine  # noqa: SLF001
        clock._of_machine = self._clock.now  # noqa: SLF001
        try:
            return self._run()
        finally:
            clock._of_machine = before  # noqa: SLF001

    def _run(self) -> Counted:
        self._digest_id = self._ask(lambda: digest.queue(self._members))
        for name in ("beat", "worker", "web"):
            self._place.start(name)
        begun = time.monotonic()
        pressed = begun
        while (now := time.monotonic()) < begun + (1 + _FINISHING) * self._lengths.patience:
            if now > begun + self._lengths.patience:
                self._steps.clear()
            if self._steps and len(self._proxy.ledger.by_email) >= self._steps[0][0] * self._members:
                self._steps.pop(0)[1]()
            elif now > pressed + _TRY_AGAIN_EVERY:
                pressed = now
                self.counted.ended.update(self._place.revive())
                with suppress(DBAPIError):
                    self.counted.paused += self._ask(lambda: digest.try_again(self._digest_id))
                    if self._ask(lambda: digest.waiting(self._digest_id)) == 0:
                        break
            time.sleep(_LOOK_EVERY)
        self.counted.seconds = time.monotonic() - begun
        for name in ("beat", "worker", "web"):
            self._place.kill(name)
        time.sleep(_AFTERWARDS)
        self._count()
        return self.counted

    def _ask(self, question: Callable[[], T]) -> T:
        with digest.opened(self._app):
            return question()

    def _kill_one(self) -> None:
        name = self._chance.choice(self._place.names)
        bound = self._bound()
        self._place.kill(name)
        killed_at = time.time()
        self._place.start(name)
        self.counted.kills[name] += 1
        if name in _LOST_CONTROL:
            until = time.time() if name == POSTGRESQL else killed_at
            self._note(name, until, bound)

    def _note(self, name: str, at: float, bound: int) -> None:
        self._events.append(Event(name, at, at + _AFTERWARDS, bound))

    def _bound(self) -> int:
        """Return how many emails may be on their way or not recorded right now."""
        tasks = math.ceil(self._proxy.open / _CONNECTIONS)
        return _PER_CONNECTION * self._proxy.open + TOGETHER[self._place.is_embedded] * tasks

    def _lock(self) -> None:
        bound = self._bound()
        with self._place.locked_database():
            time.sleep(self._lengths.locked)
        self.counted.locked += 1
        self._note("locked database", time.time(), bound)

    def _fill_disk(self) -> None:
        bound = self._bound()
        with self._place.full_disk():
            time.sleep(self._lengths.full)
        self.counted.full += 1
        self._note("full disk", time.time(), bound)

    def _set_clock(self, hours: int) -> None:
        """Set the clock of all processes so many hours ahead of what is right; what was claimed may be claimed again."""
        bound = self._bound()
        self._clock.set(timedelta(hours=hours))
        self.counted.clock_set += 1
        self._note("set clock", time.time(), bound)

    def _withdraw(self) -> None:
        """Let people leave the list, and try again if the database is not there right now."""
        count = max(3, self._members // 100)
        while True:
            try:
                addresses = self._ask(lambda: digest.withdraw(self._digest_id, count, but=self._withdrawn))
                break
            except DBAPIError:
                time.sleep(0.1)
        self._withdrawn |= dict.fromkeys(addresses, time.time())

    def _count(self) -> None:
        counted, by_email = self.counted, self._proxy.ledger.by_email
        rows = self._ask(lambda: digest.rows(self._digest_id))
        for row in rows:
            copies = by_email.get((row.message_id, row.address), [])
            is_over = row.is_sent or row.is_withdrawn
            counted.lost += is_over and not copies and row.address not in self._withdrawn
            counted.unfinished += not is_over
            counted.without_answer += row.is_sent and all(one.is_unheard for one in copies)
        counted.other_ids = len(by_email) - len({address for _message_id, address in by_email})
        counted.withdrawn = len(self._withdrawn)
        for (_message_id, address), copies in by_email.items():
            left_at = self._withdrawn.get(address, math.inf)
            counted.reached += sum(one.begun_at > left_at + _OBEYED_AFTER for one in copies)
            counted.repeated += len(copies) - 1
            for one in copies[:-1]:
                self._explain(one)
        counted.most_after_one = max((one.repeated for one in self._events), default=0)
        counted.beyond += sum(max(0, one.repeated - one.bound) for one in self._events)

    def _explain(self, copy: Copy) -> None:
        """Find out why a copy was followed by another one."""
        if copy.is_unheard:
            self.counted.repeated_unheard += 1
            return
        later = [one for one in self._events if one.until >= copy.at]
        if not later:
            self.counted.beyond += 1
            return
        near = [
            one for one in later if one.at <= later[0].until
        ]  # two kills within seconds explain what is between them
        max(near, key=lambda one: one.bound - one.repeated).repeated += 1
