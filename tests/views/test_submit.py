"""Forms: no input is lost, and nothing is stored twice."""

import hashlib
import hmac
import html
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.domain.congress import congresses
from app.domain.press.articles import LONGEST_TEXT
from app.domain.travel import places
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.submissions import Submission
from app.models.congress.congresses import Congress
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.travel.journeys import Leg
from app.models.travel.places import PlaceKind
from app.queries.accounts import submissions
from app.web.transactions import Effect, Sent, write_once
from tests.databases import BOTH_DATABASES
from tests.views.pages import text

CONGRESS = {
    "title": "Congress for Peace", "locality": "Caracas", "country": "VE", "timezone": "America/Caracas",
    "start_date": "2025-12-11", "end_date": "2025-12-13", "status": "confirmed",
}  # fmt: skip


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        user = make.user("Alice", password="correct horse battery")
        make.grant(user, Role.ADMIN)
    return browse(user)


def count(house, model):
    with house.open():
        return db.session.query(model).count()


@BOTH_DATABASES
def test_a_form_sent_twice_is_stored_once_and_leads_to_the_same_page(house, alice):
    data = CONGRESS | {"idempotency_key": "k1"}
    first, second = alice.post("/congresses/new", data), alice.post("/congresses/new", data)
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert count(house, Congress) == 1
    assert "already been saved" in text(alice.get(second.location))


def test_the_stored_digest_of_a_form_does_not_reveal_a_password(house, app, alice):
    typed = {"current": "a wrong password", "new": "a much longer password"}
    for key in ("k1", "k2"):
        alice.post("/congresses/new", CONGRESS | typed | {"idempotency_key": key, "again": "y"})
    with house.open():
        kept = db.session.scalars(select(Submission.digest)).all()
    digests = set(kept)
    content = sorted((CONGRESS | typed).items())
    assert len(kept) == 2
    assert hashlib.sha256(repr(("/congresses/new", content)).encode()).hexdigest() not in digests
    keyed = hmac.digest(app.config["SECRET_KEY"].encode(), repr(("/congresses/new", content)).encode(), "sha256")
    assert digests == {keyed.hex()}


def test_the_same_content_under_another_key_is_stored_only_after_confirmation(house, alice, at):
    alice.post("/congresses/new", CONGRESS | {"idempotency_key": "k1"})
    asked = alice.post("/congresses/new", CONGRESS | {"idempotency_key": "k2"})
    assert asked.status_code == 422
    assert "An identical entry was saved a moment ago." in text(asked)
    assert count(house, Congress) == 1
    assert 'name="again" value="1"' in text(asked)
    assert alice.post("/congresses/new", CONGRESS | {"idempotency_key": "k2", "again": "1"}).status_code == 302
    assert count(house, Congress) == 2
    at(clock.now() + timedelta(hours=1))
    assert alice.post("/congresses/new", CONGRESS | {"idempotency_key": "k3"}).status_code == 302


def test_a_form_with_an_error_can_be_sent_again_with_the_same_key(house, alice):
    wrong = CONGRESS | {"idempotency_key": "k1", "end_date": "2025-12-01"}
    assert alice.post("/congresses/new", wrong).status_code == 422
    assert alice.post("/congresses/new", CONGRESS | {"idempotency_key": "k1"}).status_code == 302
    assert count(house, Congress) == 1


def test_the_same_content_on_two_pages_is_two_records(house, alice):
    with house.open() as make:
        delegations = [make.delegation(make.congress()) for _ in range(2)]
        make.place("BOG")
        make.place("CCS")
    leg = {
        "journey": "out", "mode": "air", "status": "booked", "origin": "bog", "destination": "ccs",
        "departs": "2025-12-09T15:00", "arrives": "2025-12-09T20:30",
    }  # fmt: skip
    for number, one in enumerate(delegations):
        path = f"/congresses/{one.congress_id}/delegations/{one.id}/legs/new"
        assert alice.post(path, leg | {"idempotency_key": f"k{number}"}).status_code == 302
    assert count(house, Leg) == 2


@BOTH_DATABASES
def test_the_same_content_on_two_pages_at_the_same_time_needs_no_confirmation(house, alice):
    with house.open() as make:
        numbers = [make.delegation(make.congress()).congress_id for _ in range(2)]
        body = make.organization("Dockers")
    seat = {"organization": body.name, "country": "MX", "seats": "1", "status": "invited"}
    for number in numbers:
        answer = alice.post(f"/congresses/{number}/delegations/new", seat | {"idempotency_key": f"k{number}"})
        assert answer.status_code == 302, text(answer)


def test_one_key_on_two_pages_is_two_forms(house, alice):
    with house.open() as make:
        congress = make.congress()
        both = [make.follow_up(congress, make.user("Bob")) for _ in range(2)]
    for one in both:
        path = f"/follow-ups/{one.id}"
        assert "Mark as done" in text(alice.get(path))
        alice.post(f"{path}/complete", {"idempotency_key": "k1"})
        assert "Mark as done" not in text(alice.get(path))


def test_a_page_restored_by_the_browser_can_be_edited_and_sent_again(house, alice):
    path = alice.post("/congresses/new", CONGRESS | {"idempotency_key": "k1"}).location
    kept = alice.typed(f"{path}/edit")
    for title in ("Congress of May", "Congress of June"):
        changed = alice.post(f"{path}/edit", {**kept, "title": title})
        assert "Saved." in text(alice.get(changed.location))
    with house.open():
        assert db.session.query(Congress).one().title == "Congress of June"


def test_a_button_that_violates_a_rule_shows_the_error_and_changes_nothing(house, alice):
    with house.open() as make:
        congress = make.congress()
        problem = make.problem(congress, "2999-12-09 00:00", None)
    path = f"/congresses/{congress.id}/problems/{problem.id}"
    pressed = alice.post(f"{path}/lift", {"idempotency_key": "k1"})
    assert pressed.status_code == 422
    assert "The problem has not started yet." in text(pressed)


@BOTH_DATABASES
def test_changes_before_a_rule_violation_are_rolled_back(make):
    congress = make.congress()

    def write():
        congress.title = "Half written"
        db.session.flush()
        raise DomainError(None, "No.")

    with pytest.raises(DomainError):
        write_once(Sent("k1", None, "d"), Effect(creates=True), write, lambda _: "/")
    assert congress.title == "Congress for Peace"
    assert submissions.find("k1") is None


@BOTH_DATABASES
def test_a_button_pressed_twice_acts_once(house, alice):
    with house.open() as make:
        congress = make.congress()
        follow_up = make.follow_up(congress, make.user("Bob"))
    path = f"/follow-ups/{follow_up.id}"
    alice.post(f"{path}/complete", {"idempotency_key": "k1"})
    alice.post(f"{path}/reopen", {"idempotency_key": "k2"})
    again = alice.post(f"{path}/complete", {"idempotency_key": "k1"})
    assert "This has already been saved." in text(alice.get(again.location))
    assert "Mark as done" in text(alice.get(path))


@BOTH_DATABASES
def test_two_users_who_create_the_same_record_at_once_get_a_message_and_no_error_page(alice, monkeypatch):
    def collide(_values):
        raise IntegrityError("INSERT", {}, Exception("UNIQUE"))

    monkeypatch.setattr(congresses, "create", collide)
    response = alice.post("/congresses/new", CONGRESS)
    assert response.status_code == 422
    assert "Someone else changed this at the same time." in text(response)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("start_date", "", "This field is required."),
        ("start_date", "0001-01-01", "Check the year: 1."),
        ("end_date", "9999-12-31", "Check the year: 9999."),
        ("start_date", "next week", "Not a valid date value."),
        ("end_date", "2025-12-10", "The end date is before the start date."),
        ("timezone", "Caracas time", "“Caracas time” is not known."),
        ("title", " \t ", "This field is required."),
        ("title", "x" * 201, "longer than 200"),
        ("country", "XX", "Not a valid choice."),
        ("status", "maybe", "could not coerce"),
    ],
)
def test_invalid_input_shows_a_clear_error_on_the_field_and_is_kept(house, alice, field, typed, message):
    response = alice.post("/congresses/new", CONGRESS | {"theme": "Bread and “peace”", field: typed})
    page = text(response)
    assert response.status_code == 422
    assert re.search(rf'id="{field}-error">[^<]*{re.escape(message)}', page)
    assert f'href="#{field}"' in page
    assert 'value="Bread and “peace”"' in page
    if typed.strip() and field not in ("country", "status"):
        assert typed in page
    assert count(house, Congress) == 0


@pytest.mark.parametrize("name", ["أمينة", "O'Brien", "Ñusta <b>", 'Ana "La Roja"', "Zoë-Łucja", "李"])
def test_names_are_stored_as_typed(house, alice, name):
    response = alice.post("/people/new", {"given_name": name, "subject": "", "country": ""})
    assert response.status_code == 302
    assert name in text(alice.get(response.location))
    with house.open():
        assert db.session.query(Person).one().given_name == name


def test_control_characters_and_direction_overrides_are_removed(house, alice):
    alice.post("/people/new", {"given_name": "Ana\u202egnp.exe\x00 \x07", "subject": "", "country": ""})
    with house.open():
        assert db.session.query(Person).one().given_name == "Anagnp.exe"


def test_ten_megabytes_of_pasted_text_get_a_clear_message(alice):
    pasted = "word " * (2 * 1024 * 1024)
    response = alice.post("/articles/paste", {"in_language": "en", "pasted": pasted})
    page = text(response)
    assert response.status_code == 422
    assert f"the limit is {LONGEST_TEXT:,}" in page
    assert page.count("word ") > 2_000_000


def test_a_request_that_is_too_large_gets_a_clear_message(alice):
    response = alice.post("/articles/paste", {"pasted": "x" * (17 * 1024 * 1024)})
    assert response.status_code == 413
    assert "go back and shorten it" in text(response)


def test_the_error_for_a_leg_across_zones_that_arrives_before_it_departs_names_both_times(house, alice):
    with house.open() as make:
        congress = make.congress()
        delegation = make.delegation(congress)
        make.place("BOG")
        make.place("MAD")
    path = f"/congresses/{congress.id}/delegations/{delegation.id}/legs/new"
    data = {
        "journey": "out", "mode": "air", "status": "booked", "origin": "bog", "destination": "Madrid",
        "departs": "2025-12-09T15:00", "arrives": "2025-12-09T20:30",
    }  # fmt: skip
    response = alice.post(path, data)
    assert response.status_code == 422
    assert re.search(r"Dec 9, (2025, )?15:00 in Bogotá is Dec 9, (2025, )?21:00 in Madrid", text(response))
    assert 'value="2025-12-09T20:30"' in text(response)
    assert alice.post(path, data | {"arrives": "2025-12-10T06:30"}).status_code == 302
    assert count(house, Leg) == 1


def test_an_unknown_or_ambiguous_place_shows_an_error_on_the_field(house, alice):
    with house.open() as make:
        congress = make.congress()
        delegation = make.delegation(congress)
        make.place("BOG")
        make.place("CCS")
        places.add_place(
            name="Caracas – La Carlota", kind=PlaceKind.AIRPORT, code=None, country="VE", timezone="America/Caracas"
        )
    path = f"/congresses/{congress.id}/delegations/{delegation.id}/legs/new"
    page = text(alice.post(path, {"origin": "Atlantis", "destination": "aca"}))
    assert "“Atlantis” is not known." in page
    assert "“aca” may mean several things. Choose one." in page
    assert page.index("Caracas (CCS), Venezuela · airport") < page.index("Caracas – La Carlota, Venezuela · airport")
    assert 'value="Atlantis"' in page


def test_an_expired_session_loses_no_input(house, alice, browse):
    stranger = browse()
    typed = CONGRESS | {"theme": "Bread & roses", "idempotency_key": "k1"}
    asked = stranger.post("/congresses/new", typed)
    assert asked.status_code == 401
    kept = html.unescape(re.search(r'name="kept" value="([^"]*)"', asked.get_data(as_text=True))[1])
    with house.open() as make:
        bob = make.user("Bob", password="correct horse battery")
        make.grant(bob, Role.ADMIN)
    answer = stranger.post(
        "/sign-in", {"email": bob.email, "password": "correct horse battery", "next": "/congresses/new", "kept": kept}
    )
    page = text(answer)
    assert "What you entered is still here" in text(answer) or "sigue aquí" in page
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    opened = stranger.post("/congresses/new", fields | {"resume": "1"})
    assert 'value="Bread & roses"' in text(opened)
    assert count(house, Congress) == 0
    assert stranger.post("/congresses/new", typed).status_code == 302
    assert count(house, Congress) == 1


def test_no_page_contains_a_submitted_password(browse):
    stranger = browse()
    asked = stranger.post("/congresses/new", CONGRESS | {"password": "correct horse battery"})
    assert asked.status_code == 401
    assert CONGRESS["title"] in text(asked)
    assert "correct horse battery" not in text(asked)


def test_a_password_in_preserved_input_is_not_shown(house, alice):
    kept = json.dumps([["title", "Bread"], ["password", "staple"], ["next", "/elsewhere"], ["csrf_token", "forged"]])
    with house.open() as make:
        bob = make.user("Bob", password="correct horse battery")
    answer = alice.post(
        "/sign-in", {"email": bob.email, "password": "correct horse battery", "next": "/congresses/new", "kept": kept}
    )
    page = text(answer)
    assert 'name="title" value="Bread"' in page
    for hidden in ("staple", "/elsewhere", "forged"):
        assert hidden not in page


def test_showing_a_preserved_button_does_not_press_it(house, alice):
    with house.open() as make:
        congress = make.congress()
        follow_up = make.follow_up(congress, make.user("Bob"))
    path = f"/follow-ups/{follow_up.id}"
    alice.post(f"{path}/complete", {"resume": "1"})
    assert "Mark as done" in text(alice.get(path))


def test_an_address_that_is_not_a_web_page_is_rejected(house, alice):
    data = {
        "name": "Union",
        "classification": "union",
        "country": "MX",
        "website": "javascript://x.example/%0aalert(1)",
    }
    assert "including https://" in text(alice.post("/organizations/new", data))
    assert count(house, Organization) == 0


def test_signing_in_never_redirects_to_another_site(house, browse):
    with house.open() as make:
        user = make.user("Bob", password="correct horse battery")
    for path in ("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example"):
        client = browse()
        answer = client.post("/sign-in", {"email": user.email, "password": "correct horse battery", "next": path})
        assert answer.location == "/"


def test_the_response_does_not_reveal_whether_an_account_exists(house, browse):
    with house.open() as make:
        user = make.user("Bob", password="correct horse battery")
    answers = [
        re.sub(r'value="[^"]*"', "", text(browse().post("/sign-in", {"email": email, "password": "wrong"})))
        for email in (user.email, "nobody@example.org")
    ]
    assert answers[0] == answers[1]


def test_a_form_sent_twice_leads_to_the_saved_record_even_if_its_name_must_be_unique(house, alice):
    union = {"name": "Union of Bakers", "country": "PE", "idempotency_key": "k1"}
    saved = alice.post("/organizations/new", union).location
    again = alice.post("/organizations/new", union)
    assert (again.status_code, again.location) == (302, saved)
