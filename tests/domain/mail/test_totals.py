"""What is left of deliveries that are no longer kept, how fast emails were sent, and what is to be expected."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.mail import holds, rates
from app.domain.privacy import erasures, retention
from app.extensions import db
from app.models.mail.deliveries import Delivery, Priority
from app.models.mail.totals import DeliveryTotal
from app.models.privacy.retention import RetentionKind, RetentionPeriod
from app.queries.campaigns import digests
from app.queries.mail import queue
from app.queries.mail.runs import report
from tests.claims import record_sent
from tests.domain.mail.test_holds import MINUTE, figures, ids, run_of, settle
from tests.domain.mail.test_retries import refuse

DAY = timedelta(days=1)


def sweep(kind):
    db.session.add(RetentionPeriod(kind=kind, days=30, in_force_at=clock.now() - DAY))
    db.session.commit()
    while retention.sweep_some(kind):
        db.session.commit()


def test_numbers_of_a_digest_stay_when_its_deliveries_are_deleted(make, at):
    run = run_of(make, 4)
    sent, bounced, refused, _other = ids(run)
    record_sent(sent, bounced)
    db.session.get(Delivery, bounced).bounced_at = clock.now()
    refuse(refused)
    holds.stop(run)
    settle()
    before = figures(run)
    at(clock.now() + 40 * DAY)
    sweep(RetentionKind.DELIVERIES)
    assert ids(run) == []
    found = report(run)
    assert (found.sent, found.in_flight, found.waiting, found.withdrawn, found.failed) == before == (2, 0, 0, 1, 1)
    assert found.bounced == 1
    assert db.session.query(DeliveryTotal).filter_by(digest_id=run.digest_id).count() == 1
    assert digests.find_public(digests.get(1, run.digest_id).campaign_id, 1).total == 1


def test_a_digest_goes_on_counting_those_to_a_person_who_was_erased(make, at):
    run = run_of(make, 3)
    first, second, waiting = ids(run)
    record_sent(first, second)
    holds.stop(run)
    settle()
    before = figures(run)
    for number in (first, waiting):
        address = db.session.get(Delivery, number).subscription.email
        erasures.erase(make.person(f"Rosa Luz {number}", congress=make.congress(), email=address), by=None)
        db.session.commit()
    assert ids(run) == [second]
    found = report(run)
    assert (found.sent, found.in_flight, found.waiting, found.withdrawn, found.failed) == before == (2, 0, 0, 1, 0)


def test_some_that_are_deleted_count_with_those_that_are_kept(make, at):
    run = run_of(make, 3)
    first, second, _third = ids(run)
    record_sent(first)
    at(clock.now() + 40 * DAY)
    record_sent(second)
    sweep(RetentionKind.DELIVERIES)
    assert len(ids(run)) == 2
    assert (report(run).sent, report(run).total) == (2, 3)


def test_the_rate_is_that_of_minutes_in_which_many_were_sent(make, at):
    assert queue.rate() is None
    rates.note(100, 10.0)
    rates.note(200, 10.0)
    at(clock.now() + MINUTE)
    rates.note(3, 30.0)
    assert queue.rate() == pytest.approx(15)
    assert queue.sent_lately() == 303
    at(clock.now() + rates.KEPT_FOR + MINUTE)
    rates.sweep()
    assert queue.rate() is None


def test_what_is_sent_to_many_is_expected_to_end_after_what_is_due_before(make, at):
    run_of(make, 5)
    now = clock.now()
    assert queue.forecast(15, now).ends_at is None
    rates.note(100, 50.0)
    found = queue.forecast(15, now)
    assert (found.ahead, found.ends_at) == (5, now + timedelta(seconds=10))
    assert queue.forecast(15, now, limit=1.0).ends_at == now + timedelta(seconds=20)


def test_what_waits_is_told_by_priority(make, at):
    run = run_of(make, 2)
    held = run_of(make, 3, "Another")
    holds.pause(held)
    settle()
    found = {one.priority: one for one in queue.waiting()}
    assert (found[Priority.BULK].due, found[Priority.HELD].later, found[Priority.FIRST].due) == (2, 3, 0)
    assert found[Priority.BULK].oldest_due_at == db.session.get(Delivery, ids(run)[0]).due_at
