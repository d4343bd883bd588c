"""What people are to each other, with the right word on both pages, for those who can see both."""

import re

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text
from tests.views.test_history import history_on


@pytest.fixture
def world(house, browse):
    """Alice works on two congresses with one person in each; Charlie works only on the first of them."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice, charlie = make.user("Alice"), make.user("Charlie")
        for user, congress in ((alice, here), (alice, there), (charlie, here)):
            make.grant(user, Role.ORGANIZER, congress=congress)
        rosa, eva = make.person("Rosa", "Luz", congress=here), make.person("Eva", "Sol", congress=there)
    pages = {"rosa": f"/people/{rosa.id}", "eva": f"/people/{eva.id}", "eva_label": f"Eva Sol (#{eva.id})"}
    return pages | {"alice": browse(alice), "charlie": browse(charlie), "rosa_label": f"Rosa Luz (#{rosa.id})"}


def relate(world, **changes):
    typed = {"kind": "supervisor", "other": world["eva_label"], "note": "since Lima"}
    return world["alice"].post(f"{world['rosa']}/relations/new", typed | changes)


def words(page):
    return " ".join(re.sub("<[^>]+>", " ", text(page)).split())


def test_each_page_says_what_its_person_is_to_the_other(world):
    assert relate(world).status_code == 302
    assert "Supervisor of Eva Sol since Lima" in words(world["alice"].get(world["rosa"]))
    assert "Reports to Rosa Luz since Lima" in words(world["alice"].get(world["eva"]))
    world["alice"].edit(f"{world['eva']}/relations/1/edit", kind="interpreter")
    assert "Interpreter for Rosa Luz" in words(world["alice"].get(world["eva"]))
    assert "Interpreted by Eva Sol" in words(world["alice"].get(world["rosa"]))


def test_who_can_see_one_of_the_two_people_learns_nothing_about_the_other(world):
    relate(world)
    page = world["charlie"].get(world["rosa"])
    assert "Eva" not in text(page)
    assert "since Lima" not in text(page)
    history = history_on(world["charlie"], world["rosa"])
    assert "Relations: changed" in history
    assert "Eva" not in history
    for path in ("edit", "remove"):
        assert world["charlie"].post(f"{world['rosa']}/relations/1/{path}", {"kind": "friend"}).status_code == 404
    refused = world["charlie"].post(f"{world['rosa']}/relations/new", {"kind": "friend", "other": world["eva_label"]})
    assert refused.status_code == 422
    assert "is not known" in text(refused)


def test_a_person_is_not_related_to_herself_nor_twice_in_the_same_way(world):
    refused = relate(world, other=world["rosa_label"])
    assert refused.status_code == 422
    assert "This is the same person. Choose somebody else." in text(refused)
    relate(world)
    typed = {"kind": "reports_to", "other": world["rosa_label"]}
    refused = world["alice"].post(f"{world['eva']}/relations/new", typed)
    assert refused.status_code == 422
    assert "This relation is already recorded for these dates." in text(refused)
