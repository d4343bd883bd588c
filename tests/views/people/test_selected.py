"""Several people or organizations are changed at once: who may, what is said, and how it is undone."""

import re

from sqlalchemy import select, update

from app.extensions import db
from app.models.people.people import Participation
from app.models.people.tags import Tagging
from app.views.people import selected
from tests.factories import utc
from tests.views.pages import text
from tests.views.people.selecting import address, confirm, shown, told


def tagged(house):
    with house.open():
        return sorted(db.session.execute(select(Tagging.person_id, Tagging.organization_id)).all(), key=str)


def test_selected_people_are_tagged_and_one_press_undoes_it(world, house):
    alice, people = world["alice"], world["people"]
    page = text(alice.get(address("tag", people[:2])))
    assert "Tag 2 people" in page
    assert "Ana Luz" in page
    assert "Carla" not in page
    assert "cannot be changed" not in page
    said, undo = told(alice, confirm(alice, address("tag", people[:2]), tag="Cook"))
    assert "The tag was put on 2." in said
    assert "Tag put on several people: Cook" in text(alice.get("/undo"))
    said, _undo = told(alice, confirm(alice, address("tag", people), tag="Cook"))
    assert "The tag was put on 1. 2 already had it." in said
    said, _undo = told(alice, alice.post(undo, {}))
    assert "Undone: Tag put on several people: Cook" in said
    assert tagged(house) == [(people[2], None)]


def test_ids_of_others_are_left_out_and_only_counted(world, house):
    forged = [*world["people"], world["hers"], 4_000, -1, 2**70]
    page = text(world["bob"].get(address("tag", forged)))
    assert "Tag 3 people" in page
    assert "2 of the 5 selected cannot be changed by you." in page
    assert "Delia" not in page
    said, _undo = told(world["bob"], confirm(world["bob"], address("tag", forged), tag="Cook"))
    assert "The tag was put on 3. 2 of the 5 selected cannot be changed by you." in said
    assert len(tagged(house)) == 3
    page = text(world["dora"].get(address("tag", world["people"])))
    assert "3 of the 3 selected cannot be changed by you." in page
    assert not re.search('Ana|Bea|Carla|<button class="do"', page)
    assert confirm(world["dora"], address("untag", world["people"]), tag=1).status_code == 422
    assert world["charlie"].get(address("tag", world["people"])).status_code == 404


def test_what_one_did_to_many_is_neither_seen_nor_undone_by_others(world, house):
    _said, undo = told(world["alice"], confirm(world["alice"], address("tag", world["people"]), tag="Cook"))
    for name in ("bob", "dora"):
        assert "Cook" not in text(world[name].get("/undo"))
        assert world[name].post(undo, {}).status_code == 404
    assert len(tagged(house)) == 3


def test_a_double_press_writes_once_and_a_changed_selection_is_shown_again(world, house):
    alice, path = world["alice"], address("tag", world["people"])
    sent = shown(alice.get(path))
    with house.open():
        db.session.delete(db.session.scalars(select(Participation)).first())
    refused = alice.post(path, sent | {"tag": "Cook"})
    assert refused.status_code == 422
    assert "The selection has changed since it was shown." in text(refused)
    assert "Tag 2 people" in text(refused)
    sent["selection"] = re.search(r'name="selection" value="(\w+)"', refused.text)[1]
    assert alice.post(path, sent | {"tag": "Cook"}).status_code == 302
    said, _undo = told(alice, alice.post(path, sent | {"tag": "Cook"}))
    assert "This has already been saved." in said
    assert len(tagged(house)) == 2


def test_all_of_a_list_are_selected_with_its_search(world, house):
    alice, path = world["alice"], "/people/selected/tag?all=1&q=bea"
    assert "Tag 1 person" in text(alice.get(path))
    answer = confirm(alice, path, tag="Cook")
    assert answer.location.endswith("/people?q=bea")
    assert tagged(house) == [(world["people"][1], None)]


def test_only_tags_that_they_have_can_be_taken_off(world, house):
    alice, path = world["alice"], address("untag", world["people"])
    assert "None of them has a tag." in text(alice.get(path))
    confirm(alice, address("tag", world["people"][:2]), tag="Cook")
    assert "Cook (2)" in text(alice.get(path))
    said, undo = told(alice, confirm(alice, path, tag=1))
    assert "The tag was taken off 2. 1 did not have it." in said
    assert tagged(house) == []
    alice.post(undo, {})
    assert len(tagged(house)) == 2


def test_people_are_moved_only_between_what_one_works_on(world, house):
    alice, path = world["alice"], address("move", world["people"])
    page = text(alice.get(path))
    assert world["land"] in page
    assert world["there"] not in page
    assert confirm(alice, path, target=world["there"]).status_code == 422
    said, _undo = told(alice, confirm(alice, path, target=world["land"], source=world["here"]))
    assert "3 people were moved." in said
    assert "Ana" not in text(world["bob"].get("/people"))
    with house.open():
        assert {one.congress_id for one in db.session.scalars(select(Participation)) if one.campaign_id} == {None}
    said, undo = told(alice, confirm(alice, path, target=world["here"]))
    assert "Ana" in text(world["bob"].get("/people"))
    alice.post(undo, {})
    assert "Ana" not in text(world["bob"].get("/people"))


def test_organizations_are_tagged_and_untagged(world, house):
    bob, unions = world["bob"], world["unions"]
    said, _undo = told(bob, confirm(bob, address("tag", unions, of="organizations"), tag="Cook"))
    assert "The tag was put on 2." in said
    said, undo = told(bob, confirm(bob, address("untag", unions, of="organizations"), tag=1))
    assert "The tag was taken off 2." in said
    bob.post(undo, {})
    assert tagged(house) == [(None, one) for one in unions]


def test_too_many_and_none_are_said_in_clear_words(world, monkeypatch):
    monkeypatch.setattr(selected, "MOST", 2)
    for path in (address("tag", world["people"]), "/people/selected/tag?all=1"):
        assert "At most 2 can be changed at once." in text(world["alice"].get(path))
    assert confirm(world["alice"], address("tag", world["people"]), tag="Cook").status_code == 422
    page = text(world["alice"].get("/people/selected/tag"))
    assert "Select at least one in the list first." in page
    assert "Put on the tag" not in page


def test_the_form_around_the_list_leads_to_the_page_of_the_verb(world):
    choose = world["alice"].get("/people/selected?do=tag&id=1&q=luz&_external=1")
    assert choose.location == "/people/selected/tag?id=1&q=luz"
    assert world["alice"].get("/people/selected?do=burn&id=1&q=luz").location == "/people?id=1&q=luz"


ACTION = {"title": "Call her", "due": "2030-12-20T10:00", "remind_before_hours": "24", "priority": "normal"}


def test_an_action_is_assigned_about_each_and_names_her_only_to_those_who_can_see_her(world, house, at):
    at(utc("2030-12-01 12:00"))
    alice, path = world["alice"], address("assign", world["people"])
    here = world["here"].removeprefix("congress:")
    page = text(alice.get(path))
    assert "Assign an action about each of 3 people" in page
    assert "Dora" not in page
    sent = ACTION | {"place": world["here"], "assignee_id": str(world["ids"]["bob"])}
    refused = confirm(alice, path, **sent | {"place": world["there"]})
    assert refused.status_code == 422
    assert confirm(alice, path, **sent | {"assignee_id": str(world["ids"]["dora"])}).status_code == 422
    said, undo = told(alice, confirm(alice, path, **sent))
    assert "3 actions were assigned." in said
    listed = text(world["bob"].get(f"/congresses/{here}/follow-ups"))
    assert len(re.findall(">Call her<", listed)) == 3
    assert "Ana Luz" in listed
    assert "Call her" in text(world["bob"].get(f"/people/{world['people'][0]}"))
    assert "Call her" in text(world["bob"].get(f"/people/{world['people'][0]}/timeline"))
    assert "Ana Luz" in text(world["bob"].get("/follow-ups/1"))
    with house.open():
        db.session.execute(update(Participation).values(congress_id=None, campaign_id=1))
    for page in (f"/congresses/{here}/follow-ups", "/follow-ups/1", "/"):
        shown = text(world["bob"].get(page))
        assert "Call her" in shown
        assert "Ana" not in shown
    alice.post(undo, {})
    assert "Call her" not in text(world["bob"].get(f"/congresses/{here}/follow-ups"))
