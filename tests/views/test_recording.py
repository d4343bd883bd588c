"""Unknown organizations and places are created within the form that asks for them, together with the record itself."""

import re
from html import unescape

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Classification, Organization
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.journeys import Leg
from app.models.travel.places import Crossing, Place, PlaceKind, Service
from app.models.travel.problems import RouteProblem

NAME = "Federación <Nueva>"
TOWN = "San Antonio del Táchira"
DELEGATION = {"organization": NAME, "country": "PE", "seats": "3", "status": "invited"}
LEG = {
    "journey": "out", "mode": "road", "origin": "Ñuñoa Nueva", "departs": "2025-12-09T10:00", "destination": "Bogotá",
    "arrives": "2025-12-09T13:00", "status": "planned",
}  # fmt: skip


@pytest.fixture
def desk(house, browse):
    """An admin, and the addresses of forms that ask for organizations and places."""
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        delegation = make.delegation(make.congress(), delegates=0)
        make.place("BOG")
        here = f"/congresses/{delegation.congress_id}/delegations"
    return browse(alice), {
        "delegation": f"{here}/new", "person": "/people/new", "delegate": f"{here}/{delegation.id}/delegates/new",
        "leg": f"{here}/{delegation.id}/legs/new", "crossing": "/crossings/new", "service": "/services/new",
        "problem": f"/congresses/{delegation.congress_id}/problems/new",
    }  # fmt: skip


def rows(house, model):
    with house.open():
        enter_scope(EVERYTHING)
        return db.session.query(model).order_by(model.id).all()


def shown(response):
    """Return the value of each input of the form that would be submitted again."""
    page = unescape(response.text)
    typed = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page))
    return page, typed


def recorded(field, name, **more):
    """Return what is submitted if the user chooses to create a record for what was typed."""
    return {f"{field}-choice": "new", f"{field}-about": name} | {
        f"{field}-new-{key}": value for key, value in more.items()
    }


@pytest.mark.parametrize("form", ["delegation", "person", "delegate"])
def test_an_unknown_organization_is_created_with_the_record(desk, house, form):
    client, paths = desk
    before = len(rows(house, Organization))
    values = DELEGATION if form == "delegation" else {
        "given_name": "Zoila", "organization": NAME, "capacity": "delegate", "country": "PE", "subject": "",
    }  # fmt: skip
    page, _typed = shown(client.post(paths[form], data=values))
    assert f"“{NAME}” is not known. Record it below, or correct the name." in page
    assert f"Record it: {NAME}" in page
    assert re.search(r'name="organization-choice" value="new" checked', page)
    assert re.search(r'<option selected value="PE">', page[page.index('name="organization-new-country"') :])
    assert len(rows(house, Organization)) == before

    sent = values | recorded("organization", NAME, country="EC", classification="federation") | {"idempotency_key": "k"}
    assert client.post(paths[form], data=sent).status_code == 302
    made = rows(house, Organization)[before:]
    assert [(one.name, one.country, one.classification) for one in made] == [(NAME, "EC", Classification.FEDERATION)]
    assert client.post(paths[form], data=sent).status_code == 302
    assert len(rows(house, Organization)) == before + 1
    if form == "delegation":
        assert [one.organization.name for one in rows(house, Delegation)].count(NAME) == 1
    else:
        with house.open():
            (person,) = db.session.query(Person).filter_by(given_name="Zoila")
            assert [one.organization.name for one in person.memberships] == [NAME]


def test_nothing_is_created_if_another_field_is_invalid_and_the_input_is_kept(desk, house):
    client, paths = desk
    before = len(rows(house, Organization))
    wrong = DELEGATION | {"seats": "0"} | recorded("organization", NAME, country="EC", classification="commune")
    response = client.post(paths["delegation"], data=wrong)
    page, typed = shown(response)
    assert response.status_code == 422
    assert typed["organization"] == NAME
    assert re.search(r'name="organization-choice" value="new" checked', page)
    part = page[page.index('name="organization-new-country"') :]
    assert re.search(r'<option selected value="EC">', part)
    assert re.search(r'<option selected value="commune">', part)
    assert len(rows(house, Organization)) == before


def test_missing_fields_of_a_new_organization_show_an_error(desk, house):
    client, paths = desk
    response = client.post(paths["delegation"], data=DELEGATION | recorded("organization", NAME, country=""))
    assert response.status_code == 422
    assert "Fill in the missing fields below." in response.text
    assert re.search(r'id="organization-new-country-error">Choose one\.', response.text)


def test_a_rule_violated_by_a_new_organization_shows_an_error_on_its_name_and_rolls_back_everything(desk, house):
    client, paths = desk
    with house.open() as make:
        make.organization("Federacion Nueva", country="EC")
        make.organization("Federación Nueva", country="PE")
    before = len(rows(house, Organization))
    sent = DELEGATION | {"organization": "Federación Nueva"}
    sent |= recorded("organization", "Federación Nueva", country="EC", classification="union")
    response = client.post(paths["delegation"], data=sent)
    assert response.status_code == 422
    assert "already recorded in that country" in response.text
    assert len(rows(house, Organization)) == before
    assert len(rows(house, Delegation)) == 1


def test_a_corrected_name_is_looked_up_again(desk, house):
    client, paths = desk
    before = len(rows(house, Organization))
    sent = DELEGATION | recorded("organization", NAME, country="EC") | {"organization": "Another name"}
    assert client.post(paths["delegation"], data=sent).status_code == 422
    assert len(rows(house, Organization)) == before


def test_an_unknown_place_is_created_with_its_leg_and_its_zone_is_asked_if_the_country_has_several(desk, house):
    client, paths = desk
    response = client.post(paths["leg"], data=LEG | {"mode": "air", "origin": "Ñuñoa Nueva"})
    page, _typed = shown(response)
    assert re.search(r'<option selected value="airport">', page[page.index('name="origin-new-kind"') :])
    assert re.search(r'<option selected value="MX">', page[page.index('name="origin-new-country"') :])

    sent = LEG | recorded("origin", "Ñuñoa Nueva", country="EC", kind="city")
    response = client.post(paths["leg"], data=sent | {"origin-new-timezone": "Nowhere"})
    assert 'id="origin-new-timezone-error"' in response.text
    several = LEG | recorded("origin", "Ñuñoa Nueva", country="BR", kind="city")
    zones = client.post(paths["leg"], data=several).text
    assert 'name="origin-new-timezone-choice" value="America/Manaus"' in zones
    chosen = {"origin-new-timezone-choice": "America/Manaus", "origin-new-timezone-about": ""}
    assert client.post(paths["leg"], data=several | chosen).status_code == 302
    (leg,) = rows(house, Leg)
    place = rows(house, Place)[-1]
    assert (place.name, place.kind, place.timezone) == ("Ñuñoa Nueva", PlaceKind.CITY, "America/Manaus")
    assert leg.origin_id == place.id


@pytest.mark.parametrize(
    ("form", "field", "model", "values"),
    [
        ("crossing", "near", Crossing, {"name": "Puente Nuevo", "mode": "road", "minutes": "60", "rank": "0"}),
        ("service", "destination", Service, {"mode": "road", "frequency": "7"}),
        ("problem", "place", RouteProblem, {
            "kind": "place", "effect": "no_service", "severity_level": "severe", "verification": "unverified",
            "starts": "2025-12-09T00:00",
        }),
    ],
)  # fmt: skip
def test_a_place_is_recorded_within_the_form_of_a_crossing_a_service_and_a_problem(
    desk, house, form, field, model, values
):
    client, paths = desk
    values |= {"crossing": {"far": TOWN}, "service": {"origin": TOWN}}.get(form, {})
    values |= {field: "Ñuñoa Nueva", "idempotency_key": "k"}
    with house.open() as make:
        make.place("San Antonio")
    before = len(rows(house, Place))
    page, typed = shown(client.post(paths[form], data=values))
    assert "“Ñuñoa Nueva” is not known. Record it below, or correct the name." in page
    assert re.search(rf'name="{field}-choice" value="new" checked', page)
    assert typed[field] == "Ñuñoa Nueva"
    faulty = values | recorded(field, "Ñuñoa Nueva", country="", kind="city")
    assert f'id="{field}-new-country-error"' in client.post(paths[form], data=faulty).text
    assert (len(rows(house, Place)), rows(house, model)) == (before, [])

    sent = values | recorded(field, "Ñuñoa Nueva", country="CO", kind="city")
    assert [client.post(paths[form], data=sent).status_code for _ in range(2)] == [302, 302]
    place = rows(house, Place)[-1]
    assert (len(rows(house, Place)), place.name, place.country) == (before + 1, "Ñuñoa Nueva", "CO")
    with house.open():
        (one,) = db.session.query(model)
        there = one.informed_entities[0].place_id if form == "problem" else getattr(one, f"{field}_id")
        assert there == place.id


def test_users_without_permission_are_not_offered_to_create_organizations(house, browse):
    with house.open() as make:
        congress = make.congress()
        bob = make.user("Bob")
        make.grant(bob, Role.ORGANIZER, congress=congress)
        path = f"/congresses/{congress.id}/delegations/new"
    page = browse(bob).post(path, data=DELEGATION).text
    assert "Record it:" in page
    member = recorded("organization", NAME, country="EC", classification="union")
    assert browse().post(path, data=DELEGATION | member).status_code in (302, 401, 403)
    assert all(one.name != NAME for one in rows(house, Organization))
