"""The public pages where people sign up, the link in their email, and the organizer's lists."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from app import clock
from app.config import MEMBER_LOCALES
from app.domain.mobilizing import sign_ups
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.sign_ups import CallOutcome, Mandate, SignUp

ANA = {"name": "Ana", "email": "ana@example.org", "mandate": "personal", "agreed": "y"}


@pytest.fixture
def campaign(house):
    with house.open() as make:
        return make.campaign("Peace", open_to_sign_ups=True)


@pytest.fixture
def visitor(browse):
    client = browse()
    client.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def filled(visitor, path, at, data):
    """Open a form, wait as long as a person needs, and send it."""
    page = visitor.get(path).text
    hidden = dict(re.findall(r'name="(shown_at|idempotency_key)"[^>]* value="([^"]*)"', page))
    at(clock.now() + timedelta(seconds=5))
    return hidden | data


def stored(house):
    with house.open():
        return list(db.session.scalars(select(SignUp).order_by(SignUp.id)))


def link(house):
    with house.open():
        deliver_due()
        letter = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id.desc())).first()
        text = letter.content.decode().replace("=\r\n", "").replace("=3D", "=")
    return re.search(r"http://encuentro\.test(/sign-up/[\w.=-]+)", text)[1]


def test_somebody_endorses_confirms_and_withdraws_without_an_account(house, campaign, visitor, at):
    assert f"/c/{campaign.slug}/endorse" in visitor.get(f"/c/{campaign.slug}").text
    path = f"/c/{campaign.slug}/endorse"
    answer = visitor.post(path, filled(visitor, path, at, ANA))
    assert answer.location.endswith("/signed-up")
    assert "Check your email" in visitor.get(answer.location).text
    page = link(house)
    for _ in range(3):  # as scanners of links do
        assert "Do you endorse “Peace”?" in visitor.get(page).text
        assert visitor.client.head(page).status_code == 200
    assert not stored(house)[0].is_confirmed
    visitor.post(page)
    assert stored(house)[0].is_confirmed
    assert "You have endorsed “Peace”" in visitor.get(page).text
    assert "Endorsed by 1 so far." in visitor.get(f"/c/{campaign.slug}").text
    assert "Do you want to withdraw?" in visitor.get(f"{page}/withdraw").text
    assert stored(house)[0].is_confirmed
    visitor.post(f"{page}/withdraw")
    assert stored(house)[0].is_withdrawn
    assert "You no longer endorse" in visitor.get(page).text
    assert "Endorsed by" not in visitor.get(f"/c/{campaign.slug}").text


def test_a_form_that_is_sent_twice_is_stored_once(house, campaign, visitor, at):
    path = f"/c/{campaign.slug}/endorse"
    data = filled(visitor, path, at, ANA)
    assert {visitor.post(path, data).status_code for _ in range(3)} == {302}
    assert len(stored(house)) == 1


def test_a_second_request_with_the_same_address_does_not_change_the_first(house, campaign, visitor, at):
    path = f"/c/{campaign.slug}/endorse"
    visitor.post(path, filled(visitor, path, at, ANA))
    visitor.post(link(house))
    visitor.post(path, filled(visitor, path, at, ANA | {"name": "Not Ana"}))
    page = link(house)
    text = visitor.get(page).text
    assert "has already signed up" in text
    assert "Not Ana" not in text
    visitor.post(page)
    first, second = stored(house)
    assert (first.name, first.is_confirmed, second.is_confirmed) == ("Ana", True, False)
    visitor.post(f"{page}/withdraw")
    assert stored(house)[0].is_withdrawn


def test_programs_are_told_to_send_it_again_and_people_lose_nothing(house, campaign, visitor, at):
    path = f"/c/{campaign.slug}/endorse"
    hidden = filled(visitor, path, at, {})
    for trap in (ANA, ANA | hidden | {"nickname": "x"}, ANA | hidden | {"shown_at": "forged"}):
        answer = visitor.post(path, trap)
        assert answer.status_code == 422
        assert answer.text.count("Wait a few seconds") == 1
        assert 'value="ana@example.org"' in answer.text
    assert stored(house) == []
    again = dict(re.findall(r'name="(shown_at|idempotency_key)"[^>]* value="([^"]*)"', answer.text))
    at(clock.now() + timedelta(seconds=4))
    assert visitor.post(path, ANA | again).status_code == 302
    assert len(stored(house)) == 1


def test_a_form_that_is_sent_at_once_is_not_stored(house, campaign, visitor):
    path = f"/c/{campaign.slug}/endorse"
    page = visitor.get(path).text
    hidden = dict(re.findall(r'name="(shown_at)"[^>]* value="([^"]*)"', page))
    assert visitor.post(path, ANA | hidden).status_code == 422
    assert stored(house) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "This field is required."),
        ({"email": ""}, "Enter an email address"),
        ({"email": "not an address"}, "email"),
        ({"agreed": None}, "We need your consent"),
        ({"mandate": "assembly", "organization_name": "Union"}, "Enter the day"),
        ({"mandate": "officer"}, "Enter the organization"),
        ({"mandate": "king"}, "nvalid"),
        ({"country": "XX"}, "Not a valid choice"),
        ({"name": "A" * 300}, "longer than 200"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_kept(house, campaign, visitor, at, changes, says):
    path = f"/c/{campaign.slug}/endorse"
    data = {name: value for name, value in (ANA | changes).items() if value is not None}
    answer = visitor.post(path, filled(visitor, path, at, data))
    assert answer.status_code == 422
    assert says in unescape(answer.text)
    assert stored(house) == []


def test_hostile_input_is_shown_as_text(house, campaign, visitor, at, browse):
    path = f"/c/{campaign.slug}/endorse"
    hostile = "<script>alert(1)</script>\u202e"
    visitor.post(path, filled(visitor, path, at, ANA | {"name": hostile, "organization_name": hostile}))
    with house.open() as make:
        bob = make.user("Bob")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
    for text in (visitor.get(link(house)).text, browse(bob).get(f"/campaigns/{campaign.id}/sign-ups").text):
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text
        assert "\u202e" not in text


@pytest.mark.parametrize("change", [lambda token: token[:-2] + "xx", lambda token: "x"])
def test_a_forged_link_opens_nothing(house, campaign, visitor, at, change):
    path = f"/c/{campaign.slug}/endorse"
    visitor.post(path, filled(visitor, path, at, ANA))
    page = link(house)
    for method in (visitor.get, visitor.post):
        assert method(f"/sign-up/{change(page.rpartition('/')[2])}").status_code == 404


def test_whoever_did_not_ask_deletes_what_was_entered(house, campaign, visitor, at):
    path = f"/c/{campaign.slug}/endorse"
    visitor.post(path, filled(visitor, path, at, ANA))
    page = link(house)
    assert "Delete what was entered?" in visitor.get(f"{page}/withdraw").text
    visitor.post(f"{page}/withdraw")
    assert stored(house) == []
    assert visitor.get(page).status_code == 404


def test_a_campaign_that_is_not_open_offers_nothing(house, browse):
    with house.open() as make:
        closed = make.campaign("Closed")
    visitor = browse()
    assert "/endorse" not in visitor.get(f"/c/{closed.slug}").text
    assert visitor.get(f"/c/{closed.slug}/endorse").status_code == 404


def test_a_campaign_without_digest_has_a_public_page_without_its_form(house, browse):
    with house.open() as make:
        campaign = make.campaign("Only here", open_to_subscribers=False, open_to_sign_ups=True)
    visitor = browse()
    assert 'name="frequency"' not in visitor.get(f"/c/{campaign.slug}").text
    assert visitor.post(f"/c/{campaign.slug}", {"email": "ana@example.org", "agreed": "y"}).status_code == 404


def test_every_page_speaks_the_four_languages(house, campaign, visitor, at):
    path = f"/c/{campaign.slug}/endorse"
    visitor.post(path, filled(visitor, path, at, ANA))
    page = link(house)
    for address in (path, page, f"{page}/withdraw", f"/c/{campaign.slug}/signed-up"):
        headings = {re.search(r"<h1>\s*(.*?)\s*</h1>", visitor.get(f"{address}?locale={locale}").text)[1]
                    for locale in MEMBER_LOCALES}  # fmt: skip
        assert len(headings) == len(MEMBER_LOCALES)


def test_the_email_is_in_the_language_of_the_page(house, campaign, visitor, at):
    path = f"/c/{campaign.slug}/endorse?locale=fr"
    visitor.post(path, filled(visitor, path, at, ANA))
    assert "Soutenez-vous" in visitor.get(link(house)).text


def test_organizers_see_who_signed_up_and_others_do_not(house, campaign, browse):
    with house.open() as make:
        make.sign_up(campaign, name="Ana Confirmed", mandate=Mandate.OFFICER, organization_name="Union of the Coast")
        make.sign_up(campaign, name="Eva Waiting", confirmed=False)
        sign_ups.withdraw(make.sign_up(campaign, name="Leo Gone"))
        other = make.campaign("Other")
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.COORDINATOR, campaign=other)
    path = f"/campaigns/{campaign.id}/sign-ups"
    text = browse(bob).get(path).text
    for shown in ("Ana Confirmed", "Union of the Coast", "Eva Waiting", "Leo Gone", "1 confirmed", "1 withdrawn"):
        assert shown in text
    assert "Eva Waiting" not in browse(bob).get(f"{path}?show=confirmed&kind=endorse").text
    assert "Ana Confirmed" in browse(bob).get(f"{path}?q=coast").text
    assert browse(charlie).get(path).status_code == 404


def test_an_organizer_calls_somebody_and_records_what_they_said(house, campaign, browse):
    with house.open() as make:
        sign_up = make.sign_up(campaign, name="Eva", email=None, phone="+57 601 5550100", confirmed=False)
        bob = make.user("Bob")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
    client, path = browse(bob), f"/campaigns/{campaign.id}/sign-ups"
    assert "tel:+576015550100" in client.get(f"{path}/to-call").text
    client.post(f"{path}/{sign_up.id}/called", {"outcome": "not_reached"})
    assert "not reached on" in client.get(f"{path}/to-call").text
    client.post(f"{path}/{sign_up.id}/called", {"outcome": "confirmed"})
    with house.open():
        found = db.session.get_one(SignUp, sign_up.id)
        assert (found.is_confirmed, found.call_outcome, found.called_by.name) == (True, CallOutcome.CONFIRMED, "Bob")
