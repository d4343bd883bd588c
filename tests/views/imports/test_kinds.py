"""Pages of imports of organizations, memberships, delegations and legs: chosen, checked, imported and undone."""

import io
import random
import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.people.organizations import Organization
from tests.views.pages import text


@pytest.fixture
def world(house, browse):
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        accounts = {name: make.user(name) for name in ("Alice", "Bob", "Charlie")}
        for name, congress in (("Alice", here), ("Bob", here), ("Charlie", there)):
            make.grant(accounts[name], Role.ORGANIZER, congress=congress)
        world = {"here": f"congress:{here.id}"}
    return world | {name.lower(): browse(account) for name, account in accounts.items()}


def upload(world, kind, table, client="alice"):
    data = {
        "file": (io.BytesIO(table.encode()), "table.csv"),
        "subject": world["here"],
        "idempotency_key": str(random.random()),
    }
    return world[client].post(f"/people/imports/upload/{kind}", data=data, content_type="multipart/form-data")


def checked(world, kind, table, **chosen):
    """Upload a table and check its rows; return the address of the import."""
    path = upload(world, kind, table).location
    world["alice"].edit(f"{path}/columns", **chosen)
    return path


def press(world, path, client="alice"):
    return text(world[client].get(world[client].post(path, {"idempotency_key": path}).location))


def test_the_kinds_are_offered_where_an_import_begins(world):
    page = world["alice"].get("/people/imports").text
    for kind in ("people", "organizations", "memberships", "delegations", "legs"):
        assert f'href="/people/imports/upload/{kind}"' in page


def test_organizations_are_imported_and_undone_by_a_team_and_others_see_nothing(world, house):
    table = (
        "Organización,Siglas,País,Pertenece a\nPuertos,PU,Chile,Mar\nMar,,Chile,\nMinas,,Nada,\nSalitre,,Chile,Norte"
    )
    path = checked(world, "organizations", table)
    page = text(world["alice"].get(path))
    assert "Organizations · ready to import" in page
    assert "“Nada” is not a known country." in page
    assert "1 organization in this file is not recorded." in page
    assert "Imported." in press(world, f"{path}/write", "bob")
    with house.open():
        ports = db.session.query(Organization).filter_by(name="Puertos").one().id
    assert f'href="/organizations/{ports}"' in world["alice"].get(path).text
    for page in ("", "/columns", "/organizations", "/refused.csv", "/rows/1"):
        assert world["charlie"].get(path + page).status_code == 404
    assert world["charlie"].post(f"{path}/undo").status_code == 404
    assert "The import was undone." in press(world, f"{path}/undo")
    with house.open():
        assert db.session.query(Organization).count() == 0


def test_what_was_built_on_an_import_is_named_when_it_cannot_be_undone(world, house):
    path = checked(world, "organizations", "name,country\nPuertos,Chile")
    press(world, f"{path}/write")
    with house.open() as make:
        make.person("Ana", organization=db.session.query(Organization).one())
    page = press(world, f"{path}/undo")
    assert "since then something was recorded about: Puertos." in page


def test_a_column_that_is_needed_is_asked_for(world):
    path = upload(world, "organizations", "country,x\nChile,Puertos").location
    assert "Choose which column has the names." in text(world["alice"].edit(f"{path}/columns"))


def test_a_kind_that_does_not_exist_has_no_page(world):
    assert world["alice"].get("/people/imports/upload/planets").status_code == 404


def test_delegates_are_imported_for_a_congress_and_shown_with_what_is_recorded_with_them(world, house):
    with house.open() as make:
        make.organization("Puertos", country="CL")
    path = checked(world, "delegations", "organización,viaja desde,nombre\nPuertos,Chile,Ana Paz\nPuertos,Nada,Luz")
    page = text(world["bob"].get(path))
    assert "with a new delegation: Puertos" in page
    assert "with a new person: Ana Paz" in page
    assert "Imported." in press(world, f"{path}/write")
    page = world["alice"].get(path).text
    assert re.search(r"/congresses/\d+/delegations/\d+", page)
    assert world["charlie"].get(path).status_code == 404
    assert "The import was undone." in press(world, f"{path}/undo", "bob")


def test_delegations_can_be_imported_only_for_a_congress_of_the_team(world):
    page = world["alice"].get(f"/people/imports/upload/delegations?subject={world['here']}").text
    assert f'<option selected value="{world["here"]}">' in page
    assert upload(world, "delegations", "organization\nPuertos", "charlie").status_code == 422


def test_memberships_of_people_who_are_not_recorded_are_refused(world):
    path = checked(world, "memberships", "nombre,correo,organización\nAna Paz,ana@example.org,Puertos")
    world["alice"].edit(f"{path}/organizations", record_0="y", country="CL")
    assert "No recorded person was recognized as “Ana Paz”." in text(world["alice"].get(path))
