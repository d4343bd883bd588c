"""Safety check-ins: who is asked, who gets an email, and the effect of an answer."""

from email import message_from_bytes, policy

import pytest

from app.config import LOCALES
from app.domain.travel import check_ins, legs
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import MailboxLetter as Letter
from app.models.travel.check_ins import Answer, CheckIn
from app.models.travel.journeys import Leg, LegStatus
from app.queries.mail import deliveries
from app.queries.travel import check_ins as check_in_queries
from tests.factories import utc

NOW = utc("2025-12-09 12:00")


@pytest.fixture
def congress(make, at):
    at(NOW)
    return make.congress()


def delegation_of(make, congress, *emails, language="es"):
    delegation = make.delegation(congress, delegates=0)
    for number, email in enumerate(emails):
        make.seat(delegation, make.person(f"P{number}", congress=congress, email=email, preferred_language=language))
    return delegation


@pytest.fixture
def delegation(make, congress):
    delegation = delegation_of(make, congress, "a@example.org", "b@example.org", None)
    make.leg(delegation)
    return delegation


@pytest.fixture
def problem(make, congress, delegation):
    return make.problem(congress, cause_detail="Cielos cerrados", reference="A0012/25")


def letters():
    db.session.commit()
    deliver_due()
    return [letter.recipient for letter in db.session.query(Letter).order_by(Letter.id)]


def asked(problem):
    return {one.delegate_id for one in db.session.query(CheckIn).filter_by(problem_id=problem.id)}


def test_exactly_the_affected_travelers_are_asked(make, congress, delegation, problem):
    make.leg(delegation_of(make, congress, "c@example.org"), "MEX", "BOG")
    assert check_ins.ask(problem) == 3
    assert asked(problem) == {one.id for one in delegation.delegates}


def test_everyone_with_an_address_gets_one_email_no_matter_how_often_the_button_is_pressed(problem):
    check_ins.ask(problem)
    for _ in range(2):
        with pytest.raises(DomainError, match="already been asked"):
            check_ins.ask(problem)
        assert sorted(letters()) == ["a@example.org", "b@example.org"]


def test_only_newly_affected_travelers_are_asked_later(make, congress, delegation, problem):
    check_ins.ask(problem)
    letters()
    late = delegation_of(make, congress, "late@example.org")
    make.leg(late)
    assert check_ins.ask(problem) == 1
    assert letters()[2:] == ["late@example.org"]


def test_a_second_problem_asks_again(make, congress, problem):
    check_ins.ask(problem)
    assert check_ins.ask(make.problem(congress, kind="country")) == 3
    assert len(letters()) == 4


def test_travelers_on_another_route_are_not_asked(make, delegation, problem):
    make.party(delegation, delegation.delegates[0])
    assert check_ins.ask(problem) == 2
    assert delegation.delegates[0].id not in asked(problem)


def test_nobody_is_asked_about_a_problem_without_hits(make, delegation, problem):
    for journey in {leg.journey for leg in db.session.query(Leg)}:
        for leg in list(journey.legs):
            legs.set_leg_status(leg, LegStatus.DONE)
    with pytest.raises(DomainError):
        check_ins.ask(problem)
    assert asked(problem) == set()


def test_no_email_is_sent_to_those_who_have_already_answered(delegation, problem):
    check_ins.ask(problem)
    answered = db.session.query(CheckIn).filter_by(delegate_id=delegation.delegates[0].id).one()
    check_ins.answer(answered, Answer.SAFE, None)
    assert letters() == ["b@example.org"]
    assert not deliveries.due_ids(10)


def test_the_email_contains_the_link_but_neither_the_problem_nor_a_place(make, congress):
    delegation = delegation_of(make, congress, "a@example.org", language="en")
    make.leg(delegation, carrier="Conviasa", number="V0 3701")
    check_ins.ask(make.problem(congress, cause_detail="Closed skies", reference="A0012/25"))
    letters()
    letter = db.session.query(Letter).one()
    content = "\n".join(part.get_content() for part in parsed(letter).walk() if part.get_content_maintype() == "text")
    for word in ("Venezuela", "Caracas", "Bogot", "Conviasa", "3701", "Closed skies", "A0012", "airspace", "VE"):
        assert word not in f"{letter.subject}\n{content}", word
    assert "http://encuentro.test/here/" in content


@pytest.mark.parametrize("language", LOCALES)
def test_the_email_is_in_the_persons_language(make, congress, language):
    delegation = delegation_of(make, congress, "a@example.org", language=language)
    make.leg(delegation)
    check_ins.ask(make.problem(congress))
    letters()
    assert parsed(db.session.query(Letter).one())["Content-Language"] == language


def parsed(letter):
    return message_from_bytes(letter.content, policy=policy.default)


def test_an_answer_counts_until_the_next_one(problem, delegation, at):
    check_ins.ask(problem)
    first, second, third = (
        db.session.query(CheckIn).filter_by(delegate_id=one.id).one() for one in delegation.delegates
    )
    check_ins.answer(first, Answer.NEED_HELP, "The bus is stopped")
    check_ins.answer(second, Answer.NEED_HELP, None)
    at(utc("2025-12-09 15:00"))
    check_ins.answer(second, Answer.SAFE, "Found a lift")
    db.session.commit()
    roll = check_in_queries.roll(problem)
    assert ([roll.need_help, roll.silent, roll.safe], roll.asked) == ([(first,), (third,), (second,)], 3)
    assert (second.answered_at.hour, second.note) == (15, "Found a lift")
    at(utc("2025-12-09 16:00"))
    check_ins.answer(second, Answer.SAFE, None)
    assert (second.note, second.answered_at.hour) == (None, 16)
