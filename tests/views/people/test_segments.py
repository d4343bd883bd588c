"""The pages of segments: asking a question step by step, and who sees which segment and which of its members."""

import re

import pytest

from app.domain.people.conditions import KINDS
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.people.custom_fields import FieldKind, RecordKind
from app.models.people.segments import ConditionKind, Segment
from app.models.scoping import EVERYTHING
from tests.views.pages import text
from tests.views.test_history import history_on


@pytest.fixture
def world(house, browse):
    """A segment of Alice's congress, on which Bob works too; Charlie works on nothing of it, Dora on another congress."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        alice, bob, charlie, dora, eva = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora", "Eva"))
        make.grant(alice, Role.COORDINATOR, congress=here)
        make.grant(bob, Role.ORGANIZER, congress=here)
        make.grant(charlie, Role.MEMBER, congress=here)
        make.grant(dora, Role.COORDINATOR, congress=there)
        make.grant(eva, Role.COORDINATOR)
        make.tagging(make.person("Rosa", "Luz", congress=here)), make.person("Ana", "Mar", congress=here)
        make.tagging(make.person("Secret", "Other", congress=there))
        segment = make.segment(congress=here, name="Interpreters")
        make.condition(segment, ConditionKind.TAG, tag_id=make.tag().id)
        hidden = make.segment(name="Of the house")
        make.condition(hidden, ConditionKind.TAG, tag_id=make.tag().id)
        world = {"here": f"congress:{here.id}", "page": f"/segments/{segment.id}", "house": f"/segments/{hidden.id}"}
        world["there_id"] = there.id
    return world | {user.name.lower(): browse(user) for user in (alice, bob, charlie, dora, eva)}


def add(browser, page, kind, **typed):
    path = f"{page}/conditions/new/{kind}"
    answer = browser.post(path, browser.typed(path, **typed))
    assert answer.status_code == 302, text(answer)
    return text(browser.get(page))


def sentence(page):
    return re.search(r'<p class="lead">(.*?)</p>', page)[1].replace("&#34;", '"')


def test_a_question_is_asked_step_by_step_and_read_as_a_sentence(world, house):
    bob = world["bob"]
    with house.open() as make:
        make.custom_field(RecordKind.PERSON, FieldKind.ASSESSMENT, name="Support", options="abcde")
    answer = bob.post("/segments/new", bob.typed("/segments/new", name="To call", subject=world["here"]))
    page = answer.location
    assert "2 people" in text(bob.get(page))
    assert sentence(text(bob.get(page))) == "People of Here."
    assert "Support" in text(bob.get(f"{page}/conditions/kinds"))
    add(bob, page, "name", text="rosa")
    shown = add(bob, page, "country", text="CU", group_number="1")
    assert sentence(shown) == "People of Here who have “rosa” in their name or are from Cuba."
    shown = add(bob, page, "interaction", number="90", negated="1")
    assert sentence(shown).endswith(", and who have not been in contact in the last 90 days.")
    assert "1 person" in shown
    path = f"{page}/conditions/new/field?field=1"
    assert "Enter what it is compared with." in text(bob.post(path, bob.typed(path)))
    sent = bob.post(path, bob.typed(path, comparison="at_least", value="4", negated="1"))
    assert sent.status_code == 302, re.findall(r"class=\"error.*", text(sent))
    assert "do not have 4 · d or more in “Support”" in text(bob.get(page))
    assert "Conditions" in history_on(bob, page)


def test_a_condition_is_moved_removed_and_brought_back(world, house):
    bob, page = world["bob"], world["page"]
    add(bob, page, "email")
    with house.open():
        first, second = db.session.get_one(Segment, int(page.split("/")[-1])).conditions
        edit, remove = (f"{page}/conditions/{second.id}/{verb}" for verb in ("edit", "remove"))
    bob.post(edit, bob.typed(edit, group_number="1", negated="1"))
    asked = "People of Here who have the tag “Interpreter” or have no email address."
    assert sentence(text(bob.get(page))) == asked
    done = text(bob.post(remove, {}, follow_redirects=True))
    assert sentence(done) == "People of Here who have the tag “Interpreter”."
    bob.post(re.search(r'action="(/[^"]*undo/\d+)"', done)[1], {})
    assert sentence(text(bob.get(page))) == asked
    assert first.group_number == 1


def test_others_see_neither_the_segment_nor_whom_it_finds(world):
    page, house_page = world["page"], world["house"]
    assert "Rosa Luz" in (shown := text(world["bob"].get(page)))
    assert "1 person" in shown
    assert "Secret" not in shown
    for name in ("charlie", "dora"):
        for path in (page, f"{page}/edit", f"{page}/conditions/kinds", f"{page}/remove"):
            assert world[name].get(path).status_code in (403, 404), (name, path)
        assert world[name].post(f"{page}/freeze", {}).status_code in (403, 404)
        assert "Interpreters" not in text(world[name].get("/segments"))
    assert world["bob"].get(house_page).status_code == 404
    assert "Of the house" not in text(world["bob"].get("/segments"))
    shown = text(world["eva"].get(house_page))
    assert "2 people" in shown
    assert "Secret" in shown


def test_what_was_done_to_a_segment_of_the_house_is_undone_only_with_access_to_everything(world):
    done = world["eva"].post(f"{world['house']}/freeze", {}, follow_redirects=True)
    undo = re.search(r'action="(/undo/\d+)"', text(done))[1]
    assert "Of the house" not in text(world["bob"].get("/undo"))
    assert world["bob"].post(undo, {}).status_code == 404
    assert "Of the house" in text(world["eva"].get("/undo"))


def test_a_condition_about_what_the_reader_cannot_see_does_not_name_it(world, house):
    with house.open(EVERYTHING) as make:
        segment = db.session.get_one(Segment, int(world["page"].split("/")[-1]))
        make.condition(segment, ConditionKind.SEAT, in_congress_id=world["there_id"])
    shown = text(world["bob"].get(world["page"]))
    assert "have a seat in (not available)" in shown
    assert "Nobody meets this condition." in shown
    assert "0 people" in shown


def test_a_frozen_segment_says_since_when_and_an_undone_freeze_is_none(world):
    bob, page = world["bob"], world["page"]
    done = text(bob.post(f"{page}/freeze", {}, follow_redirects=True))
    assert "1 member is kept." in done
    assert "Frozen: it contains those who met the question on" in done
    bob.post(re.search(r'action="(/[^"]*undo/\d+)"', done)[1], {})
    assert "Frozen: it" not in text(bob.get(page))


def test_a_removed_segment_is_restored(world):
    bob, page = world["bob"], world["page"]
    bob.post(f"{page}/remove", bob.typed(f"{page}/remove"))
    assert bob.get(page).status_code == 404
    assert "Interpreters" in text(bob.get("/removed"))
    assert "Interpreters" not in text(world["dora"].get("/removed"))
    bob.post(f"{page}/bring-back", {})
    assert bob.get(page).status_code == 200


def test_only_who_may_see_subscribers_is_asked_about_them(world, house, browse):
    with house.open() as make:
        campaign = make.campaign()
        ana, luz = make.user("Ana"), make.user("Luz")
        make.grant(ana, Role.COORDINATOR, campaign=campaign), make.grant(luz, Role.ORGANIZER, campaign=campaign)
        make.person("Rosa", campaign=campaign, email="rosa@example.org")
        make.subscription(campaign, email="rosa@example.org")
        page = f"/segments/{make.segment(campaign=campaign).id}"
    ana, luz = browse(ana), browse(luz)
    assert "/conditions/new/subscription" in text(ana.get(f"{page}/conditions/kinds"))
    assert "/conditions/new/subscription" not in text(luz.get(f"{page}/conditions/kinds"))
    assert "1 person" in add(ana, page, "subscription", in_campaign_id="1", status="confirmed")
    assert "0 people" in (shown := text(luz.get(page)))
    assert "subscribers of (not available)" in shown


def test_the_list_shows_the_members_of_a_segment_and_is_saved_as_another_one(world):
    bob, page = world["bob"], world["page"]
    number = page.split("/")[-1]
    address = re.search(r'href="(/people\?segment=\d+)"', text(bob.get(page)))[1]
    listed = text(bob.get(address))
    assert "Rosa" in listed
    assert "Ana" not in listed.partition("<tbody>")[2]
    assert f"/people/download?segment={number}" in listed
    save = re.search(r'href="(/segments/new\?[^"]*)"', text(bob.get(f"{address}&q=luz&columns=email&sorting=-name")))[1]
    save = save.replace("&amp;", "&")
    saved = bob.post(save, bob.typed(save, name="Luz", subject=world["here"])).location
    shown = text(bob.get(saved))
    assert sentence(shown) == "People of Here who have “luz” in their name, and who are in the segment “Interpreters”."
    assert "columns=email" in shown
    assert "sorting=-name" in shown
    assert "1 person" in shown


def test_the_list_of_a_segment_that_is_gone_or_hidden_is_not_found_rather_than_everybodys(world):
    bob, page = world["bob"], world["page"]
    address = page.replace("/segments/", "/people?segment=")
    hidden = world["house"].replace("/segments/", "/people?segment=")
    assert [bob.get(one).status_code for one in (address, hidden)] == [200, 404]
    assert world["dora"].get(address).status_code == 404
    assert world["dora"].get(address.replace("?", "/download?")).status_code == 404
    bob.post(f"{page}/remove", bob.typed(f"{page}/remove"))
    assert bob.get(address).status_code == 404


def test_a_list_of_organizations_is_saved_with_its_words_and_its_kind(world):
    save = "/segments/new?record_kind=organization&q=mexico&show=union"
    saved = world["bob"].post(save, world["bob"].typed(save, name="Unions", subject=world["here"])).location
    asked = "All organizations that have “mexico” in their name or country, and that are of the kind “union”."
    assert sentence(text(world["bob"].get(saved))) == asked


@pytest.mark.parametrize("record_kind", RecordKind)
def test_each_kind_of_condition_has_a_form(house, browse, record_kind):
    with house.open() as make:
        ada = make.user("Ada")
        make.grant(ada, Role.ADMIN)
        page = f"/segments/{make.segment(record_kind).id}/conditions"
        make.custom_field(record_kind, FieldKind.TEXT)
    browser = browse(ada)
    offered = re.findall(rf'href="({page}/new/[^"]+)"', browser.get(f"{page}/kinds").text)
    assert len(offered) >= len(KINDS[record_kind]) - 2  # without campaigns, subscriptions are not offered
    assert {browser.get(address.replace("&amp;", "&")).status_code for address in offered} == {200}
