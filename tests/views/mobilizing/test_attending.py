"""Signing up to attend a mobilization, and being told when it is moved or canceled."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.mobilizing import mobilizations, sign_ups
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from tests.factories import local, utc
from tests.views.mobilizing.test_sign_ups import filled
from tests.views.pages import text


@pytest.fixture
def story(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make:
        campaign = make.campaign(slug="water", open_to_sign_ups=True)
        bob = make.user("Bob")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        march = make.mobilization(campaign, starts=local("2026-03-20 18:00"), title="March along the river")
        about = {"mobilization_id": march.id}
        for changes in ({}, {"confirmed": False}, {"email": None, "phone": "+57 601 5550100"}):
            make.sign_up(campaign, SignUpKind.ATTEND, about=about, **changes)
        sign_ups.withdraw(make.sign_up(campaign, SignUpKind.ATTEND, about=about))
        here = f"/campaigns/{campaign.id}/mobilizations/{march.id}"
        return {"bob": browse(bob), "here": here, "public": f"/c/water/mobilizations/{march.id}", "id": march.id}


def letters(house, at):
    """Return the emails about changes that are sent when the ten minutes are over."""
    at(clock.now() + timedelta(minutes=11))
    with house.open():
        deliver_due()
        found = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id)).all()
        return [one.subject for one in found if "river" in one.subject]


def test_somebody_signs_up_to_attend_and_sees_where_and_when(story, house, browse, at):
    visitor = browse(None)
    page = text(visitor.get(f"{story['public']}?locale=en"))
    assert "It begins in 19 days: Fri, Mar 20, 18:00 (Bogotá)." in page
    sent = filled(visitor, story["public"], at, {"name": "Eva", "email": "eva@example.org", "agreed": "y"})
    assert visitor.post(story["public"], sent).status_code == 302
    with house.open():
        signed = db.session.scalars(select(SignUp).where(SignUp.email == "eva@example.org")).one()
        assert (signed.kind, signed.mobilization_id, signed.confirmed_at) == (SignUpKind.ATTEND, story["id"], None)
    assert visitor.get(f"{story['public']}.ics").mimetype == "text/calendar"


def test_moves_and_cancellations_are_told_once_to_those_who_attend(story, house, at):
    bob = story["bob"]
    asked = text(bob.get(f"{story['here']}/move"))
    assert "1 person gets an email. 1 gave only a phone number." in asked
    assert bob.edit(f"{story['here']}/move", starts="2026-03-21T10:00").status_code == 302
    bob.edit(f"{story['here']}/move", starts="2026-03-21T11:00", change_reason="Rain")
    assert letters(house, at) == ["Changed: March along the river"]  # both moves within ten minutes
    bob.edit(f"{story['here']}/move", address="Plaza Bolívar", tell=None)
    assert len(letters(house, at)) == 1
    bob.edit(f"{story['here']}/cancel", change_reason="The square is closed.")
    assert letters(house, at)[1:] == ["Canceled: March along the river"]


def test_what_is_moved_and_moved_back_or_canceled_and_reinstated_within_ten_minutes_is_not_told(story, house, at):
    bob = story["bob"]
    bob.edit(f"{story['here']}/move", starts="2026-03-21T10:00")
    bob.edit(f"{story['here']}/move", starts="2026-03-20T18:00")
    bob.edit(f"{story['here']}/cancel", change_reason="The square is closed.")
    bob.post(f"{story['here']}/reinstate")
    assert letters(house, at) == []
    bob.edit(f"{story['here']}/move", starts="2026-03-21T10:00")
    assert len(letters(house, at)) == 1
    bob.edit(f"{story['here']}/move", starts="2026-03-20T18:00")
    assert len(letters(house, at)) == 2, "the letter with the other time was sent"
    bob.edit(f"{story['here']}/move", change_reason="Bring lanterns")
    assert len(letters(house, at)) == 3, "a reason alone is told if somebody wants it"


def test_nobody_can_sign_up_for_what_was_canceled(story, house, browse, at):
    with house.open():
        mobilizations.cancel(db.session.get_one(Mobilization, story["id"]), None)
        open_one = db.session.scalars(select(SignUp).where(SignUp.confirmed_at.is_(None))).first()
        with pytest.raises(Exception, match="canceled"):
            sign_ups.confirm(open_one)
        db.session.commit()
    page = text(browse(None).get(f"{story['public']}?locale=en"))
    assert "will not take place" in page
    assert '<form class="sheet"' not in page
