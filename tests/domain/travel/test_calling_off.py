"""Calling off a problem keeps everything that was recorded about it, and can be undone."""

import pytest
from sqlalchemy import select

from app import clock
from app.domain.actions import follow_ups
from app.domain.travel import calling_off, check_ins
from app.domain_errors import DomainError
from app.extensions import db
from app.models.actions.follow_ups import FollowUpKind
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.travel.check_ins import Answer, CheckIn
from app.queries.mail.deliveries import WAITING
from app.queries.travel import closures, hits
from app.queries.travel import problems as problem_queries
from tests.factories import utc


def waiting(kind):
    """Return the number of waiting emails of a kind."""
    return len(db.session.scalars(select(Delivery.id).where(Delivery.kind == kind, *WAITING)).all())


@pytest.fixture
def asked(make, at):
    """A future problem that affects a delegation: its delegate was emailed, and an action is suggested."""
    at(utc("2025-12-01 12:00"))
    congress = make.congress()
    delegation = make.delegation(congress, delegates=0)
    make.seat(delegation, make.person("Rosa", congress=congress, email="rosa@example.org"))
    make.leg(delegation)
    problem = make.problem(congress)
    values = make.follow_up_values(make.user())
    about = {"congress_id": congress.id, "problem": problem, "delegations": [delegation]}
    follow_ups.assign(values, by=None, kind=FollowUpKind.REBOOK, **about)
    check_ins.ask(problem)
    return problem


def test_calling_off_a_problem_ends_its_hits_and_withdraws_its_actions_and_emails(asked):
    [action] = db.session.scalars(select(follow_ups.FollowUp)).unique()
    assert len(hits.impact(asked.congress_id).hits) == 1
    assert closures.of_congress(asked.congress_id)[0]
    calling_off.call_off(asked, by=None)
    assert hits.impact(asked.congress_id).hits == ()
    assert closures.of_congress(asked.congress_id) == ([], [])
    assert not action.is_open
    assert (action.next_reminder_at, waiting(DeliveryKind.CHECK_IN)) == (None, 0)
    assert problem_queries.listing(asked.congress_id) == [asked]
    assert problem_queries.expected(asked.congress_id) == []
    assert problem_queries.expected(asked.congress_id, or_id=asked.id) == [asked]


def test_check_ins_and_answers_of_a_called_off_problem_are_kept(asked):
    check_in = db.session.scalars(select(CheckIn).order_by(CheckIn.id)).unique().first()
    check_ins.answer(check_in, Answer.NEED_HELP, "The bus has left")
    calling_off.call_off(asked, by=None)
    db.session.expire_all()
    assert [(one.answer, one.note) for one in db.session.scalars(select(CheckIn)).unique() if one.answer] == [
        (Answer.NEED_HELP, "The bus has left")
    ]


def test_undoing_calling_off_restores_everything(asked):
    [action] = db.session.scalars(select(follow_ups.FollowUp)).unique()
    letters = [(kind, waiting(kind)) for kind in DeliveryKind]
    calling_off.call_off(asked, by=None)
    calling_off.reinstate(asked)
    assert asked.called_off_at is None
    assert len(hits.impact(asked.congress_id).hits) == 1
    assert action.is_open
    assert [(kind, waiting(kind)) for kind in DeliveryKind] == letters


def test_an_email_withdrawn_for_another_reason_is_not_reactivated(asked, at):
    asking = select(Delivery).where(Delivery.kind == DeliveryKind.CHECK_IN).order_by(Delivery.id)
    letter = db.session.scalars(asking).first()
    letter.withdrawn_at = clock.now()
    db.session.flush()
    at(utc("2025-12-01 13:00"))
    before = waiting(DeliveryKind.CHECK_IN)
    calling_off.call_off(asked, by=None)
    calling_off.reinstate(asked)
    assert waiting(DeliveryKind.CHECK_IN) == before


def test_a_problem_that_has_begun_cannot_be_called_off(asked, at):
    at(utc("2025-12-10 12:00"))
    with pytest.raises(DomainError):
        calling_off.call_off(asked, by=None)
    assert asked.called_off_at is None
