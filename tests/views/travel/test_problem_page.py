"""The page of a route problem: whose legs a warning is about, and its history with names."""

import re

import pytest

from app.domain.travel import legs, problems
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.travel.problems import Effect, RouteProblem, Verification
from tests.factories import utc
from tests.views.pages import text
from tests.views.test_history import history_on


@pytest.fixture
def problem(house, at):
    """The page of a problem that affects only the airspace of Venezuela."""
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        make.problem(make.congress())
    return "/congresses/1/problems/1"


def listed(page, title):
    """Return the rows of the section with this title, as text."""
    section = page.partition(f"<h2>{title}</h2>")[2].partition("</section>")[0]
    return [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in section.split("<li>")[1:]]


def test_the_legs_of_a_warning_are_listed_by_delegation_in_the_order_of_departure(house, alice, problem):
    with house.open() as make:
        congress = db.session.get(Congress, 1)
        mexico, cuba = (make.delegation(congress, country) for country in ("MX", "CU"))
        make.leg(cuba, "BOG", "CCS", "2025-12-10 08:00", "2025-12-10 11:00")
        make.leg(mexico, "CCS", "CUC", "2025-12-10 16:00", "2025-12-10 18:00")
        make.leg(mexico, "BOG", "CCS", "2025-12-10 10:00", "2025-12-10 13:30")
        db.session.get(RouteProblem, 1).effect = Effect.SIGNIFICANT_DELAYS
    first, second = listed(text(alice.get(problem)), "Legs with this warning")
    assert "Cuba" in first
    assert first.endswith(
        "Bogotá → Caracas, departure Wed, Dec 10, 08:00 (Bogotá), arrival Wed, Dec 10, 11:00 (Caracas)."
    )
    assert "Mexico" in second
    assert second.index("Bogotá → Caracas") < second.index("Caracas → Cúcuta")


ENTITIES = [
    ("country", {"country": "CO"}, "a whole country (all modes of travel): Colombia"),
    ("border", {"country": "CO", "other_country": "VE"}, "the land border of a country: Colombia – Venezuela"),
    ("place", {"place": "BOG"}, "airport: Bogotá"),
    ("road", {"place": "CUC", "other_place": "CCS"}, "a road between two places: Cúcuta – Caracas"),
    ("crossing", {"crossing": ...}, "a border crossing: Cúcuta – San Antonio"),
    ("mode", {"mode": "rail", "country": "CO"}, "a mode of travel: by rail (Colombia)"),
    ("carrier", {"carrier": "Avianca"}, "a carrier: Avianca"),
    ("nationality", {"nationality": "CU", "country": "CO"}, "all travelers of a nationality: Cuba → Colombia"),
    ("leg", {"leg": ...}, "one leg: Bogotá → Caracas"),
    ("person", {"delegate": ...}, "one person: Delegate 0"),
]


def made(make, name, value):
    """Return the row or the value of a field of an entity."""
    if name in ("place", "other_place"):
        return make.place(value)
    if value is not ...:
        return value
    if name == "crossing":
        return make.crossing()
    delegation = make.delegation(db.session.get(Congress, 1))
    return make.leg(delegation) if name == "leg" else delegation.delegates[0]


@pytest.mark.parametrize(("kind", "values", "shown"), ENTITIES, ids=[kind for kind, *_rest in ENTITIES])
def test_the_history_names_what_is_affected(house, alice, problem, kind, values, shown):
    with house.open() as make:
        named = {name: made(make, name, value) for name, value in values.items()}
        problems.update(db.session.get(RouteProblem, 1), make.problem_values(kind=kind, **named))
    history = history_on(alice, problem)
    assert f"What is affected: <del>a country’s airspace: Venezuela</del> → {shown}" in history


def test_the_history_says_what_kind_of_thing_was_affected_if_it_is_gone(house, alice, problem):
    with house.open() as make:
        leg = make.leg(make.delegation(db.session.get(Congress, 1)))
        known = db.session.get(RouteProblem, 1)
        problems.add_entity(known, make.entity_values("leg", leg=leg))
        problems.remove_entity(known, known.informed_entities[1])
        legs.delete_leg(leg)
    assert "<del>a country’s airspace: Venezuela; one leg</del> → a country’s airspace: Venezuela" in history_on(
        alice, problem
    )


def test_an_effect_and_a_verification_that_are_stored_but_not_offered_are_kept(house, alice, problem):
    form = f"{problem}/edit"
    assert not {"no_effect", "additional_service"} & set(offered(alice, form, "effect"))
    assert offered(alice, form, "verification") == ["unverified", "verified"]
    with house.open():
        known = db.session.get(RouteProblem, 1)
        known.effect, known.verification = Effect.NO_EFFECT, Verification.UNKNOWN
    assert alice.edit(form, reference="A1").status_code == 302
    with house.open():
        known = db.session.get(RouteProblem, 1)
        assert (known.reference, known.effect, known.verification) == ("A1", Effect.NO_EFFECT, Verification.UNKNOWN)


def offered(client, form, name):
    """Return the values of the choices of a field."""
    options = re.search(rf'<select[^>]*name="{name}".*?</select>', text(client.get(form)), re.DOTALL).group()
    return re.findall(r'<option[^>]* value="([^"]*)"', options)
