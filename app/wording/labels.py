"""Labels of enum members and names of records."""

from enum import StrEnum

from flask_babel import get_locale, gettext, pgettext

from app.domain.accounts.exports import Exported
from app.models.accounts.accounts import Role
from app.models.accounts.exports import FileFormat
from app.models.accounts.house import CrossingRule
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.campaigns import Approval, CampaignStatus
from app.models.campaigns.digests import DigestStatus
from app.models.campaigns.partners import PartnerRole
from app.models.congress.congresses import CongressStatus
from app.models.congress.delegations import Capacity, Delegation, DelegationStatus
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.sign_ups import CallOutcome, SignUpKind, SignUpState
from app.models.press.articles import VersionKind
from app.models.press.intakes import IntakeSource
from app.models.press.mentions import MentionKind
from app.models.travel.hits import HitKind
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import PlaceKind
from app.models.travel.problems import Cause, EntityKind, Severity, Verification
from app.models.travel.ruled_out_roads import RoadKind
from app.queries.congress.delegations import Standing
from app.queries.search import Kind
from app.queries.travel.sureness import Sureness
from app.routing.wishes import Preference
from app.text import N_, NP_
from app.wording.action_labels import ACTION_LABELS
from app.wording.border_labels import BORDER_LABELS
from app.wording.brigades import BRIGADE_LABELS
from app.wording.goals import GOAL_LABELS
from app.wording.log_labels import LOG_LABELS
from app.wording.mail_labels import MAIL_LABELS
from app.wording.member_labels import MEMBER_LABELS
from app.wording.people_labels import PEOPLE_LABELS
from app.wording.places import place_name
from app.wording.retention import RETENTION_LABELS
from app.wording.sending import SENDING_LABELS
from app.wording.targets import TARGET_LABELS

_LABELS: tuple[tuple[StrEnum, str], ...] = (
    *MEMBER_LABELS,
    *PEOPLE_LABELS,
    *MAIL_LABELS,
    *BORDER_LABELS,
    (Sureness.TRAVELED, N_("traveled or booked by delegations")),
    (Sureness.SCHEDULED, N_("scheduled service or known line")),
    (Sureness.RECORDED, N_("verified crossing")),
    (Sureness.ESTIMATED, N_("road estimated from the distance")),
    (Sureness.POOR, N_("estimated, and roads there are poor")),
    (RoadKind.BETWEEN, N_("the road between two places")),
    (RoadKind.COUNTRY, N_("all roads of a country")),
    (RoadKind.CROSSING, N_("the road over a border crossing")),
    *BRIGADE_LABELS,
    *ACTION_LABELS,
    *GOAL_LABELS,
    *TARGET_LABELS,
    *LOG_LABELS,
    *RETENTION_LABELS,
    *SENDING_LABELS,
    (Exported.PEOPLE, N_("people")),
    (Exported.ORGANIZATIONS, N_("organizations")),
    (Exported.INTERACTIONS, N_("interactions")),
    (Exported.DELEGATIONS, N_("delegations with their delegates")),
    (Exported.JOURNEYS, N_("journeys")),
    (Exported.ACTIONS, N_("actions")),
    (Exported.ROSTER, N_("members of a brigade")),
    (Exported.MOBILIZATIONS, N_("mobilizations")),
    (Exported.SIGN_UPS, N_("sign-ups")),
    (Exported.TARGETS, N_("targets of a campaign")),
    (FileFormat.XLSX, N_("XLSX, for Excel and LibreOffice")),
    (FileFormat.CSV, N_("CSV, for any program")),
    (FileFormat.VCARD, N_("vCard, for address books")),
    (Kind.PEOPLE, N_("People")),
    (Kind.ORGANIZATIONS, N_("Organizations")),
    (Kind.CONGRESSES, N_("Congresses")),
    (Kind.CAMPAIGNS, N_("Campaigns")),
    (Kind.MOBILIZATIONS, N_("Mobilizations")),
    (Kind.ACTIONS, N_("Actions")),
    (Kind.ARTICLES, N_("Articles")),
    (CrossingRule.COORDINATOR, N_("a coordinator")),
    (CrossingRule.TWO_PEOPLE, N_("two people: one proposes it, another one accepts")),
    (Role.ADMIN, N_("admin")),
    (Role.COORDINATOR, N_("coordinator")),
    (Role.ORGANIZER, N_("organizer")),
    (Role.MEMBER, N_("member")),
    (CongressStatus.TENTATIVE, N_("not yet confirmed")),
    (CongressStatus.CONFIRMED, N_("confirmed")),
    (CongressStatus.POSTPONED, N_("postponed")),
    (CongressStatus.CANCELLED, N_("canceled")),
    (DelegationStatus.INVITED, N_("invited")),
    (DelegationStatus.ACCEPTED, N_("invitation accepted")),
    (DelegationStatus.TRAVELING, N_("traveling")),
    (DelegationStatus.ARRIVED, N_("arrived")),
    (DelegationStatus.UNABLE_TO_ATTEND, N_("unable to attend")),
    (Capacity.DELEGATE, N_("delegate")),
    (Capacity.ALTERNATE, N_("alternate")),
    (Capacity.OBSERVER, N_("observer")),
    (Capacity.GUEST, N_("guest")),
    (Capacity.INTERPRETER, N_("interpreter")),
    (PlaceKind.AIRPORT, N_("airport")),
    (PlaceKind.CITY, N_("city")),
    (PlaceKind.CROSSING, N_("border crossing")),
    (PlaceKind.PORT, N_("port")),
    (PartnerRole.CONVENES, N_("convenes the campaign")),
    (PartnerRole.TAKES_PART, N_("takes part")),
    (PartnerRole.SUPPORTS, N_("supports it")),
    (MentionKind.AUTHOR, N_("written by them")),
    (MentionKind.SUBJECT, N_("about them")),
    (MentionKind.QUOTED, N_("quotes them")),
    (VersionKind.TRANSLATION, N_("translation")),
    (VersionKind.REPUBLICATION, N_("republication")),
    (Direction.OUT, N_("outbound")),
    (Direction.BACK, N_("return")),
    (LegStatus.PLANNED, N_("planned")),
    (LegStatus.BOOKED, N_("booked")),
    (LegStatus.UNDER_WAY, N_("in progress")),
    (LegStatus.DONE, N_("traveled")),
    (LegStatus.CANCELLED, N_("canceled")),
    (LegStatus.MISSED, N_("missed")),
    (LegStatus.REPLACED, N_("booked but no longer needed")),
    (Cause.AIRSPACE_CLOSED, N_("airspace closed")),
    (Cause.AIRPORT_CLOSED, N_("airport closed")),
    (Cause.CARRIER_WITHDRAWN, N_("carrier suspended service")),
    (Cause.BORDER_CLOSED, N_("border closed")),
    (Cause.VISA_REFUSED, N_("visa refused")),
    (Cause.VISA_DELAYED, N_("visa delayed")),
    (Cause.TRANSIT_REFUSED, N_("transit refused")),
    (Cause.DETENTION, N_("detention")),
    (Cause.SANCTIONS, N_("sanctions")),
    (Cause.FUEL_SHORTAGE, N_("fuel shortage")),
    (Cause.INSECURITY, N_("security risk")),
    (Cause.STRIKE, N_("strike")),
    (Cause.DEMONSTRATION, N_("demonstration")),
    (Cause.ACCIDENT, N_("accident")),
    (Cause.HOLIDAY, N_("holiday")),
    (Cause.WEATHER, N_("weather")),
    (Cause.MAINTENANCE, N_("maintenance")),
    (Cause.CONSTRUCTION, N_("construction")),
    (Cause.POLICE_ACTIVITY, N_("police activity")),
    (Cause.MEDICAL_EMERGENCY, N_("medical emergency")),
    (Cause.TECHNICAL_PROBLEM, N_("technical problem")),
    (Cause.OTHER_CAUSE, N_("other")),
    (Cause.UNKNOWN_CAUSE, N_("unknown")),
    (Severity.INFO, N_("low")),
    (Severity.WARNING, N_("medium")),
    (Severity.SEVERE, N_("high")),
    (Verification.UNKNOWN, N_("not known whether verified")),
    (Verification.UNVERIFIED, N_("not verified")),
    (Verification.VERIFIED, N_("verified")),
    (EntityKind.COUNTRY_AIRSPACE, N_("a country’s airspace")),
    (EntityKind.FIR, N_("a flight information region (FIR)")),
    (EntityKind.COUNTRY, N_("a whole country (all modes of travel)")),
    (EntityKind.BORDER, N_("the land border of a country")),
    (EntityKind.CROSSING, N_("a border crossing")),
    (EntityKind.PLACE, N_("an airport, a port or another place")),
    (EntityKind.ROAD, N_("a road between two places")),
    (EntityKind.MODE, N_("a mode of travel")),
    (EntityKind.CARRIER, N_("a carrier")),
    (EntityKind.ALLIANCE, N_("an alliance of carriers")),
    (EntityKind.CARRIERS_OF, N_("all carriers of a country")),
    (EntityKind.NATIONALITY, N_("all travelers of a nationality")),
    (EntityKind.LEG, N_("one leg")),
    (EntityKind.PERSON, N_("one person")),
    (HitKind.DIRECT, N_("directly affected")),
    (HitKind.KNOCK_ON, N_("connection missed")),
    (HitKind.PASSAGE, N_("probably passes through it")),
    (HitKind.DETOUR, N_("flies over it (detour)")),
    (HitKind.WARNING, N_("warning only")),
    (CampaignStatus.PLANNED, N_("planned")),
    (CampaignStatus.RUNNING, N_("active")),
    (CampaignStatus.ENDED, N_("ended")),
    (Approval.NOBODY, N_("no one (sent automatically)")),
    (Approval.ONE_PERSON, N_("one coordinator or admin")),
    (Approval.SECOND_PERSON, N_("two coordinators or admins: one proposes it, another one approves it")),
    (DigestStatus.DRAFT, N_("waiting for approval")),
    (DigestStatus.PROPOSED, N_("waiting for a second person")),
    (DigestStatus.APPROVED, N_("approved, being sent")),
    (DigestStatus.PAUSED, N_("paused")),
    (DigestStatus.STOPPED, N_("stopped")),
    (DigestStatus.REOPENING, N_("stopped, becoming a draft again")),
    (DigestStatus.SENT, N_("sent")),
    (DigestStatus.DISCARDED, N_("discarded")),
    (DeliveryKind.INVITATION, N_("invitation")),
    (DeliveryKind.REMINDER, N_("reminder")),
    (DeliveryKind.OVERDUE, N_("overdue notice")),
    (DeliveryKind.ASSIGNMENT, N_("assigned actions")),
    (DeliveryKind.DRAFT, N_("draft for approval")),
    (DeliveryKind.SIGN_UP, N_("confirmation request")),
    (DeliveryKind.MOBILIZATION_CHANGED, N_("notice of a changed mobilization")),
    (DeliveryKind.SIGN_UP_AGAIN, N_("second confirmation request")),
    (DeliveryKind.SIGN_UP_DECIDED, N_("decision about a sign-up")),
    (DeliveryKind.NEW_VERSION, N_("notice of a new version")),
    (DeliveryKind.BRIGADE_ACTION, N_("new actions of a brigade")),
    (DeliveryKind.ALARM, N_("alarm")),
    (DeliveryKind.ROLE_ENDS, N_("notice of a role that ends")),
    (SignUpKind.ENDORSE, N_("endorsement")),
    (SignUpKind.SIGN, N_("signature")),
    (SignUpKind.ATTEND, N_("attending")),
    (SignUpKind.HOST, N_("hosting")),
    (SignUpKind.JOIN, N_("joining a brigade")),
    (SignUpState.ASKED, N_("not confirmed")),
    (SignUpState.CONFIRMED, NP_("sign-up", "confirmed")),
    (SignUpState.WITHDRAWN, NP_("sign-up", "withdrawn")),
    (CallOutcome.CONFIRMED, N_("confirmed")),
    (CallOutcome.DECLINED, N_("does not want to")),
    (CallOutcome.NOT_REACHED, N_("not reached")),
    (DeliveryKind.HELP_CALL, N_("help request")),
    (DeliveryKind.EXPORT, N_("notice of a file")),
    (DeliveryKind.ACCOUNT_CHANGED, N_("notice of a change of the account")),
    (DeliveryKind.BRIGADE_LINK, N_("personal link")),
    (DeliveryKind.SHIFT_REMINDER, N_("reminder")),
    (DeliveryKind.SHIFT_CHANGED, N_("notice of a changed shift")),
    (DeliveryKind.NEXT_SHIFT, N_("question about the next shift")),
    (DeliveryKind.MENTION, N_("mention in a comment")),
    (DeliveryKind.ESCALATION, N_("escalated actions")),
    (DeliveryKind.DIGEST_TEST, N_("test email")),
    (DeliveryKind.CHECK_IN, N_("safety check-in")),
    (DeliveryKind.TRAVEL_LINK, N_("personal link")),
    (DeliveryKind.MAILING, N_("mailing")),
    (DeliveryKind.MAILING_TEST, N_("test email")),
    (IntakeSource.ADDRESS, N_("by address")),
    (IntakeSource.TEXT, N_("pasted")),
    (IntakeSource.FEED, N_("from a feed")),
    (IntakeSource.MAIL, N_("by email")),
    (Preference.FASTEST, N_("fastest")),
    (Preference.CHEAPEST, N_("cheapest")),
    (Preference.FEWEST_BORDERS, N_("fewest borders")),
    (Standing.ARRIVED, N_("arrived")),
    (Standing.ON_THE_WAY, N_("on the way")),
    (Standing.CLEAR, N_("route clear")),
    (Standing.NO_JOURNEY, N_("no journey yet")),
    (Standing.HIT, N_("affected")),
    (Standing.OTHER_WAY, N_("alternative route")),
    (Standing.UNABLE, N_("unable to attend")),
)

_BY_MEMBER = {(type(member), member.value): label for member, label in _LABELS}
"""By type and value, because equal strings of two enums would share a key."""

LANGUAGES = {"es": "Español", "en": "English", "pt": "Português", "fr": "Français"}
"""The languages that members read, each by its own name: for people who choose the one that they read."""


def label(member: StrEnum) -> str:
    """Return the label of an enum member in the current language."""
    context, _mark, sentence = _BY_MEMBER[type(member), member.value].rpartition("\x04")
    return str(pgettext(context, sentence) if context else gettext(sentence))


def country_name(code: str) -> str:
    """Return the name of a country in the current language."""
    locale = get_locale()
    return str(locale.territories.get(code, code)) if locale else code


def delegation_name(delegation: Delegation) -> str:
    """Return the name of a delegation: its organization and country."""
    return f"{country_name(delegation.country)} · {delegation.organization.name}"


def way(leg: Leg) -> str:
    """Return the ends of a leg: `Bogotá → Caracas`."""
    return f"{place_name(leg.origin)} → {place_name(leg.destination)}"


def way_and_reference(leg: Leg) -> str:
    """Return the ends of a leg, and its booking reference if it has one: `Bogotá → Caracas (K7XQ2M)`."""
    return f"{way(leg)} ({leg.booking_reference})" if leg.booking_reference else way(leg)


def assignee_name(follow_up: FollowUp) -> str:
    """Return who has an action, as far as the reader may know: people and brigades are visible as everywhere."""
    if follow_up.assignee is not None:
        return follow_up.assignee.name
    if follow_up.assignee_person is not None:
        return follow_up.assignee_person.full_name
    if follow_up.assignee_brigade is not None:
        return follow_up.assignee_brigade.name
    if follow_up.assignee_brigade_id is not None:
        return str(gettext("a brigade that you cannot see"))
    return str(gettext("someone whom you cannot see") if follow_up.is_assigned else gettext("nobody"))


def travelers(journey: Journey) -> str:
    """Return the names of those who follow a separate itinerary, on one line; empty for a shared one."""
    return ", ".join(one.delegate.person.full_name for one in journey.travelers)
