"""Follow-ups and their reminders."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.actions import follow_ups
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter as Letter
from tests.factories import utc

MONDAY = utc("2025-12-01 12:00")
DUE = utc("2025-12-04 22:00")
SOON = MONDAY + timedelta(minutes=1)


def subjects():
    return [letter.subject for letter in db.session.query(Letter).order_by(Letter.id)]


def deliver_at(at, instant):
    at(instant)
    deliver_due()
    return subjects()


@pytest.fixture
def assigned(make, at):
    at(MONDAY)
    alice = make.user("Alice", timezone="America/Bogota")
    return make.follow_up(make.congress(), alice, DUE)


def test_a_closed_action_is_not_changed(make, assigned):
    follow_ups.complete(assigned)
    with pytest.raises(DomainError, match="closed"):
        follow_ups.change(assigned, make.follow_up_values(assigned.assignee, DUE))


def test_one_action_is_created_for_each_delegation(make, at):
    at(MONDAY)
    congress, alice = make.congress(), make.user()
    delegations = [make.delegation(congress), make.delegation(congress)]
    created = follow_ups.assign(
        make.follow_up_values(alice, DUE),
        by=alice,
        congress_id=congress.id,
        problem=make.problem(congress),
        delegations=delegations,
    )
    assert [one.delegation_id for one in created] == [one.id for one in delegations]
    assert all(one.next_reminder_at for one in created)


def test_a_closed_account_gets_no_email(make, assigned, at):
    assigned.assignee.deactivated_at = clock.now()
    db.session.commit()
    assert deliver_at(at, DUE + timedelta(hours=1)) == []


def test_the_assignee_is_notified_at_once_unless_she_assigned_it_herself(make, at):
    at(MONDAY)
    alice, bob = make.user("Alice"), make.user("Bob")
    congress = make.congress()
    make.grant(alice, Role.ORGANIZER, congress=congress)
    make.follow_up(congress, alice, DUE, by=bob)
    make.follow_up(congress, bob, DUE, by=bob)
    assert deliver_at(at, SOON) == ["1 new action for you"]


def test_actions_assigned_together_are_announced_in_one_email(make, at):
    at(MONDAY)
    alice, bob, congress = make.user("Alice"), make.user("Bob"), make.congress()
    make.grant(alice, Role.ORGANIZER, congress=congress)
    delegations = [make.delegation(congress) for _ in range(3)]
    follow_ups.assign(make.follow_up_values(alice, DUE), by=bob, congress_id=congress.id, delegations=delegations)
    db.session.commit()
    assert deliver_at(at, SOON) == ["3 new actions for you"]


def test_a_new_assignee_is_notified_and_the_previous_one_is_not(make, assigned, at):
    bob, claire = make.user("Bob"), make.user("Claire")
    make.grant(bob, Role.ORGANIZER)
    make.grant(claire, Role.ORGANIZER)
    follow_ups.change(assigned, make.follow_up_values(bob, DUE), by=claire)
    follow_ups.change(assigned, make.follow_up_values(claire, DUE), by=claire)
    db.session.commit()
    assert deliver_at(at, SOON) == []
    follow_ups.change(assigned, make.follow_up_values(bob, DUE), by=claire)
    db.session.commit()
    assert deliver_at(at, SOON + timedelta(minutes=1)) == ["1 new action for you"]


@pytest.mark.parametrize("days", [-401, 5 * 366 + 1])
def test_a_due_date_years_from_now_is_rejected(make, at, days):
    at(MONDAY)
    alice, congress = make.user("Alice"), make.congress()
    with pytest.raises(DomainError) as refused:
        make.follow_up(congress, alice, MONDAY + timedelta(days=days))
    assert refused.value.field == "due"
