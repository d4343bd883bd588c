"""The outbox: sends emails that are due, the most urgent first.

This module commits; see `batches.py`.
"""

from collections.abc import Callable
from contextlib import closing

from flask import current_app

from app import logs
from app.config import Config
from app.domain.accounts import field_keys
from app.domain.campaigns import approvals
from app.domain.mail import relays
from app.extensions import db
from app.jobs.mail.batches import Batch, Listener
from app.jobs.mail.holding import next_due
from app.jobs.mail.reminders import queue_due
from app.jobs.mail.transports import transport_for
from app.models.mail.deliveries import DeliveryKind
from app.queries.mail import deliveries as delivery_queries
from app.sealing import blind

_BATCH = 500
_CONNECTIONS = 4


def deliver_due(
    *,
    after_each: Callable[[], None] = lambda: None,
    on_sent: Callable[[str, str, str], None] = lambda _kind, _address, _subject: None,
) -> int:
    """Queue the daily letters that are due, and send all due emails; return the number sent.

    `after_each` is called after each attempt, `on_sent` with the kind, address and subject of each email sent.
    """
    queue_due()
    sent = _send(lambda: next_due(_BATCH), Listener(after_each, on_sent))
    approvals.finish()
    db.session.commit()
    return sent


def deliver_alarms() -> int:
    """Send the letters about alarms that are due, for processes that are not workers; return the number sent."""
    return _send(lambda: delivery_queries.due_ids(_BATCH, DeliveryKind.ALARM), Listener())


def deliver_urgent() -> int:
    """Send what is sent although the house is locked; return the number sent. Everything else waits until it is open."""
    with blind():
        return _send(lambda: delivery_queries.urgent_ids(_BATCH), Listener(), while_locked=True)


def _send(due: Callable[[], list[int]], listener: Listener, *, while_locked: bool = False) -> int:
    """Send batches of emails as long as some are due and the relay takes them."""
    settings: Config = current_app.config["SETTINGS"]
    sent = 0
    if not relays.may_be_tried(settings.mail_url):
        return sent
    with closing(transport_for(settings.mail_url, connections=_CONNECTIONS)) as transport:
        while (while_locked or not field_keys.follow(settings.var_dir)) and (ids := due()):
            db.session.rollback()
            batch = Batch(ids, settings, listener, while_locked=while_locked)
            batch.send(transport)
            sent += batch.sent
            relays.note(settings.mail_url, transport.trouble)
            db.session.commit()
            if transport.trouble:
                logs.note("emails wait because the mail server takes none")
                break
    db.session.rollback()
    return sent
