"""Pausing, stopping and resuming what is sent to many."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.mail import attempts, deliveries, holds
from app.extensions import db
from app.models.campaigns.digests import Digest, DigestStatus
from app.models.mail.deliveries import Delivery, DeliveryKind, Priority
from app.models.mail.holds import SendingHold
from app.queries.mail import deliveries as delivery_queries
from app.queries.mail.holds import Run
from app.queries.mail.runs import report
from tests.claims import claim_email, record_sent

MINUTE = timedelta(minutes=1)

LEASE = timedelta(minutes=1)


@pytest.fixture
def run(make, at, monkeypatch):
    """Return a digest to five members, of which two emails are moved at a time."""
    monkeypatch.setattr(holds, "PORTION", 2)
    return run_of(make, 5)


def run_of(make, members, title="Peace and sovereignty"):
    campaign = make.campaign(title)
    digest = Digest(
        campaign=campaign, period_start=clock.now() - MINUTE, period_end=clock.now(), status=DigestStatus.APPROVED,
        approval=campaign.digest_approval, openings={}, with_calls=False, composed_at=clock.now(), approved_at=clock.now(),
    )  # fmt: skip
    db.session.add(digest)
    db.session.flush()
    for number in range(members):
        member = make.subscription(campaign, f"{title[0]}{number}@example.org".lower())
        deliveries.queue(
            DeliveryKind.DIGEST,
            subscription=member,
            occasion=f"digest:{digest.id}",
            due_at=clock.now(),
            digest_id=digest.id,
        )
    db.session.query(Delivery).filter(Delivery.kind != DeliveryKind.DIGEST).delete()
    db.session.commit()
    return Run(digest.id)


def ids(run):
    return [one.id for one in db.session.query(Delivery).filter(*run.own).order_by(Delivery.id)]


def figures(run):
    found = report(run)
    assert found.total == len(ids(run))
    return found.sent, found.in_flight, found.waiting, found.withdrawn, found.failed


def settle():
    while holds.settle_some():
        db.session.commit()


def test_what_is_stopped_counts_as_withdrawn_at_once_and_stays_so(run):
    sent, flying, *_ = ids(run)
    record_sent(sent)
    claim_email(flying, LEASE)
    holds.stop(run)
    assert figures(run) == (1, 1, 0, 3, 0)
    assert delivery_queries.due_ids(10) == []
    settle()
    assert figures(run) == (1, 1, 0, 3, 0)
    record_sent(flying)
    settle()
    assert figures(run) == (2, 0, 0, 3, 0)


def test_what_is_paused_is_held_and_goes_on_where_it_was(run):
    first, *others = ids(run)
    record_sent(first)
    holds.pause(run)
    assert figures(run) == (1, 0, 4, 0, 0)
    assert report(run).is_paused
    assert delivery_queries.due_ids(10) == []
    settle()
    assert figures(run) == (1, 0, 4, 0, 0)
    assert delivery_queries.due_ids(10) == []
    assert claim_email(others[0], LEASE) is None
    holds.release(run)
    assert figures(run) == (1, 0, 4, 0, 0)
    settle()
    assert delivery_queries.due_ids(10) == others


def test_emails_follow_in_portions_and_go_on_after_a_kill(run):
    holds.pause(run)
    db.session.commit()
    assert holds.settle_some()
    db.session.commit()
    holds.settle_some()
    db.session.rollback()  # as if the worker had been killed
    held = db.session.query(Delivery).filter(Delivery.priority == Priority.HELD)
    assert held.count() == 2
    settle()
    assert held.count() == 5
    assert db.session.query(SendingHold).one().settled_at


def test_an_email_on_its_way_follows_when_it_is_put_back(run):
    first, *_ = ids(run)
    token, claimed = claim_email(first, LEASE), first
    holds.pause(run)
    settle()
    assert db.session.query(SendingHold).one().settled_at is None
    attempts.put_back([claimed], token)
    assert delivery_queries.due_ids(10) == []
    settle()
    settle()
    assert db.session.query(SendingHold).one().settled_at
    assert figures(run) == (0, 0, 5, 0, 0)


def test_others_are_sent_while_one_is_held_or_waits_for_one_on_its_way(make, run):
    other = run_of(make, 2, "Another")
    claim_email(ids(run)[0], LEASE)
    holds.pause(run)
    settle()
    assert delivery_queries.due_ids(10) == ids(other)


def test_a_batch_ends_at_once_when_something_is_held(run):
    assert not delivery_queries.is_due_before(Priority.BULK)
    holds.stop(run)
    assert delivery_queries.is_due_before(Priority.BULK)
    assert not delivery_queries.is_due_before(Priority.SOON)
    settle()
    assert not delivery_queries.is_due_before(Priority.BULK)


def test_resuming_brings_back_what_was_stopped_and_nothing_that_was_withdrawn_by_others(run, at):
    first, *others = ids(run)
    member = db.session.get(Delivery, first).subscription_id
    deliveries.withdraw_subscription(member)
    at(clock.now() + MINUTE)
    holds.stop(run)
    settle()
    holds.release(run)
    assert figures(run) == (0, 0, 4, 1, 0)
    settle()
    assert delivery_queries.due_ids(10) == others


def test_decisions_that_follow_each_other_quickly_lose_nothing(run, at):
    for decide in (holds.pause, holds.stop, holds.release, holds.pause, holds.stop, holds.release):
        decide(run)
        holds.settle_some()
        at(clock.now() + MINUTE)
    settle()
    assert delivery_queries.due_ids(10) == ids(run)
