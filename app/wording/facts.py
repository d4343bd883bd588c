"""The names of what the history of a record tells, and the kinds of their values."""

from enum import StrEnum

from app.models.actions.follow_ups import FollowUpStatus, Priority
from app.models.campaigns.campaigns import Approval, CampaignStatus, Frequency
from app.models.campaigns.digests import DigestStatus
from app.models.congress.congresses import CongressStatus
from app.models.congress.delegations import DelegationStatus
from app.models.people.interactions import Initiative, InteractionKind
from app.models.people.organizations import Classification
from app.models.press.articles import VersionKind
from app.models.travel.journeys import LegStatus
from app.models.travel.places import Mode, PlaceKind
from app.models.travel.problems import Cause, Effect, Severity, Verification
from app.text import N_

VERBS: dict[str, str] = {
    "recorded": N_("Recorded"),
    "changed": N_("Edited"),
    "lifted": N_("Ended"),
    "called off": N_("Called off"),
    "reinstated": N_("No longer called off"),
    "added": N_("Leg added"),
    "leg deleted": N_("Leg removed"),
    "call removed": N_("Call to action removed"),
    "removed": N_("Removed"),
    "restored": N_("Restored"),
    "undone": N_("Undone"),
}
FIRST = {"recorded", "added"}
"""The verbs of the first entry about a row, which changes nothing."""
FIELDS: dict[str, str] = {
    "title": N_("Title"),
    "titles": N_("What to do"),
    "details": N_("Details"),
    "headline": N_("Headline"),
    "given_name": N_("Given names"),
    "family_name": N_("Family names"),
    "name": N_("Name"),
    "acronym": N_("Acronym"),
    "classification": N_("Kind"),
    "kind": N_("Kind"),
    "code": N_("Code"),
    "sector": N_("Sector"),
    "organization": N_("Organization"),
    "post": N_("Position"),
    "note": N_("Note"),
    "assignee": N_("Who"),
    "due_at": N_("Due"),
    "remind_before_hours": N_("Reminder (hours before)"),
    "priority": N_("Priority"),
    "edition": N_("Edition"),
    "theme": N_("Theme"),
    "venue": N_("Venue"),
    "locality": N_("Town"),
    "country": N_("Country"),
    "nationality": N_("Nationality"),
    "preferred_language": N_("Language"),
    "locale": N_("Language"),
    "email": N_("Email address"),
    "phone": N_("Phone"),
    "contact_details": N_("Contact details"),
    "family_name_first": N_("The family name comes first"),
    "memberships": N_("Memberships"),
    "other_names": N_("Other names"),
    "affiliations": N_("Belongs to"),
    "participations": N_("Visible to those who work on"),
    "website": N_("Website"),
    "goal": N_("Goal"),
    "slug": N_("Public address"),
    "related_congress_id": N_("Related call"),
    "start_date": N_("First day"),
    "end_date": N_("Last day"),
    "starts_at": N_("Day and time"),
    "last_day": N_("Deadline"),
    "open_to_subscribers": N_("Anyone can subscribe"),
    "public_feed": N_("Anyone can read its articles as a feed"),
    "public_archive": N_("Anyone can read past digests"),
    "timezone": N_("Time zone"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "digest_frequency": N_("Digest"),
    "digest_weekday": N_("Day of the week"),
    "digest_hour": N_("Time of day"),
    "digest_approval": N_("Who approves a digest"),
    "help_name": N_("Contact for delegates"),
    "help_phone": N_("Phone for delegates"),
    "cause": N_("Cause"),
    "effect": N_("Effect"),
    "severity_level": N_("Severity"),
    "verification": N_("Verification"),
    "reference": N_("Reference number"),
    "source_url": N_("Source"),
    "source_quote": N_("Quotation from the source"),
    "cause_detail": N_("Description"),
    "end_estimated": N_("The end is an estimate"),
    "periods": N_("When"),
    "entities": N_("What is affected"),
    "way": N_("Route"),
    "departs_at": N_("Departs"),
    "arrives_at": N_("Arrives"),
    "near": N_("Town on one side"),
    "far": N_("Town on the other side"),
    "mode": N_("Mode of travel"),
    "carrier": N_("Carrier"),
    "number": N_("Number"),
    "booking_reference": N_("Booking reference"),
    "opens": N_("Opens"),
    "closes": N_("Closes"),
    "minutes": N_("Minutes to cross"),
    "formalities": N_("Border formalities"),
    "rank": N_("Ranking adjustment"),
    "is_verified": N_("Verified"),
    "banned": N_("Never propose this crossing"),
    "status": N_("Status"),
    "seats": N_("Seats"),
    "reason": N_("Reason"),
    "problem_id": N_("Route problem"),
    "authors": N_("Written by"),
    "translators": N_("Translated by"),
    "in_language": N_("Language of the text"),
    "publisher": N_("Publisher"),
    "date_published": N_("Publication date"),
    "occurred_at": N_("When"),
    "initiative": N_("Who got in touch"),
    "subject": N_("Subject"),
    "body": N_("What was said"),
    "url": N_("Address"),
    "original_publisher": N_("First published in"),
    "original_date": N_("First published on"),
    "republication_notice": N_("Republication notice"),
    "may_be_republished": N_("The text may be republished"),
    "disclaimer": N_("Disclaimer"),
    "captions": N_("Captions"),
    "excerpt": N_("Excerpt"),
    "text": N_("Text"),
    "version_of": N_("Version of"),
    "version_kind": N_("Kind"),
    "openings": N_("Introduction"),
    "articles": N_("Articles"),
    "excerpts": N_("Excerpts"),
    "with_calls": N_("Include what members can do (open calls to action)"),
    "with_figures": N_("Add key figures about the congress"),
    "send_at": N_("Depart after"),
    "roles": N_("Roles"),
    "is_closed": N_("Account closed"),
}
"""In the order in which they are shown. A fact without a name here is not shown."""
ENUMS: dict[str, type[StrEnum]] = {
    "cause": Cause,
    "classification": Classification,
    "digest_approval": Approval,
    "digest_frequency": Frequency,
    "effect": Effect,
    "initiative": Initiative,
    "mode": Mode,
    "priority": Priority,
    "severity_level": Severity,
    "verification": Verification,
    "version_kind": VersionKind,
}
STATUSES: dict[str, type[StrEnum]] = {
    "campaigns": CampaignStatus,
    "congresses": CongressStatus,
    "delegations": DelegationStatus,
    "digests": DigestStatus,
    "follow_ups": FollowUpStatus,
    "legs": LegStatus,
}
"""The status enum of each kind of record."""
KINDS: dict[str, type[StrEnum]] = {"interactions": InteractionKind, "places": PlaceKind}
"""The enum of the kinds of each kind of record."""
DAYS = {"start_date", "end_date", "date_published", "original_date", "last_day"}
HOURS = {"opens", "closes"}
COUNTRIES = {"country", "nationality"}
LANGUAGES = {"in_language", "locale", "preferred_language"}
