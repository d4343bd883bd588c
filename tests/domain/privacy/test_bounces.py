"""What follows for an address from emails that came back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.domain.mail import deliveries
from app.domain.privacy import bounces, suppressions
from app.extensions import db
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.bounces import Bounce, BounceKind, BounceScore
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.privacy.suppressions import SuppressionReason
from app.queries.privacy import suppressions as suppression_queries
from app.reading.refusals import refusal

ADDRESS = "rosa@example.org"
UNKNOWN = refusal("550 5.1.1 <rosa@example.org>: no such user", address=ADDRESS)
FULL = refusal("552 5.2.2 mailbox full", address=ADDRESS)
BLOCKED = refusal("554 5.7.1 your IP is on a blocklist", address=ADDRESS)


@pytest.fixture
def member(make):
    return make.subscription(make.campaign(), ADDRESS)


@pytest.fixture
def email(member):
    """Return the number of a further email to the member."""

    def email():
        occasion = str(db.session.scalar(select(func.count()).select_from(Delivery)))
        deliveries.queue(DeliveryKind.MEMBER_LINK, subscription=member, occasion=occasion, due_at=clock.now())
        return db.session.scalar(select(func.max(Delivery.id)))

    return email


def reason():
    return suppression_queries.reasons_among({ADDRESS}).get(ADDRESS)


def test_an_address_that_does_not_exist_gets_nothing_more_and_its_subscription_stays(member, email):
    delivery_id = email()
    assert bounces.note_report(delivery_id, UNKNOWN, ADDRESS)
    assert reason() is SuppressionReason.BOUNCED
    assert db.session.get(Delivery, delivery_id, populate_existing=True).bounced_at
    assert db.session.get(Subscription, member.id, populate_existing=True).is_confirmed
    noted = db.session.scalars(select(Bounce)).one()
    assert (noted.kind, noted.code) == (BounceKind.HARD, "5.1.1")
    assert "rosa" not in noted.reason


def test_the_same_report_twice_counts_once(email, at):
    delivery_id = email()
    assert bounces.note_report(delivery_id, FULL, ADDRESS)
    at(clock.now() + timedelta(days=2))
    assert not bounces.note_report(delivery_id, FULL, ADDRESS)
    assert db.session.scalars(select(BounceScore.score)).one() == 1


def test_an_address_that_is_full_day_after_day_gets_nothing_more(email, at):
    for day in range(5):
        assert reason() is None, day
        bounces.note_report(email(), FULL, ADDRESS)
        bounces.note_report(email(), FULL, ADDRESS)  # on the same day
        at(clock.now() + timedelta(days=1))
    assert reason() is SuppressionReason.BOUNCED


def test_one_that_is_full_once_a_month_is_written_to_for_ever(email, at):
    for _month in range(24):
        bounces.note_report(email(), FULL, ADDRESS)
        at(clock.now() + timedelta(days=30))
    assert reason() is None


def test_scores_that_have_decayed_are_forgotten(email, at):
    bounces.note_report(email(), FULL, ADDRESS)
    at(clock.now() + 3 * bounces.HALF_LIFE)
    bounces.forget_scores()
    assert db.session.scalars(select(BounceScore)).one()
    at(clock.now() + bounces.HALF_LIFE)
    bounces.forget_scores()
    assert db.session.scalars(select(BounceScore)).all() == []


def test_what_is_the_fault_of_the_sender_never_concerns_an_address(email, at):
    for _day in range(20):
        bounces.note_report(email(), BLOCKED, ADDRESS)
        at(clock.now() + timedelta(days=1))
    assert reason() is None
    assert db.session.scalars(select(BounceScore)).all() == []
    assert set(db.session.scalars(select(Bounce.kind))) == {BounceKind.REFUSED}


def test_a_complaint_ends_the_subscriptions_and_is_no_bounce(member, email):
    delivery_id = email()
    assert bounces.note_complaint(delivery_id, ADDRESS)
    assert not bounces.note_complaint(delivery_id, ADDRESS)
    assert reason() is SuppressionReason.COMPLAINED
    assert db.session.get(Subscription, member.id, populate_existing=True).is_unsubscribed
    assert db.session.get(Delivery, delivery_id, populate_existing=True).bounced_at is None


def test_a_bounce_from_an_address_that_is_not_known_any_more_suppresses_nothing(email):
    assert bounces.note_report(email(), UNKNOWN, None)
    assert reason() is None


def test_an_address_that_bounced_is_written_to_again_when_somebody_lifts_it(email, at):
    for _day in range(5):
        bounces.note_report(email(), FULL, ADDRESS)
        at(clock.now() + timedelta(days=1))
    suppressions.lift_bounced([ADDRESS])
    assert reason() is None
    bounces.note_report(email(), FULL, ADDRESS)
    assert reason() is None  # its score begins anew


@pytest.mark.parametrize("wish", [SuppressionReason.ASKED, SuppressionReason.ERASED, SuppressionReason.COMPLAINED])
def test_nobody_can_lift_what_only_the_owner_may(email, wish):
    bounces.note_report(email(), FULL, ADDRESS)
    bounces.note_report(email(), UNKNOWN, ADDRESS)
    suppressions.suppress([ADDRESS], wish)
    assert db.session.scalars(select(BounceScore)).all() == []
    bounces.note_report(email(), UNKNOWN, ADDRESS)
    suppressions.lift_bounced([ADDRESS])
    assert reason() is wish


def test_an_email_that_the_relay_cannot_take_says_nothing_about_the_address(email):
    bounces.give_up(email(), "", "The mail server accepts no emails of this size.", ADDRESS)
    assert db.session.scalars(select(Bounce.kind)).one() is BounceKind.REFUSED
    assert db.session.scalars(select(BounceScore)).all() == []
