"""Alarms: told once, and once more when it is over, whoever looks and however often."""

from datetime import timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from app.domain.accounts import alarms
from app.domain.actions import losing_access
from app.extensions import db
from app.jobs.mail.composers import compose
from app.models.accounts.accounts import Grant, Role
from app.models.accounts.alarms import Alarm, Sign
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.accounts import alarms as known
from app.queries.state import Case, Condition, Line
from app.wording.state import _WORDS, TITLES, in_english, told
from tests.factories import utc
from tests.races import meet, together

NOW = utc("2025-12-01 14:00")
GOOD = Line(Sign.WORKER)


def silent(since=NOW):
    return Line(Sign.WORKER, Case.SILENT, Condition.ATTENTION, since)


@pytest.fixture
def admins(make, at):
    """Two admins; others are not told."""
    at(NOW)
    admins = [make.user("Alice"), make.user("Ana", locale="es")]
    for one in admins:
        make.grant(one, Role.ADMIN)
    make.grant(make.user("Bob"), Role.COORDINATOR)
    make.grant(make.user("Eva"), Role.ADMIN, congress=make.congress())
    closed = make.user("Rosa")
    make.grant(closed, Role.ADMIN)
    closed.deactivated_at = NOW
    db.session.flush()
    return admins


def queued():
    """Return the occasions of all letters about alarms, without the number of the alarm, with the id of the account."""
    found = db.session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.ALARM).order_by(Delivery.id))
    return [(one.occasion.partition(":")[0], one.user_id) for one in found]


def after(at, minutes, *lines):
    at(NOW + timedelta(minutes=minutes))
    alarms.watch(lines)


def test_what_passes_by_itself_is_told_to_nobody(admins, at):
    after(at, 0, silent())
    after(at, 4, silent())
    after(at, 4.5, GOOD)
    assert queued() == []
    assert known.open_ones() == []
    after(at, 6, silent(NOW + timedelta(minutes=6)))
    after(at, 10, silent(NOW + timedelta(minutes=6)))
    assert queued() == []


def test_what_needs_attention_for_a_while_is_told_once_to_each_admin_and_once_when_it_is_over(admins, at):
    after(at, 0, silent())
    for minutes in (5, 6, 60, 600):
        after(at, minutes, silent())
    told_to = [("raised", one.id) for one in admins]
    assert queued() == told_to
    assert [one.sign for one in known.raised()] == [Sign.WORKER]
    after(at, 601, GOOD)
    after(at, 605, GOOD)
    assert queued() == told_to
    for minutes in (607, 608, 700):
        after(at, minutes, GOOD)
    assert queued() == [*told_to, *(("over", one.id) for one in admins)]
    assert known.open_ones() == []
    [past] = known.earlier()
    assert past.since == NOW
    assert timedelta(minutes=607) < past.over_at - NOW < timedelta(minutes=608)


def test_what_is_good_only_for_a_moment_goes_on_being_the_same_alarm(admins, at):
    after(at, 0, silent())
    after(at, 5, silent())
    for minutes in range(6, 60, 2):
        after(at, minutes, GOOD)
        after(at, minutes + 1, silent())
    assert len(queued()) == len(admins)


def test_what_has_needed_attention_for_long_when_it_is_first_seen_is_told_at_once(admins, at):
    after(at, 0, silent(NOW - timedelta(hours=1)))
    assert len(queued()) == len(admins)


def test_a_second_time_is_told_again(admins, at):
    for begin in (0, 100):
        after(at, begin, silent())
        after(at, begin + 5, silent())
        after(at, begin + 10, GOOD)
        after(at, begin + 16, GOOD)
    assert [what for what, _user in queued()] == ["raised", "raised", "over", "over"] * 2


def test_a_sign_that_is_no_longer_looked_at_is_good(admins, at):
    after(at, 0, silent(NOW - timedelta(hours=1)))
    after(at, 10)
    after(at, 20)
    assert [what for what, _user in queued()] == ["raised", "raised", "over", "over"]


def test_two_processes_that_look_at_the_same_moment_tell_it_once(house, at, monkeypatch):
    at(NOW)
    with house.open() as make:
        make.grant(make.user("Alice"), Role.ADMIN)
        alarms.watch([silent()])
    at(NOW + timedelta(minutes=10))
    if house.app.config["SETTINGS"].database_url.startswith("postgresql"):  # in SQLite, one waits for the other
        meet(monkeypatch, alarms, "_change")

    def look():
        with house.open():
            alarms.watch([silent()])

    together(look, look)
    with house.open():
        assert [what for what, _user in queued()] == ["raised"]
        assert len(db.session.scalars(select(Alarm)).all()) == 1


def letter_of(number):
    found = select(Delivery).where(Delivery.kind == DeliveryKind.ALARM).order_by(Delivery.id)
    return compose(db.session.scalars(found).all()[number])


def test_the_letter_says_what_is_wrong_since_when_and_what_to_do_in_the_language_of_the_admin(admins, at):
    after(at, 0, silent(NOW - timedelta(hours=1)))
    letter, spanish = letter_of(0), letter_of(1)
    assert letter.subject == "Encuentro needs attention: Worker"
    for part in (letter.text, letter.html):
        assert "It does nothing: no email is sent." in part
        assert "Mon, Dec 1, 09:00 (Caracas)" in part
        assert "start Encuentro again" in part
        assert "http://encuentro.test/house/state" in part
    assert spanish.language == "es"
    assert spanish.subject.startswith("Encuentro necesita atención: ")


def test_an_admin_who_has_lost_the_role_gets_no_letter(admins, at):
    after(at, 0, silent(NOW - timedelta(hours=1)))
    losing_access.revoke(db.session.scalars(select(Grant).where(Grant.user_id == admins[0].id)).one())
    db.session.expire_all()
    assert letter_of(0) is None
    assert letter_of(1) is not None
    withdrawn = db.session.scalars(select(Delivery.withdrawn_at).order_by(Delivery.id)).all()
    assert [one is not None for one in withdrawn] == [True, False]


def test_the_letter_that_it_is_over_says_from_when_to_when(admins, at):
    after(at, 0, silent(NOW - timedelta(hours=1)))
    after(at, 10, GOOD)
    after(at, 20, GOOD)
    assert letter_of(0) is None  # it was not sent in time, and the other one says all
    letter = letter_of(2)
    assert letter.subject == "Encuentro is good again: Worker"
    assert "since Mon, Dec 1, 09:00 (Caracas), and has been good since Mon, Dec 1, 10:10 (Caracas)" in letter.text


def test_every_line_has_words_and_whatever_needs_attention_says_what_to_do(make):
    assert {*TITLES} == {*Sign}
    assert {sign for sign, case in _WORDS if case is Case.GOOD} == {*Sign}
    for (sign, case), words in _WORDS.items():
        line = Line(sign, case, Condition.ATTENTION, NOW)
        with force_locale("en"):
            assert told(line, "UTC").found == words.found
        assert in_english(line).startswith(f"{TITLES[sign]}: needs attention. {words.found}")
        assert words.advice or case in (Case.GOOD, Case.FIRST), (sign, case)
