"""The outbox: claims queued emails one at a time, and sends them.

This module commits, because a claim must be committed before the email is sent, and the result right after it: if
its process is killed at any time, no email is lost and at most one is sent twice.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from app import logs
from app.config import Config
from app.domain.accounts import field_keys
from app.domain.campaigns import approvals
from app.domain.mail import attempts
from app.domain.privacy import suppressions
from app.extensions import db
from app.jobs.mail.composers import compose
from app.jobs.mail.reminders import queue_due
from app.letter import Letter
from app.mailer import Refused, Unreachable, send
from app.mailer.message import build
from app.models.mail.deliveries import DeliveryKind
from app.queries.mail import deliveries as delivery_queries
from app.sealing import blind

_BATCH = 100

Heard = Callable[[str, str, str], None]


def deliver_due(
    *,
    after_each: Callable[[], None] = lambda: None,
    on_sent: Heard = lambda _kind, _address, _subject: None,
) -> int:
    """Queue the daily letters that are due, and send all due emails; return the number sent.

    `after_each` is called after each attempt, `on_sent` with the kind, address and subject of each email sent.
    """
    queue_due()
    sent = 0
    settings: Config = current_app.config["SETTINGS"]
    while ids := delivery_queries.due_ids(_BATCH):
        db.session.rollback()
        for delivery_id in ids:
            if field_keys.follow(settings.var_dir):  # the house may be locked while thousands of letters are sent
                return sent
            sent += _deliver(settings, delivery_id, on_sent)
            after_each()
    approvals.finish()
    db.session.commit()
    return sent


def deliver_alarms() -> int:
    """Send the letters about alarms that are due, for processes that are not workers; return the number sent."""
    settings: Config = current_app.config["SETTINGS"]
    ids = delivery_queries.due_ids(_BATCH, DeliveryKind.ALARM)
    db.session.rollback()
    return sum(_deliver(settings, delivery_id, lambda *_told: None) for delivery_id in ids)


def deliver_urgent() -> int:
    """Send what is sent although the house is locked; return the number sent. Everything else waits until it is open."""
    settings: Config = current_app.config["SETTINGS"]
    with blind():
        ids = delivery_queries.urgent_ids(_BATCH)
        db.session.rollback()
        return sum(_deliver(settings, delivery_id, lambda *_told: None) for delivery_id in ids)


def _deliver(settings: Config, delivery_id: int, on_sent: Heard) -> bool:
    """Claim one email, send it, record it; return whether it was sent."""
    token = attempts.claim(delivery_id, timedelta(seconds=settings.delivery_lease_seconds))
    db.session.commit()
    if token is None:
        return False
    try:
        letter, kind = _compose_and_send(settings, delivery_id, token)
    except Unreachable as error:
        logs.note("email was postponed", error=error, delivery=delivery_id)
        _after_failure(attempts.postpone, delivery_id, token, str(error))
    except Refused as error:
        logs.note("email was refused", error=error, delivery=delivery_id)
        _after_failure(attempts.give_up, delivery_id, token, str(error))
    except Exception as error:  # noqa: BLE001 - one email must not keep others from being sent
        logs.note("email could not be composed", error=error, delivery=delivery_id)
        _after_failure(attempts.postpone, delivery_id, token, type(error).__name__)
    else:
        db.session.commit()
        if letter is not None:
            on_sent(kind, letter.address, letter.subject)
        return letter is not None
    return False


def _compose_and_send(settings: Config, delivery_id: int, token: str) -> tuple[Letter | None, str]:
    with current_app.test_request_context(base_url=settings.base_url):
        delivery = delivery_queries.get(delivery_id)
        letter = compose(delivery) if delivery else None
        if delivery and letter and suppressions.withholds(delivery, letter.address):
            letter = None
        message_id, kind = (delivery.message_id, delivery.kind.value) if delivery else ("", "")
    if letter is None:
        attempts.forget(delivery_id, token)
        return None, kind
    db.session.commit()  # stores a part that was rendered again, and ends the transaction before a slow remote server is used
    send(build(letter, sender=settings.mail_from, message_id=message_id), settings.mail_url)
    attempts.keep(delivery_id)
    return letter, kind


def _after_failure(note: Callable[[int, str, str], None], delivery_id: int, token: str, error: str) -> None:
    db.session.rollback()
    note(delivery_id, token, error)
    db.session.commit()
