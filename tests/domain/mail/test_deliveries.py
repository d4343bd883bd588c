"""Queued emails."""

from contextlib import closing
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.domain.mail import attempts, deliveries
from app.extensions import db
from app.jobs.mail.sent_emails import SentEmails
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.mail import deliveries as delivery_queries
from app.queries.mail.reasons import MAY_HAVE_ARRIVED
from tests.claims import claim_email, record_sent

LEASE = timedelta(minutes=5)


def queued(make, kind_of=DeliveryKind.REMINDER, **changes):
    user = make.user()
    deliveries.queue(kind_of, **({"user": user, "occasion": "one", "due_at": clock.now()} | changes))
    db.session.commit()
    return db.session.query(Delivery).one()


def test_queuing_an_email_twice_sends_it_once(make):
    user = make.user()
    first = deliveries.queue(DeliveryKind.REMINDER, user=user, occasion="one", due_at=clock.now())
    second = deliveries.queue(DeliveryKind.REMINDER, user=user, occasion="one", due_at=clock.now())
    assert (first, second) == (True, False)
    assert db.session.query(Delivery).count() == 1


def test_an_email_is_not_due_before_its_time(make):
    queued(make, due_at=clock.now() + timedelta(hours=1))
    assert delivery_queries.due_ids(10) == []


def test_a_claimed_email_belongs_to_one_worker_until_its_lease_ends(make, at):
    delivery = queued(make)
    assert claim_email(delivery.id, LEASE)
    assert claim_email(delivery.id, LEASE) is None
    assert delivery_queries.due_ids(10) == []
    at(clock.now() + LEASE + timedelta(seconds=1))
    assert delivery_queries.due_ids(10) == [delivery.id]
    assert claim_email(delivery.id, LEASE)


def test_only_one_of_many_workers_can_claim_an_email(house):
    with house.open() as make:
        delivery_id = queued(make).id
    barrier, tokens = Barrier(8), []

    def work():
        with house.app.app_context():
            enter_scope(EVERYTHING)
            barrier.wait()
            tokens.append(claim_email(delivery_id, LEASE))
            db.session.commit()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tokens) == 8
    assert len([token for token in tokens if token]) == 1


def test_retries_wait_longer_each_time_and_finally_stop(make, at):
    delivery = queued(make)
    waits = []
    for _ in range(attempts.GIVE_UP_AFTER):
        token = claim_email(delivery.id, LEASE)
        attempts.postpone(delivery.id, token, "421 busy")
        db.session.refresh(delivery)
        if delivery.failed_at:
            break
        waits.append(delivery.due_at - clock.now())
        at(delivery.due_at + timedelta(seconds=1))
    assert len(waits) == attempts.GIVE_UP_AFTER - 1
    assert timedelta(seconds=50) < waits[0] < timedelta(seconds=70)
    assert waits[1] > 3 * waits[0]
    assert delivery.failed_at is not None
    assert delivery_queries.due_ids(10) == []


def test_a_worker_that_lost_the_claim_cannot_postpone_the_email(make, at):
    delivery = queued(make)
    lost = claim_email(delivery.id, LEASE)
    at(clock.now() + LEASE + timedelta(seconds=1))
    held = claim_email(delivery.id, LEASE)
    attempts.postpone(delivery.id, lost, "too late")
    db.session.refresh(delivery)
    assert delivery.claim == held
    assert delivery.last_error is None


def test_queuing_again_reactivates_a_withdrawn_email_but_does_not_resend_a_sent_one(make):
    user = make.user()
    again = {"user": user, "occasion": "one", "due_at": clock.now()}
    delivery = queued(make, **again)
    token = claim_email(delivery.id, LEASE)
    attempts.forget(delivery.id, token)
    assert delivery_queries.due_ids(10) == []
    assert deliveries.queue(DeliveryKind.REMINDER, **again)
    assert delivery_queries.due_ids(10) == [delivery.id]
    record_sent(delivery.id)
    assert not deliveries.queue(DeliveryKind.REMINDER, **again)
    assert delivery_queries.due_ids(10) == []


def test_an_email_needs_exactly_one_recipient(make):
    with pytest.raises(Exception, match="one_recipient"):
        deliveries.queue(DeliveryKind.REMINDER, occasion="nobody", due_at=clock.now())
    db.session.rollback()


def test_emails_that_were_sent_stay_so_even_if_they_were_canceled_and_nothing_else_changes(make, at):
    delivery = queued(make)
    number, now = delivery.id, clock.now()
    assert claim_email(number, LEASE)
    deliveries.withdraw_about(Delivery.id, [number], at=now)
    db.session.commit()
    at(now)
    record_sent(number)
    at(now + timedelta(hours=1))
    record_sent(number)
    assert delivery.sent_at - now < timedelta(minutes=1)
    assert (delivery.withdrawn_at, delivery.claim, delivery.leased_until) == (None, None, None)


def test_a_result_that_cannot_be_recorded_is_an_error_of_the_database_and_can_be_recorded_later(make, monkeypatch):
    number = queued(make).id
    db.session.commit()
    with closing(SentEmails()) as sent:
        with monkeypatch.context() as broken:
            broken.setattr(sent._update, "_statement", "UPDATE nothing_of_this_name SET sent_at = 1")
            with pytest.raises(DBAPIError):
                sent.keep([number])
        sent.keep([number])
    assert db.session.get_one(Delivery, number).sent_at is not None


def test_a_link_that_may_have_arrived_is_not_sent_twice_and_waits_for_a_person(make):
    link = queued(make, kind_of=DeliveryKind.INVITATION)
    assert attempts.keep_unknown(link.id, claim_email(link.id, LEASE))
    assert delivery_queries.due_ids(10) == []
    db.session.refresh(link)
    assert link.last_error == MAY_HAVE_ARRIVED
    attempts.retry(link.id)
    assert delivery_queries.due_ids(10) == [link.id]


def test_a_reminder_that_may_have_arrived_is_sent_again(make):
    delivery = queued(make)
    token = claim_email(delivery.id, LEASE)
    assert not attempts.keep_unknown(delivery.id, token)
    assert not attempts.postpone(delivery.id, token, "lost")
