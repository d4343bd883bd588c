"""Emails that are sent while somebody sets the clock: none is lost, and a worker that lives keeps what it has claimed."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.campaigns import approvals, digests
from app.domain.mail import attempts, deliveries
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail import outbox
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.mail import deliveries as delivery_queries
from tests.factories import utc
from tests.services.conftest import wait_until

NOON = utc("2026-11-22 12:00")
LEASE = timedelta(minutes=1)
MEMBERS = 40


def set_by(monkeypatch, step):
    """Set the clock of the machine."""
    monkeypatch.setattr(clock, "_of_machine", lambda: datetime.now(UTC) + step)


@pytest.fixture
def digest(make):
    campaign = make.campaign()
    make.cite(make.article(), campaign)
    for number in range(MEMBERS):
        make.subscription(campaign, f"member{number}@example.org")
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()
    return digest


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_digest_is_sent_once_to_each_and_stays_claimed_when_the_clock_is_set(
    house, digest, mail_server, monkeypatch, hours
):
    house.with_settings(mail_url=mail_server.url)
    seen, once = [], threading.Lock()

    def claimed_until():
        with house.app.app_context(), db.engine.connect() as connection:
            held = select(Delivery.__table__.c.leased_until).where(Delivery.__table__.c.claim.is_not(None))
            return set(connection.scalars(held))

    def set_clock(count):
        if count < 3 or not once.acquire(blocking=False):
            return
        set_by(monkeypatch, timedelta(hours=hours))
        now = datetime.now(UTC) + timedelta(hours=hours)
        seen.append(wait_until(lambda: all(now < one < now + 2 * LEASE for one in claimed_until()), 10))

    mail_server.after_data = set_clock
    assert deliver_due() == MEMBERS
    assert seen == [True]
    assert len(set(mail_server.ids)) == len(mail_server.ids) == MEMBERS
    assert deliver_due() == 0
    assert delivery_queries.state().waiting == 0


@pytest.fixture
def claimed(make, at):
    """An email that was due a day ago, and that a worker has claimed before it died."""
    at(NOON - timedelta(days=1))
    deliveries.queue(DeliveryKind.REMINDER, user=make.user(), occasion="one", due_at=clock.now())
    db.session.commit()
    number = db.session.query(Delivery).one().id
    at(NOON)
    assert attempts.claim([number], "dead", LEASE) == [number]
    return number


def test_what_a_dead_worker_had_claimed_does_not_wait_for_a_clock_that_was_set_back(claimed, at):
    at(NOON - timedelta(minutes=10))
    assert delivery_queries.due_ids(10) == attempts.claim([claimed], "other", LEASE) == []
    assert db.session.get(Delivery, claimed).is_held_at(clock.now())
    at(NOON - timedelta(hours=1))
    assert not db.session.get(Delivery, claimed).is_held_at(clock.now())
    assert delivery_queries.due_ids(10) == attempts.claim([claimed], "other", LEASE) == [claimed]


def test_a_claim_is_renewed_by_a_clock_that_was_set_forward_unless_somebody_else_has_it(claimed, at):
    at(NOON + timedelta(hours=1))
    attempts.renew([claimed], "dead", LEASE)
    assert attempts.claim([claimed], "other", LEASE) == []
    at(NOON + timedelta(hours=2))
    assert attempts.claim([claimed], "other", LEASE) == [claimed]
    at(NOON + timedelta(hours=3))
    attempts.renew([claimed], "dead", LEASE)
    assert attempts.claim([claimed], "third", LEASE) == [claimed]


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(seconds=3), timedelta(days=400)])
def test_a_clock_that_was_set_is_noticed_once(monkeypatch, step):
    watch = clock.Watch()
    assert not watch.set_by()
    set_by(monkeypatch, step)
    assert abs(watch.set_by() - step) < timedelta(seconds=1)
    assert not watch.set_by()


@pytest.fixture
def queued(make):
    """Emails that are due now, in five minutes and in two hours."""
    for minutes in (0, 0, 0, 5, 120):
        user, due_at = make.user(), clock.now() + timedelta(minutes=minutes)
        deliveries.queue(DeliveryKind.INVITATION, user=user, occasion="now", due_at=due_at)
    db.session.commit()


@pytest.mark.parametrize(("hours", "sent"), [(-1, 3), (-2.9, 3), (-24, 0), (1, 4)])
def test_what_was_due_stays_due_when_the_clock_is_set_by_hours_and_the_rest_waits(
    house, queued, mail_server, monkeypatch, hours, sent
):
    house.with_settings(mail_url=mail_server.url)
    monkeypatch.setattr(outbox, "_BATCH", 2)
    monkeypatch.setattr(outbox, "_WATCH", clock.Watch())
    set_by(monkeypatch, timedelta(hours=hours))
    assert deliver_due() == sent
    assert deliver_due() == 0
