"""A week before a role ends, its holder and whoever granted it are told, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.accounts import accounts, ending_roles
from app.domain.actions import losing_access
from app.extensions import db
from app.jobs.mail.composers import compose
from app.models.accounts.accounts import Grant, Role
from app.models.mail.deliveries import Delivery, DeliveryKind
from tests.factories import utc

NOW = utc("2025-12-01 14:00")
END = utc("2025-12-21 04:00")


@pytest.fixture
def story(make, at):
    """Alice grants Bob a role on a congress, with an end."""
    at(NOW)
    make.alice, make.bob = make.user("Alice", email="alice@example.org"), make.user("Bob", email="bob@example.org")
    make.grant(make.alice, Role.ADMIN)
    make.here = make.congress("Congress of Quito")
    make.given = granted(make, END)
    db.session.commit()
    return make


def granted(make, ends_at):
    return accounts.grant(make.bob, Role.ORGANIZER, by=make.alice, congress_id=make.here.id, ends_at=ends_at)


def told():
    """Return the letters about roles that end, as the outbox composes them now, by address."""
    ending_roles.tell()
    db.session.commit()
    db.session.expire_all()
    found = select(Delivery).where(Delivery.kind == DeliveryKind.ROLE_ENDS).order_by(Delivery.id)
    letters = [compose(one) for one in db.session.scalars(found)]
    return [letter for letter in letters if letter is not None]


def test_the_holder_and_whoever_granted_a_role_are_told_once_a_week_before_it_ends(story, at):
    at(END - timedelta(days=7, minutes=1))
    assert told() == []
    at(END - timedelta(days=7))
    first = told()
    for hours in (1, 2, 48):
        at(END - timedelta(days=7) + timedelta(hours=hours))
        assert len(told()) == 2
    by_address = {letter.address: letter for letter in first}
    to_bob, to_alice = by_address["bob@example.org"], by_address["alice@example.org"]
    assert to_bob.subject == "Your role in Encuentro ends on December 21, 2025"
    assert "Organizer on Congress of Quito, until Sun, Dec 21, 00:00 (Caracas)." in to_bob.text
    assert "ask Alice, who granted it" in to_bob.text
    assert "http://encuentro.test/account" in to_bob.text
    assert to_alice.subject == "A role of Bob in Encuentro ends on December 21, 2025"
    assert "Organizer on Congress of Quito" in to_alice.html
    assert f"http://encuentro.test/users/{story.bob.id}" in to_alice.html


def test_a_role_whose_end_is_moved_is_told_of_its_new_end(story, at):
    at(END - timedelta(days=6))
    told()
    later = END + timedelta(days=60)
    granted(story, later)
    assert told() == []
    at(later - timedelta(days=6))
    assert len(told()) == 2
    assert len(db.session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.ROLE_ENDS)).all()) == 4


def test_a_role_of_a_few_days_or_without_an_end_is_not_told(story, at):
    other = story.congress()
    accounts.grant(story.bob, Role.MEMBER, by=story.alice, congress_id=other.id, ends_at=NOW + timedelta(days=7))
    accounts.grant(story.bob, Role.MEMBER, by=story.alice, campaign_id=story.campaign().id)
    at(NOW + timedelta(days=1))
    assert told() == []


def test_a_role_that_was_revoked_in_the_meantime_is_not_told(story, at):
    at(END - timedelta(days=6))
    assert len(told()) == 2
    losing_access.revoke(db.session.get(Grant, story.given.id), by=story.alice)
    assert told() == []


def test_whoever_granted_it_is_told_only_while_being_an_admin(story, at):
    story.grant(story.user("Eva"), Role.ADMIN)
    losing_access.revoke(db.session.scalars(select(Grant).where(Grant.user_id == story.alice.id)).one())
    at(END - timedelta(days=6))
    assert [letter.address for letter in told()] == ["bob@example.org"]


def test_a_role_that_nobody_granted_or_whose_granter_has_left_is_told_to_its_holder(story, at):
    story.given.granted_by_id = None
    at(END - timedelta(days=6))
    [letter] = told()
    assert "ask an admin" in letter.text
