"""Emails that were claimed together: composed one after the other as connections get ready for them, sent, and recorded.

This module commits: a claim before an email is sent, and each result as soon as it is known. If its process is killed at
any time, no email is lost, and only those on their way or not yet recorded are sent twice, with the same Message-ID.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy.exc import DBAPIError

from app import clock, logs
from app.config import Config
from app.domain import leases
from app.domain.accounts import field_keys
from app.domain.mail import attempts
from app.domain.privacy import bounces, suppressions
from app.email_addresses import normalized
from app.extensions import db
from app.jobs.mail.composers import compose
from app.jobs.mail.digest_batches import DigestBatch
from app.jobs.mail.sent_emails import SentEmails
from app.jobs.mail.transports import Transport
from app.letter import Letter
from app.mailer import Envelope, Refused, Result, Verdict
from app.mailer.dkim import Signer
from app.mailer.message import build
from app.mailer.return_address import ReturnAddresses
from app.mailer.template import with_doubled_dots
from app.models.mail.deliveries import Priority
from app.queries.mail import deliveries as delivery_queries

_LOOK_EVERY = 0.25
"""Seconds between two looks at whether the emails are still wanted."""
_LEASE = timedelta(minutes=1)
"""How long it takes until another worker takes over the emails of one that was killed; renewed as long as it lives."""
_LONGEST = 30.0
"""Seconds after which no further email of a batch is begun."""
_WITHIN = {True: 0.005, False: 0.05}
"""Seconds after which results are recorded, unless there are `TOGETHER` before: if the database is embedded, and if not."""
TOGETHER = {True: 16, False: 200}
"""Results that are recorded in one transaction. If the process is killed, so many may not be recorded yet."""
_RETRY_RECORDING = 0.5
"""Seconds between two attempts to record results while the database cannot be written to."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told of the progress."""

    after_each: Callable[[], None] = lambda: None
    """Called after each result, and while a mail server takes its time."""
    on_sent: Callable[[str, str, str], None] = lambda _kind, _address, _subject: None
    """Called with kind, address and subject of each email that was sent."""


class Batch:
    """Emails of the same priority, claimed in portions under one token as connections get ready for them."""

    def __init__(
        self, due: Callable[[], list[int]], settings: Config, listener: Listener, *, while_locked: bool = False
    ) -> None:
        """`due` returns some emails that are due. Unless they are sent `while_locked`, they wait once the house is locked."""
        self.sent = 0
        self._due, self._while_locked = due, while_locked
        self._settings, self._listener = settings, listener
        self._begun_at = self._renewed_at = time.monotonic()
        self._looks_at = self._begun_at + _LOOK_EVERY
        self._watch = clock.Watch()
        self._lease = min(_LEASE, timedelta(seconds=settings.delivery_lease_seconds))
        self._token = leases.new_token()
        self._sent_emails = SentEmails()
        self._left: deque[int] = deque()
        self._priority: Priority | None = None
        self._digests = DigestBatch(settings.mail_from)
        self._returns = ReturnAddresses.of(settings)
        self._signer = Signer.of(settings)
        self._begun: dict[int, tuple[str, str, str]] = {}
        """Kind, address and subject of the emails on their way."""
        self._results: list[Result] = []
        """Those that are not recorded yet."""
        self._record_at = 0.0
        self._is_stuck = False
        """Whether the last attempt to record them failed."""

    def send(self, transport: Transport) -> None:
        """Send them as far as they are still wanted and the transport takes them. The others are left for a later batch."""
        try:
            with current_app.test_request_context(base_url=self._settings.base_url):
                untried = transport.send(self._emails(), self._settle, self._goes_on)
            self._try_to_record()
            while self._results and time.monotonic() < self._renewed_at + self._lease.total_seconds():
                time.sleep(_RETRY_RECORDING)
                self._try_to_record()
        finally:
            self._sent_emails.close()
        attempts.put_back([*self._left, *(one.key for one in untried)], self._token)
        db.session.commit()

    def _claim_more(self) -> bool:
        """Claim the next portion, if there is one of the same priority; return whether any was claimed."""
        ids = [one for one in self._due() if one not in self._begun]  # whose claim has ended by a clock that was set
        priority = delivery_queries.first_priority(ids[:1])
        if self._priority is None:
            self._priority = priority
        if ids and priority is self._priority:
            self._left.extend(attempts.claim(ids, self._token, self._lease))
        self._digests.add(self._left)
        db.session.commit()
        return bool(self._left)

    def _emails(self) -> Iterator[Envelope]:
        while self._left or self._claim_more():
            delivery_id = self._left.popleft()
            email = self._filled(delivery_id) if delivery_id in self._digests else self._composed(delivery_id)
            if email is not None:
                yield email

    def _filled(self, delivery_id: int) -> Envelope | None:
        filled = self._digests.filled(delivery_id)
        if filled is None:
            attempts.forget(delivery_id, self._token)
            db.session.commit()
            return None
        self._begun[delivery_id] = ("digest", filled.address, filled.subject)
        content = self._signer.signed(filled.content, filled.part_id)
        return Envelope(delivery_id, self._returns.naming(delivery_id, filled.address), filled.address, content)

    def _composed(self, delivery_id: int) -> Envelope | None:
        """Return an email composed from current rows, or None if it is not wanted any more or cannot be composed."""
        try:
            with current_app.test_request_context(base_url=self._settings.base_url):
                letter, kind, message_id = _compose(delivery_id)
            if letter is None:
                attempts.forget(delivery_id, self._token)
                db.session.commit()
                return None
            db.session.commit()  # stores a part that was rendered again
            message = build(letter, sender=self._settings.mail_from, message_id=message_id)
        except Refused as error:
            self._failed(attempts.give_up, delivery_id, str(error))
        except Exception as error:  # noqa: BLE001 - one email must not keep others from being sent
            logs.note("email could not be composed", error=error, delivery=delivery_id)
            self._failed(attempts.postpone, delivery_id, type(error).__name__)
        else:
            self._begun[delivery_id] = (kind, letter.address, letter.subject)
            content = self._signer.signed(with_doubled_dots(message.as_bytes()))
            sender = self._returns.naming(delivery_id, normalized(letter.address))
            return Envelope(delivery_id, sender, message["To"], content)
        return None

    def _failed(self, note: Callable[[int, str, str], bool], delivery_id: int, words: str) -> None:
        db.session.rollback()
        note(delivery_id, self._token, words)
        db.session.commit()
        self._listener.after_each()

    def _settle(self, results: Sequence[Result]) -> None:
        if not self._results:
            self._record_at = time.monotonic() + _WITHIN[self._settings.embedded]
        self._results += results
        if len(self._results) >= TOGETHER[self._settings.embedded] or time.monotonic() >= self._record_at:
            self._try_to_record()

    def _try_to_record(self) -> None:
        """Record the results, or keep them for the next attempt if the database cannot be written to."""
        try:
            self._record()
            self._is_stuck = False
        except DBAPIError as error:
            db.session.rollback()
            logs.note("results of emails could not be recorded", error=error, emails=len(self._results))
            self._is_stuck = True
            return
        for email, outcome in self._results:
            told = self._begun.pop(email.key)
            if outcome.verdict is Verdict.SENT:
                self.sent += 1
                self._listener.on_sent(*told)
            self._listener.after_each()
        self._results.clear()

    def _record(self) -> None:
        sent = [email.key for email, outcome in self._results if outcome.verdict is Verdict.SENT]
        if sent:
            self._sent_emails.keep(sent)
        if len(sent) == len(self._results):
            return
        for email, outcome in self._results:
            if outcome.verdict is Verdict.NEVER:
                logs.note("email was refused", delivery=email.key)
                bounces.give_up(email.key, self._token, outcome.words, self._begun[email.key][1])
            elif outcome.verdict is Verdict.UNKNOWN and attempts.keep_unknown(email.key, self._token):
                logs.note("it is unknown whether an email arrived", delivery=email.key)
            elif outcome.verdict is not Verdict.SENT:
                logs.note("email was postponed", delivery=email.key)
                address = self._begun[email.key][1]
                bounces.postpone(email.key, self._token, outcome.words, address, is_of_relay=outcome.is_of_relay)
        db.session.commit()

    def _goes_on(self) -> bool:
        """Look whether the emails are still wanted, and return whether more of them are to be begun."""
        now = time.monotonic()
        if self._results and now >= self._record_at:
            self._try_to_record()
        if self._is_stuck or now > self._begun_at + _LONGEST:
            return False
        if now < self._looks_at:
            return True
        self._looks_at = now + _LOOK_EVERY
        self._listener.after_each()
        if self._watch.set_by() or now > self._renewed_at + self._lease.total_seconds() / 3:
            attempts.renew([*self._left, *self._begun], self._token, self._lease)
            db.session.commit()
            self._renewed_at = now
        wanted = delivery_queries.held(self._token, self._left)
        self._left = deque(one for one in self._left if one in wanted)
        self._digests.follow()
        may_go_on = self._while_locked or not field_keys.follow(self._settings.var_dir)
        goes_on = may_go_on and not (
            self._priority and delivery_queries.is_due_before(self._priority)
        )  # nothing is before FIRST
        db.session.rollback()
        return goes_on


def _compose(delivery_id: int) -> tuple[Letter | None, str, str]:
    """Return the letter of a delivery, if it is still needed, its kind and its Message-ID."""
    delivery = delivery_queries.get(delivery_id)
    if delivery is None:
        return None, "", ""
    letter = compose(delivery)
    if letter is not None and suppressions.withholds(delivery, letter.address):
        letter = None
    return letter, delivery.kind.value, delivery.message_id
