"""An email that somebody waits for, queued while a digest is on its way."""

import threading
import time
from datetime import datetime

from flask import Flask

from app import clock
from app.domain.accounts import accounts
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.campaigns import Campaign
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.scoping import EVERYTHING, enter_scope
from benchmarks import Case
from benchmarks.mail_cases import members, wire

_TARGET = 2.0
_PATIENCE = 30.0
_BETWEEN = 0.2
"""Seconds between two runs of a worker; in a house, the next task comes after five at most."""


def cases(app: Flask, campaign: Campaign) -> list[Case]:
    """Measure from the request until the server has taken it; a worker of its own sends the digest."""
    user = accounts.create_user(
        email="ana@example.org", name="Ana", locale="en", timezone="UTC", password=None, invited=False
    )
    db.session.commit()
    digest = members.draft(campaign)
    members.approve(digest)
    with wire.sink() as port:
        members.hand_over_to(f"smtp://127.0.0.1:{port}")
        stop = threading.Event()
        worker = threading.Thread(target=_work, args=(app, stop))
        worker.start()
        time.sleep(1.0)
        started = clock.now()
        accounts.invite(user)
        db.session.commit()
        seconds = _wait(started)
        stop.set()
        worker.join()
    return [Case("an invitation while a digest is sent", seconds, _TARGET, "s")]


def _work(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        enter_scope(EVERYTHING)
        while not stop.wait(_BETWEEN):
            deliver_due()


def _wait(started: datetime) -> float:
    for _attempt in range(int(_PATIENCE / 0.05)):
        sent = db.session.query(Delivery.sent_at).filter(Delivery.kind == DeliveryKind.INVITATION).scalar()
        db.session.rollback()
        if sent is not None:
            return float((sent - started).total_seconds())
        time.sleep(0.05)
    return _PATIENCE
