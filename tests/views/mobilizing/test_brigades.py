"""The pages of brigades."""

import re

import pytest

from app.domain.mobilizing import brigades
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mobilizing.brigades import Brigade, MemberStatus, RoleKind


@pytest.fixture
def world(house):
    with house.open() as make:
        campaign = make.campaign()
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice, Role.ADMIN)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Another", slug="another"))
        brigade = make.brigade(campaign, "Press brigade", roles=[(RoleKind.PRESS, 2)])
        rosa = make.person("Rosa", "Luz", congress=make.congress(), phone="+58 212 5550142")
        make.brigade_member(brigade, rosa, status=MemberStatus.ASKED)
        return {
            "alice": alice, "bob": bob, "charlie": charlie, "rosa": rosa.id, "list": f"/campaigns/{campaign.id}/brigades",
            "page": f"/campaigns/{campaign.id}/brigades/{brigade.id}", "member": brigade.members[0].id,
        }  # fmt: skip


def test_a_brigade_is_started_with_a_role_and_a_new_person(world, browse):
    bob = browse(world["bob"])
    empty = bob.typed(f"{world['list']}/new", name="Drivers", languages="Spanish, Klingonish")
    refused = bob.post(f"{world['list']}/new", empty)
    assert "“Klingonish” is not a known language." in refused.text
    started = bob.post(f"{world['list']}/new", bob.sheet(refused, languages="Spanish, fr"))
    page = started.location
    assert "Add the roles that the brigade needs" in bob.get(page).text
    bob.post(f"{page}/roles/new", bob.typed(f"{page}/roles/new", kind="transport", needed="2"))
    assert "2 people are still needed: 2 for transport." in bob.get(page).text
    typed = bob.typed(f"{page}/members/new", given_name="Iván", status="confirmed", channel="phone", phone="+58 1")
    number = re.search(r'value="(\d+)">transport<', bob.get(f"{page}/members/new").text)[1]
    assert bob.post(f"{page}/members/new", {**typed, "role": number}).status_code == 302
    shown = bob.get(page).text
    assert "Iván" in shown
    assert "1 person is still needed: 1 for transport." in shown
    assert "1 of 2 found" in shown


def test_a_role_without_a_name_of_its_own_is_asked_for_it_beside_the_field(world, browse):
    bob = browse(world["bob"])
    path = f"{world['page']}/roles/new"
    refused = bob.post(path, bob.typed(path, kind="other", needed="900"))
    assert "Name the role." in refused.text
    assert refused.status_code == 422
    assert bob.sheet(refused)["needed"] == "900"


def test_members_are_visible_through_the_brigade_and_hidden_with_it(world, browse, house):
    bob, charlie = browse(world["bob"]), browse(world["charlie"])
    assert "Rosa Luz" in bob.get(world["page"]).text
    assert bob.get(f"/people/{world['rosa']}").status_code == 200
    for path in (world["page"], world["list"], f"/people/{world['rosa']}"):
        assert charlie.get(path).status_code == 404
    removing = bob.get(f"{world['page']}/remove")
    assert "The list of its 1 member is removed with it." in removing.text
    bob.post(f"{world['page']}/remove", bob.sheet(removing))
    assert bob.get(world["page"]).status_code == 404
    assert bob.get(f"/people/{world['rosa']}").status_code == 404
    assert "Press brigade (Peace and sovereignty)" in bob.get("/removed").text
    bob.post(f"{world['page']}/bring-back")
    assert "Rosa Luz" in bob.get(world["page"]).text


def test_a_brigade_that_was_removed_long_ago_is_deleted(world, house, at):
    with house.open():
        brigade = db.session.query(Brigade).one()
        brigades.remove(brigade, by=None)
        at(brigade.removed_at.replace(year=brigade.removed_at.year + 1))
        brigades.sweep()
        assert db.session.query(Brigade).count() == 0


def test_a_person_who_is_in_the_brigade_is_not_added_again(world, browse):
    bob = browse(world["bob"])
    path = f"{world['page']}/members/add"
    refused = bob.post(path, bob.typed(path, person=f"Rosa Luz (#{world['rosa']})"))
    assert "This person is already in the brigade." in refused.text


def test_removing_a_member_can_be_undone_and_leaves_a_trace_without_the_name(world, browse):
    bob = browse(world["bob"])
    path = f"{world['page']}/members/{world['member']}/remove"
    done = bob.post(path, bob.typed(path), follow_redirects=True)
    assert "Rosa" not in done.text.partition("<h1")[2]
    assert "Member removed" in done.text
    bob.post(re.search(r'action="([^"]*/undo/\d+)"', done.text)[1])
    assert "Rosa Luz" in bob.get(world["page"]).text


def test_the_roster_is_downloaded_and_the_campaign_remembers_it(world, browse):
    bob = browse(world["bob"])
    path = f"{world['page']}/download"
    got = bob.post(path, bob.typed(path, file_format="csv"), buffered=True)
    rows = got.get_data(as_text=True).splitlines()
    assert "Rosa" in rows[1]
    assert "+58 212 5550142" in rows[1]
    assert "members of a brigade" in browse(world["alice"]).get(world["list"].removesuffix("/brigades")).text
