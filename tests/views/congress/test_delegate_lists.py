"""The paste box for delegates: the preview shows how the list was understood, and exactly that is saved."""

import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.delegations import Capacity, Delegate
from app.models.people.people import Person
from app.models.scoping import EVERYTHING
from tests.views.pages import text


@pytest.fixture
def delegation(house):
    with house.open() as make:
        return make.delegation(
            make.congress(), "CO", seats=3, delegates=0, organization=make.organization("Dockers", "CO")
        )


def path(delegation):
    return f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/delegates/paste"


def preview(browser, delegation, people):
    return text(browser.post(path(delegation), {"people": people}))


def digest(page):
    return re.search(r'name="previewed" value="(\w+)"', page)[1]


def confirm(browser, delegation, people, page, key="k1", **chosen):
    data = {"people": people, "previewed": digest(page), "confirm": "1", "idempotency_key": key}
    return browser.post(path(delegation), data | {name.replace("_", "-"): value for name, value in chosen.items()})


def seated(house):
    with house.open(EVERYTHING):
        found = db.session.query(Delegate).order_by(Delegate.id).all()
        return [(one.person.given_name, one.person.family_name, one.capacity, one.is_head) for one in found]


LIST = "Nombre; Correo; Cargo\nRuiz López, Ana; ANA@example.org; Secretary\nPedro Gómez; jefe; +57 300 123 4567\nCher; observer"


def test_a_list_is_previewed_and_nothing_is_saved_before_it_is_confirmed(house, alice, delegation):
    page = preview(alice, delegation, LIST)
    for shown in ("Ruiz López", "ana@example.org", "Secretary", "head of delegation", "+57 300 123 4567", "observer"):
        assert shown in page
    assert "Record 3 delegates" in page
    assert seated(house) == []
    answer = confirm(alice, delegation, LIST, page)
    assert "3 delegates recorded." in text(alice.get(answer.location))
    assert seated(house) == [
        ("Ana", "Ruiz López", Capacity.DELEGATE, False),
        ("Pedro", "Gómez", Capacity.DELEGATE, True),
        ("Cher", None, Capacity.OBSERVER, False),
    ]
    with house.open():
        ana = db.session.query(Person).filter_by(given_name="Ana").one()
        assert (ana.email, ana.country) == ("ana@example.org", "CO")
        assert [one.congress_id for one in ana.participations] == [delegation.congress_id]
        assert [(one.organization.name, one.post) for one in ana.memberships] == [("Dockers", "Secretary")]


def test_a_list_confirmed_twice_is_saved_once(house, alice, delegation):
    page = preview(alice, delegation, LIST)
    first = confirm(alice, delegation, LIST, page)
    again = confirm(alice, delegation, LIST, page)
    assert again.location == first.location
    assert "already been saved" in text(alice.get(again.location))
    assert len(seated(house)) == 3
    other = confirm(alice, delegation, LIST, page, key="k2")
    assert other.status_code == 422
    assert "Everyone on this list is already in the delegation." in text(other)
    assert len(seated(house)) == 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Ana Ruiz; ana@@example", "before the @"),
        ("Ana Ruiz; a@x.org; b@x.org", "one email address"),
        ("<b>Ana</b> <script>", "does not look like a name"),
        ("ana@example.org", "No name was found on this line."),
        ("Ana " + "R" * 250, "is too long"),
        ("Ana Ruiz; " + "Secretary " * 29 + "Secretary", "is too long"),
        ("Ana Ruiz 2", "does not look like a name"),
    ],
)
def test_a_line_with_an_error_is_kept_with_its_message_and_nothing_is_saved(house, alice, delegation, line, message):
    people = f"Pedro Gómez\n{line}"
    page = preview(alice, delegation, people)
    assert re.search(rf'class="error">\s*Line 2:\s+.*{re.escape(message)}', page)
    assert "<script>" not in alice.post(path(delegation), {"people": people}).get_data(as_text=True)
    assert line in page
    assert 'name="confirm"' not in page
    assert confirm(alice, delegation, people, page).status_code == 422
    assert seated(house) == []


@pytest.mark.parametrize("people", ["", " \n ", "--- \n***"])
def test_a_list_without_names_is_rejected_with_an_error_on_the_field(alice, delegation, people):
    answer = alice.post(path(delegation), {"people": people})
    assert answer.status_code == 422
    assert 'id="people-error"' in text(answer)


def test_more_than_two_hundred_lines_are_rejected_and_kept(alice, delegation):
    page = preview(alice, delegation, "\n".join(["Ana Ruiz"] * 201))
    assert "201 lines are too many. Paste up to 200 at a time." in page
    assert page.count("Ana Ruiz") >= 201


def test_an_existing_person_is_offered_and_keeps_their_data(house, alice, delegation):
    with house.open() as make:
        known = make.person("María", "Peña Núñez", email="maria@example.org", country="PE")
    page = preview(alice, delegation, "Peña Nuñez, MARIA")
    assert re.search(rf'<input checked[^>]* name="person-1"[^>]* value="{known.id}"', page)
    assert confirm(alice, delegation, "Peña Nuñez, MARIA", page, person_1=str(known.id)).status_code == 302
    assert seated(house) == [("María", "Peña Núñez", Capacity.DELEGATE, False)]
    with house.open():
        assert db.session.query(Person).one().country == "PE"


def test_another_person_of_the_same_name_can_be_recorded(house, alice, delegation):
    with house.open() as make:
        make.person("Ana", "Ruiz")
    page = preview(alice, delegation, "Ana Ruiz")
    confirm(alice, delegation, "Ana Ruiz", page, person_1="")
    with house.open():
        assert db.session.query(Person).count() == 2


def test_the_user_chooses_between_several_people_with_one_name(house, alice, delegation):
    with house.open() as make:
        make.person("Ana", "Ruiz")
        second = make.person("Ana", "Ruiz")
    page = preview(alice, delegation, "Ana Ruiz")
    undecided = confirm(alice, delegation, "Ana Ruiz", page)
    assert undecided.status_code == 422
    assert 'id="person-1-error">Choose the person you mean.' in text(undecided)
    assert confirm(alice, delegation, "Ana Ruiz", page, person_1="999").status_code == 422
    assert confirm(alice, delegation, "Ana Ruiz", page, person_1=str(second.id)).status_code == 302
    with house.open():
        assert [one.person_id for one in db.session.query(Delegate)] == [second.id]


def test_changes_by_others_since_the_preview_are_shown_before_saving(house, alice, delegation):
    page = preview(alice, delegation, "Ana Ruiz")
    with house.open() as make:
        make.person("Ana", "Ruiz")
    late = confirm(alice, delegation, "Ana Ruiz", page)
    assert late.status_code == 422
    assert "The preview below has changed." in text(late)
    assert 'name="person-1"' in text(late)
    assert seated(house) == []


def test_input_changed_after_the_preview_is_previewed_again(house, alice, delegation):
    page = preview(alice, delegation, "Ana Ruiz")
    assert confirm(alice, delegation, "Ana Ruiz\nPedro Gómez", page).status_code == 422
    assert seated(house) == []


def test_existing_delegates_and_duplicate_lines_are_skipped(house, alice, delegation):
    with house.open() as make:
        here = make.delegation(make.congress(), delegates=0)
        make.seat(here, make.person("Ana", "Ruiz"))
    page = preview(alice, here, "Ana Ruiz\nPedro Gómez\nGómez, Pedro")
    assert "Already in the delegation." in page
    assert "Same as line 2." in page
    assert "Record 1 delegate" in page
    confirm(alice, here, "Ana Ruiz\nPedro Gómez\nGómez, Pedro", page)
    assert [given for given, *_rest in seated(house)] == ["Ana", "Pedro"]


def test_more_people_than_seats_cause_a_warning_but_no_error(house, alice, delegation):
    people = "Ana Ruiz\nPedro Gómez\nCher\nRosa Luz"
    page = preview(alice, delegation, people)
    assert "1 more delegate than seats." in page
    assert confirm(alice, delegation, people, page).status_code == 302
    assert len(seated(house)) == 4


def test_a_known_organization_on_a_line_becomes_the_persons(house, alice, delegation):
    with house.open() as make:
        make.organization("Unión Minera", "PE", acronym="UM")
    people = "Ana Ruiz, Union minera\nPedro Gómez, UM"
    confirm(alice, delegation, people, preview(alice, delegation, people))
    with house.open():
        assert {one.memberships[0].organization.name for one in db.session.query(Person)} == {"Unión Minera"}


def test_people_of_congresses_out_of_scope_are_not_offered(house, browse):
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        delegation = make.delegation(here, delegates=0)
        make.person("Ana", "Ruiz", congress=there)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.ORGANIZER, congress=there)
    page = preview(browse(bob), delegation, "Ana Ruiz")
    assert "Record 1 delegate" in page
    assert 'name="person-1"' not in page
    assert browse(charlie).post(path(delegation), {"people": "Ana Ruiz"}).status_code == 404


def test_thirty_people_in_six_delegations_can_be_entered_with_six_lists(house, alice):
    with house.open() as make:
        congress = make.congress()
        delegations = [make.delegation(congress, delegates=0, seats=5) for _ in range(6)]
    for number, delegation in enumerate(delegations):
        people = "\n".join(f"{given} Ruiz{'abcdef'[number]}" for given in ("Ana", "Eva", "Luz", "Leo", "Rita"))
        page = preview(alice, delegation, people)
        assert confirm(alice, delegation, people, page, key=f"k{number}").status_code == 302
    assert len(seated(house)) == 30


def test_a_list_preserved_through_signing_in_is_shown_with_its_preview(alice, delegation):
    page = preview(alice, delegation, "Ana Ruiz")
    data = {"people": "Ana Ruiz", "previewed": digest(page), "confirm": "1", "resume": "1"}
    answer = alice.post(path(delegation), data)
    assert answer.status_code == 200
    assert "Record 1 delegate" in text(answer)
