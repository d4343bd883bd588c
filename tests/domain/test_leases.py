"""Claims of rows by workers."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from app import clock
from app.domain import leases
from app.domain.mail import deliveries
from app.domain.press import feeds, intakes, links
from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake, IntakeStatus
from app.models.press.links import LinkRound
from app.models.scoping import EVERYTHING, enter_scope
from tests.claims import claim_email
from tests.factories import utc

NOON = utc("2026-11-22 12:00")
LEASE = timedelta(minutes=5)
WORKERS = 8


def letter(make):
    deliveries.queue(DeliveryKind.REMINDER, user=make.user(), occasion="one", due_at=clock.now())
    db.session.commit()
    number = db.session.query(Delivery).one().id
    return lambda: claim_email(number, LEASE)


def brought(make):
    number = make.intake(make.user()).id
    return lambda: intakes.claim(number, LEASE)


def followed(make):
    number = make.feed().id
    return lambda: feeds.claim(number)


def round_of_links(_make):
    return links.claim


@pytest.mark.parametrize("claimed", [letter, brought, followed, round_of_links])
def test_only_one_of_many_workers_gets_the_row(house, at, claimed):
    at(NOON)
    with house.open() as make:
        claim = claimed(make)
    barrier, tokens = Barrier(WORKERS), []

    def work():
        with house.app.app_context():
            enter_scope(EVERYTHING)
            barrier.wait()
            tokens.append(claim())
            db.session.commit()

    threads = [Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tokens) == WORKERS
    assert len([token for token in tokens if token]) == 1


@pytest.fixture
def intake(make, at):
    at(NOON)
    return make.intake(make.user())


def test_a_valid_lease_is_respected_and_an_expired_one_is_not(intake, at):
    first = leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    at(NOON + LEASE - timedelta(seconds=1))
    assert leases.claim_for(Intake, LEASE, Intake.id == intake.id) is None
    db.session.refresh(intake)
    assert intake.is_held_at(clock.now())
    at(NOON + LEASE + timedelta(seconds=1))
    assert not intake.is_held_at(clock.now())
    second = leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    assert second not in (None, first)


def test_a_worker_that_lost_the_claim_can_neither_release_nor_renew_it(intake, at):
    lost = leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    at(NOON + LEASE + timedelta(seconds=1))
    held = leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    assert not leases.release(Intake, lost, Intake.id == intake.id, failure="too_slow")
    assert not leases.renew(Intake, lost, LEASE)
    db.session.refresh(intake)
    assert (intake.claim, intake.failure) == (held, None)


def test_an_expired_lease_is_not_renewed_even_if_the_row_is_unclaimed(intake, at):
    token = leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    at(NOON + LEASE + timedelta(seconds=1))
    assert not leases.renew(Intake, token, LEASE)


def test_a_renewed_lease_starts_at_the_renewal(intake, at):
    token = leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    at(NOON + timedelta(minutes=4))
    assert leases.renew(Intake, token, LEASE)
    at(NOON + timedelta(minutes=8))
    assert leases.claim_for(Intake, LEASE, Intake.id == intake.id) is None


def test_a_released_row_is_free_at_once(intake):
    token = leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    assert leases.release(Intake, token, Intake.id == intake.id, status=IntakeStatus.FAILED)
    db.session.refresh(intake)
    assert (intake.claim, intake.leased_until, intake.status) == (None, None, IntakeStatus.FAILED)
    assert leases.claim_for(Intake, LEASE, Intake.id == intake.id)


def test_a_claim_can_be_ended_no_matter_who_holds_it(intake):
    assert leases.claim_for(Intake, LEASE, Intake.id == intake.id)
    assert leases.end(Intake, Intake.id == intake.id)
    assert leases.claim_for(Intake, LEASE, Intake.id == intake.id)


def test_a_claim_without_a_lease_is_valid_until_released(make, at):
    at(NOON)
    feed = make.feed()
    token = leases.claim(Feed, Feed.id == feed.id)
    assert leases.release(Feed, token, Feed.id == feed.id, failures=1)
    assert not leases.release(Feed, token, Feed.id == feed.id, failures=2)
    db.session.refresh(feed)
    assert (feed.claim, feed.failures) == (None, 1)


def test_requests_of_a_round_are_counted_only_under_its_lease(make, at):
    at(NOON)
    token = links.claim()
    assert links.count_request(token)
    links.release(token)
    assert not links.count_request(token)
    assert db.session.query(LinkRound).one().requests == 1
