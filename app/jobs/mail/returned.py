"""Reads the emails that came to MAIL_BOUNCE_ADDRESS: reports of bounces, complaints, automatic replies, letters.

This module commits: an email is marked as seen only after what follows from it is stored. Only a report that names an email
of this house, in an address that the house has signed, has any effect.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from typing import Protocol

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from app import clock, logs
from app.config import Config
from app.dialects.many_rows import insert_missing
from app.domain.mail import inboxes
from app.domain.privacy import bounces
from app.email_addresses import normalized
from app.extensions import db
from app.mailer import Unreachable, inbox, maildir
from app.mailer.return_address import ReturnAddresses
from app.models.mail.bounces import ReturnedKind, ReturnedLetter
from app.models.mail.deliveries import Delivery
from app.models.mail.relays import RETURNED, InboxReason
from app.private_files import write_whole
from app.queries.mail import returned as returned_queries
from app.reading.provider_events import read_events
from app.reading.refusals import refusal
from app.reading.returned import LARGEST, Came, Returned, read_returned

BELIEVED_FOR = timedelta(days=60)
"""How long after an email was sent a report about it counts. Servers give up after days, and complaints come within weeks."""
KEPT_FOR = timedelta(days=60)
"""How long it is known that an email came to the bounce address."""
MOST_UNREAD = 200
"""Emails that nobody could read, kept as files; more are only counted."""
_LONGEST = 30.0
"""Seconds after which no further email is read; the next run reads the others."""


class Inbox(Protocol):
    """Where emails are read from; see `app.mailer.inbox.Mailbox`."""

    def unseen(self) -> list[str]:
        """Return what unseen emails are called, oldest first."""

    def letter(self, number: str) -> bytes:
        """Return an email, or its beginning."""

    def mark_seen(self, number: str) -> None:
        """Mark an email as seen."""

    def put_aside(self, number: str) -> None:
        """Mark an email as seen, so that a person looks at it."""


def read_returned_mail(*, after_each: Callable[[], None] = lambda: None) -> int:
    """Read the unseen emails at MAIL_BOUNCE_URL; return their number. Nothing happens without the setting."""
    settings = _settings()
    if not (settings.mail_bounce_url and settings.mail_bounce_address):
        return 0
    read = set[str]()
    try:
        with _opened(settings.mail_bounce_url) as box:
            _read(box, read, after_each)
        inboxes.note_read(RETURNED)
    except Unreachable as error:
        logs.note("the mailbox of returned emails cannot be read", error=error)
        inboxes.note_trouble(RETURNED, InboxReason(error.reason))
    except DBAPIError as error:
        db.session.rollback()
        logs.note("a returned email could not be recorded", error=error)
    db.session.commit()
    return len(read)


def _read(box: Inbox, read: set[str], after_each: Callable[[], None]) -> None:
    """Read unseen emails until there are none or the time is over; `read` is what those are called that were."""
    begun_at = time.monotonic()
    while numbers := [one for one in box.unseen() if one not in read]:
        for number in numbers:
            _take(box, number)
            read.add(number)
            after_each()
            if time.monotonic() > begun_at + _LONGEST:
                return


def take_returned(raw: bytes) -> ReturnedKind:
    """Record what follows from a raw email; return what it is. The same email again has no effect."""
    return _take_one(read_returned(raw))


def take_events(raw: bytes) -> int | None:
    """Record what follows from what a provider has posted; return how many bounces and complaints these are.

    None if no known provider writes so: then it is kept as a file for a while. Only for what is known to come from a
    provider: others could name any email.
    """
    events = read_events(raw)
    if events is None:
        _take_one(Returned(Came.UNREADABLE, hashlib.sha256(raw).hexdigest(), ""))
        _keep_unread(raw[:LARGEST])
        return None
    for one in events:
        _take_one(one)
    return len(events)


def _keep_unread(raw: bytes) -> None:
    folder = _settings().unread_mail_dir
    folder.mkdir(mode=0o700, exist_ok=True)
    if sum(1 for _file in folder.iterdir()) < MOST_UNREAD:
        write_whole(folder / f"{hashlib.sha256(raw).hexdigest()}.eml", raw)


def _take_one(returned: Returned) -> ReturnedKind:
    kind = _settle(returned)
    row = {"key": returned.key, "kind": kind, "at": clock.now()}
    insert_missing(db.session, ReturnedLetter.__table__, [row])  # type: ignore[arg-type]
    db.session.commit()
    return kind


def take_handed_over(raw: bytes) -> ReturnedKind:
    """Like `take_returned`, for an email that is in no mailbox: one that nobody can read is kept as a file for a while."""
    kind = take_returned(raw)
    if kind is ReturnedKind.UNREADABLE:
        _keep_unread(raw)
    return kind


def forget_returned() -> None:
    """Delete what is not needed any more: counts, scores that have decayed, and files of emails that nobody could read."""
    limit = clock.now() - KEPT_FOR
    db.session.execute(delete(ReturnedLetter).where(ReturnedLetter.at < limit))
    bounces.forget_scores()
    with suppress(FileNotFoundError):
        for file in _settings().unread_mail_dir.iterdir():
            if file.stat().st_mtime < limit.timestamp():
                file.unlink(missing_ok=True)


def _take(box: Inbox, number: str) -> None:
    """Read one email; one whose effect cannot be recorded now stays unseen, and one that nobody can read is put aside."""
    raw = box.letter(number)
    try:
        kind = take_returned(raw)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001  one email must not keep others from being read, now and for ever
        db.session.rollback()
        logs.note("a returned email could not be read", error=error)
        kind = ReturnedKind.UNREADABLE
    if kind is ReturnedKind.UNREADABLE:
        box.put_aside(number)
    else:
        box.mark_seen(number)


def _settle(returned: Returned) -> ReturnedKind:
    """Do what follows from an email, if it names one that was sent."""
    kind = ReturnedKind(returned.kind.value)
    if returned.kind is Came.UNREADABLE:
        return kind
    returns = ReturnAddresses.of(_settings())
    found = next(
        (
            (one, sent)
            for one in returns.named_in(returned.addresses)
            if (sent := _believed(db.session.get(Delivery, one.delivery_id))) is not None
        ),
        None,
    )
    named, delivery = found or (None, _meant(returned))
    if delivery is None:
        return ReturnedKind.UNVERIFIED
    addresses = map(normalized, returned_queries.addresses_of(delivery))
    told = normalized(returned.recipient)
    address = next((one for one in addresses if (returns.was_sent_to(named, one) if named else one == told)), None)
    if named is None and address is None:
        return ReturnedKind.UNVERIFIED
    if returned.kind is Came.BOUNCE:
        judged = refusal(returned.words, status=returned.status, address=address or "")
        bounces.note_report(delivery.id, judged, address)
    elif returned.kind is Came.COMPLAINT:
        bounces.note_complaint(delivery.id, address)
    return kind


def _meant(returned: Returned) -> Delivery | None:
    """Return the email that a provider means who tells no return address: by its Message-ID, or else the last one to the recipient."""
    if returned.message_id:
        return _believed(returned_queries.with_message_id(returned.message_id))
    if returned.recipient and not returned.addresses:
        return _believed(returned_queries.last_sent_to(normalized(returned.recipient)))
    return None


def _believed(delivery: Delivery | None) -> Delivery | None:
    """Return an email that somebody reports about, if it was sent, or may have been, and not long ago."""
    if delivery is None or not (delivery.sent_at or delivery.attempts):
        return None
    return delivery if (delivery.sent_at or clock.now()) > clock.now() - BELIEVED_FOR else None


def _opened(url: str) -> AbstractContextManager[Inbox]:
    return maildir.opened(url, LARGEST) if url.startswith("maildir:") else inbox.opened(url, LARGEST)


def _settings() -> Config:
    settings: Config = current_app.config["SETTINGS"]
    return settings
