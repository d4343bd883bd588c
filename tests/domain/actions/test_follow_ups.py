"""Follow-ups and their reminders."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from app import clock
from app.domain.actions import follow_ups
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import Delivery, DeliveryKind
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


def test_the_assignee_is_reminded_before_it_is_due_and_again_when_it_is_overdue(assigned, at):
    assert deliver_at(at, DUE - timedelta(hours=25)) == []
    assert deliver_at(at, DUE - timedelta(hours=23)) == ["Due soon: Book the bus"]
    assert deliver_at(at, DUE + timedelta(minutes=1)) == ["Due soon: Book the bus", "Overdue: Book the bus"]
    assert len(deliver_at(at, DUE + timedelta(days=9))) == 2


def test_the_reminder_is_in_the_assignees_language_and_zone_and_omits_the_note(make, at):
    at(MONDAY)
    congress = make.congress()
    make.follow_up(congress, make.user("Ana", locale="es", timezone="America/Bogota"), DUE)
    make.follow_up(congress, make.user("Claire", locale="en", timezone="Europe/Paris"), DUE)
    at(DUE - timedelta(hours=1))
    deliver_due()
    letters = db.session.query(Letter).order_by(Letter.id)
    messages = [message_from_bytes(letter.content, policy=default) for letter in letters]
    assert messages[0]["Content-Language"] == "es"
    spanish, english = (message.get_body(("plain",)).get_content() for message in messages)
    assert "17:00 (Bogotá) = 18:00 (Caracas)" in spanish
    assert "Thu, Dec 4, 23:00 (Paris) = 18:00 (Caracas)" in english
    assert "Pedro" not in spanish + english


def test_completing_an_action_withdraws_its_reminders(assigned, at):
    follow_ups.complete(assigned)
    db.session.commit()
    assert deliver_at(at, DUE + timedelta(days=1)) == []


def test_canceling_an_action_withdraws_its_reminders_and_reopening_restores_them(assigned, at):
    follow_ups.cancel(assigned)
    follow_ups.reopen(assigned)
    db.session.commit()
    assert deliver_at(at, DUE - timedelta(hours=1)) == ["Due soon: Book the bus"]


def test_moving_the_due_date_moves_the_reminder(make, assigned, at):
    later = DUE + timedelta(days=7)
    follow_ups.change(assigned, make.follow_up_values(assigned.assignee, later))
    db.session.commit()
    assert deliver_at(at, DUE + timedelta(hours=1)) == []
    assert deliver_at(at, later - timedelta(hours=1)) == ["Due soon: Book the bus"]


def test_changing_the_due_date_and_back_does_not_send_the_reminder_again(make, assigned, at):
    assert len(deliver_at(at, DUE - timedelta(hours=1))) == 1
    for due_at in (DUE + timedelta(days=7), DUE):
        follow_ups.change(assigned, make.follow_up_values(assigned.assignee, due_at))
    db.session.commit()
    assert len(deliver_at(at, DUE - timedelta(minutes=30))) == 1


def test_a_new_assignee_gets_the_reminder_instead_of_the_first_one(make, assigned, at):
    bob = make.user("Bob")
    follow_ups.change(assigned, make.follow_up_values(bob, DUE), by=bob)
    db.session.commit()
    deliver_at(at, DUE - timedelta(hours=1))
    assert [letter.recipient for letter in db.session.query(Letter)] == [bob.email]


def test_a_reminder_is_not_sent_if_the_action_is_reassigned_meanwhile(make, assigned, at):
    assigned.assignee = make.user("Bob")  # the delivery to Alice still exists, as for a worker that has claimed it
    db.session.commit()
    assert deliver_at(at, DUE - timedelta(hours=1)) == []


def test_an_action_that_is_already_overdue_gets_only_the_overdue_notice(make, at):
    at(MONDAY)
    make.follow_up(make.congress(), make.user(), MONDAY - timedelta(hours=1))
    assert deliver_at(at, MONDAY + timedelta(minutes=1)) == ["Overdue: Book the bus"]


def test_zero_hours_before_means_no_early_reminder(make, at):
    at(MONDAY)
    make.follow_up(make.congress(), make.user(), DUE, remind_before_hours=0)
    assert deliver_at(at, DUE - timedelta(minutes=1)) == []
    assert deliver_at(at, DUE + timedelta(minutes=1)) == ["Overdue: Book the bus"]


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
    assert db.session.query(Delivery).filter_by(kind=DeliveryKind.REMINDER).count() == 2


def test_a_closed_account_gets_no_email(make, assigned, at):
    assigned.assignee.deactivated_at = clock.now()
    db.session.commit()
    assert deliver_at(at, DUE + timedelta(hours=1)) == []


def test_the_assignee_is_notified_at_once_unless_she_assigned_it_herself(make, at):
    at(MONDAY)
    alice, bob = make.user("Alice"), make.user("Bob")
    congress = make.congress()
    make.follow_up(congress, alice, DUE, by=bob)
    make.follow_up(congress, bob, DUE, by=bob)
    assert deliver_at(at, SOON) == ["1 new action for you"]


def test_actions_assigned_together_are_announced_in_one_email(make, at):
    at(MONDAY)
    alice, bob, congress = make.user("Alice"), make.user("Bob"), make.congress()
    delegations = [make.delegation(congress) for _ in range(3)]
    follow_ups.assign(make.follow_up_values(alice, DUE), by=bob, congress_id=congress.id, delegations=delegations)
    db.session.commit()
    assert deliver_at(at, SOON) == ["3 new actions for you"]


def test_a_new_assignee_is_notified_and_the_previous_one_is_not(make, assigned, at):
    bob, claire = make.user("Bob"), make.user("Claire")
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
