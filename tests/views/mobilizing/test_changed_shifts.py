"""Members who have a place in a shift are told by email when it moves or is removed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app import clock
from app.domain.mobilizing import shift_places
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.brigades import Channel
from app.models.mobilizing.shifts import ShiftNotice, ShiftPlace
from tests.factories import utc
from tests.views.pages import text


@pytest.fixture
def story(house, browse, at):
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        campaign = make.campaign()
        bob = make.user("Bob")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        brigade = make.brigade(campaign, "Press brigade")
        shift = make.shift(brigade, needed=3)
        said = (("Rosa", "pt", Channel.EMAIL), ("Ana", "en", Channel.EMAIL), ("Luz", "es", Channel.PHONE))
        for name, language, channel in said:
            values = {"preferred_language": language, "email": f"{name}@example.org", "phone": "+58 212 5550142"}
            person = make.person(name, "Secreta", campaign=campaign, **values)
            make.shift_place(shift, make.brigade_member(brigade, person, channel=channel))
        db.session.execute(delete(ShiftNotice))  # they know that they have it
        db.session.commit()
        here = f"/campaigns/{campaign.id}/brigades/{brigade.id}/shifts/{shift.id}"
    return {"bob": browse(bob), "here": here}


def letters(house, at):
    """Return the subjects of the emails about changes, once those who wait ten minutes are sent."""
    at(clock.now() + timedelta(minutes=11))
    with house.open():
        deliver_due()
        found = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id)).all()
        return [one.subject for one in found]


def test_those_who_have_a_place_are_told_of_a_move_in_their_language(story, house, at):
    story["bob"].edit(f"{story['here']}/edit", starts="2025-12-10T10:00", ends="2025-12-10T14:00")
    subjects = letters(house, at)
    assert len(subjects) == 2
    assert subjects[0].startswith("Seu turno foi transferido: ")
    assert subjects[1].startswith("Your shift was moved: ")


def test_two_moves_within_ten_minutes_are_told_once_and_a_new_note_not_at_all(story, house, at):
    story["bob"].edit(f"{story['here']}/edit", venue="Radio station")
    story["bob"].edit(f"{story['here']}/edit", venue="Library")
    assert len(letters(house, at)) == 2
    story["bob"].edit(f"{story['here']}/edit", note="Bring water.")
    assert len(letters(house, at)) == 2


def test_somebody_who_has_given_the_place_back_is_not_told(story, house, at):
    with house.open():
        shift_places.give_back(db.session.scalars(select(ShiftPlace).order_by(ShiftPlace.id)).first())
        db.session.commit()
    story["bob"].edit(f"{story['here']}/edit", venue="Radio station")
    assert len(letters(house, at)) == 1


def test_removing_names_who_has_to_be_called_and_tells_the_others(story, house, at):
    page = text(story["bob"].get(f"{story['here']}/remove"))
    assert "2 people get an email." in page
    assert "Call those without email: Luz Secreta." in page
    story["bob"].post(f"{story['here']}/remove")
    assert [one.partition(":")[0] for one in letters(house, at)] == [
        "Seu turno foi cancelado",
        "Your shift was canceled",
    ]


def test_nobody_is_told_of_a_removal_that_is_undone(story, house, at):
    story["bob"].edit(f"{story['here']}/edit", venue="Radio station")
    done = story["bob"].post(f"{story['here']}/remove", follow_redirects=True)
    story["bob"].post(re.search(r'action="([^"]*/undo/\d+)"', done.text)[1])
    assert story["bob"].get(story["here"]).status_code == 200
    assert all("moved" in one or "transferido" in one for one in letters(house, at))


def test_nobody_is_told_of_a_shift_that_is_over(story, house, at):
    at(utc("2025-12-12 12:00"))
    story["bob"].post(f"{story['here']}/remove")
    with house.open():
        assert db.session.scalars(select(ShiftNotice)).all() == []
