"""Addresses that are never written to again: no letter goes there, until their owner asks for one."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app import clock
from app.domain.bulk import Left
from app.domain.campaigns import enrollments, invitations, subscriptions
from app.domain.campaigns.subscriptions import default_preferences
from app.domain.mail import deliveries
from app.domain.people import mailings
from app.domain.people.mailings import Obstacle
from app.domain.privacy import suppressions
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.subscriptions import Subscription
from app.models.imports.imports import ImportRow
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.models.privacy.suppressions import SuppressionReason
from app.queries.privacy import suppressions as suppression_queries
from tests.domain.imports.bringing import Bringing

ADDRESS = "rosa@example.org"


@pytest.fixture
def never(make):
    suppressions.suppress(["Rosa@Example.org"], SuppressionReason.ASKED)
    db.session.commit()


def sent():
    deliver_due()
    return sorted(db.session.scalars(select(MailboxLetter.recipient)))


def test_the_house_knows_a_suppressed_address_only_by_its_digest(never):
    stored = db.session.execute(
        text("SELECT digest FROM suppressions"), execution_options={"unscoped": "the whole table"}
    ).scalar_one()
    assert stored.startswith("#")
    assert suppression_queries.among({ADDRESS, "bob@example.org"}) == {ADDRESS}


def test_the_letters_of_a_shift_or_a_link_to_a_suppressed_address_are_withdrawn(make, never):
    congress = make.congress()
    person = make.person("Rosa", congress=congress, email=ADDRESS)
    delegation = make.delegation(congress, delegates=0)
    make.seat(delegation, person)
    deliveries.queue_links(delegation)
    db.session.commit()
    assert sent() == []
    assert db.session.scalars(select(Delivery)).one().withdrawn_at is not None


def test_a_sign_up_in_the_name_of_a_suppressed_address_asks_nobody(make, never):
    sign_up = make.sign_up(make.campaign(), confirmed=False, email=ADDRESS)
    deliveries.queue_sign_ups([sign_up.id], DeliveryKind.SIGN_UP, clock.now())
    db.session.commit()
    assert sent() == []


def test_an_account_gets_its_letters_but_no_invitation_to_a_suppressed_address(make, never):
    user = make.user("Rosa", email=ADDRESS)
    for kind in (DeliveryKind.INVITATION, DeliveryKind.REMINDER):
        deliveries.queue(kind, user=user, occasion="now", due_at=clock.now())
    queued = db.session.scalars(select(Delivery).order_by(Delivery.id))
    assert [suppressions.withholds(one, ADDRESS) for one in queued] == [True, False]


@pytest.fixture
def returned(make):
    """An account with a password, at whose address emails do not arrive."""
    user = make.user("Rosa", email=ADDRESS)
    user.password_hash = "anything"
    suppressions.hold_back(ADDRESS)
    db.session.commit()
    return user


def held_back(user, *kinds):
    """Return which of these letters to an account are withheld."""
    for kind in kinds:
        deliveries.queue(kind, user=user, occasion=f"{clock.now()}", due_at=clock.now())
    queued = db.session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(len(kinds))).all()
    return {one.kind for one in queued if suppressions.withholds(one, ADDRESS)}


def test_where_emails_do_not_arrive_an_account_gets_no_reminders_but_calls_for_help(returned):
    kinds = (DeliveryKind.REMINDER, DeliveryKind.ASSIGNMENT, DeliveryKind.INVITATION, DeliveryKind.HELP_CALL)
    assert held_back(returned, *kinds) == {DeliveryKind.REMINDER, DeliveryKind.ASSIGNMENT}


def test_what_somebody_waits_for_is_tried_once_where_emails_do_not_arrive(returned, at):
    deliveries.queue(DeliveryKind.INVITATION, user=returned, occasion="asked", due_at=clock.now())
    db.session.commit()
    at(clock.now() + timedelta(minutes=1))
    assert sent() == [ADDRESS]
    kinds = (DeliveryKind.INVITATION, DeliveryKind.HELP_CALL)
    assert held_back(returned, *kinds) == {DeliveryKind.INVITATION}


def test_nobody_is_invited_to_an_address_where_emails_do_not_arrive(returned):
    returned.password_hash = None
    assert held_back(returned, DeliveryKind.INVITATION) == {DeliveryKind.INVITATION}


def test_an_account_whose_address_never_wants_letters_gets_the_link_that_its_owner_asks_for(returned):
    suppressions.suppress([ADDRESS], SuppressionReason.ASKED)
    assert held_back(returned, DeliveryKind.INVITATION, DeliveryKind.REMINDER) == set()


def test_whoever_subscribes_again_is_asked_to_confirm_it(make, never):
    campaign = make.campaign()
    subscriptions.request(
        campaign, email=ADDRESS, preferences=default_preferences(campaign, ["en"]), consent_text="Write to me."
    )
    db.session.commit()
    assert sent() == [ADDRESS]


def test_nobody_else_can_have_a_suppressed_address_invited_or_subscribed(make, never):
    campaign = make.campaign()
    person = make.person("Rosa", campaign=campaign, email=ADDRESS)
    make.consent(person)
    for plan in (invitations.plan, enrollments.plan):
        assert plan(campaign, [person.id]).left == {Left.SUPPRESSED: [person.id]}


def test_a_mailing_says_whom_it_leaves_out(make, never):
    congress = make.congress()
    person = make.person("Rosa", congress=congress, email=ADDRESS)
    make.consent(person)
    assert mailings.audience(make.mailing(congress=congress)).others == {Obstacle.SUPPRESSED: [person.id]}


def test_suppressing_ends_the_subscriptions_of_the_address(make):
    member = make.subscription(make.campaign(), ADDRESS)
    suppressions.suppress_person(make.person("Rosa", congress=make.congress(), email=ADDRESS))
    db.session.expire_all()
    assert db.session.get(Subscription, member.id).is_unsubscribed


def test_only_an_address_that_is_on_the_list_can_be_taken_off(make, never):
    suppressions.lift_known(ADDRESS)
    with pytest.raises(DomainError):
        suppressions.lift_known(ADDRESS)


def test_an_import_says_in_its_preview_that_an_address_is_never_written_to(make, never):
    bring = Bringing(make.user())
    bring(f"name,email\nRosa Luz,{ADDRESS}\nBob Luz,bob@example.org")
    rows = db.session.scalars(select(ImportRow).order_by(ImportRow.number))
    assert [one.reasons for one in rows] == [[["suppressed", "", ADDRESS]], None]
