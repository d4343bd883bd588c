"""Every kind of personal link has an end, and a page that says so."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import current_app
from itsdangerous import TimestampSigner

from app import clock, tokens
from app.domain.accounts import calendars
from app.domain.campaigns import address_changes
from app.domain.mobilizing import brigade_members
from app.domain.travel import check_ins, help_calls
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.congress.delegations import Delegate
from app.models.mobilizing.brigades import BrigadeMember
from app.models.travel.check_ins import Answer, HelpCall
from app.owner_tokens import sign_factor_reset
from tests.factories import utc
from tests.views.pages import text

NOW = utc("2025-12-01 14:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _signatures_are_dated_by_our_clock(monkeypatch):
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: int(clock.now().timestamp()))


@pytest.fixture
def story(house, at):
    """One personal link of each kind, by its purpose."""
    at(NOW)
    with house.open() as make:
        key = current_app.config["SECRET_KEY"]
        congress = make.congress(start_date=NOW.date() + 5 * DAY, end_date=NOW.date() + 7 * DAY)
        campaign = make.campaign(end_date=NOW.date() + 10 * DAY)
        rosa = make.person("Rosa", congress=congress, email="rosa@example.org")
        delegate = make.seat(make.delegation(congress, delegates=0), rosa)
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        calendars.renew(alice)
        shared = make.follow_up(congress, rosa, NOW + 3 * DAY)
        member = make.brigade_member(make.brigade(campaign))
        host = make.proposal(make.day_of_action(campaign), approved=True)
        change = address_changes.request(make.subscription(campaign), "new@example.org")
        moved = make.subscription(campaign)
        made = address_changes.request(moved, "moved@example.org")
        address_changes.confirm(made, [moved])
        reset = make.factor_reset(make.user("Eva"))
        links = {
            "delegate": f"/here/{tokens.sign_delegate_link(key, delegate)}",
            "brigade member": f"/shifts/{tokens.sign_brigade_member(key, member)}",
            "host": f"/hosting/{tokens.sign_host(key, host)}",
            "shared action": f"/action/{tokens.sign_shared_action(key, shared)}",
            "step": f"/do/{tokens.sign_step(key, shared, None, NOW.date())}",
            "password": f"/password/{tokens.sign_password_link(key, make.user('Bob'))}",
            "preferences": f"/preferences/{tokens.sign_preferences(key, campaign.id, moved.id, moved.link_number)}",
            "address change": f"/address/{tokens.sign_address_change(key, change)}",
            "address change undone": f"/address-back/{tokens.sign_address_change(key, made, undo=True)}",
            "factor reset": f"/second-factor/{sign_factor_reset(key, reset.id)}",
            "calendar": f"/calendar/{alice.calendar_key}/actions.ics",
        }
        return SimpleNamespace(
            links=links, delegate=delegate.id, member=member.id, alice=alice.id, mobilization=host.mobilization_id,
            over=host.mobilization.ends_at,
        )  # fmt: skip


ENDS = {
    "delegate": lambda story: NOW + 38 * DAY,
    "brigade member": lambda story: NOW + 41 * DAY,
    "host": lambda story: story.over + 91 * DAY,
    "shared action": lambda story: NOW + 64 * DAY,
    "step": lambda story: NOW + 32 * DAY,
    "preferences": lambda story: NOW + timedelta(minutes=61),
    "password": lambda story: NOW + 8 * DAY,
    "address change": lambda story: NOW + 8 * DAY,
    "address change undone": lambda story: NOW + 31 * DAY,
    "factor reset": lambda story: NOW + 8 * DAY,
}
"""When each link is over. The longest of them works a quarter of a year after what it is for."""

UNTIL_ENDED = {
    "calendar": "its owner ends it, or the account is closed",
    "calendar of shifts": "the link to the shifts ends",
    "calendar of an action": "the link to the action ends",
    "sign-up": "it withdraws the sign-up, which works for good; it confirms only while nobody has decided otherwise",
    "leaving": "it ends the subscription, which works for good",
    "subscription request": "it is confirmed, or there is a later decision",
    "consent to emails": "it withdraws the consent, which works for good",
}
"""Links that time does not end, and what does."""


def test_every_kind_of_link_says_when_it_ends(app):
    purposes = {view.link.purpose for view in app.view_functions.values() if hasattr(view, "link")}
    assert purposes == ENDS.keys() | UNTIL_ENDED.keys()


@pytest.mark.parametrize("purpose", ENDS)
def test_a_link_works_before_its_end_and_leads_to_a_page_that_says_so_afterwards(story, browse, at, purpose):
    page = f"{story.links[purpose]}?locale=en"
    assert browse().get(page).status_code == 200
    at(ENDS[purpose](story))
    answer = browse().get(page)
    assert answer.status_code in (404, 410)
    assert "This link no longer works" in text(answer)


def test_a_delegate_who_calls_for_help_keeps_her_link_until_somebody_has_closed_the_call(story, house, browse, at):
    with house.open():
        check_ins.record_report(db.session.get_one(Delegate, story.delegate), Answer.NEED_HELP, None)
    at(ENDS["delegate"](story))
    assert browse().get(story.links["delegate"]).status_code == 200
    with house.open() as make:
        help_calls.close(db.session.query(HelpCall).one(), by=make.user(), note="She is home")
    answer = browse().get(f"{story.links['delegate']}?locale=en")
    assert "The congress ended some time ago." in text(answer)


def test_a_calendar_ends_with_the_account_and_a_brigade_link_when_its_member_leaves(story, house, browse):
    assert browse().get(story.links["calendar"]).status_code == 200
    with house.open():
        db.session.get_one(User, story.alice).deactivated_at = clock.now()
        brigade_members.decline(db.session.get_one(BrigadeMember, story.member))
    assert browse().get(story.links["calendar"]).status_code == 410
    assert browse().get(story.links["brigade member"]).status_code == 404
