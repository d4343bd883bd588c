"""Removing an organization: the page that asks, and what names it afterwards."""

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text


@pytest.fixture
def story(house):
    with house.open() as make:
        bob, charlie = make.user("Bob"), make.user("Charlie")
        congress, elsewhere = make.congress("Lima"), make.congress("Elsewhere")
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.ORGANIZER, congress=elsewhere)
        docks = make.organization("Union of Docks")
        delegation = make.delegation(congress, organization=docks)
        member = make.membership(make.person("Rosa", congress=congress), organization=docks)
        return {
            "bob": bob, "charlie": charlie, "path": f"/organizations/{docks.id}",
            "delegation": f"/congresses/{congress.id}/delegations/{delegation.id}",
            "membership": f"/people/{member.person_id}/memberships/{member.id}/edit",
        }  # fmt: skip


def test_the_page_that_asks_counts_only_what_the_reader_may_see(browse, story):
    assert "1 delegation, 1 membership" in text(browse(story["bob"]).get(f"{story['path']}/remove"))
    for_charlie = text(browse(story["charlie"]).get(f"{story['path']}/remove"))
    assert "1 delegation" not in for_charlie
    assert "Records that use it are kept" in for_charlie


def test_what_names_a_removed_organization_keeps_it_and_can_be_edited(browse, story):
    bob = browse(story["bob"])
    assert bob.post(f"{story['path']}/remove").location == "/organizations"
    bob.get("/organizations")  # shows the message that names it
    assert "Union of Docks" not in text(bob.get("/organizations"))
    assert bob.get(f"{story['path']}/edit").status_code == 404
    assert "Union of Docks" in text(bob.get(story["delegation"]))
    assert "This organization was removed." in text(bob.get(story["path"]))
    typed = bob.typed(story["membership"], post="Treasurer")
    assert bob.post(story["membership"], typed).status_code == 302
    assert "Treasurer" in text(bob.get(story["membership"].partition("/memberships")[0]))


def test_an_organization_is_restored_from_its_page_or_from_the_list_of_what_was_removed(browse, story):
    bob = browse(story["bob"])
    bob.post(f"{story['path']}/remove")
    assert "Union of Docks" in text(bob.get("/removed"))
    assert f"{story['path']}/bring-back" in bob.get(story["path"]).text
    assert bob.post(f"{story['path']}/bring-back").location == story["path"]
    assert "Union of Docks" in text(bob.get("/organizations"))
