"""Actions in calendars: in files attached to letters, and under secret addresses."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace

import pytest
from icalendar import Calendar

from app.domain.actions import follow_ups, losing_access
from app.domain.mobilizing import mobilizations
from app.domain.recording import recording
from app.domain.undo import undo
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Grant, Role, User
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUpKind
from tests.factories import utc

NOW = utc("2025-12-01 12:00")
DUE = utc("2025-12-04 22:00")


@pytest.fixture
def story(house, at, browse):
    """Bob has an action of a congress, and works on a campaign with a mobilization; others are not his."""
    at(NOW)
    with house.open() as make:
        congress, campaign = make.congress(), make.campaign()
        alice, bob = make.user("Alice"), make.user("Bob", timezone="America/Bogota")
        make.grant(alice, Role.ADMIN)
        grant = make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        action = make.follow_up(congress, bob, DUE, by=alice)
        make.follow_up(congress, alice, DUE, title="Hers")
        ours = make.mobilization(campaign)
        make.mobilization(make.campaign("Elsewhere"))
    return SimpleNamespace(alice=alice, bob=bob, client=browse(bob), grant=grant.id, action=action.id, ours=ours.id)


def addresses(client):
    """Create the calendars of an account, and return their paths."""
    assert client.post("/account/calendars/renew", {}).status_code == 302
    return re.findall(r"(/calendar/[\w-]+/\w+\.ics)", client.get("/account").text)


def entries(content):
    return [one for one in Calendar.from_ical(content).walk() if one.name in ("VTODO", "VEVENT")]


def test_nobody_has_a_calendar_before_creating_it(story, browse):
    assert "/calendar/" not in story.client.get("/account").text
    assert browse(None).get("/calendar/None/actions.ics").status_code == 410


def test_the_calendars_contain_ones_own_actions_and_the_mobilizations_of_ones_campaigns(story, browse):
    own, ours = addresses(story.client)
    answer = browse(None).get(own)
    [action] = entries(answer.data)
    assert answer.mimetype == "text/calendar"
    assert "Set-Cookie" not in answer.headers
    assert (action["UID"], action["SUMMARY"]) == (f"follow-up-{story.action}@encuentro", "Book the bus")
    assert action["DUE"].to_ical() == b"20251204T170000"
    assert action["DUE"].params["TZID"] == "America/Bogota"
    assert b"Pedro" not in answer.data
    assert [str(one["TZID"]) for one in Calendar.from_ical(answer.data).walk("VTIMEZONE")] == ["America/Bogota"]
    [event] = entries(browse(None).get(ours).data)
    assert event["UID"] == f"mobilization-{story.ours}@encuentro"


def test_a_calendar_that_has_not_changed_is_not_sent_again(house, story, browse, at):
    own, _ours = addresses(story.client)
    tag = browse(None).get(own).headers["ETag"]
    at(NOW + timedelta(hours=1))
    assert browse(None).get(own, headers={"If-None-Match": tag}).status_code == 304
    with house.open():
        follow_ups.complete(db.session.get_one(FollowUp, story.action))
    assert browse(None).get(own, headers={"If-None-Match": tag}).status_code == 200


def test_replaced_and_ended_addresses_are_gone(story, browse):
    first = addresses(story.client)
    second = addresses(story.client)
    assert [browse(None).get(path).status_code for path in (*first, *second)] == [410, 410, 200, 200]
    story.client.post("/account/calendars/end", {})
    assert [browse(None).get(path).status_code for path in second] == [410, 410]


@pytest.mark.parametrize("end", ["revoked", "closed"])
def test_a_calendar_contains_only_what_its_account_may_see_now(house, story, browse, end):
    own, _ours = addresses(story.client)
    with house.open():
        if end == "revoked":
            losing_access.revoke(db.session.get_one(Grant, story.grant))
        else:
            losing_access.deactivate(db.session.get_one(User, story.bob.id))
    answer = browse(None).get(own)
    assert answer.status_code == (200 if end == "revoked" else 410)
    assert b"Book the bus" not in answer.data


def test_the_sequence_rises_only_when_time_or_status_changes(house, story):
    def sequence():
        with house.open():
            return db.session.get_one(FollowUp, story.action).sequence

    def change(**changes):
        with house.open() as make:
            action = db.session.get_one(FollowUp, story.action)
            follow_ups.change(action, make.follow_up_values(action.assignee, DUE) | changes)

    assert sequence() == 0
    change(title="Book two buses", note="Other words")
    assert sequence() == 0
    change(due_at=DUE + timedelta(days=1))
    assert sequence() == 1
    with house.open():
        alice, action = db.session.get_one(User, story.alice.id), db.session.get_one(FollowUp, story.action)
        with recording("follow_ups.close", action.title, by=alice) as entry:
            follow_ups.complete(action)
        assert action.sequence == 2
        undo(entry, by=alice)
    assert sequence() == 3


def test_letters_have_the_actions_attached_for_the_calendar(house, story, at):
    def attached():
        with house.open():
            deliver_due()
            kept = db.session.query(MailboxLetter).filter_by(recipient=story.bob.email).order_by(MailboxLetter.id)
            letter = message_from_bytes(kept.all()[-1].content, policy=default)
            [part] = letter.iter_attachments()
            assert (part.get_content_type(), part["Content-Type"].params["method"]) == ("text/calendar", "PUBLISH")
            return Calendar.from_ical(part.get_content())

    assigned = attached()
    at(DUE - timedelta(hours=8))
    reminded = attached()
    for calendar in (assigned, reminded):
        [action] = entries(calendar.to_ical())
        assert calendar["METHOD"] == "PUBLISH"
        assert action["UID"] == f"follow-up-{story.action}@encuentro"
        assert str(action["ORGANIZER"]).startswith("mailto:")
        assert action["DTSTART"].dt < action["DUE"].dt
        assert calendar.walk("VTIMEZONE")


def test_an_action_that_was_assigned_when_it_was_due_begins_before_it_is_due(house, story, browse):
    with house.open() as make:
        make.follow_up(None, db.session.get_one(User, story.alice.id), NOW - timedelta(days=1), title="Late")
    own, _ours = addresses(browse(story.alice))
    [late] = [one for one in entries(browse(None).get(own).data) if one["SUMMARY"] == "Late"]
    assert late["DTSTART"].dt < late["DUE"].dt


def test_whoever_attends_gets_the_cancellation_for_the_calendar(house, story, at):
    with house.open() as make:
        mobilization = db.session.get_one(Mobilization, story.ours)
        attends = {"email": "rosa@example.org", "about": {"mobilization": mobilization}}
        make.sign_up(mobilization.campaign, SignUpKind.ATTEND, **attends)
        mobilizations.cancel(mobilization, "The square is closed", tell=True)
    at(NOW + timedelta(minutes=11))
    with house.open():
        deliver_due()
        kept = db.session.query(MailboxLetter).filter_by(recipient="rosa@example.org").order_by(MailboxLetter.id)
        [part] = message_from_bytes(kept.all()[-1].content, policy=default).iter_attachments()
    [event] = entries(part.get_content())
    assert part["Content-Type"].params["method"] == "CANCEL"
    assert (event["UID"], event["STATUS"]) == (f"mobilization-{story.ours}@encuentro", "CANCELLED")
    assert event["SEQUENCE"] == 1
