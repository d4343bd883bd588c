"""A help request reaches the coordinators, and stays open until a person closes it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.travel import check_ins, help_calls
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.models.travel.check_ins import Answer, GivenAnswer
from app.queries.accounts import accounts
from app.queries.travel import help_calls as help_call_queries
from tests.factories import utc

NOW = utc("2025-12-09 12:00")


@pytest.fixture
def congress(make, at):
    at(NOW)
    return make.congress()


@pytest.fixture
def delegate(make, congress):
    delegation = make.delegation(congress, delegates=0)
    make.leg(delegation)
    return make.seat(delegation, make.person("Rosa", congress=congress, email="rosa@example.org"))


@pytest.fixture
def alice(make, congress):
    user = make.user("Alice")
    make.grant(user, Role.COORDINATOR, congress=congress)
    return user


def sent_to(address):
    db.session.commit()
    deliver_due()
    return [one.content.decode() for one in db.session.query(MailboxLetter).filter_by(recipient=address)]


def test_the_coordinators_are_emailed_at_once_without_any_names(make, congress, delegate, alice):
    organizer, elsewhere = make.user("Bob"), make.user("Charlie")
    make.grant(organizer, Role.ORGANIZER, congress=congress)
    make.grant(elsewhere, Role.COORDINATOR, congress=make.congress())
    check_ins.record_report(delegate, Answer.NEED_HELP, "at gate four")
    (letter,) = sent_to(alice.email)
    assert f"/congresses/{congress.id}/help" in letter
    assert "Rosa" not in letter
    assert "gate four" not in letter
    assert sent_to(organizer.email) == []
    assert sent_to(elsewhere.email) == []


def test_without_coordinators_everyone_who_works_on_the_congress_is_notified(make, congress, delegate):
    organizer = make.user("Bob")
    make.grant(organizer, Role.ORGANIZER, congress=congress)
    check_ins.record_report(delegate, Answer.NEED_HELP, None)
    assert len(sent_to(organizer.email)) == 1


def test_a_later_safe_does_not_close_the_call_and_no_answer_is_lost(make, congress, delegate, alice):
    problem = make.problem(congress)
    check_ins.ask(problem)
    for given, note in ((Answer.NEED_HELP, "robbed"), (Answer.SAFE, None)):
        check_ins.record_report(delegate, given, note)
    assert help_call_queries.open_of(delegate) is not None
    kept = db.session.scalars(select(GivenAnswer).order_by(GivenAnswer.id)).all()
    assert [(one.answer, one.note) for one in kept] == [(Answer.NEED_HELP, "robbed"), (Answer.SAFE, None)]


def test_calling_again_keeps_one_call_and_sends_at_most_one_email_a_minute(at, delegate, alice):
    for seconds in (0, 20, 70):
        at(NOW + timedelta(seconds=seconds))
        check_ins.record_report(delegate, Answer.NEED_HELP, None)
    assert len(help_call_queries.open_in([delegate.congress_id])) == 1
    assert len(sent_to(alice.email)) == 2


def test_a_closed_call_records_who_closed_it_and_why_and_a_new_one_can_be_opened(delegate, alice):
    call = help_calls.call(delegate)
    help_calls.close(call, by=alice, note="reached the embassy")
    assert help_call_queries.open_of(delegate) is None
    with pytest.raises(DomainError):
        help_calls.close(call, by=alice, note="again")
    assert help_calls.call(delegate).id != call.id
    assert [one.closing_note for one in help_call_queries.find(delegate.congress_id, "", "", 1).rows] == [
        None,
        "reached the embassy",
    ]


def test_no_email_is_sent_about_a_closed_call_or_to_an_account_with_a_revoked_grant(make, congress, delegate, alice):
    call = help_calls.call(delegate)
    help_calls.close(call, by=alice, note="with Ana")
    assert sent_to(alice.email) == []
    help_calls.call(delegate)
    for grant in accounts.get(alice.id).grants:
        grant.revoked_at = NOW
    assert sent_to(alice.email) == []
    kinds = select(Delivery.withdrawn_at).where(Delivery.kind == DeliveryKind.HELP_CALL)
    assert None not in db.session.scalars(kinds).all()


def test_an_answer_by_phone_records_who_took_it(make, congress, delegate, alice):
    problem = make.problem(congress)
    check_ins.ask(problem)
    check_ins.record_report(delegate, Answer.NEED_HELP, "stuck at the bridge", heard_by=alice)
    (given,) = help_call_queries.answers([delegate.id])[delegate.id]
    assert (given.heard_by.name, given.note) == ("Alice", "stuck at the bridge")
