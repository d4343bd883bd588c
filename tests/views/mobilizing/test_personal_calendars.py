"""Calendars of people without an account: their shifts, and the action that they have."""

import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from flask import current_app
from icalendar import Calendar

from app import tokens
from app.domain.actions import follow_ups
from app.domain.mobilizing import brigade_members, shift_places
from app.extensions import db
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import ShiftPlace
from tests.factories import utc

DUE = utc("2025-12-04 22:00")


@pytest.fixture
def story(house, browse, at):
    """Rosa has a shift and an action of a campaign in Bogotá; Alice works there."""
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        campaign, alice = make.campaign(), make.user("Alice")
        brigade = make.brigade(campaign, "Press brigade")
        rosa = make.person("Rosa", campaign=campaign, email="rosa@example.org", preferred_language="es")
        place = make.shift_place(make.shift(brigade), make.brigade_member(brigade, rosa))
        others = make.shift_place(make.shift(brigade, starts="2025-12-20T09:00"))
        action = make.follow_up(campaign, rosa, DUE, by=alice, title="Llamar a la radio")
        key = current_app.config["SECRET_KEY"]
        return SimpleNamespace(
            visitor=browse(None), place=place.id, member=place.member_id, action=action.id, other=others.shift_id,
            shifts=f"/shifts/{tokens.sign_brigade_member(key, place.member)}",
            actions=f"/action/{tokens.sign_shared_action(key, action)}",
        )  # fmt: skip


def feed_of(story, page):
    """Return the address of the calendar that a personal page shows."""
    [address] = re.findall(r'href="([^"]+\.ics)"', story.visitor.get(page).text)
    return urlsplit(address).path


def calendar(story, address):
    return Calendar.from_ical(story.visitor.get(address).data)


def test_the_page_of_a_member_leads_to_a_calendar_with_her_shifts_in_their_zone(house, story):
    shown = calendar(story, feed_of(story, story.shifts))
    [entry] = shown.walk("VEVENT")
    with house.open():
        shift = db.session.get_one(ShiftPlace, story.place).shift
        assert entry["DTSTART"].dt == shift.starts_at
        assert entry["DTSTART"].params["TZID"] == shift.timezone
    assert [str(one["TZID"]) for one in shown.walk("VTIMEZONE")] == [shift.timezone]
    assert "URL" not in entry


def test_a_shift_that_she_gives_back_leaves_her_calendar(house, story):
    address = feed_of(story, story.shifts)
    with house.open():
        shift_places.give_back(db.session.get_one(ShiftPlace, story.place))
        db.session.commit()
    assert calendar(story, address).walk("VEVENT") == []


def test_the_page_of_an_action_leads_to_a_calendar_with_this_action_alone(house, story):
    with house.open() as make:
        action = db.session.get_one(FollowUp, story.action)
        make.follow_up(action.campaign, action.assignee_person, DUE, title="Something else")
    shown = calendar(story, feed_of(story, story.actions))
    [entry] = shown.walk("VTODO")
    assert (entry["UID"], entry["DUE"].dt) == (f"follow-up-{story.action}@encuentro", DUE)
    assert len(shown.walk("VTIMEZONE")) == 1
    assert "URL" not in entry


def test_what_has_not_changed_is_not_sent_again(story):
    for page in (story.shifts, story.actions):
        address = feed_of(story, page)
        etag = story.visitor.get(address).headers["ETag"]
        assert story.visitor.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("page", ["shifts", "actions"])
def test_an_address_that_was_replaced_has_ended(story, page):
    personal = getattr(story, page)
    address = feed_of(story, personal)
    assert story.visitor.post(f"{personal}/calendar").status_code == 302
    over = story.visitor.get(address)
    assert (over.status_code, "VEVENT" in over.text, "VTODO" in over.text) == (410, False, False)
    assert story.visitor.get(feed_of(story, personal)).status_code == 200


def test_an_address_ends_with_the_personal_link(house, story):
    addresses = [feed_of(story, story.shifts), feed_of(story, story.actions)]
    with house.open():
        brigade_members.renew_link(db.session.get_one(BrigadeMember, story.member))
        follow_ups.renew_link(db.session.get_one(FollowUp, story.action))
        db.session.commit()
    assert [story.visitor.get(one).status_code for one in addresses] == [410, 410]


def test_the_address_of_a_calendar_opens_nothing_else(story):
    for page, beginning in ((story.shifts, "/shifts/"), (story.actions, "/action/")):
        token = feed_of(story, page).split("/")[2]
        assert story.visitor.get(f"{beginning}{token}").status_code == 404
        personal = page.split("/")[2]
        assert story.visitor.get(f"/calendar/{personal}/my-shifts.ics").status_code == 410
        assert story.visitor.get(f"/calendar/{personal}/my-action.ics").status_code == 410
    assert story.visitor.get("/calendar/none/my-shifts.ics").status_code == 410
