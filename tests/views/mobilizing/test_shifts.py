"""The pages of shifts: the coordinators', and those of members without an account."""

import re
from datetime import timedelta

import pytest
from flask import current_app

from app import tokens
from app.domain.mobilizing import brigade_members, shift_places
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mobilizing.brigades import BrigadeMember, MemberStatus, RoleKind
from app.models.mobilizing.shifts import PlaceStatus, Shift, ShiftPlace
from tests.factories import utc


@pytest.fixture
def world(house, at):
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        campaign = make.campaign()
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice, Role.ADMIN)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Another", slug="another"))
        brigade = make.brigade(campaign, "Press brigade", roles=[(RoleKind.PRESS, 2)])
        links, members = {}, {}
        for name, language in (("Rosa", "en"), ("Ana", "en")):
            person = make.person(
                name, "Secreta", preferred_language=language, email=f"{name}@example.org", campaign=campaign
            )
            members[name] = make.brigade_member(brigade, person)
            token = tokens.sign_brigade_member(current_app.config["SECRET_KEY"], members[name])
            links[name] = f"/shifts/{token}"
        first, second = make.shift(brigade), make.shift(brigade, "2025-12-11T09:00", needed=1, venue="Radio station")
        return {
            "alice": alice, "bob": bob, "charlie": charlie, "links": links, "first": first.id, "second": second.id,
            "page": f"/campaigns/{campaign.id}/brigades/{brigade.id}", "rosa": members["Rosa"].id, "begin": first.starts_at,
        }  # fmt: skip


@pytest.fixture
def client(browse):
    """A browser without an account."""
    return browse(None)


def press(client, page, text, **options):
    """Press the button with a text on a page; return the page that follows."""
    forms = re.findall(r"<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", client.get(page).text, re.DOTALL)
    [(action, content), *_] = [form for form in forms if f">{text}</button>" in form[1]]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', content))
    return client.post(action, fields, follow_redirects=True, **options)


def status_of(house):
    with house.open():
        return [place.status for place in db.session.query(ShiftPlace).order_by(ShiftPlace.id)]


def test_shifts_are_planned_for_several_days_and_listed_by_day(world, browse):
    bob = browse(world["bob"])
    path = f"{world['page']}/shifts/new"
    typed = bob.typed(path, venue="Terminal", starts="2025-12-20T08:00", ends="2025-12-20T07:00", days="3", needed="2")
    refused = bob.post(path, typed)
    assert "A shift ends after it begins, and within a day." in refused.text
    done = bob.post(path, bob.sheet(refused, ends="2025-12-20T12:00"), follow_redirects=True)
    assert "3 shifts are planned." in done.text
    for day in ("Saturday, December 20, 2025", "Monday, December 22, 2025", "08:00–12:00 (Caracas) · Terminal"):
        assert day in done.text
    assert "9 people are still missing in the shifts to come." in done.text
    assert "No shift is over yet." in bob.get(f"{world['page']}/shifts?show=past").text
    assert browse(world["charlie"]).get(f"{world['page']}/shifts").status_code == 404


def test_a_coordinator_offers_a_shift_and_the_member_takes_it_with_her_link(world, browse, house, client):
    bob, path = browse(world["bob"]), f"{world['page']}/shifts/{world['first']}"
    bob.post(f"{path}/places", bob.typed(path, member=str(world["rosa"])))
    assert "offered" in bob.get(path).text
    assert "Thank you!" in press(client, world["links"]["Rosa"], "I take it").text
    assert status_of(house) == [PlaceStatus.APPROVED]
    shown = bob.get(path).text
    assert "1 of 2 people have a place." in shown
    assert "rosa@example.org" in shown
    assert "approved: Plaza Bolívar, Caracas, Wed, Dec 10" in bob.get(world["page"]).text
    fewer = bob.post(f"{path}/edit", bob.typed(f"{path}/edit", needed="1", venue=""))
    assert fewer.status_code == 422


def test_a_coordinator_gives_a_place_and_takes_it_back_which_can_be_undone(world, browse, house):
    bob, path = browse(world["bob"]), f"{world['page']}/shifts/{world['first']}"
    bob.post(f"{path}/places", bob.typed(path, member=str(world["rosa"]), certain="y"))
    done = press(bob, path, "Take out")
    assert status_of(house) == [PlaceStatus.GIVEN_BACK]
    bob.post(re.search(r'action="([^"]*/undo/\d+)"', done.text)[1])
    assert status_of(house) == [PlaceStatus.APPROVED]


def test_a_shift_with_people_in_it_cannot_need_fewer_and_names_them_when_it_is_removed(world, browse, house):
    with house.open():
        for member in db.session.query(BrigadeMember):
            shift_places.take(_shift(world["first"]), member)
    bob, path = browse(world["bob"]), f"{world['page']}/shifts/{world['first']}"
    refused = bob.post(f"{path}/edit", bob.typed(f"{path}/edit", needed="1"))
    assert "More people have a place already: Rosa Secreta, Ana Secreta. Take someone out first." in refused.text
    asked = bob.get(f"{path}/remove")
    assert "These people have a place: Rosa Secreta, Ana Secreta." in asked.text
    bob.post(f"{path}/remove", bob.sheet(asked))
    assert "Shift removed" in bob.get(world["page"]).text


def _shift(number):
    return db.session.get_one(Shift, number)


def test_the_page_of_a_member_shows_her_brigade_and_of_others_first_names_only(world, client, house):
    page = client.get(world["links"]["Rosa"]).text
    assert "Hello Rosa" in page
    assert "Press brigade" in page
    press(client, world["links"]["Rosa"], "I take it")
    with house.open() as make:
        shift_places.take(_shift(world["second"]), db.session.get_one(BrigadeMember, world["rosa"] + 1))
        other = make.brigade(make.campaign("Hidden", slug="hidden"), "Secret brigade")
        make.shift(other, venue="Secret place")
    page = client.get(world["links"]["Rosa"])
    swap = re.search(r'href="([^"]*/swap[^"]*)"', page.text)[1]
    for shown in (page.text, client.get(swap).text):
        assert "Secret" not in shown
    assert "Ana: Thu, Dec 11, 09:00 (Caracas) · Radio station" in client.get(swap).text


def test_two_members_swap_by_their_links(world, client, house):
    rosa, ana = world["links"]["Rosa"], world["links"]["Ana"]
    press(client, rosa, "I take it")
    with house.open():
        shift_places.take(_shift(world["second"]), db.session.get_one(BrigadeMember, world["rosa"] + 1))
    form = re.search(r'href="([^"]*/swap[^"]*)"', client.get(rosa).text)[1]
    sheet = client.get(form)
    number = re.search(r'value="(\d+)">Ana:', sheet.text)[1]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', sheet.text))
    assert "Proposed." in client.post(form, {**fields, "other_place": number}, follow_redirects=True).text
    assert "Swapped." in press(client, ana, "Swap").text
    assert "Radio station" in client.get(rosa).text.partition("<h2>My shifts")[2].partition("</section>")[0]


def test_a_late_member_asks_to_give_a_shift_back_and_a_coordinator_decides(world, client, browse, at, house):
    press(client, world["links"]["Rosa"], "I take it")
    at(world["begin"] - timedelta(hours=2))
    assert "A coordinator will decide" in press(client, world["links"]["Rosa"], "Ask to give it back").text
    bob, path = browse(world["bob"]), f"{world['page']}/shifts/{world['first']}"
    press(bob, path, "Approve")
    assert status_of(house) == [PlaceStatus.GIVEN_BACK]


def test_after_saying_that_she_was_there_a_member_is_asked_for_the_next_shift(world, client, at):
    rosa = world["links"]["Rosa"]
    press(client, rosa, "I take it")
    at(world["begin"] + timedelta(hours=5))
    done = press(client, rosa, "I was there")
    question = done.text.partition("Can you come again?")[2].partition("</section>")[0]
    assert "Radio station" in question
    assert "You will not be asked again." in press(client, rosa, "Do not ask me again").text
    assert "Can you come again?" not in client.get(rosa).text
    press(client, rosa, "Ask me again")
    assert "Can you come again?" in client.get(rosa).text
    assert "Maybe next time." in press(client, rosa, "Not this time").text
    assert "Can you come again?" not in client.get(rosa).text


def test_who_was_only_asked_answers_first(world, client, house):
    with house.open():
        db.session.get_one(BrigadeMember, world["rosa"]).status = MemberStatus.ASKED
    page = client.get(world["links"]["Rosa"]).text
    assert "Do you want to take part?" in page
    assert "I take it" not in page
    assert "You take part. Thank you!" in press(client, world["links"]["Rosa"], "Yes, I take part").text


@pytest.mark.parametrize("what", ["renewed", "left", "garbled"])
def test_a_link_that_no_longer_counts_says_what_to_do(world, client, house, what):
    path = world["links"]["Rosa"]
    with house.open():
        member = db.session.get_one(BrigadeMember, world["rosa"])
        if what == "renewed":
            brigade_members.renew_link(member)
        if what == "left":
            brigade_members.decline(member)
    answer = client.get(f"{path[:-3]}?locale=en" if what == "garbled" else path)
    assert answer.status_code == 404
    assert "This link no longer works" in answer.text


def test_the_page_speaks_the_language_of_the_member_and_others_on_request(world, client, house):
    with house.open():
        db.session.get_one(BrigadeMember, world["rosa"]).person.preferred_language = "fr"
    assert 'lang="fr"' in client.get(world["links"]["Rosa"]).text
    assert 'lang="pt"' in client.get(world["links"]["Rosa"] + "?locale=pt").text


def test_links_are_sent_once_and_replaced_when_a_phone_is_lost(world, browse, client):
    bob, path = browse(world["bob"]), f"{world['page']}/members"
    assert "/shifts/" in bob.get(f"{path}/links").text
    press(bob, f"{path}/links", "Send them by email")
    assert browse(world["alice"]).get("/deliveries?q=secreta").text.count("personal link") == 2
    renewing = f"{path}/{world['rosa']}/renew"
    bob.post(renewing, bob.typed(renewing))
    assert client.get(world["links"]["Rosa"]).status_code == 404
    assert browse(world["charlie"]).get(f"{path}/links").status_code == 404
