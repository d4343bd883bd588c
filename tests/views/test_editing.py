"""Two users who edit one record: no change is overwritten silently, and no input is lost."""

import html
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.domain.actions import repeating
from app.domain.campaigns import digests
from app.domain.mobilizing import mobilizations
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.travel.journeys import Direction
from app.recurring.patterns import Pattern


@dataclass
class Edited:
    """An edit form and two of its fields, with values for two users to enter."""

    make: Any
    """Creates the record and returns the address of its form."""
    one: tuple[str, str, str, str]
    """A field, and its values: initially, by the first user, and by the second."""
    other: tuple[str, str]
    """Another field, and a value for it."""
    post_to: str = ""
    """Where the form is submitted, if not to its own page."""


def _delegation(make):
    return make.delegation(make.congress())


def _leg(make):
    leg = make.leg(_delegation(make))
    delegation = leg.journey.delegation
    return f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/legs/{leg.id}/edit"


def _party(make):
    delegation = make.delegation(make.congress(), delegates=4)
    journey = make.party(delegation, delegation.delegates[0])
    return f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/parties/{journey.id}"


def _problem(make):
    problem = make.problem(make.congress(), kind="country_airspace")
    return f"/congresses/{problem.congress_id}/problems/{problem.id}/edit"


def _repeating(make):
    path = _follow_up(make)
    every_day = {"pattern": Pattern.DAY, "interval": 1, "weekdays": [], "until": None, "count": None}
    repeating.repeat(db.session.query(FollowUp).one(), every_day, timezone="America/Caracas")
    return path.replace("/edit", "/repeat")


def _follow_up(make):
    congress = make.congress()
    return f"/follow-ups/{make.follow_up(congress, make.user('Bob')).id}/edit"


def _note(make):
    article, campaign = make.article(), make.campaign()
    make.cite(article, campaign)
    return f"/articles/{article.id}/notes/{make.note(article, campaign=campaign, body='First').id}/edit"


def _call(make):
    campaign = make.campaign()
    return f"/campaigns/{campaign.id}/calls/{make.call(campaign).id}/edit"


def _statement(make):
    campaign = make.campaign()
    return f"/campaigns/{campaign.id}/statements/{make.statement(campaign).id}/edit"


def _day_of_action(make):
    campaign = make.campaign()
    return f"/campaigns/{campaign.id}/days-of-action/{make.day_of_action(campaign).id}/edit"


def _mobilization(form, **reported):
    def made(make):
        mobilization = make.mobilization(make.campaign())
        if reported:
            unknown = {"turnout_most": None, "not_counted": False, "turnout_by": None, "turnout_source": None}
            mobilizations.report(mobilization, unknown | reported)
        return f"/campaigns/{mobilization.campaign_id}/mobilizations/{mobilization.id}/{form}"

    return made


def _brigade(make):
    brigade = make.brigade(make.campaign())
    return brigade, f"/campaigns/{brigade.campaign_id}/brigades/{brigade.id}"


def _digest(make):
    campaign, article = make.campaign(), make.article()
    make.cite(article, campaign)
    with clock.travel(clock.now() + timedelta(minutes=1)):
        digest = digests.compose_now(campaign)
    return f"/campaigns/{campaign.id}/digests/{digest.id}"


def _alice():
    return db.session.scalars(select(User).where(User.name == "Alice")).one()


FORMS = {
    "people.edit": Edited(lambda m: f"/people/{m.person().id}/edit", ("locality", "Cork", "Galway", "Derry"), ("phone", "+353 1")),
    "affiliations.edit": Edited(
        lambda m: (o := m.organization()) and f"/organizations/{o.id}/affiliations/{m.affiliation(o).id}/edit",
        ("start_date", "2025-01-02", "2025-01-03", "2025-01-04"), ("end_date", "2026-01-02"),
    ),
    "contact_details.edit": Edited(
        lambda m: (p := m.person()) and f"/people/{p.id}/contact-details/{m.contact_detail(p).id}/edit",
        ("value", "+353 1", "+353 2", "+353 3"), ("note", "evenings"),
    ),
    "interactions.edit": Edited(
        lambda m: f"/interactions/{m.interaction(m.person()).id}/edit", ("subject", "Visa", "Bus", "Hotel"), ("kind", "visit")
    ),
    "memberships.edit": Edited(
        lambda m: (p := m.person()) and f"/people/{p.id}/memberships/{m.membership(p).id}/edit",
        ("post", "Chair", "Clerk", "Guard"), ("start_date", "2025-01-02"),
    ),
    "other_names.edit": Edited(
        lambda m: (p := m.person()) and f"/people/{p.id}/names/{m.other_name(p).id}/edit",
        ("name", "Rosa A", "Rosa B", "Rosa C"), ("kind", "badge"),
    ),
    "custom_fields.edit": Edited(
        lambda m: f"/fields/{m.custom_field().id}/edit", ("help_en", "At noon", "At one", "At two"), ("reason_en", "To plan")
    ),
    "relations.edit": Edited(
        lambda m: (p := m.person()) and f"/people/{p.id}/relations/{m.relation(m.person('Eva'), p).id}/edit",
        ("note", "since school", "since Lima", "since May"), ("kind", "reports_to"),
    ),
    "segments.edit": Edited(
        lambda m: f"/segments/{m.segment().id}/edit", ("name", "To write to", "To call first", "All"), ("purpose", "May")
    ),
    "segment_conditions.edit": Edited(
        lambda m: (s := m.segment()) and f"/segments/{s.id}/conditions/{m.condition(s).id}/edit",
        ("text", "ana", "luz", "eva"), ("negated", "1"),
    ),
    "mailings.edit": Edited(
        lambda m: f"/mailings/{m.mailing().id}/edit", ("subject", "In May", "In June", "In July"), ("text", "Come.")
    ),
    "resolutions.edit": Edited(
        lambda m: f"/congresses/1/resolutions/{m.resolution(m.congress()).id}/edit",
        ("title", "For peace", "For land", "All"), ("number", "7"),
    ),
    "scheduled_exports.edit": Edited(
        lambda m: f"/account/exports/{m.scheduled_export(m.segment(), _alice()).id}/edit",
        ("day", "5", "6", "7"), ("hour", "9"),
    ),
    "saved_filters.edit": Edited(
        lambda m: f"/follow-ups/filters/{m.saved_filter(_alice()).id}/edit",
        ("name", "Mine", "Ours", "All"), ("is_default", "y"),
    ),
    "tags.edit": Edited(
        lambda m: f"/tags/{m.tag().id}/edit", ("group", "skills", "roles", "topics"), ("description", "On request")
    ),
    "organization_parts.edit_contact": Edited(
        lambda m: (o := m.organization()) and f"/organizations/{o.id}/contact-details/{m.organization_contact(o).id}/edit",
        ("value", "1 Quay", "2 Quay", "3 Quay"), ("note", "mornings"),
    ),
    "organization_parts.edit_name": Edited(
        lambda m: (o := m.organization()) and f"/organizations/{o.id}/names/{m.organization_name(o).id}/edit",
        ("name", "Docks A", "Docks B", "Docks C"), ("kind", "known_as"),
    ),
    "organizations.edit": Edited(
        lambda m: f"/organizations/{m.organization().id}/edit", ("sector", "docks", "ports", "ships"), ("acronym", "SU")
    ),
    "congresses.edit": Edited(
        lambda m: f"/congresses/{m.congress().id}/edit", ("venue", "Hall A", "Hall B", "Hall C"), ("theme", "Peace")
    ),
    "delegations.edit": Edited(
        lambda m: (d := _delegation(m)) and f"/congresses/{d.congress_id}/delegations/{d.id}/edit",
        ("seats", "7", "9", "8"), ("country", "CU"),
    ),
    "legs.edit": Edited(_leg, ("number", "AV 1", "AV 2", "AV 3"), ("booking_reference", "XYZ")),
    "problems.edit": Edited(_problem, ("cause_detail", "smoke", "ash", "dust"), ("reference", "A0123")),
    "follow_ups.edit": Edited(_follow_up, ("note", "Ring Ana", "Ring Rosa", "Ring Luz"), ("title", "Hire the bus")),
    "repeating.edit": Edited(_repeating, ("interval", "2", "3", "4"), ("kind", "week")),
    "templates.edit": Edited(
        lambda m: f"/action-templates/{m.template().id}/edit", ("title", "Before", "After", "Around"), ("note", "Always")
    ),
    "templates.edit_item": Edited(
        lambda m: (t := m.template()) and f"/action-templates/{t.id}/items/{m.template_item(t).id}/edit",
        ("days", "9", "8", "6"), ("role", "press"),
    ),
    "notes.edit": Edited(_note, ("body", "Second", "Third", "Fourth"), ("quotation", "by land")),
    "articles.edit": Edited(
        lambda m: f"/articles/{m.article().id}/edit", ("translators", "Luz", "Sol", "Mar"), ("publisher", "Other")
    ),
    "campaigns.edit": Edited(
        lambda m: f"/campaigns/{m.campaign().id}/edit", ("goal", "To win", "To grow", "To last"), ("title", "Land")
    ),
    "statements.edit": Edited(
        _statement, ("text_en", "One.", "Two.", "Three."), ("title_en", "March")
    ),
    "calls.edit": Edited(_call, ("details_en", "At noon", "At one", "At two"), ("title_en", "March")),
    "days_of_action.edit": Edited(_day_of_action, ("title_en", "March", "Stop", "Strike"), ("text_en", "Come.")),
    "mobilizations.edit": Edited(_mobilization("edit"), ("title", "March", "Stop", "Strike"), ("contact", "Ana")),
    "letter_texts.edit": Edited(
        lambda m: f"/campaigns/1/letters/{m.letter_text(m.campaign()).id}/edit",
        ("body", "One.", "Two.", "Three."), ("letter_language", "fr"),
    ),
    "targets.edit": Edited(
        lambda m: f"/campaigns/1/targets/{m.target(m.campaign()).id}/edit",
        ("demand", "To open", "To close", "To wait"), ("post", "Minister"),
    ),
    "mobilization_changes.move": Edited(
        _mobilization("move"), ("address", "Gate A", "Gate B", "Gate C"), ("duration_minutes", "90")
    ),
    "mobilization_changes.turnout": Edited(
        _mobilization("turnout", turnout_least=1), ("turnout_least", "10", "20", "30"), ("turnout_by", "Police"),
    ),
    "brigades.edit": Edited(
        lambda m: f"{_brigade(m)[1]}/edit", ("purpose", "To help", "To teach", "To cook"), ("languages", "Spanish")
    ),
    "brigade_roles.edit": Edited(
        lambda m: (b := _brigade(m)) and f"{b[1]}/roles/{b[0].roles[0].id}/edit", ("needed", "5", "6", "7"), ("kind", "press")
    ),
    "brigade_members.edit": Edited(
        lambda m: (b := _brigade(m)) and f"{b[1]}/members/{m.brigade_member(b[0]).id}/edit",
        ("skills", "drives", "cooks", "paints"), ("languages", "Spanish"),
    ),
    "shifts.edit": Edited(
        lambda m: (b := _brigade(m)) and f"{b[1]}/shifts/{m.shift(b[0], '2026-12-10T09:00').id}/edit",
        ("venue", "Gate 1", "Gate 2", "Gate 3"), ("needed", "4"),
    ),
    "crossings.edit": Edited(
        lambda m: f"/crossings/{m.crossing().id}", ("note", "Slow", "Closed", "Quick"), ("minutes", "30")
    ),
    "border_facts.edit": Edited(
        lambda m: f"/border-information/notes/{m.border_note().id}", ("source", "Bob", "Eva", "Luz"), ("topic", "money")
    ),
    "places.edit": Edited(
        lambda m: f"/places/{m.place('Terminal').id}/edit", ("name", "Gate A", "Gate B", "Gate C"), ("code", "GTE")
    ),
    "accounts.profile": Edited(lambda _: "/account", ("timezone", "Europe/Madrid", "Europe/Lisbon", "Europe/Rome"), ("name", "Alicia")),
    "digests.edit": Edited(_digest, ("opening_en", "Dear all", "Friends", "Dear friends"), ("opening_es", "Hola"), post_to="/edit"),
}  # fmt: skip
"""Every form that edits a row, by endpoint; the travelers of an itinerary have their own test below."""


@pytest.fixture
def reader(house, browse):
    with house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
    return browse(user)


@pytest.fixture
def place(house):
    """Return a function that creates the record of a form and returns the address of the form."""

    def made(edited):
        with house.open() as make:
            return edited.make(make)

    return made


def body(answer):
    return html.unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("edited", FORMS.values(), ids=FORMS)
def test_changes_to_two_fields_are_merged_and_a_conflict_in_one_field_is_resolved_by_a_person(reader, place, edited):
    path = place(edited)
    (name, first_typed, theirs, mine), (other, changed) = edited.one, edited.other
    send = lambda typed: reader.post(path + edited.post_to, typed)  # noqa: E731 - a short name for the test

    second, first = reader.typed(path, **{name: first_typed}), reader.typed(path, **{other: changed})
    assert send(first).status_code == 302
    assert send(second).status_code == 302
    assert "while you were editing, and their changes were kept" in body(reader.get(path))
    assert (reader.typed(path)[name], reader.typed(path)[other]) == (first_typed, changed)
    assert "already been saved" in body(reader.post(path + edited.post_to, second, follow_redirects=True))

    for chosen, stands in (("theirs", theirs), ("mine", mine)):
        late, early = reader.typed(path, **{name: mine}), reader.typed(path, **{name: theirs})
        send(early)
        asked = send(late)
        assert asked.status_code == 409
        assert f'<span class="theirs" dir="auto">{theirs}</span>' in body(asked)
        assert reader.sheet(asked)[name] == mine
        assert reader.typed(path)[name] == theirs
        assert send(reader.sheet(asked, **{f"{name}-take": chosen})).status_code == 302
        assert reader.typed(path)[name] == stands
        send(reader.typed(path, **{name: first_typed}))


def test_a_conflict_in_the_travelers_of_an_itinerary_shows_both_versions(house, reader):
    with house.open() as make:
        delegation = make.delegation(make.congress(), delegates=3)
        one, two, three = delegation.delegates
        journey = make.party(delegation, one)
        path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/parties/{journey.id}"
        name = three.person.full_name
    early = reader.typed(path, delegates=[str(one.id), str(three.id)])
    late = reader.typed(path, delegates=[str(one.id), str(two.id)])
    assert reader.post(path, early).status_code == 302
    asked = reader.post(path, late)
    assert asked.status_code == 409
    assert name in body(asked).partition('class="theirs"')[2].partition("</span>")[0]
    assert reader.post(path, reader.sheet(asked)).status_code == 302
    assert reader.typed(path).getlist("delegates") == [str(one.id), str(two.id)]


@pytest.fixture
def person(house):
    with house.open() as make:
        return f"/people/{make.person(locality='Cork', phone='1').id}/edit"


@pytest.mark.parametrize("seen", [None, "", "junk", ". . :", "locality:" + "0" * 16 + " .", "x" * 100_000, "\x00 ."])
def test_without_fingerprints_every_difference_is_a_conflict(reader, person, seen):
    reader.edit(person, locality="Galway")
    asked = reader.edit(person, locality="Derry", phone="2", seen=seen)
    assert asked.status_code == 409
    assert reader.sheet(asked)["locality"] == "Derry"
    assert reader.typed(person)["locality"] == "Galway"
    assert reader.post(person, reader.sheet(asked)).status_code == 302
    assert (reader.typed(person)["locality"], reader.typed(person)["phone"]) == ("Derry", "2")


def test_truncated_or_foreign_fingerprints_are_treated_as_missing(house, reader, person):
    with house.open() as make:
        foreign = f"/people/{make.person('Foreign', locality='Lima').id}/edit"
    whole = reader.typed(person)["seen"]
    stale = reader.typed(person, locality="Derry")
    reader.edit(person, locality="Galway")
    for seen in (whole[:-2], whole[: len(whole) // 2], reader.typed(foreign)["seen"]):
        assert reader.post(person, {**stale, "seen": seen}).status_code == 409
    assert reader.typed(person)["locality"] == "Galway"


def test_a_page_restored_by_the_browser_does_not_revert_changes_by_others(reader, person):
    kept = reader.typed(person, locality="Derry")
    reader.edit(person, phone="2")
    assert reader.post(person, kept).status_code == 302
    assert reader.post(person, {**kept, "locality": "Galway"}).status_code == 302
    assert (reader.typed(person)["locality"], reader.typed(person)["phone"]) == ("Galway", "2")
    reader.edit(person, locality="Lima")
    assert reader.post(person, {**kept, "locality": "Cork"}).status_code == 409
    assert reader.typed(person)["locality"] == "Lima"


def test_a_validation_error_keeps_merged_values_and_input(reader, person):
    late = reader.typed(person, locality="Derry", email="no address")
    reader.edit(person, phone="2")
    refused = reader.post(person, late)
    assert refused.status_code == 422
    assert "while you were editing, and their changes were kept: Phone." in body(refused)
    assert reader.post(person, reader.sheet(refused, email="")).status_code == 302
    assert (reader.typed(person)["locality"], reader.typed(person)["phone"]) == ("Derry", "2")


def test_keyword_arguments_of_a_form_take_precedence_over_attributes_of_the_row(house, reader):
    with house.open() as make:
        delegation = make.delegation(make.congress())
        leg = make.leg(delegation, direction=Direction.BACK)
        problem = make.problem(db.session.get(Congress, delegation.congress_id))
        delegation.problem_id = problem.id
        path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}"
    assert reader.typed(f"{path}/legs/{leg.id}/edit")["journey"] == "back"
    assert reader.typed(f"{path}/edit")["problem"] == str(problem.id)


def test_an_article_added_to_a_draft_during_editing_stays_in_it(house, reader):
    with house.open() as make:
        campaign = make.campaign()
        make.cite(make.article("First"), campaign)
        with clock.travel(clock.now() + timedelta(minutes=1)):
            digest = digests.compose_now(campaign)
        path = f"/campaigns/{campaign.id}/digests/{digest.id}"
    late = reader.typed(path, opening_en="Friends")
    with house.open() as make, clock.travel(clock.now() + timedelta(minutes=2)):
        make.cite(make.article("Second"), campaign)
        with clock.travel(clock.now() + timedelta(minutes=1)):
            digests.compose_now(db.session.get(Campaign, campaign.id))
    assert reader.post(f"{path}/edit", late).status_code == 302
    stands = reader.typed(path)
    assert stands["opening_en"] == "Friends"
    assert [value for name, value in stands.items() if name.startswith("keep-")] == ["y", "y"]
