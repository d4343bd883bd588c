"""Members can change their own address, and nobody else's."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.campaigns import address_changes, subscriptions
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.subscriptions import AddressChange, Subscription, SubscriptionStatus
from app.models.mail.deliveries import MailboxLetter
from app.queries.campaigns import subscriptions as subscription_queries


@pytest.fixture
def member(make):
    return make.subscription(make.campaign(), "old@example.org")


def asked(member, email="new@example.org"):
    change = address_changes.request(member, email)
    db.session.commit()
    deliver_due()
    return change


def changed(member, email="new@example.org"):
    change = asked(member, email)
    address_changes.confirm(change, subscription_queries.of_address(member.email))
    db.session.commit()
    deliver_due()
    return change


def written_to():
    return [letter.recipient for letter in db.session.query(MailboxLetter).order_by(MailboxLetter.id)]


def test_nothing_changes_until_the_new_address_confirms(member):
    asked(member, "New@Example.org")
    assert written_to() == ["new@example.org"]
    assert member.email == "old@example.org"


def test_after_confirmation_emails_go_to_the_new_address_and_the_old_one_is_notified_without_it(member):
    changed(member)
    assert (member.email, member.status) == ("new@example.org", SubscriptionStatus.CONFIRMED)
    assert written_to() == ["new@example.org", "old@example.org"]
    letter = db.session.query(MailboxLetter).order_by(MailboxLetter.id.desc()).first()
    assert b"new@example.org" not in letter.content


def test_every_subscription_of_the_old_address_moves(make, member):
    other = make.subscription(make.campaign("Other"), "old@example.org")
    left = make.subscription(make.campaign("Left"), "old@example.org")
    subscriptions.unsubscribe(left)
    changed(member)
    assert [one.email for one in (member, other, left)] == ["new@example.org", "new@example.org", "old@example.org"]


def test_older_links_no_longer_work(member):
    before = member.link_number
    changed(member)
    assert member.link_number == before + 1


def test_a_new_address_that_is_already_a_member_keeps_its_preferences_and_gets_one_email(make, member):
    there = make.subscription(member.campaign, "new@example.org", languages=["fr"])
    changed(member)
    assert (there.email, there.status, there.languages) == ("new@example.org", SubscriptionStatus.CONFIRMED, "fr")
    assert member.status == SubscriptionStatus.UNSUBSCRIBED


@pytest.mark.parametrize("left", [True, False], ids=["has-left", "never-confirmed"])
def test_a_former_members_address_can_be_used_and_gets_no_email_twice(make, member, left):
    there = make.subscription(member.campaign, "new@example.org", confirmed=left)
    if left:
        subscriptions.unsubscribe(there)
        there.covered_until = clock.now() + timedelta(hours=1)
        db.session.commit()
    covered = max(one for one in (member.covered_until, there.covered_until) if one)
    changed(member)
    assert db.session.query(Subscription).one() == member
    assert (member.email, member.covered_until) == ("new@example.org", covered)


def test_the_current_address_is_rejected_as_a_new_one(member):
    with pytest.raises(DomainError) as caught:
        address_changes.request(member, "mailto:OLD@example.org")
    assert caught.value.field == "email"


def test_only_the_last_request_counts(member):
    asked(member, "wrong@example.org")
    asked(member, "right@example.org")
    assert [one.new_email for one in db.session.query(AddressChange)] == ["right@example.org"]


def test_an_email_that_is_no_longer_needed_is_not_sent(member):
    change = address_changes.request(member, "new@example.org")
    subscriptions.unsubscribe(member)
    db.session.commit()
    deliver_due()
    assert written_to() == []
    assert not address_changes.is_open(change, member)


def test_the_owner_of_the_old_address_can_undo_a_change_and_invalidates_newer_links(member):
    change = changed(member, "thief@example.org")
    stolen = member.link_number
    address_changes.undo(change, subscription_queries.numbered(change.moved_ids))
    assert (member.email, member.status) == ("old@example.org", SubscriptionStatus.CONFIRMED)
    assert member.link_number > stolen
    assert change.undone_at


@pytest.mark.parametrize("then", ["left", "moved on"])
def test_undoing_a_change_reverts_later_actions_of_the_thief(member, then):
    change = changed(member, "thief@example.org")
    if then == "left":
        subscriptions.unsubscribe(member)
    else:
        changed(member, "accomplice@example.org")
    address_changes.undo(change, subscription_queries.numbered(change.moved_ids))
    assert (member.email, member.status) == ("old@example.org", SubscriptionStatus.CONFIRMED)
    assert member.next_letter_at


def test_a_thief_who_is_a_member_keeps_only_their_own_subscription(make, member):
    thief = make.subscription(member.campaign, "thief@example.org", languages=["fr"])
    change = changed(member, "thief@example.org")
    address_changes.undo(change, subscription_queries.numbered(change.moved_ids))
    assert (member.email, member.status) == ("old@example.org", SubscriptionStatus.CONFIRMED)
    assert (thief.email, thief.status) == ("thief@example.org", SubscriptionStatus.CONFIRMED)
