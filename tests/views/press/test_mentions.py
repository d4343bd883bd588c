"""Articles name people and organizations: on both pages, as far as the reader can see the person."""

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text


@pytest.fixture
def world(house, browse):
    """Rosa in Bob's congress; Charlie works on another one. An article, and a union."""
    with house.open() as make:
        here, there = make.congress(), make.congress()
        users = {name: make.user(name) for name in ("Alice", "Bob", "Charlie")}
        make.grant(users["Alice"], Role.ADMIN)
        make.grant(users["Bob"], Role.ORGANIZER, congress=here)
        make.grant(users["Charlie"], Role.ORGANIZER, congress=there)
        person, union = make.person("Rosa", "Luz", congress=here), make.organization("Dockers", "PE")
        return {name.lower(): browse(user) for name, user in users.items()} | {
            "article": f"/articles/{make.article('The strike').id}",
            "person": f"/people/{person.id}",
            "union": f"/organizations/{union.id}",
        }


def name(world, browser="bob", **typed):
    return world[browser].edit(f"{world['article']}/mentions/new", **typed)


def test_an_article_is_on_the_page_and_in_the_timeline_of_those_whom_it_names(world):
    assert name(world, person="Rosa Luz (#1)", kind="author").status_code == 302
    assert name(world, organization="Dockers (Peru)").status_code == 302
    page = text(world["bob"].get(world["article"]))
    assert world["person"] in page
    assert world["union"] in page
    for whom, kind in (("person", "written by them"), ("union", "about them")):
        for path in (world[whom], f"{world[whom]}/timeline"):
            shown = text(world["bob"].get(path))
            assert "The strike" in shown
            assert kind in shown
    history = " ".join(text(world["bob"].get(world["person"])).split())
    assert "Articles: <del>–</del> → The strike" in history


def test_who_cannot_see_the_person_does_not_see_the_mention(world):
    name(world, person="Rosa Luz (#1)")
    page = text(world["charlie"].get(world["article"]))
    assert "Rosa" not in page
    assert world["person"] not in page
    assert world["charlie"].post(f"{world['article']}/mentions/1/remove").status_code == 404
    assert world["charlie"].get(f"{world['article']}/mentions/new?person=1").status_code == 404
    refused = name(world, "charlie", person="Rosa Luz (#1)")
    assert refused.status_code == 422
    assert "Rosa" in text(world["alice"].get(world["article"]))


def test_an_article_names_one_person_or_organization_at_a_time_and_each_once(world):
    for typed in ({}, {"person": "Rosa Luz (#1)", "organization": "Dockers (Peru)"}):
        refused = name(world, **typed)
        assert refused.status_code == 422
        assert "Choose either a person or an organization." in text(refused)
    for typed in ({"person": "Rosa Luz (#1)"}, {"organization": "Dockers (Peru)"}):
        assert name(world, **typed).status_code == 302
        refused = name(world, kind="quoted", **typed)
        assert refused.status_code == 422
        assert "This article already names this one." in text(refused)


def test_a_mention_is_removed_and_brought_back(world):
    name(world, person="Rosa Luz (#1)")
    removed = world["bob"].post(f"{world['article']}/mentions/1/remove", {"idempotency_key": "k"})
    assert world["person"] not in text(world["bob"].get(removed.location))
    assert "The strike" not in text(world["bob"].get(f"{world['person']}/timeline"))
    world["bob"].post("/undo/1")
    assert world["person"] in text(world["bob"].get(world["article"]))
    assert "Mention in an article removed: The strike" not in text(world["charlie"].get("/undo"))
    assert "1 mention in an article" in text(world["bob"].get(f"{world['person']}/remove"))
