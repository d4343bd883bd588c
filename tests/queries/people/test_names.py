"""Searching and sorting people, organizations, delegates and places, with the same results on every database."""

import pytest

from app.extensions import db
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries import finding
from app.queries.congress import delegations
from app.queries.people import organizations, people
from app.queries.people.filters import OrganizationFilter, PersonFilter
from app.queries.travel import legs, places


@pytest.fixture(autouse=True)
def everything(make):
    enter_scope(EVERYTHING)


def named(found):
    return [one.full_name for one in found]


@pytest.mark.parametrize(
    "typed",
    ["nunez", "NÚÑEZ", "Núñez José", "jose nun", "o'higgins", "o’higgins", "OʼHIGGINS", "ohiggins", "o higgins"],
)
def test_people_are_found_with_any_spelling_of_their_names(make, typed):
    make.person("José", "Núñez O’Higgins")
    make.person("Marta", "Zapata")
    assert named(people.find(PersonFilter(typed), language="es").rows) == ["José Núñez O’Higgins"]


@pytest.mark.parametrize("typed", ["nunez marta", "%", "_", "?!"])
def test_text_that_is_in_no_name_finds_nobody(make, typed):
    make.person("José", "Núñez")
    make.person("Marta", "Zapata")
    assert people.find(PersonFilter(typed), language="es").rows == []


def test_people_are_sorted_by_the_readers_alphabet(make):
    for given, family in [
        ("Rosa", "Zapata"), ("Ana", "Álvarez"), ("Luz", "Alvarez"), ("Eva", "Ñáñez"), ("Noa", "Nzinga"), ("Mandela", None),
        ("Ada", "mora"),
    ]:  # fmt: skip
        make.person(given, family)
    in_spanish = [
        "Ana Álvarez", "Luz Alvarez", "Mandela", "Ada mora", "Noa Nzinga", "Eva Ñáñez", "Rosa Zapata",
    ]  # fmt: skip
    assert named(people.find(PersonFilter(), language="es").rows) == in_spanish
    in_english = named(people.find(PersonFilter(), language="en").rows)
    assert in_english.index("Eva Ñáñez") < in_english.index("Noa Nzinga")


def test_a_changed_name_is_found_and_sorted_by_its_new_form(make):
    person = make.person("Ana", "Zapata")
    person.family_name = "Ávila"
    db.session.commit()
    assert people.find(PersonFilter("zapata"), language="es").rows == []
    assert people.find(PersonFilter("avila"), language="es").rows == [person]
    assert db.session.get_one(Person, person.id).sort_key.startswith("avila")


@pytest.mark.parametrize("typed", ["unión", "UNION obrera", "obrera union", "UOM", "u.o.m", "metalurgica"])
def test_organizations_are_found_by_words_and_acronym(make, typed):
    make.organization(name="Unión Obrera Metalúrgica", acronym="UOM", country="AR")
    make.organization(name="Sindicato Único", country="PE")
    assert [one.acronym for one in organizations.find(OrganizationFilter(typed), language="es").rows] == ["UOM"]
    assert [one.acronym for one in organizations.search(typed, language="es", limit=5)] == ["UOM"]


@pytest.fixture(params=["few in scope", "few fit", "many fit"])
def size(request, monkeypatch):
    """The three ways in which typed names are looked up: they find the same."""
    if request.param == "many fit":
        monkeypatch.setattr(finding, "MOST", 0)
    return request.param


@pytest.mark.parametrize(
    ("typed", "found"),
    [("nun jos", 2), ("ohig", 2), ("núñez josé", 2), ("lota", 1), ("unez", 0), ("jose xx", 0), ("?!", 0), (" ", 3)],
)
def test_people_and_organizations_are_picked_by_the_beginnings_of_their_names(make, size, typed, found):
    congress, other = make.congress(), make.congress()
    make.person("José", "Núñez O’Higgins", congress=congress)
    make.person("José Luis", "Núñez O'Higgins", congress=congress)
    make.person("Marta", "Lota", congress=congress)
    make.person("José Marta", "Núñez O’Higgins Lota", congress=other)
    for name in ("José Núñez O’Higgins", "O'Higgins Núñez José", "Lota"):
        make.organization(name=name)
    if size == "few in scope":
        enter_scope(Scope(congress_ids=frozenset({congress.id})))
    both = found + (typed not in ("unez", "jose xx", "?!")) * (size != "few in scope")
    assert len(people.search(typed, language="es", limit=9)) == both
    assert len(organizations.search(typed, language="es", limit=9)) == found
    if size == "few in scope":
        delegation = make.delegation(congress)
        assert len(people.not_in(delegation, typed, language="es", limit=9)) == found


def test_organizations_are_sorted_by_country_and_name_in_the_readers_language(make):
    for name, country in [("Zeta", "DE"), ("Ábaco", "DE"), ("Beta", "ES"), ("Alfa", "ZA")]:
        make.organization(name=name, country=country)
    names = [one.name for one in organizations.find(OrganizationFilter(), language="es").rows]
    assert names == ["Ábaco", "Zeta", "Beta", "Alfa"]  # Alemania, España, Sudáfrica
    names = [one.name for one in organizations.find(OrganizationFilter(), language="en").rows]
    assert names == ["Ábaco", "Zeta", "Alfa", "Beta"]  # Germany, South Africa, Spain


def test_delegations_are_sorted_by_country_and_organization_in_the_readers_language_on_every_page(make):
    congress = make.congress()
    for name, country in [("Zeta", "DE"), ("Ábaco", "DE"), ("Beta", "ES"), ("Alfa", "ZA")]:
        make.delegation(congress, organization=make.organization(name=name, country=country), country=country)
    listed = delegations.listing(congress.id, "en")
    assert [one.organization.name for one in listed] == ["Ábaco", "Zeta", "Alfa", "Beta"]
    ids = [one.id for one in listed]
    pages = [delegations.page_among(congress.id, ids, "en", page, size=2) for page in (1, 2)]
    assert [one.id for page in pages for one in page.rows] == ids


def test_delegates_are_found_by_words_of_their_names_in_any_order(make):
    congress = make.congress()
    make.seat(make.delegation(congress), make.person("José", "Núñez", congress=congress))
    assert len(delegations.find_delegates(congress.id, "nunez jose")) == 1
    assert delegations.find_delegates(congress.id, "nunez maria") == []


@pytest.mark.parametrize("typed", ["tachira antonio", "San Antonio del Táchira", "SAN ANTONIO", "ccs", "simon puente"])
def test_places_are_found_by_words_of_their_names_in_any_order(make, typed):
    for name in ("San Antonio", "CCS", "Puente"):
        make.place(name)
    assert len(places.search(typed)) == 1


def test_a_leg_is_found_by_places_carrier_and_number(make):
    congress = make.congress()
    leg = make.leg(make.delegation(congress), number="AV 123", carrier="Línea Águila")
    for typed in (f"#{leg.id}", leg.origin.name, f"{leg.destination.name} {leg.origin.name}", "av 123", "aguila"):
        assert [one.id for one in legs.ahead(congress.id, typed)] == [leg.id], typed
    for typed in ("#99999999999", "→", "nowhere"):
        assert legs.ahead(congress.id, typed) == [], typed
