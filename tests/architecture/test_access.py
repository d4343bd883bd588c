"""Tests every page with every kind of grant, against a handwritten table that is independent of the code."""

import io
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from app import clock, create_app, tokens
from app.domain.accounts import accounts, calendars
from app.domain.actions import losing_access
from app.domain.campaigns import address_changes, approvals, digests
from app.domain.congress import delegations
from app.domain.imports import imports, running
from app.domain.mobilizing import shift_swaps, statements
from app.domain.people import participations
from app.domain.press import articles
from app.domain.travel import check_ins, help_calls, problems
from app.emails.campaigns import digests as letters
from app.extensions import Base, db
from app.letter import Letter
from app.mailer import mailbox
from app.mailer.message import build
from app.models.accounts.accounts import Grant, Role, User
from app.models.accounts.undo import UndoEntry
from app.models.campaigns.subscriptions import SubscriptionRequest
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Capacity
from app.models.imports.imports import ImportRow
from app.models.mail.deliveries import Delivery, MailboxLetter
from app.models.mobilizing.brigades import Brigade, BrigadeMember
from app.models.mobilizing.sign_ups import SignUpKind
from app.models.people.people import Person
from app.models.people.segments import Segment
from app.models.travel.check_ins import CheckIn
from app.models.travel.places import Place, PlaceKind
from app.models.travel.problems import EntityKind
from app.owner_tokens import sign_factor_reset
from app.queries import state
from app.web.access import Access, requires
from tests.conftest import Browser
from tests.databases import ONE_DATABASE
from tests.factories import going_on, period, utc
from tests.snapshots import remembered

ROLES = [Role.MEMBER, Role.ORGANIZER, Role.COORDINATOR, Role.ADMIN]

EXPECTED = {
    "search.index": "signed-in",
    "static": "public",
    "partners.new": "campaign coordinator",
    "partners.remove": "campaign coordinator",
    "resolutions.bring_back": "congress organizer",
    "resolutions.edit": "congress organizer",
    "resolutions.index": "congress member",
    "resolutions.new": "congress organizer",
    "resolutions.remove": "congress organizer",
    "resolutions.show": "congress member",
    "absences.as_table": "congress organizer",
    "absences.show": "congress organizer",
    "accounts.ask_for_password_link": "signed-in",
    "accounts.change_calendars": "signed-in",
    "accounts.confirm": "signed-in",
    "accounts.end_links": "signed-in",
    "calendar_feeds.actions": "public",
    "calendar_feeds.our_mobilizations": "public",
    "personal_calendars.action_feed": "public",
    "personal_calendars.my_shifts_feed": "public",
    "accounts.choose_password": "public",
    "accounts.first_admin": "public",
    "accounts.forgotten": "public",
    "accounts.profile": "signed-in",
    "accounts.sign_in": "public",
    "accounts.sign_out": "signed-in",
    "sessions.end": "signed-in",
    "codes.ask": "public",
    "pending.decide": "any organizer",
    "pending.index": "any organizer",
    "pending.withdraw": "any organizer",
    "passkeys.add": "signed-in",
    "passkeys.offer": "signed-in",
    "passkeys.remove": "signed-in",
    "passkeys.sign_in": "public",
    "factor_resets.approve": "house admin",
    "factor_resets.ask": "house admin",
    "factor_resets.cancel": "public",
    "factor_resets.withdraw": "house admin",
    "factors.begin": "signed-in",
    "factors.end": "signed-in",
    "factors.hide_codes": "signed-in",
    "factors.renew_codes": "signed-in",
    "factors.show": "signed-in",
    "house.settings": "house admin",
    "locks.lock": "any coordinator",
    "locks.opening": "public",
    "log.check": "house admin",
    "retention.index": "signed-in",
    "retention.change": "house admin",
    "log.download": "house admin",
    "log.lines": "house admin",
    "returned.index": "house admin",
    "returned.take": "public",
    "signs.alive": "public",
    "signs.ready": "public",
    "state.show": "house admin",
    "sessions.end_others": "signed-in",
    "address_changes.confirm": "public",
    "address_changes.new": "public",
    "address_changes.undo": "public",
    "approvals.approve": "house admin",
    "approvals.refuse": "house admin",
    "approvals.waiting": "house admin",
    "approvals.withdraw": "house admin",
    "archive.index": "public",
    "archive.show": "public",
    "articles.cite": "any organizer",
    "articles.edit": "any organizer",
    "articles.index": "any member",
    "articles.new": "any organizer",
    "articles.paste": "any organizer",
    "articles.show": "any member",
    "articles.withdraw": "any organizer",
    "atom.articles": "public",
    "brigade_actions.hand_back": "any organizer",
    "brigade_actions.take": "signed-in",
    "brigade_members.add": "campaign organizer",
    "brigade_members.edit": "campaign organizer",
    "brigade_members.links": "campaign organizer",
    "brigade_members.new": "campaign organizer",
    "brigade_members.renew": "campaign organizer",
    "brigade_members.send_links": "campaign organizer",
    "brigade_members.remove": "campaign organizer",
    "brigade_roles.edit": "campaign organizer",
    "brigade_roles.new": "campaign organizer",
    "brigade_roles.remove": "campaign organizer",
    "brigades.bring_back": "campaign organizer",
    "brigades.edit": "campaign organizer",
    "brigades.index": "campaign organizer",
    "brigades.new": "campaign organizer",
    "brigades.remove": "campaign organizer",
    "brigades.roster": "campaign organizer",
    "brigades.show": "campaign organizer",
    "calling_off.call_off": "congress organizer",
    "calling_off.reinstate": "congress organizer",
    "calls.edit": "campaign coordinator",
    "calls.index": "campaign member",
    "calls.new": "campaign coordinator",
    "calls.remove": "campaign coordinator",
    "campaigns.cite": "campaign organizer",
    "campaigns.cited": "campaign member",
    "campaigns.edit": "campaign coordinator",
    "campaigns.index": "any member",
    "campaigns.new": "house coordinator",
    "campaigns.show": "campaign member",
    "campaigns.subscribers": "campaign coordinator",
    "check_ins.ask": "congress organizer",
    "check_ins.links": "congress organizer",
    "check_ins.renew": "congress organizer",
    "check_ins.send_links": "congress organizer",
    "check_ins.show": "congress organizer",
    "congress_downloads.delegations": "congress organizer",
    "congress_downloads.journeys": "congress organizer",
    "congresses.board": "congress member",
    "congresses.edit": "congress coordinator",
    "congresses.index": "any member",
    "congresses.new": "house organizer",
    "border_facts.bring_back": "any organizer",
    "border_facts.edit": "any organizer",
    "border_facts.index": "any organizer",
    "border_facts.new": "any organizer",
    "border_facts.remove": "any organizer",
    "border_facts.show": "any organizer",
    "cards.of_journey": "congress organizer",
    "cards.journey_file": "congress organizer",
    "cards.of_way": "congress organizer",
    "cards.way_file": "congress organizer",
    "ruled_out_roads.index": "any organizer",
    "ruled_out_roads.keep": "any organizer",
    "ruled_out_roads.lift": "any organizer",
    "ruled_out_roads.new": "any organizer",
    "crossings.doubt": "any organizer",
    "crossings.edit": "any organizer",
    "crossings.index": "any organizer",
    "crossings.new": "any organizer",
    "crossings.judge": "any organizer",
    "delegation_lists.paste": "congress organizer",
    "delegations.add_delegate": "congress organizer",
    "delegations.bring_back": "congress organizer",
    "delegations.edit": "congress organizer",
    "delegations.index": "congress organizer",
    "delegations.new": "congress organizer",
    "delegations.new_delegate": "congress organizer",
    "delegations.remove": "congress organizer",
    "delegations.remove_delegate": "congress organizer",
    "delegations.show": "congress organizer",
    "digest_sending.again": "campaign coordinator",
    "digest_sending.show": "campaign organizer",
    "digests.approve": "campaign coordinator",
    "digests.compose": "campaign coordinator",
    "digests.discard": "campaign coordinator",
    "digests.index": "campaign organizer",
    "digests.edit": "campaign coordinator",
    "digests.pause": "campaign coordinator",
    "digests.propose": "campaign coordinator",
    "digests.reopen": "campaign coordinator",
    "digests.resume": "campaign coordinator",
    "digests.show": "campaign organizer",
    "digests.stop": "campaign coordinator",
    "digests.test": "campaign coordinator",
    "downloads.interactions": "any organizer",
    "downloads.organizations": "any organizer",
    "downloads.people": "any organizer",
    "duplicates.dismiss_organizations": "any organizer",
    "duplicates.dismiss_people": "any organizer",
    "duplicates.organizations": "any organizer",
    "duplicates.people": "any organizer",
    "duplicates.restore_organizations": "any organizer",
    "duplicates.restore_people": "any organizer",
    "entities.new": "congress organizer",
    "entities.new_period": "congress organizer",
    "entities.remove": "congress organizer",
    "entities.remove_period": "congress organizer",
    "follow_ups.as_calendar": "any organizer",
    "feeds.check": "any organizer",
    "feeds.bring_back": "any organizer",
    "feeds.index": "any organizer",
    "feeds.pause": "any organizer",
    "feeds.remove": "any organizer",
    "feeds.resume": "any organizer",
    "follow_ups.book": "any organizer",
    "follow_ups.close": "any organizer",
    "follow_ups.edit": "any organizer",
    "follow_ups.moved": "congress organizer",
    "follow_up_lists.download_index": "any organizer",
    "follow_up_lists.download_of_campaign": "campaign organizer",
    "follow_up_lists.download_of_congress": "congress organizer",
    "follow_up_lists.index": "any organizer",
    "follow_up_lists.of_campaign": "campaign organizer",
    "follow_up_lists.of_congress": "congress organizer",
    "new_follow_ups.new": "any organizer",
    "quick_entry.new": "any organizer",
    "follow_ups.show": "any organizer",
    "imports.discard": "any organizer",
    "imports.index": "any organizer",
    "imports.refused": "any organizer",
    "imports.show": "any organizer",
    "imports.undo": "any organizer",
    "imports.upload": "any organizer",
    "imports.write": "any organizer",
    "stages.choose_header": "any organizer",
    "stages.choose_sheet": "any organizer",
    "stages.columns": "any organizer",
    "stages.header": "any organizer",
    "stages.row": "any organizer",
    "stages.sheets": "any organizer",
    "stages.unknown_organizations": "any organizer",
    "intakes.index": "any organizer",
    "intakes.keep": "any organizer",
    "intakes.refuse": "any organizer",
    "intakes.restore": "any organizer",
    "intakes.show": "any organizer",
    "intakes.take": "any organizer",
    "intakes.text": "any organizer",
    "leg_batches.copy": "congress organizer",
    "leg_batches.status": "congress organizer",
    "return_journeys.new": "congress organizer",
    "merges.choose_organization": "any organizer",
    "merges.choose_person": "any organizer",
    "merges.of_organizations": "any organizer",
    "merges.of_people": "any organizer",
    "merges.sure_organizations": "any organizer",
    "merges.sure_people": "any organizer",
    "merges.undo_organizations": "any organizer",
    "merges.undo_people": "any organizer",
    "mail.letter": "house admin",
    "mail.letter_html": "house admin",
    "mail.mailbox": "house admin",
    "mail.retry": "house admin",
    "mail.waiting": "house admin",
    "maps.drawing": "congress organizer",
    "maps.show": "congress organizer",
    "notes.edit": "any coordinator",
    "mentions.new": "any organizer",
    "mentions.remove": "any organizer",
    "notes.new": "any organizer",
    "notes.remove": "any coordinator",
    "organization_parts.edit_contact": "any organizer",
    "organization_parts.edit_name": "any organizer",
    "organization_parts.new_contact": "any organizer",
    "organization_parts.new_name": "any organizer",
    "organization_parts.remove_contact": "any organizer",
    "organization_parts.remove_name": "any organizer",
    "organizations.bring_back": "any organizer",
    "organizations.edit": "any organizer",
    "organizations.index": "any organizer",
    "organizations.remember": "any organizer",
    "organizations.new": "any organizer",
    "organizations.remove": "any organizer",
    "organizations.quiet": "any organizer",
    "organizations.show": "any organizer",
    "affiliations.drawing": "any organizer",
    "affiliations.edit": "any organizer",
    "affiliations.new": "any organizer",
    "affiliations.remove": "any organizer",
    "affiliations.structure": "any organizer",
    "consents.new": "any organizer",
    "consents.remove": "any organizer",
    "consents.withdraw": "any organizer",
    "contact_details.edit": "any organizer",
    "contact_details.new": "any organizer",
    "contact_details.remove": "any organizer",
    "interactions.edit": "any organizer",
    "interactions.index": "any organizer",
    "interactions.new": "any organizer",
    "interactions.of_organization": "any organizer",
    "interactions.of_person": "any organizer",
    "interactions.remove": "any organizer",
    "interactions.show": "any organizer",
    "memberships.edit": "any organizer",
    "memberships.new": "any organizer",
    "memberships.remove": "any organizer",
    "other_names.edit": "any organizer",
    "other_names.new": "any organizer",
    "other_names.remove": "any organizer",
    **dict.fromkeys(
        (
            "custom_fields.bring_back",
            "custom_fields.edit",
            "custom_fields.index",
            "custom_fields.move_up",
            "custom_fields.new",
            "custom_fields.remove",
            "custom_fields.retire",
            "custom_fields.show",
        ),
        "house admin",
    ),
    "organization_tags.new": "any organizer",
    "organization_tags.remove": "any organizer",
    "person_letters.show": "any organizer",
    "person_tags.new": "any organizer",
    "person_tags.remove": "any organizer",
    "selected_actions.assign": "any organizer",
    "selected_actions.choose": "any organizer",
    "selected_actions.complete": "any organizer",
    "selected_actions.drop": "any organizer",
    "selected_actions.move": "any organizer",
    "selected_actions.prioritize": "any organizer",
    "saved_filters.edit": "any organizer",
    "saved_filters.index": "any organizer",
    "saved_filters.new": "any organizer",
    "saved_filters.remove": "any organizer",
    "scheduled_exports.delete_file": "signed-in",
    "scheduled_exports.edit": "any organizer",
    "scheduled_exports.file": "any organizer",
    "scheduled_exports.mine": "signed-in",
    "scheduled_exports.new": "any organizer",
    "scheduled_exports.start": "any organizer",
    "scheduled_exports.stop": "signed-in",
    "assigning.assign": "any organizer",
    "enrolling.invite": "any coordinator",
    "enrolling.subscribe": "any coordinator",
    "segment_conditions.choose": "any organizer",
    "segment_conditions.edit": "any organizer",
    "segment_conditions.new": "any organizer",
    "segment_conditions.remove": "any organizer",
    "mailing_sending.again": "any coordinator",
    "mailing_sending.show": "any organizer",
    "mailings.approve": "any coordinator",
    "mailings.bring_back": "any organizer",
    "mailings.edit": "any organizer",
    "mailings.index": "any organizer",
    "mailings.letter": "any organizer",
    "mailings.new": "any organizer",
    "mailings.pause": "any coordinator",
    "mailings.remove": "any organizer",
    "mailings.resume": "any coordinator",
    "mailings.show": "any organizer",
    "mailings.stop": "any coordinator",
    "mailings.test": "any organizer",
    "repeating.edit": "any organizer",
    "segments.bring_back": "any organizer",
    "segments.edit": "any organizer",
    "segments.freeze": "any organizer",
    "segments.index": "any organizer",
    "segments.new": "any organizer",
    "segments.remove": "any organizer",
    "segments.show": "any organizer",
    "segments.unfreeze": "any organizer",
    "selected.choose": "any organizer",
    "selected.move": "any organizer",
    "selected.tag": "any organizer",
    "selected.untag": "any organizer",
    "selected_organizations.choose": "any organizer",
    "selected_organizations.tag": "any organizer",
    "selected_organizations.untag": "any organizer",
    "tags.edit": "any coordinator",
    "tags.index": "any organizer",
    "tags.merge": "house coordinator",
    "tags.new": "any coordinator",
    "tags.remove": "house coordinator",
    "template_uses.new": "any organizer",
    "templates.edit": "any organizer",
    "templates.edit_item": "any organizer",
    "templates.index": "any organizer",
    "templates.new": "any organizer",
    "templates.new_item": "any organizer",
    "templates.remove": "any organizer",
    "templates.remove_item": "any organizer",
    "templates.show": "any organizer",
    "tags.show": "any organizer",
    "participations.end": "any organizer",
    "participations.new": "any organizer",
    "timelines.of_organization": "any organizer",
    "timelines.of_person": "any organizer",
    "relations.edit": "any organizer",
    "relations.new": "any organizer",
    "relations.remove": "any organizer",
    "people.bring_back": "any organizer",
    "people.edit": "any organizer",
    "people.index": "any organizer",
    "people.new": "any organizer",
    "people.remember": "any organizer",
    "people.remove": "any organizer",
    "people.show": "any organizer",
    "help_calls.close": "congress organizer",
    "help_calls.record": "congress organizer",
    "help_calls.index": "congress organizer",
    "personal.answer": "public",
    "personal.call": "public",
    "personal.arrived": "public",
    "personal.mistaken": "public",
    "personal.show": "public",
    "personal_cards.file": "public",
    "personal_cards.show": "public",
    "action_parts.add_items": "any organizer",
    "action_parts.comment": "any organizer",
    "action_links.begin": "public",
    "action_links.reopen": "public",
    "action_links.show": "public",
    "action_links.take": "public",
    "action_parts.remove_item": "any organizer",
    "action_parts.renew_link": "any organizer",
    "action_parts.tick": "any organizer",
    "shared_actions.close": "public",
    "shared_actions.comment": "public",
    "shared_actions.download": "public",
    "attachments.attach": "any organizer",
    "attachments.download": "any organizer",
    "attachments.remove": "any organizer",
    "shared_actions.hand_back": "public",
    "shared_actions.renew_calendar": "public",
    "shared_actions.handed_back": "public",
    "shared_actions.show": "public",
    "shared_actions.tick": "public",
    "previewing.letter": "campaign organizer",
    "notices.binary": "congress organizer",
    "notices.paste": "congress organizer",
    "notices.readable": "congress organizer",
    "problems.cite": "congress organizer",
    "problems.edit": "congress organizer",
    "problems.index": "congress organizer",
    "problems.lift": "congress organizer",
    "problems.new": "congress organizer",
    "problems.show": "congress organizer",
    "days_of_action.bring_back": "campaign organizer",
    "days_of_action.edit": "campaign organizer",
    "days_of_action.hours": "campaign organizer",
    "days_of_action.index": "campaign organizer",
    "days_of_action.new": "campaign organizer",
    "days_of_action.places": "campaign organizer",
    "days_of_action.remove": "campaign organizer",
    "days_of_action.report": "campaign organizer",
    "days_of_action.turnout": "campaign organizer",
    "days_of_action.show": "campaign organizer",
    "mobilization_changes.add_host": "campaign organizer",
    "mobilization_changes.cancel": "campaign organizer",
    "mobilization_changes.confirm": "campaign organizer",
    "mobilization_changes.move": "campaign organizer",
    "mobilization_changes.reinstate": "campaign organizer",
    "mobilization_changes.remove_host": "campaign organizer",
    "mobilization_changes.turnout": "campaign organizer",
    "mobilizations.as_calendar": "campaign organizer",
    "mobilizations.bring_back": "campaign organizer",
    "mobilizations.edit": "campaign organizer",
    "mobilizations.index": "campaign organizer",
    "mobilizations.new": "campaign organizer",
    "mobilizations.remove": "campaign organizer",
    "mobilizations.show": "campaign organizer",
    "statements.bring_back": "campaign coordinator",
    "statements.close": "campaign coordinator",
    "statements.remove": "campaign coordinator",
    "statements.reopen": "campaign coordinator",
    "list_downloads.of_mobilizations": "campaign organizer",
    "list_downloads.of_sign_ups": "campaign organizer",
    "public_brigades.join": "public",
    "taking_over.accept": "campaign organizer",
    "taking_over.decline": "campaign organizer",
    "taking_over.every": "campaign organizer",
    "taking_over.one": "campaign organizer",
    "coverage.bring_back_picture": "campaign organizer",
    "coverage.hide_picture": "campaign organizer",
    "coverage.new_picture": "campaign organizer",
    "coverage.new_press_link": "campaign organizer",
    "coverage.picture": "campaign organizer",
    "coverage.remove_picture": "campaign organizer",
    "coverage.remove_press_link": "campaign organizer",
    "coverage.show_picture": "campaign organizer",
    "host_coverage.file": "public",
    "host_coverage.picture": "public",
    "host_coverage.press_link": "public",
    "public_mobilizations.picture": "public",
    "hosting.edit": "public",
    "hosting.move": "public",
    "hosting.show": "public",
    "hosting.turnout": "public",
    "proposals.approve": "campaign organizer",
    "proposals.decline": "campaign organizer",
    "proposals.renew_link": "campaign organizer",
    "public_days.feed": "public",
    "public_days.hours": "public",
    "public_days.places": "public",
    "public_days.show": "public",
    "public_mobilizations.as_calendar": "public",
    "public_mobilizations.attend": "public",
    "public_proposals.new": "public",
    "delegate_lists.paste": "congress organizer",
    "services.ban": "any coordinator",
    "removed.index": "signed-in",
    "services.index": "any organizer",
    "services.new": "any organizer",
    "endorsements.new": "public",
    "sign_up_links.asked": "public",
    "sign_up_links.confirm": "public",
    "sign_up_links.withdraw": "public",
    "sign_ups.called": "campaign organizer",
    "sign_ups.index": "campaign organizer",
    "sign_ups.to_call": "campaign organizer",
    "public_statements.show": "public",
    "public_statements.sign": "public",
    "public_statements.sign_anew": "public",
    "public_statements.signatures": "public",
    "public_statements.text": "public",
    "statements.edit": "campaign coordinator",
    "statements.index": "campaign member",
    "statements.new": "campaign coordinator",
    "statements.publish": "campaign coordinator",
    "statements.show": "campaign member",
    "subscriptions.asked": "public",
    "subscriptions.confirm": "public",
    "subscriptions.preferences": "public",
    "subscriptions.subscribe": "public",
    "subscriptions.never_again": "public",
    "erasures.erase": "house admin",
    "person_exports.download": "any coordinator",
    "suppressions.index": "house admin",
    "suppressions.of_person": "any organizer",
    "suppressions.write_again": "any organizer",
    "suppressions.write_again_to_subscriber": "campaign coordinator",
    "subscriptions.unsubscribe": "public",
    "subscriptions.unsubscribe_all": "public",
    "subscriptions.unsubscribe_now": "public",
    "subscriptions.wishes": "public",
    "my_shifts.answer": "public",
    "my_shifts.asks": "public",
    "my_shifts.decide": "public",
    "my_shifts.decline": "public",
    "my_shifts.join": "public",
    "my_shifts.refuse": "public",
    "my_shifts.renew_calendar": "public",
    "my_shifts.show": "public",
    "my_shifts.swap": "public",
    "my_shifts.take": "public",
    "my_shifts.take_action": "public",
    "shift_places.add": "campaign organizer",
    "shift_places.approve_swap": "campaign organizer",
    "shift_places.decide": "campaign organizer",
    "shift_places.refuse_swap": "campaign organizer",
    "shifts.edit": "campaign organizer",
    "shifts.index": "campaign organizer",
    "shifts.new": "campaign organizer",
    "shifts.remove": "campaign organizer",
    "shifts.show": "campaign organizer",
    "unsubscribing.ask": "public",
    "unsubscribing.withdraw": "public",
    "campaign_reports.as_table": "campaign organizer",
    "campaign_reports.show": "campaign organizer",
    "campaign_reports.turnout": "campaign organizer",
    "campaign_timelines.show": "campaign organizer",
    "letter_texts.edit": "campaign organizer",
    "letter_texts.index": "campaign organizer",
    "letter_texts.new": "campaign organizer",
    "letter_texts.remove": "campaign organizer",
    "public_letters.choose": "public",
    "public_letters.write": "public",
    "targets.as_file": "campaign organizer",
    "targets.bring_back": "campaign organizer",
    "targets.edit": "campaign organizer",
    "targets.index": "campaign organizer",
    "targets.log": "campaign organizer",
    "targets.new": "campaign organizer",
    "targets.remove": "campaign organizer",
    "targets.remove_entry": "campaign organizer",
    "targets.show": "campaign organizer",
    "texts.show": "public",
    "today.index": "signed-in",
    "today.language": "public",
    "legs.delete": "congress organizer",
    "legs.edit": "congress organizer",
    "parties.edit": "congress organizer",
    "parties.end": "congress organizer",
    "legs.new": "congress organizer",
    "parties.new": "congress organizer",
    "places.bring_back": "any organizer",
    "places.edit": "any organizer",
    "places.index": "any organizer",
    "places.new": "any organizer",
    "places.remove": "any organizer",
    "places.show": "any organizer",
    "undo.in_campaign": "campaign organizer",
    "undo.in_congress": "congress organizer",
    "undo.in_house": "any organizer",
    "undo.of_campaign": "campaign organizer",
    "undo.of_congress": "congress organizer",
    "undo.of_house": "any organizer",
    "users.bring_back": "house admin",
    "users.remove": "house admin",
    "users.change": "house admin",
    "users.deactivate": "house admin",
    "users.grant": "house admin",
    "users.index": "house admin",
    "users.new": "house admin",
    "users.revoke": "house admin",
    "users.show": "house admin",
    "versions.answer": "any organizer",
    "versions.make_original": "any organizer",
    "versions.tie": "any organizer",
    "versions.untie": "any organizer",
    "ways.choose": "congress organizer",
    "ways.drawing": "congress organizer",
    "ways.index": "congress organizer",
    "ways.show": "congress organizer",
    "ways.undo": "congress organizer",
}
"""The lowest role that may use an endpoint: "congress" and "campaign" mean a grant on the one in the address, "any" a
grant on anything, "house" an unlimited grant. The notes in this test belong to another person."""

LAST = [
    "imports.undo",
    "imports.discard",
    "feeds.remove",
    "digests.edit",
    "digests.approve",
    "digests.discard",
    "personal.answer",
    "personal.arrived",
    "personal.mistaken",
    "shared_actions.hand_back",
    "action_links.take",
    "action_parts.renew_link",
    "action_parts.remove_item",
    "attachments.remove",
    "entities.remove",
    "entities.remove_period",
    "parties.end",
    "check_ins.renew",
    "delegations.remove_delegate",
    "legs.delete",
    "mobilization_changes.remove_host",
    "letter_texts.remove",
    "coverage.remove_picture",
    "statements.close",
    "statements.remove",
    "targets.remove_entry",
    "targets.remove",
    "mobilizations.remove",
    "days_of_action.remove",
    "articles.withdraw",
    "my_shifts.answer",
    "my_shifts.refuse",
    "my_shifts.decide",
    "shift_places.refuse_swap",
    "shift_places.approve_swap",
    "my_shifts.decline",
    "shift_places.decide",
    "shifts.remove",
    "brigade_members.renew",
    "brigade_members.remove",
    "brigade_roles.remove",
    "brigades.remove",
    "calls.remove",
    "partners.remove",
    "resolutions.remove",
    "mentions.remove",
    "notes.remove",
    "subscriptions.unsubscribe_now",
    "subscriptions.never_again",
    "subscriptions.unsubscribe_all",
    "users.revoke",
    "users.deactivate",
    "users.change",
    "sign_up_links.withdraw",
    "users.remove",
    "delegations.remove",
    "border_facts.remove",
    "places.remove",
    "affiliations.remove",
    "interactions.remove",
    "relations.remove",
    "consents.remove",
    "participations.end",
    "contact_details.remove",
    "memberships.remove",
    "other_names.remove",
    "person_tags.remove",
    "organization_tags.remove",
    "segment_conditions.remove",
    "mailings.remove",
    "unsubscribing.withdraw",
    "saved_filters.remove",
    "scheduled_exports.delete_file",
    "segments.remove",
    "templates.remove_item",
    "templates.remove",
    "tags.remove",
    "custom_fields.remove",
    "organization_parts.remove_contact",
    "organization_parts.remove_name",
    "people.remove",
    "organizations.remove",
    "locks.lock",  # from then on, every page is closed
]
"""Forms that delete what other requests need, in an order in which each still finds its objects."""

SCOPED = {
    "attachment_id",
    "brigade_id",
    "shift_id",
    "shift_place_id",
    "swap_id",
    "call_id",
    "campaign_id",
    "citation_id",
    "condition_id",
    "congress_id",
    "consent_id",
    "day_id",
    "delegate_id",
    "delegation_id",
    "detail_id",
    "digest_id",
    "subscription_id",
    "entity_id",
    "file_id",
    "filter_id",
    "follow_up_id",
    "host_id",
    "import_id",
    "interaction_id",
    "item_id",
    "journey_id",
    "leg_id",
    "mailing_id",
    "member_id",
    "membership_id",
    "mention_id",
    "merge_id",
    "mobilization_id",
    "name_id",
    "note_id",
    "other_id",
    "pair_id",
    "participation_id",
    "partner_id",
    "period_id",
    "person_id",
    "problem_id",
    "relation_id",
    "resolution_id",
    "role_id",
    "row_id",
    "schedule_id",
    "segment_id",
    "sign_up_id",
    "statement_id",
    "template_id",
    "template_item_id",
}
"""Arguments of addresses that belong to a congress or campaign. Articles, feeds, organizations, places, crossings and
services belong to neither; incoming articles belong to neither or to one account."""

OPEN, SIGN_IN = "open", "sign in"


@dataclass(frozen=True)
class Actor:
    """A user in the test: the role granted, and on what."""

    role: Role | None = None
    on: str | None = None
    signed_in: bool = True

    def __str__(self):
        if not self.role:
            return "nobody-granted" if self.signed_in else "stranger"
        return f"{self.role}-on-{self.on}"

    def tells(self, endpoint, verdict):
        """Whether no answer to another actor implies this one. Roles include lower ones, as tests/test_policy.py shows."""
        scope, _, least = EXPECTED[endpoint].partition(" ")
        if not self.role or self.role == least:
            return verdict != OPEN or scope == "house" or self.on != "everything"
        if self.role == Role.ADMIN:
            return verdict != OPEN or self.on == "everything"
        return verdict == 403 and ROLES[ROLES.index(self.role) + 1] == least

    def verdict(self, endpoint):
        """Return the expected result for a page of the user's own congress or campaign, or of neither."""
        scope, _, least = EXPECTED[endpoint].partition(" ")
        if scope == "public":
            return OPEN
        if not self.signed_in:
            return SIGN_IN
        if scope == "signed-in":
            return OPEN
        if not (self.on in ("everything", scope) or (scope == "any" and self.on)):
            return 404
        return OPEN if ROLES.index(self.role) >= ROLES.index(least) else 403


STRANGER, NOBODY = Actor(signed_in=False), Actor()
GRANTED = [Actor(role, on) for on in ("congress", "campaign", "everything") for role in ROLES]
MASTER, ORGANIZER = Actor(Role.ADMIN, "everything"), Actor(Role.ORGANIZER, "congress")


def objects_of(make, title):
    """Return the ids of a congress and a campaign, each with one child of every kind.

    `once` has objects of endpoints that need one in a certain state, or after another one has used up theirs.
    """
    congress, campaign = (
        make.congress(title, **going_on()),
        make.campaign(title, public_archive=True, public_feed=True, open_to_sign_ups=True),
    )
    article = make.article(title, may_be_republished=True)
    delegation, seated = make.delegation(congress), make.person("Seated", title, congress=congress)
    person, activist = make.person("Rosa", title, congress=congress), make.person("Rosa", title, campaign=campaign)
    assignee = make.user()
    make.grant(assignee, Role.ORGANIZER, congress=congress)
    delegate = delegations.add_delegate(delegation, seated, capacity=Capacity.GUEST, is_head=False)
    leg, problem = make.leg(delegation), make.problem(congress)
    problems.add_entity(problem, {"kind": EntityKind.COUNTRY, "country": "VE"})
    problems.add_period(problem, period(clock.now()))
    party = make.party(delegation, delegate)
    follow_up = make.follow_up(congress, assignee, problem=problem, delegation=delegation)
    shared, handed = (make.follow_up(congress, seated, by=assignee) for _ in range(2))
    evidence = articles.cite_on_problem(article, problem, by=None)
    cited, subscription = make.cite(article, campaign), make.subscription(campaign)
    remark, highlight = make.note(article, congress=congress), make.note(article, campaign=campaign)
    suggestion = make.suggestion(article, make.article(f"{title} again"))
    pending = address_changes.request(make.subscription(campaign), f"pending{campaign.id}@example.org")
    moved = make.subscription(campaign)
    changed = address_changes.request(moved, f"moved{moved.id}@example.org")
    address_changes.confirm(changed, [moved])
    secret_key = current_app.config["SECRET_KEY"]
    check_ins.ask(problem)
    traveler = delegation.delegates[0]
    asked = db.session.query(CheckIn).filter_by(problem_id=problem.id, delegate_id=traveler.id).one()
    with clock.travel(clock.now() + timedelta(hours=1)):
        sent = digests.compose_now(campaign)
        approvals.approve(sent, letters.render, by=None, revision=sent.revision)
        db.session.execute(update(Delivery).where(Delivery.digest_id == sent.id).values(sent_at=clock.now()))
        make.cite(make.article(f"{title}, later"), campaign)
    with clock.travel(clock.now() + timedelta(hours=2)):
        digest = digests.compose_now(campaign)
    call, day = make.call(campaign), make.day_of_action(campaign)
    mobilization = make.mobilization(campaign, day, host=make.organization())
    proposed, hosted = make.proposal(day), make.proposal(day, approved=True)
    call, signed_up = make.call(campaign), make.sign_up(campaign, name=title)
    statement = make.statement(campaign)
    signature = make.signature(statement.published)
    statements.update(statement, {"titles": {"en": title}, "texts": {"en": "We want peace."}})
    statements.publish(statement)
    statements.update(statement, {"titles": {"en": title}, "texts": {"en": "Peace now."}})
    to_call = make.sign_up(campaign, email=None, phone="+57 601 5550100", confirmed=False)
    helping, target = brigade_of(make, campaign, activist), make.target(campaign)
    helper = db.session.get_one(BrigadeMember, helping["member_id"])
    return SimpleNamespace(
        congress={
            **imported(congress_id=congress.id),
            **template_of(make, congress), "congress_id": congress.id, "delegation_id": delegation.id, "delegate_id": delegate.id, "leg_id": leg.id,
            "problem_id": problem.id, **listed(make, follow_up), "person_id": person.id, **parts_of(make, person, congress=congress), "pair_id": make.person_pair(person, seated).id,
            "other_id": make.person("Other", title, congress=congress).id,
            "merge_id": make.merge(person, make.person("Merged", title, congress=congress)).id, "citation_id": evidence.id,
            "article_id": article.id, "assignee_id": assignee.id, "journey_id": party.id,
            "entity_id": problem.informed_entities[1].id, "period_id": problem.active_periods[1].id, "key": "x",
            "mention_id": make.mention(article, person).id, "resolution_id": make.resolution(congress).id,
            "note_id": remark.id, "suggestion_id": suggestion.id, "help_call_id": help_calls.call(delegate).id,
        },
        campaign={
            **imported(campaign_id=campaign.id),
            "day_id": day.id, "mobilization_id": mobilization.id, **covered(make, mobilization), "host_id": mobilization.hosts[0].id,
            "target_id": target.id, "entry_id": make.target_entry(target).id, "text_id": make.letter_text(campaign).id,
            "campaign_id": campaign.id, "digest_id": digest.id, "subscription_id": subscription.id, "sent_id": sent.id, "call_id": call.id, "sign_up_id": to_call.id, "statement_id": statement.id, "person_id": activist.id,
            **parts_of(make, activist, campaign=campaign), **helping, **template_of(make, campaign),
            "pair_id": make.person_pair(activist, make.person("Ana", title, campaign=campaign)).id,
            "other_id": make.person("Other", title, campaign=campaign).id,
            "merge_id": make.merge(activist, make.person("Merged", title, campaign=campaign)).id,
            "citation_id": cited.id, "article_id": article.id, "slug": campaign.slug,
            "mention_id": make.mention(article, activist).id, "partner_id": make.partner(campaign).id, **listed(make, make.follow_up(campaign, assignee)),
            "note_id": highlight.id, "suggestion_id": suggestion.id,
            "token": tokens.sign_subscription(secret_key, campaign.id, subscription.id, subscription.link_number),
        },
        prefers={"token": tokens.sign_preferences(secret_key, campaign.id, subscription.id, subscription.link_number)},
        asks={"token": tokens.sign_request(secret_key, asked_for(make, campaign))},
        confirms={"token": tokens.sign_address_change(secret_key, pending)},
        undoes={"token": tokens.sign_address_change(secret_key, changed, undo=True)},
        follows={"token": calendar_key(assignee)},
        calendars={
            "personal_calendars.my_shifts_feed": {"token": tokens.sign_shifts_calendar(secret_key, helper)},
            "personal_calendars.action_feed": {"token": tokens.sign_action_calendar(secret_key, shared)},
        },
        brigade={"token": tokens.sign_brigade_member(secret_key, helper), **helping},
        asked=make.follow_up(campaign, helper.brigade).id,
        signs={"token": tokens.sign_sign_up(secret_key, signed_up)},
        hosts={"token": tokens.sign_host(secret_key, hosted), "picture_id": make.picture(hosted.mobilization).id, "size": "small"},
        signs_anew={"token": tokens.sign_sign_up(secret_key, signature)},
        shared=listed(make, shared) | {"token": tokens.sign_shared_action(secret_key, shared), "verb": "complete"},
        steps={"token": tokens.sign_step(secret_key, handed, None, clock.now().date()), "step": "hand-back"},
        unsubscribes={"token": tokens.sign_person(secret_key, activist.id)},
        once={
            "shift_places.approve_swap": {"swap_id": helping["second_swap_id"]},
            "proposals.approve": {"mobilization_id": proposed.mobilization_id},
            "proposals.decline": {"mobilization_id": make.proposal(day).mobilization_id},
            "proposals.renew_link": {"mobilization_id": hosted.mobilization_id},
            **{f"taking_over.{one}": {"sign_up_id": joins(make, helper.brigade).id} for one in ("accept", "decline", "one")},
        },
        person={
            "token": tokens.sign_delegate_link(current_app.config["SECRET_KEY"], traveler), "leg_id": leg.id,
            "check_in_id": asked.id, "journey_id": leg.journey_id,
        },
    )  # fmt: skip


def asked_for(make, campaign):
    """Return a request to subscribe that waits for its confirmation."""
    asking = make.subscription(campaign, confirmed=False)
    return db.session.scalars(select(SubscriptionRequest).where(SubscriptionRequest.subscription_id == asking.id)).one()


def calendar_key(user):
    """Return the secret of the calendars of an account."""
    calendars.renew(user)
    return user.calendar_key


def template_of(make, place):
    """Return the ids of a template and of one of its actions."""
    template = make.template(place)
    return {"template_id": template.id, "template_item_id": make.template_item(template).id}


def brigade_of(make, campaign, person):
    """Return the ids of a brigade of a campaign, of a role, a member, a shift, and two swaps that wait for approval."""
    brigade = make.brigade(campaign, needs_approval=True)
    member = make.brigade_member(brigade, person)
    later = f"{clock.now().year + 1}-05-0"
    shift, other = make.shift(brigade, f"{later}4T09:00"), make.shift(brigade, f"{later}5T09:00")
    place = make.shift_place(shift, member)
    swap, second = (
        shift_swaps.propose(make.shift_place(other, make.brigade_member(brigade)), place) for _each in range(2)
    )
    for one in (swap, second):
        shift_swaps.agree(one)
    return {
        "brigade_id": brigade.id, "role_id": brigade.roles[0].id, "member_id": member.id, "shift_id": shift.id,
        "shift_place_id": place.id, "swap_id": swap.id, "second_swap_id": second.id,
    }  # fmt: skip


def parts_of(make, person, **where):
    """Return the ids of one row of each kind that belongs to a person, who takes part in a congress or campaign."""
    detail = make.contact_detail(person)
    name = make.other_name(person)
    membership = make.membership(person)
    make.tagging(person)
    segment = make.segment(**where)
    return {
        **exported(make, segment, make.user()),
        "segment_id": segment.id, "condition_id": make.condition(segment).id, "mailing_id": make.mailing(segment).id,
        "detail_id": detail.id, "name_id": name.id, "membership_id": membership.id,
        "participation_id": participations_of(make, person)[0],
        "interaction_id": make.interaction(person, **where).id,
        "consent_id": make.consent(person).id,
        "relation_id": make.relation(person, make.person("Eva", **where)).id,
    }  # fmt: skip


def joins(make, brigade):
    """Return the request of somebody to join a brigade."""
    brigade.is_open = True
    return make.sign_up(brigade.campaign, SignUpKind.JOIN, about={"brigade_id": brigade.id})


def covered(make, mobilization):
    """Return the ids of a picture of a mobilization, and of what the press wrote about it."""
    picture = make.picture(mobilization)
    return {
        "picture_id": picture.id,
        "key": picture.key,
        "size": "small",
        "press_link_id": make.press_link(mobilization).id,
    }


def listed(make, follow_up):
    """Return the ids of an action, of an item of its checklist and of a file attached to it."""
    item, attachment = make.checklist_item(follow_up), make.attachment(follow_up)
    return {"follow_up_id": follow_up.id, "item_id": item.id, "attachment_id": attachment.id}


def exported(make, segment, user):
    """Return the ids of what only an account sees: an export of a segment, a file of it, and a saved filter."""
    schedule = make.scheduled_export(segment, user)
    saved = make.saved_filter(user)
    return {"schedule_id": schedule.id, "file_id": make.exported_file(schedule).id, "filter_id": saved.id}


def participations_of(make, person):
    """Return the ids of a person's participations, after adding one in a congress on which nobody works."""
    participations.begin(person, congress_id=make.congress("Elsewhere").id)
    return [one.id for one in person.participations]


def imported(**where):
    """Return the ids of an import and one of its rows."""
    work = imports.begin(io.BytesIO(b"name\nAna"), "people.csv", by=db.session.scalars(select(User)).first(), **where)
    for _read in running.step(work):
        pass
    row_id = db.session.scalar(select(ImportRow.id).where(ImportRow.import_id == work.id))
    return {"import_id": work.id, "row_id": row_id}


def entry(endpoint, **owner):
    """Return the id of an action that can be undone."""
    done = UndoEntry(endpoint=endpoint, name="It", at=clock.now(), changes=[], **owner)
    db.session.add(done)
    db.session.flush()
    return done.id


@remembered
def populated(make, titles=("Here", "There")):
    """Return the objects of two congresses, and the ids of shared objects."""
    worker, union = make.user("Worker"), make.organization()
    grant = make.grant(worker, Role.MEMBER)
    here, there = (objects_of(make, title) for title in titles)
    letter = Letter(address="a@example.org", subject="Hello", text="Hello", html="<p>Hello</p>", language="en")
    mailbox.keep(build(letter, sender="Encuentro <encuentro@localhost>", message_id="one").as_bytes())
    house = {
        "kind": "csv", "import_kind": "people", "position": 0, "number": 0, "condition_kind": "name", "retention_kind": "nationalities",
        "user_id": worker.id, "request_id": make.approval_request(worker).id, "session_id": make.session(worker).id, "passkey_id": make.passkey(worker).id, "pending_id": make.pending(worker).id, "grant_id": grant.id, "delivery_id": db.session.scalars(select(Delivery.id)).first(),
        "letter_id": db.session.scalar(select(MailboxLetter.id)), "organization_id": union.id,
        "affiliation_id": make.affiliation(union).id,
        "organization_name_id": make.organization_name(union).id,
        "organization_contact_id": make.organization_contact(union).id,
        "other_organization_id": make.organization().id,
        "organization_merge_id": make.merge(union, make.organization()).id, "tag_id": make.tagging(union).tag_id,
        "field_id": make.custom_value(union, make.custom_field()).field_id, "record_kind": "person", "field_kind": "choice",
        "organization_pair_id": make.organization_pair(union, make.organization()).id,
        "verb": "cancel", "decision": "release", "locale": "es", "filename": "favicon.svg", "crossing_id": make.crossing().id,
        "country": "VE", "fact_kind": "notes", "fact_id": make.border_note().id, "road_id": make.ruled_out_road().id,
        "service_id": make.service().id, "place_id": make.place("Terminal").id, "feed_id": make.feed().id, "intake_id": make.entry().id,
    }  # fmt: skip
    special = {
        "users.change": {"verb": "reactivate"},
        "services.ban": {"verb": "ban"},
        "crossings.judge": {"verb": "ban"},
        "pending.decide": {"verb": "decline"},
        "address_changes.confirm": here.confirms,
        "address_changes.undo": here.undoes,
        "public_statements.sign_anew": here.signs_anew,
        **dict.fromkeys(("sign_up_links.confirm", "sign_up_links.withdraw"), here.signs),
        **dict.fromkeys(
            (
                "host_coverage.file",
                "host_coverage.picture",
                "host_coverage.press_link",
                "hosting.show",
                "hosting.edit",
                "hosting.move",
                "hosting.turnout",
            ),
            here.hosts,
        ),
        "undo.in_congress": {"undo_id": entry("entities.remove", congress_id=here.congress["congress_id"])},
        "undo.in_campaign": {"undo_id": entry("articles.withdraw", campaign_id=here.campaign["campaign_id"])},
        "undo.in_house": {"undo_id": entry("crossings.doubt")},
        **dict.fromkeys(
            (
                "personal.show",
                "personal.answer",
                "personal.call",
                "personal.arrived",
                "personal.mistaken",
                "personal_cards.file",
                "personal_cards.show",
            ),
            here.person,
        ),
        **dict.fromkeys(
            (
                "shared_actions.show",
                "shared_actions.close",
                "shared_actions.comment",
                "shared_actions.download",
                "shared_actions.hand_back",
                "shared_actions.renew_calendar",
                "shared_actions.tick",
            ),
            here.shared,
        ),
        **dict.fromkeys(
            ("action_links.begin", "action_links.reopen", "action_links.show", "action_links.take"), here.steps
        ),
        **dict.fromkeys(
            (
                "my_shifts.join",
                "my_shifts.show",
                "my_shifts.swap",
                "my_shifts.take",
                "my_shifts.refuse",
                "my_shifts.renew_calendar",
                "my_shifts.decline",
            ),
            here.brigade,
        ),
        **dict.fromkeys(("calendar_feeds.actions", "calendar_feeds.our_mobilizations"), here.follows),
        **here.calendars,
        "accounts.change_calendars": {"wish": "renew"},
        "my_shifts.answer": {**here.brigade, "answer": "accept"},
        "my_shifts.take_action": {**here.brigade, "follow_up_id": here.asked},
        "my_shifts.asks": {**here.brigade, "wish": "stop"},
        "my_shifts.decide": {**here.brigade, "wish": "agree"},
        **dict.fromkeys(
            ("subscriptions.preferences", "subscriptions.unsubscribe_all", "address_changes.new"), here.prefers
        ),
        "subscriptions.confirm": here.asks,
        **dict.fromkeys(("unsubscribing.ask", "unsubscribing.withdraw"), here.unsubscribes),
        "factor_resets.cancel": {
            "token": sign_factor_reset(current_app.config["SECRET_KEY"], make.factor_reset(worker).id)
        },
        "accounts.choose_password": {
            "token": tokens.sign_password_link(current_app.config["SECRET_KEY"], worker),
        },
    }
    return SimpleNamespace(here=here, there=there, house=house, special=special)


def account_of(make, actor, place):
    """Return an account with the actor's grant."""
    if not actor.signed_in:
        return None
    user = make.user("Actor")
    if actor.on in ("congress", "campaign"):
        number = getattr(place, actor.on)[f"{actor.on}_id"]
        make.grant(user, actor.role, **{actor.on: SimpleNamespace(id=number)})
    elif actor.on:
        make.grant(user, actor.role)
    for part in (place.congress, place.campaign) if place else ():  # everyone sees only their own
        part.update(
            session_id=make.session(user).id, passkey_id=make.passkey(user).id, pending_id=make.pending(user).id
        )
        part.update(exported(make, db.session.get_one(Segment, part["segment_id"]), user))
    if place:
        place.once.update(of_brigade(make, actor, place, user))
    return user


def of_brigade(make, actor, place, user):
    """Return what the buttons of brigades need: actions that an account can take, and hand back."""
    brigade = db.session.get_one(Brigade, place.brigade["brigade_id"])
    make.brigade_member(brigade, make.person("Actor", campaign=brigade.campaign, email=user.email))
    taken = make.follow_up(brigade.campaign, user)
    if actor.on == "congress":
        taken.campaign_id, taken.congress_id = None, place.congress["congress_id"]
    taken.from_brigade_id = brigade.id
    return {
        "brigade_actions.take": {"follow_up_id": make.follow_up(brigade.campaign, brigade).id},
        "brigade_actions.hand_back": {"follow_up_id": taken.id},
    }


class Pages:
    """The addresses of all pages."""

    def __init__(self, app, world):
        self.urls = app.url_map.bind("encuentro.test")
        self.rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
        self.world = world

    def path(self, endpoint, values):
        values = self.world.house | values | self.world.special.get(endpoint, {})
        return self.urls.build(endpoint, {name: values[name] for name in self.rules[endpoint].arguments})

    def methods(self, endpoint, *, briefly=False):
        """Return the HTTP methods to try; with `briefly`, only POST for a form, to save time."""
        methods = sorted(self.rules[endpoint].methods & {"GET", "POST"})
        return methods[-1:] if briefly else methods

    def requests(self, actor):
        """Return endpoint, method, path and expected result of every request, ordered so that each finds its objects."""
        asked = [
            (endpoint, method, path, verdict)
            for endpoint, path, verdict in self._pages(actor)
            if actor.tells(endpoint, verdict)
            for method in self.methods(endpoint, briefly=verdict == 403)
        ]
        return sorted(asked, key=lambda ask: (ask[1], LAST.index(ask[0]) if ask[0] in LAST else -1))

    def _pages(self, actor):
        """Yield endpoint, path and expected result: for the user's own objects, foreign ones, and combinations."""
        here, there = self.world.here, self.world.there
        own = here.congress | here.campaign | getattr(here, actor.on or "", {})
        for endpoint, expected in EXPECTED.items():
            scope, verdict = expected.partition(" ")[0], actor.verdict(endpoint)
            mine = own | getattr(here, scope, {}) | here.once.get(endpoint, {})
            yield endpoint, self.path(endpoint, mine), verdict
            names = self.rules[endpoint].arguments & SCOPED
            if not names or actor.on not in ("congress", "campaign") or scope not in (actor.on, "any"):
                continue
            for foreign in [there.congress, there.campaign] if scope == "any" else [getattr(there, actor.on)]:
                if verdict == OPEN or scope == actor.on:
                    yield endpoint, self.path(endpoint, own | foreign), 404
                if actor.role == Role.ADMIN and len(names) > 1:  # lower roles get no further
                    for name in names:
                        yield endpoint, self.path(endpoint, own | {name: foreign[name]}), 404


def stored():
    """Return the contents of all tables but that of sessions, which begin when a test signs in."""
    behind = {"unscoped": "the test looks at all rows"}
    tables = [one for one in Base.metadata.sorted_tables if one.name != "sessions"]
    return {one.name: db.session.execute(select(one), execution_options=behind).all() for one in tables}


def is_as_expected(response, verdict):
    if verdict == OPEN:
        return response.status_code not in (401, 403, 404) and response.status_code < 500
    if verdict == SIGN_IN and response.request.method == "GET":
        return response.status_code == 302 and response.location.startswith("/sign-in?next=")
    return response.status_code == (401 if verdict == SIGN_IN else verdict)


def unexpected(browse, user, asked):
    """Return the unexpected results."""
    found = []
    for method, path, verdict in asked:
        browser = browse(user)  # a new one each time, so that messages do not accumulate in the cookie
        response = (browser.get if method == "GET" else browser.post)(path, buffered=True)
        if not is_as_expected(response, verdict):
            found.append(f"{method} {path}: {response.status_code} and not {verdict}")
    return found


@ONE_DATABASE
def test_the_table_names_every_page_and_no_other(app):
    assert set(EXPECTED) == set(app.view_functions)
    for rule in app.url_map.iter_rules():
        assert rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize(
    ("database_url", "actor"),
    [
        *(("sqlite", actor) for actor in (STRANGER, NOBODY, *GRANTED)),
        *(("postgresql", actor) for actor in (MASTER, ORGANIZER)),
    ],
    indirect=["database_url"],
    scope="session",
    ids=str,
)
def test_every_page_admits_only_the_roles_in_the_table(app, house, browse, actor, monkeypatch, settings):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # an error on one page does not end the test
    monkeypatch.setattr(state, "URGENT_AFTER", timedelta(days=1))  # nobody sends emails here
    with house.open() as make:
        world = populated(make)
        user = account_of(make, actor, world.here)
    asks = Pages(app, world).requests(actor)
    if actor == MASTER and settings.database_url.startswith("postgresql"):  # there, the organizer opens the others
        asks = [ask for ask in asks if ORGANIZER.verdict(ask[0]) != OPEN]
    browse(user).get("/account")  # signs in
    with house.open():
        before = stored()
    refused = unexpected(browse, user, [ask[1:] for ask in asks if ask[3] != OPEN])
    with house.open():
        after = stored()
    let_in = unexpected(browse, user, [ask[1:] for ask in asks if ask[3] == OPEN])
    assert not refused + let_in, "\n".join(refused + let_in)
    assert after == before


@ONE_DATABASE
def test_a_child_is_found_only_under_its_own_parent(app, house, browse):
    with house.open() as make:
        world = populated(make)
        user = account_of(make, MASTER, world.here)
        congress = db.session.get_one(Congress, world.here.congress["congress_id"])
        sibling, another = make.delegation(congress), make.problem(congress)
    pages, here, there = Pages(app, world), world.here.congress | world.here.campaign, world.there
    moved = {"congress_id": there.congress["congress_id"], "campaign_id": there.campaign["campaign_id"]}
    strays = [(pages.rules[endpoint].arguments, endpoint) for endpoint in EXPECTED]
    strays = [
        (endpoint, {name: moved[name]}) for names, endpoint in strays for name in names & set(moved) if names - {name}
    ]
    strays += [
        ("legs.edit", {"delegation_id": sibling.id}),
        ("legs.delete", {"delegation_id": sibling.id}),
        ("parties.edit", {"delegation_id": sibling.id}),
        ("parties.end", {"delegation_id": sibling.id}),
        ("entities.remove", {"problem_id": another.id}),
        ("entities.remove_period", {"problem_id": another.id}),
        ("check_ins.renew", {"delegation_id": sibling.id}),
        ("delegations.remove_delegate", {"delegation_id": sibling.id}),
        ("articles.withdraw", {"article_id": there.campaign["article_id"]}),
        ("notes.edit", {"article_id": there.campaign["article_id"]}),
        ("notes.remove", {"article_id": there.campaign["article_id"]}),
        ("versions.answer", {"article_id": there.campaign["article_id"]}),
        ("users.revoke", {"user_id": user.id}),
    ]
    asked = [
        (method, pages.path(endpoint, here | changes), 404)
        for endpoint, changes in strays
        for method in pages.methods(endpoint)
    ]
    found = unexpected(browse, user, asked)
    assert not found, "\n".join(found)


def mentions(world, on, user):
    """Return paths, data, the name of a field with an id, and its values: the user's own objects and foreign ones."""
    own, there = getattr(world.here, on), world.there
    both = (("own", own), ("foreign", there.congress))
    foreign_problem = "problem:{congress_id}:{problem_id}".format(**there.congress)
    foreign_campaign, cite = f"campaign:{there.campaign['campaign_id']}", f"/articles/{own['article_id']}/citations"
    own_subject = "campaign:{campaign_id}" if on == "campaign" else "problem:{congress_id}:{problem_id}"
    kept_for = {"own": f"{on}:{own[f'{on}_id']}"}
    yield (
        "/people/new",
        {"given_name": "Eva", "country": ""},
        "subject",
        kept_for | {"foreign": f"congress:{there.congress['congress_id']}"},
    )
    yield "/people/new", {"given_name": "Ida", "country": ""}, "subject", kept_for | {"foreign": foreign_campaign}
    yield "/people/new", {"given_name": "Olga", "country": ""}, "subject", kept_for | {"foreign": ""}
    article = {
        "headline": "They went by land",
        "in_language": "en",
        "excerpt": "By land.",
        "text": "They went by land.",
    }
    for foreign in (foreign_problem, foreign_campaign):
        subject = {"own": own_subject.format(**own), "foreign": foreign}
        yield cite, {}, "subject", subject
        yield f"/intakes/{world.house['intake_id']}/keep", article, "subject", subject
    mark, words = f"/articles/{own['article_id']}/notes/new", {"quotation": "They went"}
    foreign_congress = "congress:{congress_id}".format(**there.congress)
    for foreign in ("house", foreign_campaign, foreign_congress):
        yield mark, words, "subject", kept_for | {"foreign": foreign}
    if on == "campaign":
        data = {
            "title": "Peace", "start_date": "2025-12-01", "status": "running", "timezone": "America/Caracas",
            "digest_frequency": "never", "digest_weekday": 4, "digest_hour": 8,
        }  # fmt: skip
        page = f"/campaigns/{own['campaign_id']}/edit"
        yield page, data, "related_congress_id", {"own": "", "foreign": there.congress["congress_id"]}
        return
    page = f"/congresses/{own['congress_id']}"
    seat = f"{page}/delegations/{own['delegation_id']}/delegates/add"
    yield seat, {"capacity": "guest"}, "person", {"own": "Rosa Here", "foreign": "Rosa There"}
    since = {"starts": "2025-12-09T00:00", "kind": "leg"}
    yield f"{page}/problems/new", since, "leg", {name: f"#{one['leg_id']}" for name, one in both}
    touches = f"{page}/problems/{own['problem_id']}/touches/new"
    yield touches, {"kind": "person"}, "delegate", {"own": "Seated Here", "foreign": "Seated There"}
    delegation = f"{page}/delegations/{own['delegation_id']}"
    leg = {"origin": "BOG", "destination": "CCS", "departs": "2025-12-09T15:00", "arrives": "2025-12-09T20:30"}
    yield f"{delegation}/legs/new", leg, "journey", {name: one["journey_id"] for name, one in both}
    yield f"{delegation}/parties/new", {}, "delegates", {name: one["delegate_id"] for name, one in both}
    data = {
        "title": "Go",
        "assignee_id": user.id,
        "due": f"{clock.now() + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "remind_before_hours": 1,
        "priority": "high",
    }
    assign = f"/follow-ups/new?congress={own['congress_id']}"
    for name in ("delegation_id", "assignee_id"):
        field = "delegations" if name == "delegation_id" else name
        offered = user.id if name == "assignee_id" else own[name]
        yield assign, data, field, {"own": offered, "foreign": there.congress[name]}


@ONE_DATABASE
@pytest.mark.parametrize("on", ["congress", "campaign"])
def test_objects_named_in_a_form_must_be_in_scope_too(house, browse, on):
    with house.open() as make:
        world = populated(make)
        user = account_of(make, Actor(Role.ADMIN, on), world.here)
        before = stored()
    answers = {}
    for whose in ("foreign", "own"):
        for path, data, field, value in mentions(world, on, user):
            reader, sent = browse(user), data | {field: value[whose], "again": "1"}
            sent = reader.typed(path, **sent) if path.endswith("/edit") else sent
            answers[whose, path, field, value[whose]] = reader.post(path, sent).status_code
        with house.open():
            assert (stored() == before) == (whose == "foreign")
    assert [ask for ask, status in answers.items() if status != {"foreign": 422, "own": 302}[ask[0]]] == []


@ONE_DATABASE
def test_objects_named_in_a_query_string_must_be_in_scope_too(house, browse):
    with house.open() as make:
        world = populated(make)
        user = account_of(make, Actor(Role.ADMIN, "congress"), world.here)
    here, there, reader = world.here.congress, world.there.congress, browse(user)
    page = f"/congresses/{here['congress_id']}"
    ways = f"{page}/delegations/{here['delegation_id']}/ways"
    assert reader.get(f"{ways}?problem={here['problem_id']}").status_code == 200
    assert reader.get(f"{ways}?problem={there['problem_id']}").status_code == 404
    assert reader.post(f"{ways}/x?problem={there['problem_id']}").status_code == 404
    for drawn in ("map", "map/drawing.svg"):
        assert reader.get(f"{page}/{drawn}?delegation={here['delegation_id']}").status_code == 200
        assert reader.get(f"{page}/{drawn}?delegation={there['delegation_id']}").status_code == 404
    assert "Bogotá" in reader.get(f"{page}/map?problem={here['problem_id']}").text
    assert "Bogotá" not in reader.get(f"{page}/map?problem={there['problem_id']}").text


@ONE_DATABASE
def test_an_action_cannot_be_about_a_problem_of_another_congress(house, browse):
    with house.open() as make:
        world = populated(make)
        user = account_of(make, Actor(Role.ADMIN, "congress"), world.here)
    page = f"/follow-ups/new?congress={world.here.congress['congress_id']}&problem="
    assert browse(user).get(f"{page}{world.here.congress['problem_id']}").status_code == 200
    assert browse(user).get(f"{page}{world.there.congress['problem_id']}").status_code == 404
    assert browse(user).post(f"{page}{world.there.congress['problem_id']}").status_code == 404


@ONE_DATABASE
@pytest.mark.parametrize("on", ["congress", "campaign"])
def test_a_role_elsewhere_gives_no_additional_rights_here(app, house, browse, on):
    with house.open() as make:
        world = populated(make)
        user = account_of(make, Actor(Role.MEMBER, on), world.here)
        make.grant(user, Role.ADMIN, **{on: SimpleNamespace(id=getattr(world.there, on)[f"{on}_id"])})
        before = stored()
    pages, here, reader = Pages(app, world), getattr(world.here, on), browse(user)
    for endpoint in EXPECTED:
        scope = EXPECTED[endpoint].partition(" ")[0]
        rows = pages.rules[endpoint].arguments & {"person_id", "citation_id", "note_id"}
        if scope == on or (scope == "any" and rows):
            refused = {403, 404} if rows else {Actor(Role.MEMBER, on).verdict(endpoint)} - {OPEN}
            for method in pages.methods(endpoint) if refused else []:
                path = pages.path(endpoint, here)
                answer = (reader.get if method == "GET" else reader.post)(path)
                assert answer.status_code in refused, (method, path)
    people = reader.get("/people").text
    assert "Rosa There" in people
    assert "Rosa Here" not in people
    with house.open():
        assert stored() == before


@ONE_DATABASE
def test_a_member_of_a_congress_does_not_see_its_delegations_under_an_organization(house, browse):
    with house.open() as make:
        here, there, organization, user = make.congress(), make.congress(), make.organization(), make.user()
        seen = make.delegation(here, organization=organization)
        unseen = make.delegation(there, organization=organization)
        make.grant(user, Role.ORGANIZER, congress=here)
        make.grant(user, Role.MEMBER, congress=there)
    page = browse(user).get(f"/organizations/{organization.id}").text
    assert f"/congresses/{here.id}/delegations/{seen.id}" in page
    assert f"/congresses/{there.id}/delegations/{unseen.id}" not in page


@ONE_DATABASE
def test_a_member_does_not_see_the_problems_that_cite_an_article(house, browse):
    with house.open() as make:
        place = objects_of(make, "Here")
        member, organizer = (account_of(make, Actor(role, "congress"), place) for role in ROLES[:2])
    problem = "/congresses/{congress_id}/problems/{problem_id}".format(**place.congress)
    article = f"/articles/{place.congress['article_id']}"
    assert problem in browse(organizer).get(article).text
    assert problem not in browse(member).get(article).text


@ONE_DATABASE
def test_a_revoked_grant_ends_with_the_next_request(house, browse):
    with house.open() as make:
        congress, user = make.congress(), make.user()
        grant = make.grant(user, Role.ORGANIZER, congress=congress)
        make.grant(user, Role.MEMBER, campaign=make.campaign())
    reader, page = browse(user), f"/congresses/{congress.id}"
    assert reader.get(page).status_code == 200
    with house.open():
        losing_access.revoke(db.session.get_one(Grant, grant.id))
    assert reader.get(page).status_code == 404
    assert reader.get("/congresses").status_code == 200
    assert reader.get("/people").status_code == 403


@ONE_DATABASE
@pytest.mark.parametrize(
    "actor", [MASTER, Actor(Role.COORDINATOR, "congress"), Actor(Role.COORDINATOR, "campaign")], ids=str
)
def test_a_grant_that_ends_in_the_meantime_opens_no_page_from_that_instant_on(app, house, browse, at, actor):
    at(utc("2025-12-09 12:00"))
    ends_at = clock.now() + timedelta(minutes=1)
    with house.open() as make:
        world = populated(make)
        user = account_of(make, actor, world.here)
        db.session.execute(update(Grant).where(Grant.user_id == user.id).values(ends_at=ends_at))
    pages = Pages(app, world)
    opened = [
        (path, NOBODY.verdict(endpoint))
        for endpoint, path, verdict in pages._pages(actor)
        if verdict == OPEN and actor.tells(endpoint, verdict) and "GET" in pages.methods(endpoint)
    ]
    at(ends_at - timedelta(seconds=1))
    first = next(path for path, after in opened if after == 404)
    assert is_as_expected(browse(user).get(first), OPEN)
    at(ends_at)
    assert unexpected(browse, user, [("GET", path, after) for path, after in opened]) == []


@ONE_DATABASE
def test_the_next_request_of_a_closed_account_is_anonymous(house, browse):
    with house.open() as make:
        user = make.user()
        make.grant(user, Role.ADMIN)
        make.grant(make.user(), Role.ADMIN)
    reader = browse(user)
    assert reader.get("/users").status_code == 200
    with house.open():
        losing_access.deactivate(db.session.get_one(User, user.id))
    assert is_as_expected(reader.get("/users"), SIGN_IN)
    assert is_as_expected(reader.post("/congresses/new"), SIGN_IN)
    with house.open():
        accounts.reactivate(db.session.get_one(User, user.id))
    assert is_as_expected(reader.get("/users"), SIGN_IN)


@ONE_DATABASE
def test_a_person_is_visible_to_every_scope_they_are_part_of_but_edited_only_in_their_own(house, browse):
    with house.open() as make:
        here, there, user = make.congress(), make.congress(), make.user()
        make.grant(user, Role.ADMIN, congress=here)
        kept, foreign, guest, everybodys = (
            make.person(name, congress=congress)
            for name, congress in (("Kept", here), ("Foreign", there), ("Guest", there), ("Everybodys", None))
        )
        delegations.add_delegate(make.delegation(here), guest, capacity=Capacity.GUEST, is_head=False)
    reader = browse(user)
    for person, seen, edited in ((kept, 200, 200), (foreign, 404, 404), (guest, 200, 404), (everybodys, 404, 404)):
        assert reader.get(f"/people/{person.id}").status_code == seen, person.given_name
        assert reader.get(f"/people/{person.id}/edit").status_code == edited, person.given_name
        sent = {"given_name": "Changed", "country": ""}
        sent = reader.typed(f"/people/{person.id}/edit", **sent) if edited == 200 else sent
        answer = reader.post(f"/people/{person.id}/edit", sent).status_code
        assert answer == (302 if edited == 200 else 404), person.given_name
    assert "Foreign" not in reader.get("/people").text
    with house.open():
        names = db.session.scalars(select(Person.given_name).where(Person.given_name.not_like("Delegate%")))
        assert sorted(names) == ["Changed", "Everybodys", "Foreign", "Guest"]


@pytest.fixture
def bare_app(app, settings):
    """A second application with the same database, for views defined in a test."""
    bare = create_app(settings)
    bare.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield bare
    with bare.app_context():
        db.engine.dispose()


@ONE_DATABASE
def test_a_view_without_declared_access_admits_nobody(house, bare_app):
    bare_app.add_url_rule("/silent", "silent", lambda: "let in", methods=["GET", "POST"])
    with house.open() as make:
        user = account_of(make, MASTER, None)
    for reader in (Browser(bare_app), Browser(bare_app, user)):
        assert reader.get("/silent").status_code == 403
        assert reader.post("/silent").status_code == 403


@pytest.mark.parametrize("first", [lambda: None, db.session.rollback], ids=["at-once", "after-a-rollback"])
def test_a_read_only_request_cannot_write(house, bare_app, first):
    @requires(Access.PUBLIC)
    def write():
        first()
        db.session.add(Place(name="Nowhere", kind=PlaceKind.CITY, country="VE", timezone="America/Caracas"))
        db.session.commit()
        return "written"

    bare_app.add_url_rule("/write", "write", write, methods=["GET", "POST"])
    for method in ("GET", "HEAD"):
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            Browser(bare_app).client.open("/write", method=method)
    with house.open():
        assert db.session.scalars(select(Place)).all() == []
    assert Browser(bare_app).post("/write").text == "written"
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):  # on the connection that has just written
        Browser(bare_app).get("/write")


@ONE_DATABASE
@pytest.mark.parametrize("actor", [STRANGER, MASTER], ids=str)
def test_every_form_except_one_click_unsubscribe_requires_its_token(app, house, browse, actor, monkeypatch):
    with house.open() as make:
        world = populated(make)
        user = account_of(make, actor, world.here)
        before = stored()
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    pages, here = Pages(app, world), world.here.congress | world.here.campaign
    buttons = [endpoint for endpoint in EXPECTED if "POST" in pages.methods(endpoint)]
    answers = {endpoint: browse(user).post(pages.path(endpoint, here)).status_code for endpoint in buttons}
    one_click = {answers.pop("subscriptions.unsubscribe_now"), answers.pop("unsubscribing.withdraw")}
    assert one_click == {200}
    assert {endpoint for endpoint, status in answers.items() if status not in (400, 401)} == set()
    with house.open():
        after = stored()
    assert {name for name in after if after[name] != before[name]} == {
        "audit_entries",
        "consents",
        "deliveries",
        "log_lines",
        "log_values",
        "subscriptions",
    }
