"""Changes of shared records by somebody who does not use them wait for somebody who does; crossings need a coordinator or two people."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain import pending
from app.domain.press import articles
from app.domain.travel import places
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.house import CrossingRule
from app.models.accounts.pending import PendingChange
from app.models.people.organizations import Organization
from app.models.press.articles import Article
from app.models.travel.places import Crossing, Place, PlaceKind
from app.queries.press import articles as article_queries
from app.queries.press.articles import Wanted
from tests.views.pages import text

WAITS = "Your change waits until somebody who uses this record has accepted it."


@pytest.fixture
def world(house):
    """Alice coordinates a campaign that cites an article, Bob works on another one, Charlie on a third one."""
    with house.open() as make:
        house.alice, house.bob, house.charlie = (make.user(name) for name in ("Alice", "Bob", "Charlie"))
        house.campaign, house.other, third = (make.campaign(title=name) for name in ("Peace", "Bread", "Land"))
        make.grant(house.alice, Role.COORDINATOR, campaign=house.campaign)
        make.grant(house.bob, Role.ORGANIZER, campaign=house.other)
        make.grant(house.charlie, Role.ORGANIZER, campaign=third)
        house.article = make.article(headline="Docks closed")
        make.cite(house.article, house.campaign)
    house.page, house.edit = f"/articles/{house.article.id}", f"/articles/{house.article.id}/edit"
    return house


@pytest.fixture
def proposed(world, browse):
    """Bob has proposed another headline."""
    browse(world.bob).edit(world.edit, headline="Docks open")
    return world


def headline(house):
    with house.open():
        return db.session.get_one(Article, house.article.id).headline


def changes(house):
    with house.open():
        return [
            (one.status.value, one.after)
            for one in db.session.scalars(select(PendingChange).order_by(PendingChange.id))
        ]


def test_a_change_by_somebody_outside_waits_and_everybody_who_edits_such_records_sees_it(world, browse):
    bob = browse(world.bob)
    assert "What you save waits" in text(bob.get(world.edit))
    answer = bob.edit(world.edit, headline="Docks open", authors="Rosa")
    assert answer.location == world.page
    assert WAITS in text(bob.get(world.page))
    assert headline(world) == "Docks closed"
    for client in (bob, browse(world.alice), browse(world.charlie)):
        page = text(client.get(world.page))
        assert "<del>Docks closed</del> → Docks open" in page
        assert "→ Rosa" in page


def test_what_was_proposed_is_in_the_form_again_and_saving_it_anew_replaces_it(proposed, browse):
    bob = browse(proposed.bob)
    assert 'value="Docks open"' in text(bob.get(proposed.edit))
    assert 'value="Docks closed"' in text(browse(proposed.charlie).get(proposed.edit))
    bob.edit(proposed.edit, headline="Docks half open")
    assert changes(proposed) == [("waiting", {"headline": "Docks half open"})]
    bob.edit(proposed.edit, headline="Docks closed")
    assert changes(proposed) == []


def test_sending_the_form_twice_proposes_once(world, browse):
    bob = browse(world.bob)
    sent = bob.typed(world.edit, headline="Docks open")
    assert bob.post(world.edit, sent).location == bob.post(world.edit, sent).location
    assert len(changes(world)) == 1


def test_who_uses_the_record_finds_it_on_today_and_accepts_with_one_press(proposed, browse):
    alice = browse(proposed.alice)
    assert "1 proposed change of a shared record waits for you." in text(alice.get("/"))
    assert "waits for you." not in text(browse(proposed.bob).get("/"))
    assert "Docks open" in text(alice.get("/changes"))
    assert alice.post("/changes/1/accept").location == proposed.page
    assert headline(proposed) == "Docks open"
    page = text(alice.get(proposed.page))
    assert "Proposed change accepted" in page
    assert "<del>–</del> → Bob" in page
    assert "waits for you." not in text(alice.get("/"))
    with proposed.open():
        assert article_queries.find(Wanted(words="open"), 1).total == 1


def test_accepting_is_undone_so_that_the_change_waits_again(proposed, browse):
    alice = browse(proposed.alice)
    alice.post("/changes/1/accept")
    assert 'action="/changes/1/reopen"' in text(alice.get(proposed.page))
    alice.post("/changes/1/reopen")
    assert headline(proposed) == "Docks closed"
    assert changes(proposed) == [("waiting", {"headline": "Docks open"})]
    alice.post("/changes/1/accept")
    assert headline(proposed) == "Docks open"


def test_accepting_is_not_undone_over_a_later_change(proposed, browse):
    alice = browse(proposed.alice)
    alice.post("/changes/1/accept")
    alice.edit(proposed.edit, headline="Docks burning")
    alice.post("/changes/1/reopen")
    assert "It has been changed since" in text(alice.get(proposed.page))
    assert headline(proposed) == "Docks burning"


def test_a_declined_change_keeps_what_was_typed_for_its_proposer_and_can_be_reopened(proposed, browse):
    alice, bob = browse(proposed.alice), browse(proposed.bob)
    alice.post("/changes/1/decline")
    assert headline(proposed) == "Docks closed"
    page = text(bob.get("/changes"))
    assert "declined" in page
    assert "Docks open" in page
    alice.post("/changes/1/reopen")
    assert changes(proposed) == [("waiting", {"headline": "Docks open"})]


def test_nobody_else_decides_neither_who_proposed_it_nor_who_works_elsewhere_nor_a_member(proposed, browse):
    with proposed.open() as make:
        member = make.user("Mia")
        make.grant(member, Role.MEMBER, campaign=proposed.campaign)
    for user in (proposed.bob, proposed.charlie, member):
        for verb in ("accept", "decline", "reopen"):
            assert browse(user).post(f"/changes/1/{verb}").status_code in (403, 404)
    assert browse(proposed.alice).post("/changes/1/withdraw").status_code == 404
    assert headline(proposed) == "Docks closed"
    assert changes(proposed) == [("waiting", {"headline": "Docks open"})]


def test_who_proposed_it_sees_that_it_waits_and_withdraws_it(proposed, browse):
    bob = browse(proposed.bob)
    assert "Proposed by you" in text(bob.get("/changes"))
    bob.post("/changes/1/withdraw")
    assert changes(proposed) == []


def test_a_record_that_nobody_uses_is_changed_at_once_and_so_is_one_of_the_own_campaign(world, browse):
    with world.open() as make:
        free = make.article(headline="Free")
        shared = make.article(headline="Shared")
        for campaign in (world.campaign, world.other):
            make.cite(shared, campaign)
    for article in (free, shared):
        browse(world.bob).edit(f"/articles/{article.id}/edit", headline="Changed")
        with world.open():
            assert db.session.get_one(Article, article.id).headline == "Changed"
    assert changes(world) == []


def test_a_role_on_everything_changes_and_decides_everywhere(proposed, browse):
    with proposed.open() as make:
        eva = make.user("Eva")
        make.grant(eva, Role.ORGANIZER)
    browse(eva).post("/changes/1/accept")
    assert headline(proposed) == "Docks open"
    browse(eva).edit(proposed.edit, headline="Docks closed")
    assert headline(proposed) == "Docks closed"


def test_what_would_be_refused_anyway_is_refused_when_it_is_proposed(world, browse):
    with world.open() as make:
        make.article(url="https://paper.example.org/taken")
    answer = browse(world.bob).edit(world.edit, url="https://paper.example.org/taken")
    assert answer.status_code == 422
    assert "already saved" in text(answer)
    assert 'value="https://paper.example.org/taken"' in text(answer)
    assert changes(world) == []


def test_of_a_long_text_the_part_that_differs_is_shown(world, browse):
    with world.open():
        article = db.session.get_one(Article, world.article.id)
        values = {name: getattr(article, name) for name in articles.ArticleValues.__annotations__}
        articles.update(article, values | {"text": "a " * 500 + "ten thousand people " + "z " * 500})
    bob = browse(world.bob)
    before = bob.typed(world.edit)["text"]
    bob.edit(world.edit, text=before.replace("ten thousand", "a dozen"))
    shown = text(bob.get(world.page)).partition('id="pending"')[2]
    assert "ten thousand people" in shown
    assert "a dozen people" in shown
    assert "a " * 100 not in shown


def test_an_organization_waits_for_the_congress_of_its_delegation_and_so_does_its_removal(world, browse):
    with world.open() as make:
        union, congress = make.organization("Dockers"), make.congress()
        make.delegation(congress, organization=union)
        make.grant(db.session.merge(world.charlie), Role.ORGANIZER, congress=congress)
    page = f"/organizations/{union.id}"
    browse(world.bob).edit(f"{page}/edit", acronym="DU")
    browse(world.bob).post(f"{page}/remove")
    with world.open():
        stored = db.session.get_one(Organization, union.id)
        assert (stored.acronym, stored.removed_at) == (union.acronym, None)
    assert [status for status, _after in changes(world)] == ["waiting"]
    charlie = browse(world.charlie)
    assert "→ yes" in text(charlie.get(page))
    charlie.post("/changes/1/accept")
    with world.open():
        assert db.session.get_one(Organization, union.id).removed_at is not None
    charlie.post("/changes/1/reopen")
    with world.open():
        assert db.session.get_one(Organization, union.id).removed_at is None


def test_the_contact_details_and_names_of_an_organization_wait_as_well(world, browse):
    with world.open() as make:
        union, congress = make.organization("Dockers"), make.congress()
        make.delegation(congress, organization=union)
        make.grant(world.charlie, Role.ORGANIZER, congress=congress)
        office, former = make.organization_contact(union), make.organization_name(union)
    page, bob = f"/organizations/{union.id}", browse(world.bob)
    assert "What you save waits" in text(bob.get(f"{page}/contact-details/new"))
    bob.edit(f"{page}/contact-details/new", type="email", value="mine@example.org")
    bob.edit(f"{page}/contact-details/{office.id}/edit", value="Elsewhere")
    bob.post(f"{page}/names/{former.id}/remove")
    shown = text(bob.get(page))
    assert WAITS in shown
    for words in (
        "– → mine@example.org (Email address)",
        "12 Harbor Road, Callao (Postal address) → Elsewhere (Postal address)",
    ):
        assert words in re.sub("</?del>", "", shown)
    [[status, _after]] = changes(world)
    assert status == "waiting"
    charlie = browse(world.charlie)
    charlie.post("/changes/1/accept")
    with world.open():
        stored = db.session.get_one(Organization, union.id)
        assert {one.value for one in stored.contact_details} == {"mine@example.org", "Elsewhere"}
        assert stored.other_names == []
    charlie.edit(f"{page}/contact-details/{office.id}/edit", value="Here again")
    with world.open():
        assert "Here again" in {one.value for one in db.session.get_one(Organization, union.id).contact_details}


def test_organizations_that_others_use_are_merged_only_by_them(world, browse):
    with world.open() as make:
        union, twin, congress = make.organization("Dockers"), make.organization("Dockers Union"), make.congress()
        make.delegation(congress, organization=union)
        make.grant(db.session.merge(world.charlie), Role.ORGANIZER, congress=congress)
    path = f"/organizations/{twin.id}/merge/{union.id}"
    bob = browse(world.bob)
    assert bob.post(path).location == f"/organizations/{union.id}"
    assert "They can merge it." in text(bob.get(f"/organizations/{union.id}"))
    with world.open():
        assert db.session.get(Organization, union.id) is not None
    browse(world.charlie).edit(path)
    with world.open():
        assert db.session.get(Organization, union.id) is None
    assert bob.post(f"/organizations/{twin.id}/merges/1/undo").status_code == 404
    browse(world.charlie).post(f"/organizations/{twin.id}/merges/1/undo")
    with world.open():
        assert db.session.get(Organization, union.id) is not None


def test_a_place_waits_for_the_congress_whose_legs_use_it(world, browse):
    with world.open() as make:
        values = {"name": "Puerto Nuevo", "kind": PlaceKind.PORT, "code": None, "country": "CO"}
        port = places.add_place(**values, timezone="America/Bogota")
        congress = make.congress()
        make.leg(make.delegation(congress)).origin = port
        make.grant(db.session.merge(world.charlie), Role.ORGANIZER, congress=congress)
    page = f"/places/{port.id}"
    assert "What you save waits" in text(browse(world.bob).get(f"{page}/edit"))
    browse(world.bob).edit(f"{page}/edit", name="Puerto Viejo", latitude="10.5", longitude="-75.5")
    with world.open():
        assert db.session.get_one(Place, port.id).name == "Puerto Nuevo"
    browse(world.charlie).post("/changes/1/accept")
    with world.open():
        stored = db.session.get_one(Place, port.id)
        assert (stored.name, stored.point) == ("Puerto Viejo", (10.5, -75.5))


def test_decided_changes_are_forgotten_when_they_can_no_longer_be_taken_back(proposed, browse, at):
    browse(proposed.alice).post("/changes/1/decline")
    with proposed.open(), clock.travel(clock.now() + timedelta(days=29)):
        pending.sweep()
    assert len(changes(proposed)) == 1
    with proposed.open(), clock.travel(clock.now() + timedelta(days=31)):
        pending.sweep()
    assert changes(proposed) == []


@pytest.fixture
def crossing(world):
    with world.open() as make:
        return make.crossing()


def state(house, crossing):
    with house.open():
        found = db.session.get_one(Crossing, crossing.id)
        return found.verified_by, found.banned


def test_a_coordinator_verifies_and_bans_at_once_and_what_an_organizer_says_waits_for_one(world, crossing, browse):
    page = f"/crossings/{crossing.id}"
    bob, alice = browse(world.bob), browse(world.alice)
    bob.post(f"{page}/verify")
    assert state(world, crossing) == (None, False)
    assert "Verified: <del>no</del> → yes" in text(alice.get(page))
    alice.post("/changes/1/accept")
    assert state(world, crossing) == ("Bob", False)
    alice.post(f"{page}/ban")
    assert state(world, crossing) == ("Bob", True)
    bob.post(f"{page}/allow")
    assert state(world, crossing) == ("Bob", True)
    alice.post(f"{page}/allow")
    assert state(world, crossing) == ("Bob", False)


def test_with_the_rule_of_two_people_nobody_decides_alone_not_even_a_coordinator(world, crossing, browse):
    with world.open() as make:
        admin = make.user("Ada")
        make.grant(admin, Role.ADMIN)
    browse(admin).edit("/house", crossing_rule=CrossingRule.TWO_PEOPLE.value)
    page = f"/crossings/{crossing.id}"
    alice, bob = browse(world.alice), browse(world.bob)
    alice.post(f"{page}/ban")
    assert state(world, crossing) == (None, False)
    assert alice.post("/changes/1/accept").status_code == 404
    bob.post("/changes/1/accept")
    assert state(world, crossing) == (None, True)
