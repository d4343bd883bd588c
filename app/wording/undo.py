"""Descriptions of actions in the list of what can be undone."""

from flask_babel import gettext, ngettext

from app.models.accounts.undo import UndoEntry
from app.text import N_

DONE: dict[str, str] = {
    "affiliations.remove": N_("Affiliation removed: %(name)s"),
    "articles.withdraw": N_("Citation removed: %(name)s"),
    "brigade_members.remove": N_("Removed from a brigade: %(name)s"),
    "brigade_roles.remove": N_("Role of a brigade removed: %(name)s"),
    "brigade_members.renew": N_("Personal link replaced: %(name)s"),
    "calls.remove": N_("Call removed: %(name)s"),
    "action_parts.renew_link": N_("Personal link replaced: %(name)s"),
    "check_ins.renew": N_("Personal link replaced: %(name)s"),
    "consents.remove": N_("Consent removed: %(name)s"),
    "consents.withdraw": N_("Consent withdrawn: %(name)s"),
    "contact_details.remove": N_("Contact detail removed: %(name)s"),
    "crossings.doubt": N_("Verification withdrawn: %(name)s"),
    "ruled_out_roads.lift": N_("Lifted or proposed to lift: %(name)s"),
    "custom_fields.remove": N_("Field removed: %(name)s"),
    "delegations.remove_delegate": N_("Removed from the delegation: %(name)s"),
    "digests.discard": N_("Digest discarded: %(name)s"),
    "enrolling.invite": N_("People invited: %(name)s"),
    "enrolling.subscribe": N_("People subscribed: %(name)s"),
    "entities.remove": N_("Removed from a problem: %(name)s"),
    "entities.remove_period": N_("Period removed from a problem: %(name)s"),
    "action_parts.tick": N_("Ticked off or reopened: %(name)s"),
    "attachments.remove": N_("File removed from an action: %(name)s"),
    "action_parts.remove_item": N_("Removed from a checklist: %(name)s"),
    "follow_ups.book": N_("Route booked: %(name)s"),
    "follow_ups.close": N_("Action closed or reopened: %(name)s"),
    "help_calls.close": N_("Help request closed: %(name)s"),
    "interactions.remove": N_("Interaction removed: %(name)s"),
    "legs.delete": N_("Leg removed: %(name)s"),
    "memberships.remove": N_("Membership removed: %(name)s"),
    "mentions.remove": N_("Mention in an article removed: %(name)s"),
    "mobilization_changes.remove_host": N_("Host of a mobilization removed: %(name)s"),
    "proposals.decline": N_("Proposed mobilization declined: %(name)s"),
    "proposals.renew_link": N_("Personal link replaced: %(name)s"),
    "coverage.remove_press_link": N_("Taken out of what the press wrote: %(name)s"),
    "taking_over.decline": N_("Request to join a brigade declined: %(name)s"),
    "taking_over.every": N_("Sign-ups taken over: %(name)s"),
    "notes.remove": N_("Note removed: %(name)s"),
    "organization_tags.remove": N_("Tag taken off: %(name)s"),
    "organization_parts.remove_contact": N_("Contact detail removed: %(name)s"),
    "organization_parts.remove_name": N_("Other name removed: %(name)s"),
    "other_names.remove": N_("Other name removed: %(name)s"),
    "sign_ups.called": N_("Result of a call recorded: %(name)s"),
    "participations.end": N_("Access through a congress or campaign removed: %(name)s"),
    "parties.end": N_("Separate itinerary removed: %(name)s"),
    "letter_texts.remove": N_("Text of letters removed: %(name)s"),
    "targets.remove_entry": N_("Entry removed from the log of a target: %(name)s"),
    "partners.remove": N_("Organization removed from a campaign: %(name)s"),
    "person_tags.remove": N_("Tag taken off: %(name)s"),
    "pending.withdraw": N_("Proposed change withdrawn: %(name)s"),
    "problems.lift": N_("Problem marked as ended: %(name)s"),
    "relations.remove": N_("Relation removed: %(name)s"),
    "assigning.assign": N_("Actions assigned: %(name)s"),
    "saved_filters.remove": N_("Saved filter removed: %(name)s"),
    "segment_conditions.remove": N_("Condition of a segment removed: %(name)s"),
    "segments.freeze": N_("Segment frozen: %(name)s"),
    "segments.unfreeze": N_("Segment unfrozen: %(name)s"),
    "selected_actions.assign": N_("Actions assigned: %(name)s"),
    "selected_actions.complete": N_("Actions marked as done: %(name)s"),
    "selected_actions.drop": N_("Actions dropped: %(name)s"),
    "selected_actions.move": N_("Due dates moved: %(name)s"),
    "selected_actions.prioritize": N_("Priority of actions changed: %(name)s"),
    "selected.move": N_("People moved: %(name)s"),
    "selected.tag": N_("Tag put on several people: %(name)s"),
    "selected.untag": N_("Tag taken off several people: %(name)s"),
    "selected_organizations.tag": N_("Tag put on several organizations: %(name)s"),
    "selected_organizations.untag": N_("Tag taken off several organizations: %(name)s"),
    "shift_places.approve_swap": N_("Swap of shifts approved: %(name)s"),
    "shift_places.decide": N_("Place in a shift changed: %(name)s"),
    "shift_places.refuse_swap": N_("Swap of shifts refused: %(name)s"),
    "shifts.remove": N_("Shift removed: %(name)s"),
    "tags.merge": N_("Tag merged into another: %(name)s"),
    "tags.remove": N_("Tag removed: %(name)s"),
    "template_uses.new": N_("Actions created from a template: %(name)s"),
    "templates.remove": N_("Template removed: %(name)s"),
    "templates.remove_item": N_("Action removed from a template: %(name)s"),
    "users.revoke": N_("Role revoked: %(name)s"),
    "versions.answer": N_("Decision on a suggested version: %(name)s"),
    "versions.make_original": N_("Made the original: %(name)s"),
    "versions.untie": N_("No longer a version: %(name)s"),
    "ways.choose": N_("Alternative route chosen: %(name)s"),
    "ways.undo": N_("Alternative route canceled: %(name)s"),
}
"""The views whose actions can be undone for 30 days, each with a description."""
OF_THE_HOUSE = {
    "interactions.remove",
    "notes.remove",
    "segment_conditions.remove",
    "segments.freeze",
    "segments.unfreeze",
    "template_uses.new",
    "templates.remove",
    "templates.remove_item",
}
"""Actions that may belong to no person, congress or campaign but do not concern everyone: then they need a role on
everything."""


def done_sentence(entry: UndoEntry) -> str:
    """Return a description of what was done, with the name of the record."""
    return str(gettext(DONE[entry.endpoint], name=entry.name))


def left_sentence(endpoint: str, left: int) -> str:
    """Return how many records were left as they are, and why."""
    if endpoint.startswith("enrolling."):
        return str(
            ngettext(
                "%(num)d was left as it is, because an email was sent already or something has changed since.",
                "%(num)d were left as they are, because emails were sent already or something has changed since.",
                left,
            )
        )
    return str(
        ngettext(
            "%(num)d record has been changed since, or cannot be changed by you, and was left as it is.",
            "%(num)d records have been changed since, or cannot be changed by you, and were left as they are.",
            left,
        )
    )
