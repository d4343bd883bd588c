"""Tags on the pages of people and organizations, and who sees which of them."""

import re

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.people.people import Person
from app.models.people.tags import Tag, Tagging
from app.models.scoping import OutOfScope, Scope
from tests.views.pages import text
from tests.views.test_history import history_on


@pytest.fixture
def world(house, browse):
    """A person of Alice's congress, on which Bob works too; Charlie coordinates another one; Dana may do everything."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice, bob, charlie, dana = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Dana"))
        make.grant(alice, Role.COORDINATOR, congress=here)
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.COORDINATOR, congress=there)
        make.grant(dana, Role.COORDINATOR)
        person = make.person("Rosa", "Luz", congress=here)
        union = make.organization("Union of Dockers")
        world = {
            "person": f"/people/{person.id}",
            "union": f"/organizations/{union.id}",
            "tag": f"/tags/{make.tag().id}",
        }
        world |= {"there": Scope(frozenset({there.id})), "person_id": person.id}
    return world | {user.name.lower(): browse(user) for user in (alice, bob, charlie, dana)}


def put_on(browser, page, name, **more):
    return browser.post(f"{page}/tags/new", {"tag": name, **more})


def test_a_tag_is_put_on_found_by_part_of_its_name_and_taken_off_again(world):
    assert put_on(world["bob"], world["person"], "interpreter").status_code == 302
    assert "Interpreter" in (shown := history_on(world["bob"], world["person"]))
    assert "Tags" in shown
    removed = world["bob"].post(f"{world['person']}/tags/1/remove", {"idempotency_key": "k"})
    page = text(world["bob"].get(removed.location))
    assert 'href="/tags/1"' not in page
    world["bob"].post(re.search(r'action="(/[^"]*undo/\d+)"', page)[1], {})
    assert 'href="/tags/1"' in text(world["bob"].get(world["person"]))


def test_an_unknown_tag_can_be_recorded_by_coordinators_only(world):
    refused = put_on(world["bob"], world["person"], "Safety team")
    assert refused.status_code == 422
    assert "“Safety team” is not known." in text(refused)
    assert "Record it: Safety team" in text(put_on(world["alice"], world["person"], "Safety team"))
    more = {"tag-about": "Safety team", "tag-choice": "new", "tag-new-group": "Roles"}
    assert put_on(world["alice"], world["person"], "Safety team", **more).status_code == 302
    assert "Safety team" in text(world["alice"].get("/tags?q=roles"))


def test_nobody_else_sees_who_has_a_tag_or_how_many(world, house):
    for page in (world["person"], world["union"]):
        put_on(world["alice"], page, "Interpreter")
    assert "1 person · 1 organization" in text(world["bob"].get("/tags"))
    assert "Rosa Luz" in text(world["bob"].get(world["tag"]))
    listed, shown = text(world["charlie"].get("/tags")), text(world["charlie"].get(world["tag"]))
    assert "1 organization" in listed
    assert "1 person" not in listed
    assert "Union of Dockers" in shown
    assert "Rosa" not in shown
    assert put_on(world["charlie"], world["person"], "Interpreter").status_code == 404
    assert [world["charlie"].get(f"{world['tag']}/{verb}").status_code for verb in ("remove", "merge")] == [404, 404]
    world["alice"].post(f"{world['person']}/tags/1/remove", {"idempotency_key": "k"})
    assert "Rosa" in text(world["bob"].get("/undo"))
    assert "Rosa" not in text(world["charlie"].get("/undo"))
    with house.open(world["there"]):
        assert [one.person_id for one in db.session.scalars(select(Tagging))] == [None]
        db.session.add(
            Tagging(tag_id=1, person_id=world["person_id"], created_at=db.session.scalar(select(Tagging.created_at)))
        )
        with pytest.raises(OutOfScope):
            db.session.flush()
        db.session.rollback()


def test_tags_are_merged_and_separated_again(world, house):
    with house.open() as make:
        make.tag("Translator")
    for name in ("Interpreter", "Translator"):
        put_on(world["dana"], world["union"], name)
    put_on(world["dana"], world["person"], "Interpreter")
    asked = text(world["dana"].get(f"{world['tag']}/merge"))
    assert "1 person has it." in asked
    assert "Choose another tag." in text(world["dana"].post(f"{world['tag']}/merge", {"into": "Interpreter"}))
    merged = world["dana"].post(f"{world['tag']}/merge", {"into": "Translator", "idempotency_key": "k"})
    page = text(world["dana"].get(merged.location))
    assert "1 person · 1 organization" in page
    assert ">Interpreter<" not in page
    world["dana"].post(re.search(r'action="(/[^"]*undo/\d+)"', page)[1], {})
    assert "Rosa Luz" in text(world["dana"].get(world["tag"]))
    assert "Rosa Luz" not in text(world["dana"].get("/tags/2"))


@pytest.mark.parametrize("field", ["name_es", "name_en"])
def test_two_tags_cannot_have_one_name_in_any_language(world, field):
    refused = world["alice"].post("/tags/new", {field: "INTÉRPRETER"})
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "There is already a tag with this name." in text(refused)


def test_a_tag_is_shown_in_the_readers_language_and_found_in_both(house, world):
    with house.open() as make:
        make.tag("Press contact", spanish="Contacto de prensa")
        make.tag("Youth", spanish="Juventud")
        make.tag("Zeal", spanish="Ánimo")
    put_on(world["bob"], world["person"], "contacto de prensa")
    assert "Press contact" in text(world["bob"].get(world["person"]))
    assert "Press contact" in (history := history_on(world["bob"], world["person"]))
    assert "Contacto de prensa" not in history
    for typed in ("press", "prensa"):
        listed = text(world["bob"].get(f"/tags?q={typed}"))
        assert "Press contact" in listed
        assert "Contacto de prensa" not in listed
    names = ["Interpreter", "Press contact", "Youth", "Zeal"]
    assert re.findall(r'<a href="/tags/\d+">(.*?)</a>', text(world["bob"].get("/tags"))) == names
    with world["bob"].client.session_transaction() as session:
        session["locale"] = "es"
    page = text(world["bob"].get("/tags"))
    assert re.findall(r'<a href="/tags/\d+">(.*?)</a>', page) == [
        "Ánimo",
        "Contacto de prensa",
        "Interpreter",
        "Juventud",
    ]
    assert "Contacto de prensa" in text(world["bob"].get(world["person"]))


def test_a_tag_that_is_recorded_while_it_is_put_on_gets_its_name_in_the_readers_language(house, world):
    with world["alice"].client.session_transaction() as session:
        session["locale"] = "es"
    more = {"tag-about": "Salud", "tag-choice": "new"}
    assert put_on(world["alice"], world["person"], "Salud", **more).status_code == 302
    with house.open():
        assert db.session.scalars(select(Tag.names).where(Tag.name == "Salud")).one() == {"es": "Salud"}


def test_a_tag_needs_a_name_in_one_language(world):
    refused = world["alice"].post("/tags/new", {"group": "Roles"})
    assert refused.status_code == 422
    assert "Enter a name in at least one language." in text(refused)
    assert world["alice"].edit(f"{world['tag']}/edit", name_es="Intérprete").status_code == 302
    assert "Spanish: Intérprete" in text(world["alice"].get(world["tag"]))


def test_a_person_deleted_for_good_leaves_no_tag_behind(house, world):
    put_on(world["alice"], world["person"], "Interpreter")
    with house.open():
        db.session.delete(db.session.get_one(Person, world["person_id"]))
        db.session.flush()
        assert db.session.scalars(select(Tagging)).all() == []
