"""Pages of imports of organizations, memberships, delegations and legs: chosen, checked, imported and undone."""

import io
import random
import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
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


def test_an_ambiguous_place_of_departure_is_corrected_in_the_preview(world, house):
    with house.open() as make:
        make.organization("Puertos", country="CO")
        make.place("CUC"), make.place("Cúcuta")
    path = checked(world, "delegations", "organización,sale de\nPuertos,Cúcuta")
    page = world["alice"].get(path)
    assert "Place of departure: “Cúcuta” may be several places. Write one of these: Cúcuta, CO · Cúcuta (CUC), CO." in (
        text(page)
    )
    row = re.search(rf'href="({path}/rows/\d+)"', page.text)[1]
    assert "ready to import" in text(world["alice"].get(world["alice"].edit(row, cell_1="Cúcuta (CUC), CO").location))
    assert "Imported." in press(world, f"{path}/write")
    page = world["alice"].get(re.search(r"/congresses/\d+/delegations/\d+", world["alice"].get(path).text)[0])
    assert "It departs from Cúcuta (CUC)." in text(page)


LEGS = """organización,desde,sale,hasta,llega,vuelo
Puertos,CUC,2025-12-10 10:00,CCS,2025-12-10 13:00,AV 1
Puertos,CUC,2025-12-10 10:00,Nowhere,2025-12-10 13:00,
Puertos,CUC,mañana,CCS,2025-12-10 13:00,"""


def test_legs_are_checked_imported_and_undone_by_a_team_and_others_see_nothing(world, house):
    with house.open() as make:
        make.place("CUC"), make.place("CCS")
        organization = make.organization("Puertos", country="CO")
        make.delegation(db.session.get(Congress, int(world["here"].partition(":")[2])), "CO", organization=organization)
    path = checked(world, "legs", LEGS)
    page = world["bob"].get(path)
    assert "Legs of journeys · ready to import" in text(page)
    assert "To: no place is called exactly “Nowhere”." in text(page)
    assert "Departs: “mañana” is not a date." in text(page)
    row = re.search(rf'href="({path}/rows/\d+)">Row 4', page.text)[1]
    assert world["bob"].edit(row, cell_2="10/12/2025 11:00", cell_4="11/12/2025 13:00").location == path
    assert world["charlie"].get(row).status_code == 404
    assert "Imported." in press(world, f"{path}/write", "bob")
    address = re.search(r"/congresses/\d+/delegations/\d+", world["alice"].get(path).text)[0]
    assert "AV 1" in text(world["alice"].get(address))
    assert world["charlie"].post(f"{path}/undo", data={"idempotency_key": "k"}).status_code == 404
    assert "The import was undone." in press(world, f"{path}/undo")
    assert "AV 1" not in text(world["alice"].get(address)).partition("History")[0]
