"""Every destructive form asks for confirmation or is minor, and can be undone: checked against a handwritten table."""

import html
import re

import pytest
from sqlalchemy import select

from app import clock
from app.domain.people import segments
from app.domain.press import versions
from app.domain.travel import places
from app.extensions import db
from app.forms.press.versions import AnswerForm
from app.models.accounts.accounts import User
from app.models.accounts.undo import UndoEntry
from app.models.actions.follow_ups import FollowUp, FollowUpKind
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.people.people import ContactType, Person
from app.models.people.segments import Segment
from app.models.press.articles import VersionKind
from app.models.press.versions import VersionSuggestion
from app.models.travel.journeys import Leg, LegStatus
from app.models.travel.places import Crossing
from app.models.travel.problems import RouteProblem
from app.queries.travel import ways
from app.queries.travel.ways import RouteConstraints
from app.wording.undo import DONE
from tests.architecture.test_access import MASTER, Pages, account_of, populated, stored
from tests.factories import utc

ASKS, SMALL, UNDO = "asks first", "small", "undo"
DESTRUCTIVE = {
    "address_changes.confirm": (ASKS, "address_changes.undo"),
    "action_parts.renew_link": (ASKS, UNDO),
    "articles.withdraw": (SMALL, UNDO),
    "brigade_members.remove": (ASKS, UNDO),
    "brigade_members.renew": (ASKS, UNDO),
    "shift_places.approve_swap": (SMALL, UNDO),
    "shift_places.decide": (SMALL, UNDO),
    "shift_places.refuse_swap": (SMALL, UNDO),
    "shifts.remove": (ASKS, UNDO),
    "brigade_roles.remove": (ASKS, UNDO),
    "brigades.remove": (ASKS, "brigades.bring_back"),
    "calling_off.call_off": (ASKS, "calling_off.reinstate"),
    "locks.lock": (SMALL, "locks.opening"),  # one press on a page of its own: seconds count
    "calls.remove": (ASKS, UNDO),
    "check_ins.renew": (ASKS, UNDO),
    "crossings.doubt": (SMALL, UNDO),
    "ruled_out_roads.lift": (SMALL, UNDO),
    "delegations.remove": (ASKS, "delegations.bring_back"),
    "delegations.remove_delegate": (ASKS, UNDO),
    "digests.discard": (ASKS, UNDO),
    "digests.reopen": (SMALL, "digests.approve"),
    "digests.pause": (SMALL, "digests.resume"),
    "digests.stop": (SMALL, "digests.resume"),
    "duplicates.dismiss_organizations": (SMALL, "duplicates.restore_organizations"),
    "duplicates.dismiss_people": (SMALL, "duplicates.restore_people"),
    "merges.of_organizations": (ASKS, "merges.undo_organizations"),
    "merges.of_people": (ASKS, "merges.undo_people"),
    "merges.sure_organizations": (ASKS, "merges.undo_organizations"),
    "merges.sure_people": (ASKS, "merges.undo_people"),
    "entities.remove": (SMALL, UNDO),
    "entities.remove_period": (SMALL, UNDO),
    "feeds.pause": (SMALL, "feeds.resume"),
    "feeds.remove": (ASKS, "feeds.bring_back"),
    "action_parts.remove_item": (SMALL, UNDO),
    "attachments.remove": (SMALL, UNDO),
    "action_parts.tick": (SMALL, UNDO),
    "follow_ups.book": (ASKS, UNDO),
    "follow_ups.close": (SMALL, UNDO),
    "help_calls.close": (ASKS, UNDO),
    "intakes.refuse": (SMALL, "intakes.restore"),
    "mentions.remove": (SMALL, UNDO),
    "days_of_action.remove": (ASKS, "days_of_action.bring_back"),
    "mobilization_changes.cancel": (ASKS, "mobilization_changes.reinstate"),
    "mobilization_changes.remove_host": (SMALL, UNDO),
    "taking_over.decline": (ASKS, UNDO),
    "taking_over.every": (ASKS, UNDO),
    "statements.close": (SMALL, "statements.reopen"),
    "statements.remove": (ASKS, "statements.bring_back"),
    "coverage.hide_picture": (SMALL, "coverage.show_picture"),
    "coverage.remove_picture": (SMALL, "coverage.bring_back_picture"),
    "coverage.remove_press_link": (SMALL, UNDO),
    "proposals.decline": (ASKS, UNDO),
    "proposals.renew_link": (ASKS, UNDO),
    "mobilizations.remove": (ASKS, "mobilizations.bring_back"),
    "notes.remove": (SMALL, UNDO),
    "organization_parts.remove_contact": (SMALL, UNDO),
    "organization_parts.remove_name": (SMALL, UNDO),
    "organizations.remove": (ASKS, "organizations.bring_back"),
    "people.remove": (ASKS, "people.bring_back"),
    "border_facts.remove": (ASKS, "border_facts.bring_back"),
    "places.remove": (ASKS, "places.bring_back"),
    "personal.arrived": (SMALL, "personal.mistaken"),
    "problems.lift": (ASKS, UNDO),
    "sign_ups.called": (SMALL, UNDO),
    "services.ban": (SMALL, "services.ban"),
    "crossings.judge": (SMALL, "crossings.judge"),
    "pending.decide": (SMALL, "pending.decide"),
    "pending.withdraw": (SMALL, UNDO),
    "legs.delete": (ASKS, UNDO),
    "affiliations.remove": (SMALL, UNDO),
    "consents.remove": (SMALL, UNDO),
    "consents.withdraw": (ASKS, UNDO),
    "suppressions.of_person": (ASKS, "suppressions.index"),
    "contact_details.remove": (SMALL, UNDO),
    "interactions.remove": (SMALL, UNDO),
    "memberships.remove": (SMALL, UNDO),
    "organization_tags.remove": (SMALL, UNDO),
    "other_names.remove": (SMALL, UNDO),
    "person_tags.remove": (SMALL, UNDO),
    "assigning.assign": (ASKS, UNDO),
    "enrolling.invite": (ASKS, UNDO),
    "enrolling.subscribe": (ASKS, UNDO),
    "selected.move": (ASKS, UNDO),
    "selected_actions.complete": (ASKS, UNDO),
    "selected_actions.drop": (ASKS, UNDO),
    "selected.tag": (ASKS, UNDO),
    "selected.untag": (ASKS, UNDO),
    "selected_organizations.tag": (ASKS, UNDO),
    "selected_organizations.untag": (ASKS, UNDO),
    "custom_fields.remove": (ASKS, UNDO),
    "custom_fields.retire": (SMALL, "custom_fields.bring_back"),
    "saved_filters.remove": (SMALL, UNDO),
    "scheduled_exports.stop": (SMALL, "scheduled_exports.start"),
    "segment_conditions.remove": (SMALL, UNDO),
    "segments.freeze": (SMALL, UNDO),
    "partners.remove": (SMALL, UNDO),
    "letter_texts.remove": (SMALL, UNDO),
    "targets.remove": (ASKS, "targets.bring_back"),
    "targets.remove_entry": (SMALL, UNDO),
    "resolutions.remove": (ASKS, "resolutions.bring_back"),
    "mailings.remove": (ASKS, "mailings.bring_back"),
    "mailings.pause": (SMALL, "mailings.resume"),
    "mailings.stop": (SMALL, "mailings.resume"),
    "segments.remove": (ASKS, "segments.bring_back"),
    "segments.unfreeze": (SMALL, UNDO),
    "tags.merge": (ASKS, UNDO),
    "tags.remove": (ASKS, UNDO),
    "templates.remove": (ASKS, UNDO),
    "templates.remove_item": (SMALL, UNDO),
    "participations.end": (SMALL, UNDO),
    "relations.remove": (SMALL, UNDO),
    "parties.end": (SMALL, UNDO),
    "users.deactivate": (SMALL, "users.change"),
    "users.remove": (ASKS, "users.bring_back"),
    "users.revoke": (SMALL, UNDO),
    "versions.answer": (SMALL, UNDO),
    "versions.make_original": (SMALL, UNDO),
    "versions.untie": (SMALL, UNDO),
    "ways.choose": (ASKS, UNDO),
    "ways.undo": (ASKS, UNDO),
}
"""Forms that delete or overwrite what a person recorded: whether they ask, and how they are undone."""

HARMLESS = {
    **dict.fromkeys(("brigade_actions.take", "my_shifts.join", "my_shifts.swap", "my_shifts.take", "my_shifts.take_action", "shift_places.add", "shifts.new"), "adds"),
    "shifts.edit": "edits",
    "brigade_members.send_links": "sends",
    **dict.fromkeys(
        ("my_shifts.answer", "my_shifts.asks", "my_shifts.decide", "my_shifts.decline", "my_shifts.refuse", "my_shifts.renew_calendar"), "owner’s"
    ),
    **dict.fromkeys(("imports.upload", "imports.write"), "adds"),
    **dict.fromkeys(("stages.choose_header", "stages.choose_sheet", "stages.columns", "stages.row", "stages.unknown_organizations"), "edits"),
    **dict.fromkeys(("organizations.remember", "people.remember"), "changes how a list looks"),
    "scheduled_exports.delete_file": "deletes a copy of what is recorded",
    "imports.undo": "undoes",
    "imports.discard": "deletes a copy of a file of which nothing was saved",
    **dict.fromkeys(
        (
            "action_parts.add_items", "action_parts.comment", "attachments.attach", "shared_actions.comment",
            "articles.cite", "articles.new", "articles.paste", "brigade_members.add", "brigade_members.new", "brigade_roles.new", "brigades.new", "calls.new", "days_of_action.new", "mobilizations.new", "targets.new", "targets.log", "letter_texts.new", "public_letters.write", "mobilization_changes.add_host", "campaigns.cite", "campaigns.new", "check_ins.ask",
            "border_facts.new", "ruled_out_roads.new", "congresses.new", "crossings.new", "delegations.add_delegate", "delegations.new", "delegations.new_delegate",
            "digests.compose", "entities.new", "entities.new_period", "feeds.index", "new_follow_ups.new", "quick_entry.new", "help_calls.record",
            "intakes.keep", "leg_batches.copy", "return_journeys.new", "mentions.new", "notes.new", "organizations.new", "organization_parts.new_contact", "organization_parts.new_name", "organization_tags.new", "person_tags.new", "segments.new", "template_uses.new", "templates.new", "templates.new_item", "mailings.new", "partners.new", "resolutions.new", "saved_filters.new", "scheduled_exports.new", "segment_conditions.new", "tags.new", "custom_fields.new", "affiliations.new", "contact_details.new", "interactions.new", "memberships.new", "other_names.new", "participations.new", "relations.new", "consents.new", "people.new", "personal.answer", "personal.call",
            "problems.cite", "notices.paste", "problems.new", "delegation_lists.paste", "delegate_lists.paste", "services.new", "legs.new", "parties.new", "places.new",
            "users.grant", "users.new", "versions.tie", "accounts.first_admin", "subscriptions.subscribe", "public_mobilizations.attend", "public_proposals.new", "public_brigades.join", "taking_over.one", "coverage.new_picture", "coverage.new_press_link", "host_coverage.picture", "host_coverage.press_link", "endorsements.new", "statements.new", "public_statements.sign",
        ),
        "adds",
    ),
    **dict.fromkeys(
        (
            "accounts.profile", "articles.edit", "brigade_members.edit", "brigade_roles.edit", "brigades.edit", "calls.edit", "statements.edit", "targets.edit", "letter_texts.edit", "days_of_action.edit", "mobilizations.edit", "mobilization_changes.move", "mobilization_changes.turnout", "hosting.edit", "hosting.move", "hosting.turnout", "campaigns.edit", "border_facts.edit", "congresses.edit", "crossings.edit",
            "delegations.edit", "digests.edit", "follow_ups.edit", "leg_batches.status", "notes.edit", "affiliations.edit", "contact_details.edit",
            "interactions.edit", "memberships.edit", "other_names.edit", "relations.edit", "organizations.edit", "organization_parts.edit_contact", "organization_parts.edit_name", "people.edit", "segments.edit", "repeating.edit", "templates.edit", "templates.edit_item", "mailings.edit", "resolutions.edit", "saved_filters.edit", "scheduled_exports.edit", "segment_conditions.edit", "tags.edit", "custom_fields.edit", "custom_fields.move_up", "places.edit", "problems.edit",
            "legs.edit", "parties.edit", "subscriptions.preferences", "intakes.text",
        ),
        "edits",
    ),
    **dict.fromkeys(
        (
            "address_changes.undo", "border_facts.bring_back", "ruled_out_roads.keep", "brigades.bring_back", "calling_off.reinstate", "days_of_action.bring_back", "mobilizations.bring_back", "targets.bring_back", "coverage.bring_back_picture", "statements.bring_back", "statements.reopen", "mobilization_changes.reinstate", "custom_fields.bring_back", "digests.resume", "delegations.bring_back", "duplicates.restore_organizations",
            "duplicates.restore_people", "merges.undo_organizations", "merges.undo_people", "feeds.bring_back", "feeds.resume",
            "intakes.restore", "personal.mistaken", "organizations.bring_back", "people.bring_back", "places.bring_back", "segments.bring_back", "mailings.bring_back", "resolutions.bring_back", "mailings.resume", "scheduled_exports.start", "undo.in_campaign", "undo.in_congress", "undo.in_house",
            "users.bring_back", "users.change",
        ),
        "undoes",
    ),
    **dict.fromkeys(("address_changes.new", "mobilization_changes.confirm", "proposals.approve", "taking_over.accept", "coverage.show_picture", "subscriptions.confirm", "sign_up_links.confirm", "public_statements.sign_anew", "statements.publish", "digests.propose"), "confirms"),
    **dict.fromkeys(
        ("accounts.ask_for_password_link", "accounts.forgotten", "check_ins.send_links", "digests.approve", "digests.test", "subscriptions.wishes", "mailings.approve", "mailings.test"),
        "sends",
    ),
    **dict.fromkeys(
        (
            "brigades.roster", "list_downloads.of_mobilizations", "list_downloads.of_sign_ups", "targets.as_file", "follow_up_lists.download_index", "follow_up_lists.download_of_campaign", "follow_up_lists.download_of_congress", "congress_downloads.delegations", "congress_downloads.journeys",
            "downloads.interactions", "downloads.organizations", "downloads.people", "log.download", "person_exports.download",
        ),
        "exports",
    ),
    **dict.fromkeys(("selected_actions.assign", "selected_actions.move", "selected_actions.prioritize"), "edits"),
    **dict.fromkeys(("feeds.check", "intakes.take", "mail.retry", "digest_sending.again", "mailing_sending.again"), "fetches"),
    **dict.fromkeys(("accounts.sign_in", "codes.ask", "passkeys.sign_in", "accounts.confirm", "accounts.sign_out", "sessions.end", "sessions.end_others", "accounts.choose_password", "today.language"), "session"),
    **dict.fromkeys(("subscriptions.unsubscribe_all", "subscriptions.unsubscribe_now", "subscriptions.never_again", "unsubscribing.withdraw", "sign_up_links.withdraw", "shared_actions.hand_back", "brigade_actions.hand_back", "action_links.take", "accounts.end_links", "accounts.change_calendars", "shared_actions.renew_calendar", "factors.begin", "factors.end", "factors.hide_codes", "factors.renew_codes", "factors.show", "passkeys.add", "passkeys.remove", "factor_resets.cancel"), "owner’s"),
    **dict.fromkeys(("factor_resets.ask", "factor_resets.approve", "locks.opening", "approvals.approve", "approvals.refuse"), "confirms"),
    **dict.fromkeys(("factor_resets.withdraw", "approvals.withdraw"), "undoes"),
    "house.settings": "edits",
    "retention.change": "edits",
    "suppressions.index": "edits",
    "returned.take": "is posted by a mail server",
    **dict.fromkeys(("suppressions.write_again", "suppressions.write_again_to_subscriber"), "is taken back when emails come back"),
    "erasures.erase": "asks for the name, and says that it cannot be undone",
    **dict.fromkeys(("shared_actions.close", "shared_actions.tick", "action_links.reopen"), "is taken back by the same button"),
}  # fmt: skip
"""All other buttons and forms, each with what it does instead."""
AFTER_A_PREVIEW = {
    "selected_actions.assign", "selected_actions.move", "selected_actions.prioritize", "template_uses.new",
}  # fmt: skip
"""Those that create or change several rows after a preview, and can be undone; the tests of their pages undo them."""

FOLLOWING = {
    "audit_entries", "deliveries", "hit_records", "network_editions", "organization_keys", "person_keys", "segment_members", "shift_notices", "submissions", "undo_entries", "undone_delegations", "undone_people",
}  # fmt: skip
"""Tables whose rows follow from others, or are only ever added."""


def posting(app):
    """Return the endpoints that accept a form."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}


def recorded():
    """Return the rows that people recorded, by table and id, without derived rows and numbers that only rise."""
    return {
        name: {row.id: {**row._mapping, "revision": None, "sequence": None} for row in rows if hasattr(row, "id")}
        for name, rows in stored().items()
        if name not in FOLLOWING
    }


def test_the_table_contains_every_form_exactly_once(app):
    assert DESTRUCTIVE.keys() & HARMLESS.keys() == set()
    assert DESTRUCTIVE.keys() | HARMLESS.keys() == posting(app)
    assert {undoes for _, undoes in DESTRUCTIVE.values()} - {UNDO} <= posting(app)
    assert {endpoint for endpoint, (_, undoes) in DESTRUCTIVE.items() if undoes == UNDO} == set(DONE) - AFTER_A_PREVIEW


def test_every_action_with_confirmation_has_a_confirmation_page(app):
    asking = {rule.endpoint for rule in app.url_map.iter_rules() if {"GET", "POST"} <= rule.methods}
    assert {endpoint for endpoint, (asks, _) in DESTRUCTIVE.items() if asks == ASKS} <= asking


@pytest.fixture
def world(house, at):
    at(utc("2025-12-09 12:00"))
    with house.open() as make:
        found = populated(make)
        house.user = account_of(make, MASTER, found.here)
    return found


def _tie(_make, here):
    suggestion = db.session.get_one(VersionSuggestion, here.congress["suggestion_id"])
    articles = sorted((suggestion.article, suggestion.other), key=lambda one: one.id != here.congress["article_id"])
    versions.tie(*articles, VersionKind.REPUBLICATION)


def _propose(make, _here):
    return {"pending_id": make.pending(db.session.scalars(select(User).where(User.name == "Actor")).one()).id}


def _rule_out(make, _here):
    return {"road_id": make.ruled_out_road().id}


def _verify(make, _here):
    places.verify_crossing(db.session.scalars(select(Crossing)).first(), make.user())


def _go_around(make, here):
    leg = db.session.get_one(Leg, here.congress["leg_id"])
    leg.status = LegStatus.CANCELLED
    planned = make.leg(leg.journey.delegation, status=LegStatus.PLANNED)
    leg.around_id = planned.around_id = here.congress["problem_id"]


def _ask_to_book(make, here):
    follow_up = db.session.get_one(FollowUp, here.congress["follow_up_id"])
    follow_up.kind = FollowUpKind.BOOK
    make.leg(follow_up.delegation, status=LegStatus.PLANNED)


def _find_a_way(make, here):
    """Return the key of an alternative to the delegation's booked route."""
    delegation = db.session.get_one(Delegation, here.congress["delegation_id"])
    congress = db.session.get_one(Congress, here.congress["congress_id"])
    db.session.get_one(RouteProblem, here.congress["problem_id"]).called_off_at = clock.now()
    leg = db.session.get_one(Leg, here.congress["leg_id"])
    leg.origin, leg.destination = make.place("MEX"), make.place("BOG")
    make.service("MEX", "CCS")
    db.session.flush()
    [way, *_] = ways.find_for(congress, [delegation], RouteConstraints())[delegation.id]
    return {"key": way.key}


def _let_write_to(make, here):
    person = db.session.get_one(Person, here.congress["person_id"])
    make.contact_detail(person, "rosa@example.org", type=ContactType.EMAIL)


def _freeze(make, here):
    segments.freeze(db.session.get_one(Segment, here.congress["segment_id"]))


PREPARED = {
    "enrolling.invite": _let_write_to,
    "enrolling.subscribe": _let_write_to,
    "segments.unfreeze": _freeze,
    "selected.tag": lambda make, _here: make.tag("Other") and None,
    "selected_organizations.tag": lambda make, _here: make.tag("Other") and None,
    "tags.merge": lambda make, _here: make.tagging(make.organization(), "Other") and None,
    "follow_ups.book": _ask_to_book, "ways.choose": _find_a_way,
    "crossings.doubt": _verify, "ruled_out_roads.lift": _rule_out, "pending.withdraw": _propose, "versions.make_original": _tie, "versions.untie": _tie, "ways.undo": _go_around,
}  # fmt: skip
"""What has to be there before a button can be pressed."""
SENT = {
    "taking_over.decline": {"reason": "All places are taken."},
    "proposals.decline": {"reason": "There is one in this town."},
    "consents.withdraw": {"withdrawn_at": "2025-12-09", "withdrawn_how": "phone"},
    "help_calls.close": {"note": "She is at the hotel"},
    "assigning.assign": {
        "place": "congress:1",
        "assignee_id": 2,
        "title": "Call her",
        "due": "2025-12-20T10:00",
        "remind_before_hours": "24",
        "priority": "normal",
    },
    "selected.move": {"target": "campaign:1", "source": "congress:1"},
    "selected.tag": {"tag": "Other"},
    "selected.untag": {"tag": 1},
    "selected_organizations.tag": {"tag": "Other"},
    "selected_organizations.untag": {"tag": 1},
    "tags.merge": {"into": "Other"},
    "sign_ups.called": {"outcome": "confirmed"},
    "versions.answer": {"answer": AnswerForm.NO, "first": "other"},
}
"""The data of a form besides its key."""
SELECTED = {
    "enrolling": "id={person_id}&campaign={campaign_id}",
    "assigning": "id={person_id}",
    "selected": "id={person_id}",
    "selected_actions": "id={follow_up_id}",
    "selected_organizations": "id={organization_id}",
}
"""What the address of a page selects, by blueprint."""


@pytest.mark.parametrize("endpoint", sorted(PREPARED))
def test_undoing_an_action_restores_the_previous_state(app, house, browse, world, endpoint):
    with house.open() as make:
        found = PREPARED[endpoint](make, world.here)
    check_undo(app, house, browse(house.user), world, endpoint, found)


def test_undoing_each_action_that_needs_no_preparation_restores_the_previous_state(app, house, browse, world):
    for endpoint in sorted(
        DONE.keys() - PREPARED.keys() - AFTER_A_PREVIEW
    ):  # each leaves the same rows to the next one
        check_undo(app, house, browse(house.user), world, endpoint)


def check_undo(app, house, user, world, endpoint, found=None):
    """Press a button, undo it on the page that follows, and check that every row is as before."""
    values = world.house | world.here.campaign | world.here.congress | world.here.once.get(endpoint, {}) | (found or {})
    chosen = SELECTED.get(endpoint.partition(".")[0], "").format_map(values)
    path = f"{Pages(app, world).path(endpoint, values)}?{chosen}".rstrip("?")
    sent = dict(SENT.get(endpoint, {}))
    with house.open():
        before = recorded()
    if DESTRUCTIVE[endpoint][0] == ASKS:
        asked = user.get(path)
        assert asked.status_code == 200, endpoint
        sent |= re.findall(r'name="(selection)" value="(\w+)"', asked.text)
    answer = user.post(path, sent)
    assert answer.status_code == 302, endpoint
    with house.open():
        assert recorded() != before, endpoint
        done = db.session.scalars(select(UndoEntry).order_by(UndoEntry.id.desc())).first()
        assert done.endpoint == endpoint
    page = html.unescape(user.get(answer.location).text)
    [undo] = re.findall(rf'action="(/[a-z0-9/]*undo/{done.id})"', page)
    assert user.post(undo).status_code == 302, endpoint
    with house.open():
        assert recorded() == before, endpoint
