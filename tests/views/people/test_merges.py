"""The pages on which people and organizations are merged, and what still works afterwards."""

import pytest

from app import tokens
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Organization
from app.models.people.people import Person
from tests.factories import going_on
from tests.views.pages import text


@pytest.fixture
def world(house):
    """Ana twice in one congress, once in another; Bob works on the first, Charlie on the second."""
    with house.open() as make:
        here, there = make.congress(**going_on()), make.congress()
        kept = make.person("Ana", "Rojas", congress=here, locality="Cali", email="ana@example.org")
        gone = make.person("Anita", "Rojas", congress=here, locality="Cartago", country="CO", email="ana@example.org")
        far = make.person("Ana", "Rojas", congress=there)
        make.person_pair(kept, gone)
        delegation = make.delegation(here, delegates=0)
        seat = make.seat(delegation, gone)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.ORGANIZER, congress=there)
        token = tokens.sign_delegate_link("for tests only", seat)
        found = {
            "kept": kept.id,
            "gone": gone.id,
            "far": far.id,
            "bob": bob,
            "charlie": charlie,
            "link": f"/here/{token}",
        }
        return found | {"path": f"/people/{kept.id}/merge/{gone.id}", "here": here, "delegation": delegation.id}


def people(house):
    with house.open():
        return [(one.full_name, one.locality, one.country) for one in db.session.query(Person).order_by(Person.id)]


def test_two_people_are_compared_and_merged_field_by_field(world, house, browse):
    bob = browse(world["bob"])
    page = text(bob.get(world["path"]))
    assert "Cali" in page
    assert "Cartago" in page
    assert "1 contact detail, 1 seat in a delegation" in page
    answer = bob.edit(world["path"], name="gone", locality="gone")
    assert answer.status_code == 302
    assert people(house)[0] == ("Anita Rojas", "Cartago", "CO")
    page = text(bob.get(f"/people/{world['kept']}"))
    assert "Everything that referred to either record" in page
    assert "Merged with: <del>–</del> → Anita Rojas" in page.replace("\n", " ") or "Anita Rojas" in page


def test_old_addresses_and_personal_links_still_lead_to_the_merged_person(world, browse):
    bob = browse(world["bob"])
    bob.edit(world["path"])
    answer = bob.get(f"/people/{world['gone']}")
    assert (answer.status_code, answer.location) == (302, f"/people/{world['kept']}")
    assert browse().get(world["link"]).status_code == 200
    assert browse(world["charlie"]).get(f"/people/{world['gone']}").status_code == 404


def test_seats_in_one_delegation_become_one_and_both_personal_links_work(world, house, browse):
    with house.open() as make:
        seat = make.seat(db.session.get_one(Delegation, world["delegation"]), db.session.get_one(Person, world["kept"]))
        other = f"/here/{tokens.sign_delegate_link('for tests only', seat)}"
    browse(world["bob"]).edit(world["path"])
    for link in (world["link"], other):
        assert "Ana" in text(browse().get(link))


def test_whoever_merges_second_is_told_that_it_was_done(world, house, browse):
    bob = browse(world["bob"])
    page = bob.get(world["path"])
    bob.edit(world["path"])
    again = bob.post(world["path"], bob.sheet(page))
    assert again.location == f"/people/{world['kept']}"
    assert "These two have already been merged." in text(bob.get(again.location))
    assert len(people(house)) == 2
    itself = bob.get(f"/people/{world['kept']}/merge/{world['kept']}")
    assert "cannot be merged with itself" in text(bob.get(itself.location))


@pytest.mark.parametrize("which", ["kept", "gone"])
def test_nobody_is_merged_with_someone_who_was_removed(world, house, browse, which):
    bob, charlie = browse(world["bob"]), browse(world["charlie"])
    typed = bob.typed(world["path"])
    bob.edit(f"/people/{world[which]}/remove")
    for send in (bob.get, bob.post):
        answer = send(world["path"], data=typed)
        assert answer.location == "/removed"
        page = text(bob.get(answer.location))
        assert "was removed. Restore it first, then merge it." in page
        assert f"/people/{world[which]}/bring-back" in page
    assert charlie.get(world["path"]).status_code == 404
    bob.post(f"/people/{world[which]}/bring-back")
    assert bob.post(world["path"], typed).location == f"/people/{world['kept']}"
    assert "Merged." in text(bob.get(f"/people/{world['kept']}"))


def test_removed_organizations_are_neither_offered_nor_merged(house, alice):
    with house.open() as make:
        one = make.organization("Union of Dock Workers", "PE", website="https://docks.example.org")
        two = make.organization("Union of the Dock Workers", "PE", website="https://docks.example.org")
        make.organization_pair(one, two)
    path = f"/organizations/{one.id}/merge"
    assert f"{path}/{two.id}" in text(alice.get(path))
    assert "Union of Dock Workers + Union of the Dock Workers" in text(alice.get("/organizations/duplicates/merge"))
    alice.edit(f"/organizations/{two.id}/remove")
    assert f"{path}/{two.id}" not in text(alice.get(path))
    assert "No pair is almost certain" in text(alice.get("/organizations/duplicates/merge"))
    assert "was removed. Restore it first" in text(alice.get(alice.get(f"{path}/{two.id}").location))


def test_a_merge_is_hidden_from_those_who_see_neither(world, browse):
    browse(world["bob"]).edit(world["path"])
    assert browse(world["charlie"]).get(world["path"]).status_code == 404


def test_only_those_who_may_edit_both_people_merge_them(world, house, browse):
    far = f"/people/{world['kept']}/merge/{world['far']}"
    for name, path in (("charlie", world["path"]), ("charlie", far), ("bob", far)):
        assert browse(world[name]).get(path).status_code == 404
        assert browse(world[name]).post(path).status_code == 404
    assert len(people(house)) == 3


def test_a_merge_is_undone_from_the_page_of_the_person(world, house, browse):
    bob = browse(world["bob"])
    before = people(house)
    bob.edit(world["path"], locality="gone")
    assert f"/people/{world['kept']}/merges/1/undo" in text(bob.get(f"/people/{world['kept']}"))
    answer = bob.post(f"/people/{world['kept']}/merges/1/undo")
    assert "Anita Rojas is a record of its own again." in text(bob.get(answer.location))
    assert people(house) == before
    assert bob.get(f"/people/{world['gone']}").status_code == 200


def test_pairs_that_are_almost_certain_are_merged_together(world, house, browse):
    bob = browse(world["bob"])
    assert "Ana Rojas + Anita Rojas" in text(bob.get("/people/duplicates/merge"))
    assert bob.post("/people/duplicates/merge", {}).status_code == 422
    assert bob.post("/people/duplicates/merge", {"pairs": "1"}).status_code == 302
    assert people(house)[0] == ("Ana Rojas", "Cali", "CO")
    assert len(people(house)) == 2


def test_organizations_are_found_by_name_and_merged(world, house, browse):
    with house.open() as make:
        one, two = make.organization("Dockers", "PE"), make.organization("Dock workers", "PE", acronym="DW")
        delegation = make.delegation(db.session.merge(world["here"]), organization=two)
    bob = browse(world["bob"])
    path = f"/organizations/{one.id}/merge"
    assert f"{path}/{two.id}" in text(bob.get(f"{path}?q=dock"))
    assert bob.edit(f"{path}/{two.id}", name="gone").status_code == 302
    assert bob.get(f"/organizations/{two.id}").location == f"/organizations/{one.id}"
    with house.open():
        merged = db.session.get_one(Organization, one.id)
        assert (merged.name, merged.acronym) == ("Dock workers", "DW")
        assert db.session.get_one(Delegation, delegation.id).organization_id == one.id
