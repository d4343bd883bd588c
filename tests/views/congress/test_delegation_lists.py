"""The paste box for delegations: organizations are found or created, and the user is asked about everything unclear."""

import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.organizations import Classification, Organization
from app.models.scoping import EVERYTHING
from tests.views.pages import text

LIST = (
    "Organización; País; Cupos; Jefe\nUnion of Dockers; Chile; 5; Ruiz López, Ana\n2. Coordinadora Campesina; Perú\n"
    "Syndicat du Livre; Allemagne; 3"
)


@pytest.fixture
def congress(house):
    with house.open() as make:
        make.organization("Union of Dockers", "CL")
        return make.congress().id


def path(congress):
    return f"/congresses/{congress}/delegations/paste"


def send(browser, congress, listed, page=None, key="k1", **chosen):
    data = {"delegations": listed, "seats": "2", "classification": "federation", "idempotency_key": key}
    if page:
        data |= {"previewed": re.search(r'name="previewed" value="(\w+)"', page)[1], "confirm": "1"}
    return browser.post(path(congress), data | {name.replace("_", "-"): value for name, value in chosen.items()})


def recorded(house):
    with house.open(EVERYTHING):
        found = db.session.query(Delegation).order_by(Delegation.id).all()
        return [(one.organization.name, one.country, one.seats) for one in found]


def test_a_list_is_previewed_and_saved_with_its_organizations_and_heads(house, alice, congress):
    page = text(send(alice, congress, LIST))
    for shown in (
        "Chile · Union of Dockers",
        "Peru · Coordinadora Campesina",
        "Germany · Syndicat du Livre",
        "Ana Ruiz López",
    ):
        assert shown in page
    assert page.count("new organization</span>") == 2
    assert "Record 3 delegations" in page
    assert recorded(house) == []
    answer = send(alice, congress, LIST, page)
    assert "3 delegations recorded." in text(alice.get(answer.location))
    assert recorded(house) == [
        ("Union of Dockers", "CL", 5), ("Coordinadora Campesina", "PE", 2), ("Syndicat du Livre", "DE", 3),
    ]  # fmt: skip
    with house.open():
        (head,) = db.session.query(Delegate)
        assert (head.person.full_name, head.is_head, head.person.country) == ("Ana Ruiz López", True, "CL")
        new = db.session.query(Organization).filter_by(name="Syndicat du Livre").one()
        assert (new.country, new.classification) == ("DE", Classification.FEDERATION)


def test_a_list_confirmed_or_pasted_twice_is_saved_once(house, alice, congress):
    page = text(send(alice, congress, LIST))
    first, again = (send(alice, congress, LIST, page) for _ in range(2))
    assert again.location == first.location
    later = text(send(alice, congress, LIST, key="k2"))
    assert "Every delegation on this list is already recorded." in later
    assert 'name="confirm"' not in later
    assert len(recorded(house)) == 3


def test_a_missing_or_unknown_country_is_asked_for_and_the_input_is_kept(house, alice, congress):
    listed = "New Union\nOther Union, Atlantis, 4, Ana Ruiz\nUnion of Dockers"
    page = text(send(alice, congress, listed))
    assert "“Atlantis” is not a known country." in page
    assert (page.count('name="country-1"'), page.count('name="country-2"'), page.count('name="country-3"')) == (1, 1, 0)
    undecided = send(alice, congress, listed, page, country_1="BR")
    assert undecided.status_code == 422
    assert 'id="country-2-error">Choose one.' in text(undecided)
    assert re.search(r'<option selected value="BR">', text(undecided))
    assert listed in text(undecided)
    assert recorded(house) == []
    assert send(alice, congress, listed, page, country_1="BR", country_2="EC").status_code == 302
    assert recorded(house) == [("New Union", "BR", 2), ("Other Union", "EC", 4), ("Union of Dockers", "CL", 2)]


def test_an_ambiguous_organization_is_chosen_or_created(house, alice, congress):
    with house.open() as make:
        known = make.organization("Unión Minera", "PE")
    listed = "Union minera, Bolivia\nUnion minera, Ecuador"
    page = text(send(alice, congress, listed))
    assert "Unión Minera (Peru) (already recorded)" in page
    assert 'id="organization-2-error"' in text(send(alice, congress, listed, page, organization_1=""))
    assert send(alice, congress, listed, page, organization_1="999", organization_2="").status_code == 422
    send(alice, congress, listed, page, organization_1=str(known.id), organization_2="")
    with house.open():
        found = {one.country: one.organization_id for one in db.session.query(Delegation)}
        assert found["BO"] == known.id != found["EC"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Chile; 5", "No organization was found on this line."),
        ("Union; Chile; 0", "between 1 and 5,000 seats"),
        ("Union; Chile; 3; 4", "Enter only one number of seats"),
        ("U" * 201 + "; Chile", "is too long"),
        ("Union; Chile; <b>Ana</b>", "does not look like a name"),
    ],
)
def test_a_line_with_an_error_is_kept_with_its_message_and_nothing_is_saved(house, alice, congress, line, said):
    listed = f"Good Union, Peru\n{line}"
    page = text(send(alice, congress, listed))
    assert re.search(rf'class="error">\s*Line 2:\s+.*{re.escape(said)}', page)
    assert 'name="confirm"' not in page
    assert send(alice, congress, listed, page).status_code == 422
    assert recorded(house) == []


@pytest.mark.parametrize(("locale", "most"), [("en", "5,000"), ("es", "5.000")])
def test_a_limit_is_written_as_in_the_language_of_the_reader(house, browse, congress, locale, most):
    with house.open() as make:
        rosa = make.user("Rosa")
        make.grant(rosa)
    reader = browse(rosa)
    with reader.client.session_transaction() as session:
        session["locale"] = locale
    page = text(send(reader, congress, "Union; Chile; 0"))
    assert f"1 {'and' if locale == 'en' else 'y'} {most}" in page


def test_an_existing_head_of_delegation_is_confirmed(house, alice, congress):
    with house.open() as make:
        people = [make.person("Ana", "Ruiz") for _ in range(2)]
    page = text(send(alice, congress, "Good Union, Peru, Ana Ruiz"))
    assert 'id="person-1-error"' in text(send(alice, congress, "Good Union, Peru, Ana Ruiz", page))
    send(alice, congress, "Good Union, Peru, Ana Ruiz", page, person_1=str(people[1].id))
    with house.open():
        assert [one.person_id for one in db.session.query(Delegate)] == [people[1].id]


@pytest.mark.parametrize(
    ("line", "organization", "country"),
    [
        ("Confédération, du Travail, France", "Confédération, du Travail", "FR"),
        ("Brésil, Central Única", "Central Única", "BR"),
        ("Sindicato\tEE. UU.\t4", "Sindicato", "US"),
        ("- Sindicato | ec", "Sindicato", "EC"),
    ],
)
def test_cells_are_recognized_by_their_content(house, alice, congress, line, organization, country):
    assert send(alice, congress, line, text(send(alice, congress, line))).status_code == 302
    assert [one[:2] for one in recorded(house)] == [(organization, country)]


def test_lists_without_organizations_or_with_too_many_lines_are_rejected_with_an_error_on_the_field(alice, congress):
    for listed, said in (
        ("País; Cupos", "No organizations were found."),
        ("U, Peru\n" * 101, "101 lines are too many"),
    ):
        answer = send(alice, congress, listed)
        assert answer.status_code == 422
        assert re.search(rf'id="delegations-error">{said}', text(answer))


def test_only_organizers_of_the_congress_can_paste_and_they_see_no_other_congress(house, browse, congress):
    with house.open() as make:
        there = make.congress("There")
        make.person("Ana", "Ruiz", congress=there)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        here = db.session.merge(make.congress("Here"))
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.ORGANIZER, congress=there)
        number = here.id
    assert 'name="person-1"' not in text(send(browse(bob), number, "Good Union, Peru, Ana Ruiz"))
    assert send(browse(charlie), number, "Good Union, Peru").status_code == 404


def test_thirty_people_in_six_new_delegations_can_be_entered_with_seven_lists(house, alice, congress):
    countries = ("Perú", "Chile", "Ecuador", "Brasil", "Bolivia", "México")
    listed = "\n".join(f"Central Obrera {country}, {country}, 5" for country in countries)
    assert send(alice, congress, listed, text(send(alice, congress, listed))).status_code == 302
    with house.open():
        found = [(one.id, f"{one.country.lower()}") for one in db.session.query(Delegation)]
    assert len(found) == 6
    for number, letters in found:
        here = f"/congresses/{congress}/delegations/{number}/delegates/paste"
        people = "\n".join(f"{given} Ruiz{letters}" for given in ("Ana", "Eva", "Luz", "Leo", "Rita"))
        digest = re.search(r'name="previewed" value="(\w+)"', alice.post(here, {"people": people}).text)[1]
        sent = {"people": people, "previewed": digest, "confirm": "1", "idempotency_key": f"p{number}"}
        assert alice.post(here, sent).status_code == 302
    with house.open():
        assert db.session.query(Delegate).count() == 30
