"""Sends emails over several connections to one relay."""

import selectors
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from app.mailer.channel import Address, Channel, Patience, addresses_of, words_of
from app.mailer.conversation import Envelope
from app.mailer.outcome import Outcome, Verdict
from app.mailer.relay import Relay

Result = tuple[Envelope, Outcome]

_ROUND = 0.05
"""Seconds between two looks at whether to go on."""
_INTERRUPTED = 2
"""Connections that may break during one email before it has to wait, because it may be what breaks them."""
_IN_A_ROW = 10
"""Emails in a row that fail for reasons of the relay before it gets no more of them."""


class Pump:
    """Connections to a relay, which stay open from one batch of emails to the next until `close`."""

    def __init__(
        self, relay: Relay, *, connections: int, own_name: str = "localhost", patience: Patience | None = None
    ) -> None:
        self.trouble = ""
        """Why the relay takes no emails at all; empty if it does."""
        self._relay, self._connections, self._own_name = relay, connections, own_name
        self._patience = patience or Patience()
        self._selector = selectors.DefaultSelector()
        self._channels: dict[Channel, int] = {}
        """With the events that each is registered for."""
        self._idle: dict[Channel, None] = {}
        """Those that wait for an email, in order."""
        self._touched: dict[Channel, None] = {}
        """Those with which something may have happened since they were last looked after, in order."""
        self._ready: deque[Envelope] = deque()
        self._is_stopped = False
        self._looks_at = 0.0
        """When to look next for connections that are late."""
        self.begin(iter(()))

    def send(
        self,
        emails: Iterator[Envelope],
        settle: Callable[[Sequence[Result]], None],
        go_on: Callable[[], bool] = lambda: True,
    ) -> list[Envelope]:
        """Send the emails of an iterator, each of which is taken when a connection is nearly ready for it.

        `settle` gets results as soon as they are known. If `go_on` says no, or the relay takes no emails at all
        (`trouble`), those on their way are finished and no other is begun. Returns the ones that were taken from the
        iterator and have no result.
        """
        self.begin(emails)
        while True:
            if not (self._is_stopped or go_on()):
                self.stop()
            results = self.turn()
            if results:
                settle(results)
            if self.is_done:
                return self.end()

    # the same in steps, for several pumps side by side

    def begin(self, emails: Iterator[Envelope]) -> None:
        """Begin with a batch of emails; more may be offered while there is `room`."""
        self.trouble = ""
        self._source, self._is_exhausted, self._is_stopped = emails, False, False
        self._allowed = self._connections
        self._addresses: list[Address] | None = None
        """Those still to be tried; None if they are not known yet."""
        self._interrupted: Counter[int] = Counter()
        self._in_a_row = 0
        for channel in list(self._channels):
            channel.work()
            if channel.error:  # the relay has closed it in the meantime
                self._forget(channel)

    @property
    def room(self) -> int:
        """How many emails may be offered now: so many that no connection has to wait for one."""
        return 0 if self._is_stopped else 2 * self._connections - len(self._ready)

    def offer(self, email: Envelope) -> None:
        """Add an email to the batch."""
        self._ready.append(email)

    def turn(self, wait: float = _ROUND) -> list[Result]:
        """Begin what can be begun, wait so many seconds for connections to move, and return what is finished."""
        self._is_stopped = self._is_stopped or bool(self.trouble)
        self._refill()
        self._connect_more()
        if self._ready:
            for channel in self._idle:
                channel.proceed()
            self._touched |= self._idle
        return self._work(wait)

    def stop(self) -> None:
        """Begin no further email."""
        self._is_stopped = True

    @property
    def is_done(self) -> bool:
        """Whether no email is on its way, and none will be begun."""
        if not (self._is_stopped or (self._is_exhausted and not self._ready)):
            return False
        return not any(channel.conversation.is_occupied for channel in self._channels)

    def end(self) -> list[Envelope]:
        """End the batch, and return the emails that have no result."""
        left, self._ready = list(self._ready), deque()
        return left

    def fileno(self) -> int:
        """Return the number by which a selector notices that a connection has moved."""
        return self._selector.fileno()

    def close(self) -> None:
        """Take leave of the relay."""
        for channel in list(self._channels):
            self._forget(channel)
            channel.close()
        self._selector.close()

    def _take(self) -> Envelope | None:
        if not self._ready:
            self._refill()
        return self._ready.popleft() if self._ready and not self._is_stopped else None

    def _refill(self) -> None:
        """Have an email ready for each connection."""
        while not (self._is_stopped or self._is_exhausted) and len(self._ready) < self._connections:
            email = next(self._source, None)
            if email is None:
                self._is_exhausted = True
            else:
                self._ready.append(email)

    def _connect_more(self) -> None:
        """Open as many connections as there are emails for."""
        if len(self._channels) >= self._allowed:
            return
        soon = sum(one.conversation.is_idle or not one.conversation.is_ready for one in self._channels)
        while not self._is_stopped and len(self._channels) < self._allowed and soon < len(self._ready):
            if self._addresses is None:
                try:
                    self._addresses = addresses_of(self._relay)
                except OSError as error:
                    self._addresses = []
                    self.trouble = words_of(error)
            if not self._addresses:
                return
            channel = Channel(
                self._relay, self._addresses[0], self._take, own_name=self._own_name, patience=self._patience
            )
            self._channels[channel] = channel.events
            self._touched[channel] = None
            if not channel.error:
                self._selector.register(channel, channel.events)
            soon += 1

    def _not_connected(self, channel: Channel) -> None:
        """Go on with fewer connections, or with another address, or not at all."""
        if any(one.conversation.is_ready for one in self._channels):
            self._allowed = len(self._channels)
            return
        if self._addresses and self._addresses[0] == channel.address:
            self._addresses.pop(0)
        if not (self._addresses or self._channels):
            self.trouble = channel.error

    def _work(self, wait: float) -> list[Result]:
        """Wait for connections to move, and return the results of emails that are finished."""
        for key, _events in self._selector.select(0 if any(one.error for one in self._touched) else wait):
            channel: Channel = key.fileobj  # type: ignore[assignment]
            channel.work()
            self._touched[channel] = None
        self._end_late_ones()
        results: list[Result] = []
        for channel in self._touched:
            self._look_after(channel, results)
        self._touched.clear()
        self._judge(results)
        return results

    def _look_after(self, channel: Channel, results: list[Result]) -> None:
        """Wait for what a connection waits for, and take the results of its emails, which are added to `results`."""
        if channel.error:
            self._recover(channel, results)
        else:
            events = channel.events
            if events != self._channels[channel]:
                self._channels[channel] = events
                self._selector.modify(channel, events)
            if channel.conversation.is_idle:
                self._idle[channel] = None
            else:
                self._idle.pop(channel, None)
        if channel.conversation.results:
            results += channel.conversation.results
            channel.conversation.results.clear()

    def _end_late_ones(self) -> None:
        now = time.monotonic()
        if now >= self._looks_at:
            self._looks_at = now + _ROUND
            for channel in self._channels:
                channel.give_up_if_late(now)
                if channel.error:
                    self._touched[channel] = None

    def _recover(self, channel: Channel, results: list[Result]) -> None:
        """Take back the emails of a connection that is over."""
        self._forget(channel)
        for email in reversed(channel.unfinished()):
            self._interrupted[email.key] += 1
            if self._interrupted[email.key] < _INTERRUPTED:
                self._ready.appendleft(email)
            else:
                results.append((email, Outcome(Verdict.LATER, channel.error, is_of_relay=True)))
        if channel.conversation.is_ready:
            self._addresses = None
        else:
            self._not_connected(channel)

    def _forget(self, channel: Channel) -> None:
        del self._channels[channel]
        self._idle.pop(channel, None)
        with suppress(KeyError):  # one that failed at once was never registered
            self._selector.unregister(channel)

    def _judge(self, results: Sequence[Result]) -> None:
        """Notice that the relay refuses one email after the other."""
        for _email, outcome in results:
            self._in_a_row = self._in_a_row + 1 if outcome.is_of_relay else 0
            if self._in_a_row >= _IN_A_ROW:
                self.trouble = outcome.words
