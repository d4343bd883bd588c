"""The outbox: sends emails that are due, the most urgent first.

This module commits; see `batches.py`.
"""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

from flask import current_app

from app import clock, logs, mail_settings
from app.config import Config
from app.domain.accounts import field_keys
from app.domain.campaigns import approvals
from app.domain.mail import attempts, holding, rates, relays
from app.domain.mail.allowed import quiet_until
from app.extensions import db
from app.jobs.mail.batches import Batch, Listener
from app.jobs.mail.bulk_slots import bulk_slot
from app.jobs.mail.holding import follow, next_due
from app.jobs.mail.reminders import queue_due
from app.jobs.mail.transports import transport_for
from app.mail_settings import QuietHours
from app.models.mail.deliveries import DeliveryKind, Priority
from app.queries.mail import deliveries as delivery_queries
from app.queries.mail import relays as relay_queries
from app.sealing import blind
from app.times import known_zone

_WATCH = clock.Watch()
_MISTAKE = timedelta(hours=3)
"""A clock that is set back by more was wrong before, so what was due by it was not due."""
_BATCH = 2_000
"""Emails that are claimed in one portion. If the worker is killed, as many wait until its lease has ended."""


def deliver_due(
    *,
    after_each: Callable[[], None] = lambda: None,
    on_sent: Callable[[str, str, str], None] = lambda _kind, _address, _subject: None,
) -> int:
    """Queue the daily letters that are due, and send all due emails; return the number sent.

    `after_each` is called after each attempt, `on_sent` with the kind, address and subject of each email sent.
    """
    queue_due()
    _keep_due(after_each)
    listener = Listener(after_each, on_sent)
    with bulk_slot(current_app.config["SETTINGS"]) as with_bulk:

        def due() -> list[int]:
            return next_due(_BATCH, with_bulk=with_bulk)

        sent = _send(due, listener)
        while follow():
            after_each()
            sent += _send(due, listener)
    approvals.finish()
    db.session.commit()
    return sent


def _keep_due(after_each: Callable[[], None]) -> None:
    """Let what was due stay due if the clock was set back by some hours since this process last looked."""
    back = -_WATCH.set_by()
    while timedelta(0) < back <= _MISTAKE and attempts.keep_due(back, _BATCH):
        db.session.commit()
        after_each()
    db.session.commit()


def deliver_alarms() -> int:
    """Send the letters about alarms that are due, for processes that are not workers; return the number sent."""
    return _send(lambda: delivery_queries.due_ids(_BATCH, DeliveryKind.ALARM), Listener())


def deliver_urgent() -> int:
    """Send what is sent although the house is locked; return the number sent. Everything else waits until it is open."""
    with blind():
        return _send(lambda: delivery_queries.urgent_ids(_BATCH), Listener(), while_locked=True)


def _send(due: Callable[[], list[int]], listener: Listener, *, while_locked: bool = False) -> int:
    """Send batches of emails as long as some are due and a relay takes them."""
    settings: Config = current_app.config["SETTINGS"]
    sent = 0
    transport = transport_for(settings)
    if transport is None:
        return sent
    names = [mail_settings.relay_name(url) for url in mail_settings.relay_urls(settings.mail_url)]
    quiet = mail_settings.quiet_hours(settings.mail_quiet_hours)

    def ready() -> list[int]:
        """Return some that are due and whose recipients are awake, as long as the transport takes any."""
        while transport.takes_more and (ids := due()):
            if not quiet or delivery_queries.first_priority(ids[:1]) is not Priority.BULK:
                return ids
            if ids := _awake(ids, quiet, settings.mail_timezone):
                return ids
        return []

    with closing(transport):
        while (while_locked or not field_keys.follow(settings.var_dir)) and (ids := due()):
            transport.is_urgent = delivery_queries.first_priority(ids[:1]) is Priority.FIRST
            db.session.rollback()
            if not transport.takes_more:
                if (until := transport.full_until) is None:
                    break
                holding.hold(dict.fromkeys(ids, until))
                db.session.commit()
                continue
            batch = Batch(ready, settings, listener, while_locked=while_locked)
            begun = time.monotonic()
            batch.send(transport)
            sent += batch.sent
            rates.note(batch.sent, time.monotonic() - begun)
            relays.note(transport.states)
            relays.forget_others(names)
            holding.hold(transport.held)
            db.session.commit()
            if any(transport.states.values()):
                logs.note("a mail server takes no emails")
    db.session.rollback()
    return sent


def _awake(delivery_ids: list[int], quiet: QuietHours, house_zone: str) -> list[int]:
    """Return those of some emails for whose recipients it is not night; the others are due when it ends."""
    now, asleep = clock.now(), {}
    for number, zone in relay_queries.zones(delivery_ids):
        until = quiet_until(quiet, now, known_zone(zone or house_zone))
        if until is not None:
            asleep[number] = until
    holding.hold(asleep)
    db.session.commit()
    return [one for one in delivery_ids if one not in asleep]
