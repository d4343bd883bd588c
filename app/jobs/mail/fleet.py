"""Several relays side by side, or one with limits: who gets the next email, and who takes over from one in trouble."""

import random
import selectors
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from app import clock
from app.jobs.mail.allowances import Day, Rate
from app.mail_settings import WarmUp
from app.mailer import Envelope, Outcome, Pump, Relay, Result, Verdict
from app.mailer.channel import Patience

_ROUND = 0.05
"""Seconds between two looks at whether to go on."""
_AHEAD = 4
"""A relay may be ahead of another one by what that gets for so many emails of the one with the smallest weight."""
_SLOW = 0.25
"""A relay without a result for so many seconds holds no other back."""
_HELD_AT_ONCE = 20
"""Emails to domains without budget that are passed over between two looks."""
_UNUSED = timedelta(seconds=5)
"""Workers look for due emails that often, so that much of a domain's budget may be made up for."""
_LONGEST_HOLD = timedelta(minutes=10)


class Lane:
    """A relay of the fleet."""

    def __init__(self, relay: Relay, plan: WarmUp | None, own_name: str, patience: Patience | None) -> None:
        self.name, self.step, self.discreet = relay.name, 1 / relay.weight, relay.discreet
        self.turn_at = random.random() * self.step  # noqa: S311 - so that single emails are spread as well
        """By which the next email is dealt: to the lane where it is lowest."""
        self.pump = Pump(relay, connections=relay.connections, own_name=own_name, patience=patience)
        self.day = Day(f"relay:{relay.name}", plan) if plan else None
        rate = Rate(f"relay:{relay.name}", relay.rate) if relay.rate else None
        self.limits = [one for one in (self.day, rate) if one]
        self.moved_at = 0.0
        """When it last had a result, by the monotonic clock."""
        self.is_out = False

    def admits(self, *, urgent: bool) -> bool:
        """Return whether it may get an email now."""
        return all(one.admits(urgent=urgent) for one in self.limits)

    def deal(self, email: Envelope) -> None:
        """Give it an email."""
        for limit in self.limits:
            limit.use()
        self.turn_at += self.step
        self.pump.offer(email)


class Fleet:
    """Takes emails as a Pump does."""

    def __init__(
        self,
        relays: Sequence[Relay],
        *,
        own_name: str,
        is_whole: bool = True,
        plan: WarmUp | None = None,
        domains: Mapping[str, float] | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.is_urgent = False
        """Whether somebody waits for the emails of the next batch."""
        self._is_whole = is_whole
        """Whether no relay is left out."""
        self.held: dict[int, datetime] = {}
        """Emails that wait because their domain has no budget, and until when."""
        self._lanes = [Lane(relay, plan, own_name, patience) for relay in relays]
        self._domains = {
            domain: Rate(f"domain:{domain}", rate, unused=_UNUSED) for domain, rate in (domains or {}).items()
        }
        self._backlog: defaultdict[str, int] = defaultdict(int)
        self._states: dict[str, str] = {}
        self._selector = selectors.DefaultSelector()
        for lane in self._lanes:
            self._selector.register(lane.pump, selectors.EVENT_READ)

    @property
    def takes_more(self) -> bool:
        """Whether any relay takes emails: it is not in trouble, and its day is not used up."""
        return any(not one.is_out and (not one.day or one.day.admits(urgent=self.is_urgent)) for one in self._lanes)

    @property
    def full_until(self) -> datetime | None:
        """When a relay may be given emails again, if the day of each is used up by the warm-up plan."""
        if self.is_urgent or not self._is_whole or not all(lane.day and lane.day.is_used_up for lane in self._lanes):
            return None
        return datetime.combine(clock.now().astimezone(UTC).date() + timedelta(days=1), datetime.min.time(), UTC)

    @property
    def states(self) -> dict[str, str]:
        """Why relays took no emails, by name; empty where they did."""
        return dict(self._states)

    def send(
        self, emails: Iterator[Envelope], settle: Callable[[Sequence[Result]], None], go_on: Callable[[], bool]
    ) -> list[Envelope]:
        """Send emails, and return those that were not begun, or that are held."""
        self._begin(emails)
        is_stopped = False
        while True:
            if not is_stopped and not (is_stopped := not go_on()):
                wait = self._deal()
            if is_stopped:
                wait = _ROUND
                for lane in self._lanes:
                    lane.pump.stop()
            results = [one for lane in self._lanes if not lane.is_out for one in self._turned(lane)]
            results += self._failed
            self._failed.clear()
            if results:
                settle(results)
            if self._is_done(is_stopped):
                return self._end()
            self._selector.select(wait)

    def close(self) -> None:
        """Take leave of all relays."""
        for lane in self._lanes:
            with suppress(KeyError):
                self._selector.unregister(lane.pump)
            lane.pump.close()
            if lane.day:
                lane.day.close()
        self._selector.close()

    def _begin(self, emails: Iterator[Envelope]) -> None:
        self._source, self._is_exhausted = emails, False
        self._returned: deque[tuple[Envelope, Outcome | None]] = deque()
        """Emails that a relay did not take, with what it said."""
        self._tried: defaultdict[int, set[str]] = defaultdict(set)
        self._failed: list[Result] = []
        self._left: list[Envelope] = []
        self._states = {}
        self.held = {}
        for lane in self._lanes:
            if not lane.is_out:
                lane.pump.begin(iter(()))
                lane.moved_at = time.monotonic()

    def _deal(self) -> float:
        """Give emails to relays that have room, and return how many seconds to wait for them."""
        held = len(self.held)
        while self._returned or not self._is_exhausted:
            lanes = self._next_lanes()
            dealt = self._next(lanes) if lanes else None
            if dealt is None:
                break
            email, among = dealt
            min(among, key=lambda lane: lane.turn_at).deal(email)
            if len(self.held) >= held + _HELD_AT_ONCE:
                return 0
        return _ROUND

    def _next_lanes(self) -> list[Lane]:
        """Return the relays that may get an email now: none that is far ahead of its share, unless others are slow."""
        lanes = [lane for lane in self._lanes if not (lane.is_out or lane.pump.trouble)]
        if not any(lane.pump.room > 0 for lane in lanes):
            return []
        now = time.monotonic()
        keep_up = [lane for lane in lanes if now < lane.moved_at + _SLOW and lane.admits(urgent=self.is_urgent)]
        last = min((lane.turn_at for lane in keep_up), default=0.0)
        for lane in lanes:  # those that could not keep up do not catch up later
            lane.turn_at = max(lane.turn_at, last)
        ahead = _AHEAD * max((lane.step for lane in keep_up), default=float("inf"))
        return [
            lane for lane in lanes
            if lane.pump.room > 0 and lane.turn_at <= last + ahead and lane.admits(urgent=self.is_urgent)
        ]  # fmt: skip

    def _next(self, lanes: list[Lane]) -> tuple[Envelope, list[Lane]] | None:
        """Return the next email, and which of some lanes may get it."""
        for number, (email, outcome) in enumerate(self._returned):
            among = [lane for lane in lanes if lane.name not in self._tried[email.key]]
            has_others = self._others(email)
            if among or not (has_others or outcome):
                del self._returned[number]
                return email, among or lanes
            if outcome and not has_others:
                del self._returned[number]
                self._failed.append((email, outcome))
                return self._next(lanes)
        while not self._is_exhausted:
            new = next(self._source, None)
            if new is None:
                self._is_exhausted = True
            elif (until := self._hold(new)) is None:
                return new, lanes
            else:
                self.held[new.key] = until
                self._left.append(new)
        return None

    def _hold(self, email: Envelope) -> datetime | None:
        """Return until when an email has to wait because its domain has no budget, or None if it has."""
        domain = email.recipient.rpartition("@")[2]
        rate = self._domains.get(domain)
        if rate is None:
            return None
        if rate.admits(urgent=self.is_urgent):
            rate.use()
            return None
        self._backlog[domain] += 1
        waits = timedelta(seconds=max(1, round(self._backlog[domain] / rate.rate)))
        return clock.now().replace(microsecond=0) + min(_LONGEST_HOLD, waits)

    def _turned(self, lane: Lane) -> list[Result]:
        """Let a relay work, and return the results that are final; what it did not take goes to others."""
        results: list[Result] = []
        for email, outcome in lane.pump.turn(0):
            self._states.setdefault(lane.name, "")
            lane.moved_at = time.monotonic()
            self._tried[email.key].add(lane.name)
            if outcome.verdict is Verdict.LATER and outcome.is_of_relay and self._others(email):
                self._returned.append((email, outcome))
            else:
                self._tried.pop(email.key)
                results.append((email, outcome))
        if lane.pump.trouble and lane.pump.is_done:
            self._states[lane.name] = lane.discreet(lane.pump.trouble)
            lane.is_out = True
            self._selector.unregister(lane.pump)
            self._returned.extend((email, None) for email in lane.pump.end())
        return results

    def _others(self, email: Envelope) -> bool:
        """Return whether there is a relay that has not been tried with an email."""
        return any(
            not lane.is_out and not lane.pump.trouble and lane.name not in self._tried[email.key]
            for lane in self._lanes
        )

    def _is_done(self, is_stopped: bool) -> bool:
        lanes = [lane for lane in self._lanes if not lane.is_out]
        if not all(lane.pump.is_done for lane in lanes):
            return False
        return is_stopped or not self.takes_more or (self._is_exhausted and not self._returned and not self._failed)

    def _end(self) -> list[Envelope]:
        left = [*self._left, *(email for email, _outcome in self._returned)]
        for lane in self._lanes:
            if not lane.is_out:
                left += lane.pump.end()
        return left
