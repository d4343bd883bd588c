"""The history on the page of a record: who changed what and when, each field before and after."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from app.domain.accounts import audit
from app.domain.actions import follow_ups
from app.domain.congress import congresses, delegations
from app.domain.people import organizations
from app.domain.travel import legs, problems
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.congress.delegations import DelegationStatus
from app.models.travel.journeys import LegStatus
from app.models.travel.problems import Severity
from app.queries.accounts.audit import ROWS
from app.wording import facts
from tests.factories import utc
from tests.views.test_editing import FORMS


class Records:
    """A congress with one record of each kind that has a history, each changed once by Ana."""

    def __init__(self, house):
        with house.open() as make:
            self.ana, self.eve = make.user("Ana"), make.user("Eve")
            congress = make.congress()
            make.grant(self.ana, Role.COORDINATOR, congress=congress)
            make.grant(self.eve, Role.MEMBER, congress=congress)
            audit.act_as(self.ana)
            delegation = make.delegation(congress)
            leg = make.leg(delegation)
            problem = make.problem(congress)
            action = make.follow_up(congress, self.ana)
            kept = {name: getattr(congress, name) for name in congresses.CongressValues.__annotations__}
            congresses.update(congress, kept | {"title": "Congress <of> Quito"})
            delegations.set_status(delegation, DelegationStatus.UNABLE_TO_ATTEND, "No visa", problem)
            legs.set_leg_status(leg, LegStatus.CANCELLED)
            problems.update(problem, make.problem_values(severity_level=Severity.WARNING), by=self.ana)
            follow_ups.complete(action)
            here = f"/congresses/{congress.id}"
            self.paths = {
                "congress": here,
                "delegation": f"{here}/delegations/{delegation.id}",
                "problem": f"{here}/problems/{problem.id}",
                "action": f"/follow-ups/{action.id}",
            }


@pytest.fixture
def records(house, at):
    at(utc("2025-12-01 12:00"))
    return Records(house)


def history_on(client, path):
    page = unescape(client.get(path).get_data(as_text=True))
    section = page.partition('<section id="history">')[2].partition("</section>")[0]
    return " ".join(re.sub(r"</?(?!del)\w[^>]*>", " ", section.replace("<of>", "‹of›")).split())


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("congress", "Title: <del>Congress for Peace</del> → Congress ‹of› Quito"),
        ("delegation", "Status: <del>invitation accepted</del> → unable to attend"),
        ("delegation", "Route problem: <del>–</del> → Airspace of Venezuela closed to all carriers"),
        ("delegation", "Edited: Bogotá → Caracas"),
        ("problem", "Severity: <del>high</del> → medium"),
        ("action", "Status: <del>to do</del> → done"),
    ],
)
def test_the_history_of_a_record_shows_who_changed_what(records, browse, record, expected):
    shown = history_on(browse(records.ana), records.paths[record])
    assert expected in shown
    assert "Mon, Dec 1, 08:00 (Caracas) · Ana" in shown


def test_the_history_of_a_congress_is_shown_only_to_users_who_may_edit_it(records, browse):
    eve = browse(records.eve)
    assert eve.get(records.paths["congress"]).status_code == 200
    assert history_on(eve, records.paths["congress"]) == ""


def test_every_audited_field_has_a_label_unless_it_is_internal(records, house):
    internal = {"problem_id", "called_off_at", "removed_at"}
    with house.open():
        entries = db.session.scalars(select(AuditEntry)).unique().all()
        noted = {name for entry in entries for name in (*entry.before, *entry.after)}
    assert noted - internal <= set(facts.FIELDS)


WITHOUT_A_PAGE = {"letter_texts.edit", "notes.edit", "saved_filters.edit", "scheduled_exports.edit"}
"""Forms that edit a row that is only a part of others' pages, or that only its account sees."""
EXPECTED = {
    "accounts.profile": ("Name: <del>Alice</del> → Alicia", "Time zone: <del>Caracas</del> → Madrid"),
    "articles.edit": ("Publisher: <del>The Paper</del> → Other", "Translated by: <del>–</del> → Luz"),
    "statements.edit": ("Headline: <del>Spanish: Por la paz; English: For peace</del> → Spanish: Por la paz; English: March", "Text: "),
    "calls.edit": ("What to do: <del>English: Come to the square</del> → English: March", "Details: <del>–</del> → English: At noon"),
    "brigades.edit": ("What it does: <del>–</del> → To help", "Languages: <del>–</del> → Spanish"),
    "brigade_roles.edit": ("Roles: <del>3 × translation</del> → 5 × press work",),
    "brigade_members.edit": ("Languages: <del>–</del> → Spanish", "Skills: <del>–</del> → drives"),
    "shifts.edit": ("Venue: <del>Plaza Bolívar, Caracas</del> → Gate 1", "People needed: <del>2</del> → 4"),
    "campaigns.edit": ("Title: <del>Peace and sovereignty</del> → Land", "Goal: <del>To be heard</del> → To win"),
    "congresses.edit": ("Theme: <del>–</del> → Peace", "Venue: <del>–</del> → Hall A"),
    "days_of_action.edit": (
        "Title: <del>English: Day for water</del> → English: March",
        "Text: changed",
    ),
    "targets.edit": ("What is asked of it: <del>Open the port</del> → To open", "Position: <del>–</del> → Minister"),
    "mobilizations.edit": ("Title: <del>March for water</del> → March", "Contact: <del>–</del> → Ana"),
    "mobilization_changes.move": (
        "Where people meet: <del>–</del> → Gate A", "Duration in minutes: <del>120</del> → 90"
    ),
    "mobilization_changes.turnout": ("How many came: <del>1</del> → 10", "Who counted: <del>–</del> → Police"),
    "crossings.edit": ("Minutes to cross: <del>60</del> → 30", "Note: <del>–</del> → Slow"),
    "delegations.edit": ("Seats: <del>3</del> → 7", "Country: <del>Mexico</del> → Cuba"),
    "digests.edit": ("Introduction: <del>–</del> → ", "Spanish: Hola"),
    "affiliations.edit": ("Belongs to: <del>Union 2</del> → Union 2, 2025-01-02, 2026-01-02",),
    "contact_details.edit": ("Contact details: changed",),
    "interactions.edit": ("Kind: <del>call</del> → visit", "Subject: changed"),
    "memberships.edit": ("Memberships: <del>Union 1</del> → Union 1, Chair, 2025-01-02",),
    "other_names.edit": ("Other names: changed",),
    "follow_ups.edit": ("Title: <del>Book the bus</del> → Hire the bus", "Note: <del>Ask for Pedro at the bridge</del> → Ring Ana"),
    "repeating.edit": ("Repeats: <del>every day</del> → every 2 weeks on",),
    "templates.edit": ("Title: <del>Before a congress</del> → Before", "Note: <del>–</del> → Always"),
    "templates.edit_item": ("Actions: <del>Book rooms (7 days before, 09:00)</del> → Book rooms (9 days before, 09:00, press)",),
    "legs.edit": ("Number: <del>–</del> → AV 1", "Booking reference: changed"),
    "organization_parts.edit_contact": ("Contact details: changed",),
    "organization_parts.edit_name": ("Other names: changed",),
    "organizations.edit": ("Acronym: <del>–</del> → SU", "Sector: <del>–</del> → docks"),
    "custom_fields.edit": ("Help: <del>–</del> → English: At noon", "Why it is asked: <del>–</del> → English: To plan"),
    "relations.edit": ("Relations: changed",),
    "segments.edit": ("Name: <del>To call</del> → To write to", "What it is for: <del>–</del> → May"),
    "segment_conditions.edit": ("Conditions: <del>Words in the name: Rosa</del> → not Words in the name: ana",),
    "mailings.edit": ("Subject: changed", "Text: changed"),
    "resolutions.edit": ("Title: <del>Against the blockade</del> → For peace", "Number: <del>1</del> → 7"),
    "tags.edit": ("Group: <del>–</del> → skills", "When to use it: <del>–</del> → On request"),
    "people.edit": ("Town: <del>–</del> → Cork", "Contact details: changed"),
    "border_facts.edit": ("About: <del>documents</del> → money", "Source: <del>Ana</del> → Bob"),
    "places.edit": ("Name: <del>Terminal Los Lagos</del> → Gate A", "Code: <del>–</del> → GTE"),
    "problems.edit": ("Reference number: <del>–</del> → A0123", "Description: <del>–</del> → smoke"),
}  # fmt: skip
"""What the history shows of the changes that FORMS names, by the endpoint of the form."""


@pytest.fixture
def alice(house):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        return alice


def test_every_form_that_edits_a_record_with_a_page_is_tested_here():
    assert set(EXPECTED) | WITHOUT_A_PAGE == set(FORMS)


@pytest.mark.parametrize("form", EXPECTED)
def test_a_change_made_in_a_form_is_in_the_history_on_the_page_of_the_record(house, browse, alice, form):
    with house.open() as make:
        path = FORMS[form].make(make)
    edited, reader = FORMS[form], browse(alice)
    typed = reader.typed(path, **{edited.one[0]: edited.one[1], edited.other[0]: edited.other[1]})
    answer = reader.post(path + edited.post_to, typed)
    page = f"/users/{alice.id}" if form == "accounts.profile" else answer.location
    shown = history_on(reader, page)
    assert [part for part in EXPECTED[form] if part not in shown] == [], shown
    assert "(Madrid) · Alicia" in shown if form == "accounts.profile" else "(Caracas) · Alice" in shown


def test_a_place_that_was_removed_and_restored_and_an_account_with_its_roles_have_a_history(house, browse, alice):
    with house.open() as make:
        place, congress, bob = make.place("Maicao"), make.congress("Congress of Quito"), make.user("Bob")
        pages = f"/places/{place.id}", f"/users/{bob.id}", f"congress:{congress.id}"
    reader = browse(alice)
    reader.post(f"{pages[0]}/remove", reader.typed(f"{pages[0]}/remove"))
    reader.post(f"{pages[0]}/bring-back")
    assert re.search("Restored .* Removed .* Recorded", history_on(reader, pages[0]))
    reader.post(f"{pages[1]}/grants", reader.typed(pages[1], role="organizer", scope=pages[2]))
    reader.post(f"{pages[1]}/deactivate")
    shown = history_on(reader, pages[1])
    assert "Roles: <del>–</del> → organizer (Congress of Quito)" in shown
    assert "Account closed: <del>no</del> → yes" in shown


def test_a_call_that_was_called_off_and_restored_keeps_its_history(house, browse, alice):
    with house.open() as make:
        campaign = make.campaign()
        here = f"/campaigns/{campaign.id}"
        path = f"{here}/calls/{make.call(campaign).id}"
    reader = browse(alice)
    reader.edit(f"{path}/edit", title_en="March")
    assert "Edited: March" in history_on(reader, here)
    done = reader.post(f"{path}/remove", reader.typed(f"{path}/remove"), follow_redirects=True)
    assert "Call to action removed" in (shown := history_on(reader, here))
    assert "What to do: <del>English: March</del> → –" in shown
    assert "Edited: March" not in shown
    undo = re.search(r'action="([^"]*/undo/\d+)"', done.get_data(as_text=True))[1]
    reader.post(undo)
    assert "Edited: March" in (shown := history_on(reader, here))
    assert "What to do: <del>–</del> → English: March" in shown


def test_a_long_history_has_pages_that_stay_open(house, browse, alice):
    with house.open() as make:
        organization = make.organization()
        values = audit.facts_of(organization, organizations.OrganizationValues.__annotations__)
        for number in range(ROWS):
            organizations.update(organization, values | {"sector": f"sector {number:02}"})
        path = f"/organizations/{organization.id}"
    reader = browse(alice)
    first, last = reader.get(path).get_data(as_text=True), reader.get(f"{path}?history=2").get_data(as_text=True)
    assert f"{ROWS + 1} changes" in first
    assert "Recorded" not in first
    assert f'href="{path}?history=2#history"' in first
    assert "<details>" in first
    assert "Recorded" in last
    assert f'href="{path}?history=1#history"' in last
    assert "<details open>" in last


def test_the_history_of_a_campaign_tells_of_the_texts_of_its_letters(house, browse, alice):
    with house.open() as make:
        text = make.letter_text(make.campaign())
        here = f"/campaigns/{text.campaign_id}"
    browse(alice).edit(f"{here}/letters/{text.id}/edit", body="Close it.", letter_language="fr")
    shown = history_on(browse(alice), here)
    assert "Edited: Open the port" in shown
    assert "Language of letters: <del>English</del> → French" in shown
    assert "Text: changed" in shown


def test_a_record_without_changes_shows_no_history(house, browse, alice):
    with house.open() as make:
        path = f"/users/{make.user('Bob').id}"
    assert 'id="history"' not in browse(alice).get(path).get_data(as_text=True)
