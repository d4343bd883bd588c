"""What the words of the enums are called in front of people."""

from enum import StrEnum

from flask_babel import get_locale, gettext

from app.models.accounts import Role
from app.models.campaigns import CampaignStatus, Frequency
from app.models.congresses import CongressStatus
from app.models.delegations import Capacity, Delegation, DelegationStatus
from app.models.deliveries import DeliveryKind
from app.models.digests import DigestStatus, SubscriptionStatus
from app.models.follow_ups import FollowUpStatus, Priority
from app.models.organizations import Classification
from app.models.problems import Cause, Effect, EntityKind, InformedEntity, RouteProblem, Severity, Verification
from app.models.travel import Direction, LegStatus, Mode, PlaceKind
from app.queries.delegations import Standing
from app.text import N_

_LABELS: tuple[tuple[StrEnum, str], ...] = (
    (Role.ADMIN, N_("admin")),
    (Role.COORDINATOR, N_("coordinator")),
    (Role.ORGANIZER, N_("organizer")),
    (Role.MEMBER, N_("member")),
    (Classification.UNION, N_("union")),
    (Classification.TEACHERS_UNION, N_("teachers’ union")),
    (Classification.FEDERATION, N_("federation")),
    (Classification.CONFEDERATION, N_("confederation")),
    (Classification.SOCIAL_MOVEMENT, N_("social movement")),
    (Classification.COMMUNE, N_("commune")),
    (Classification.PEASANT_ORGANIZATION, N_("peasant organization")),
    (Classification.PRESS, N_("press")),
    (Classification.OTHER, N_("other")),
    (CongressStatus.TENTATIVE, N_("tentative")),
    (CongressStatus.CONFIRMED, N_("confirmed")),
    (CongressStatus.POSTPONED, N_("postponed")),
    (CongressStatus.CANCELLED, N_("cancelled")),
    (DelegationStatus.INVITED, N_("invited")),
    (DelegationStatus.ACCEPTED, N_("accepted")),
    (DelegationStatus.TRAVELLING, N_("travelling")),
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
    (Mode.AIR, N_("by air")),
    (Mode.RAIL, N_("by rail")),
    (Mode.ROAD, N_("by road")),
    (Mode.SEA, N_("by sea")),
    (Mode.RIVER, N_("by river")),
    (Mode.FOOT, N_("on foot")),
    (Direction.OUT, N_("to the congress")),
    (Direction.BACK, N_("the way home")),
    (LegStatus.PLANNED, N_("planned")),
    (LegStatus.BOOKED, N_("booked")),
    (LegStatus.UNDER_WAY, N_("under way")),
    (LegStatus.DONE, N_("done")),
    (LegStatus.CANCELLED, N_("cancelled")),
    (LegStatus.MISSED, N_("missed")),
    (Cause.AIRSPACE_CLOSED, N_("airspace closed")),
    (Cause.CARRIER_WITHDRAWN, N_("carrier withdrawn")),
    (Cause.BORDER_CLOSED, N_("border closed")),
    (Cause.TRANSIT_REFUSED, N_("transit refused")),
    (Cause.SANCTIONS, N_("sanctions")),
    (Cause.FUEL_SHORTAGE, N_("fuel shortage")),
    (Cause.INSECURITY, N_("insecurity")),
    (Cause.STRIKE, N_("strike")),
    (Cause.DEMONSTRATION, N_("demonstration")),
    (Cause.WEATHER, N_("weather")),
    (Cause.POLICE_ACTIVITY, N_("police activity")),
    (Cause.TECHNICAL_PROBLEM, N_("technical problem")),
    (Cause.OTHER_CAUSE, N_("another cause")),
    (Effect.NO_SERVICE, N_("nothing goes: closed")),
    (Effect.REDUCED_SERVICE, N_("fewer services (a warning)")),
    (Effect.SIGNIFICANT_DELAYS, N_("long delays (a warning)")),
    (Effect.DETOUR, N_("detours (a warning)")),
    (Effect.MODIFIED_SERVICE, N_("changed services (a warning)")),
    (Effect.UNKNOWN_EFFECT, N_("not known (a warning)")),
    (Severity.INFO, N_("for information")),
    (Severity.WARNING, N_("warning")),
    (Severity.SEVERE, N_("severe")),
    (Verification.UNKNOWN, N_("not checked")),
    (Verification.UNVERIFIED, N_("not confirmed")),
    (Verification.VERIFIED, N_("confirmed")),
    (EntityKind.COUNTRY_AIRSPACE, N_("the airspace of a country")),
    (EntityKind.COUNTRY, N_("a whole country, by any way")),
    (EntityKind.PLACE, N_("a place: airport, crossing, port")),
    (EntityKind.CARRIER, N_("a carrier")),
    (FollowUpStatus.NEEDS_ACTION, N_("to do")),
    (FollowUpStatus.IN_PROCESS, N_("begun")),
    (FollowUpStatus.COMPLETED, N_("done")),
    (FollowUpStatus.CANCELLED, N_("dropped")),
    (Priority.HIGH, N_("high")),
    (Priority.NORMAL, N_("normal")),
    (Priority.LOW, N_("low")),
    (CampaignStatus.PLANNED, N_("planned")),
    (CampaignStatus.RUNNING, N_("running")),
    (CampaignStatus.ENDED, N_("ended")),
    (Frequency.NEVER, N_("no digest")),
    (Frequency.DAILY, N_("every day")),
    (Frequency.WEEKLY, N_("every week")),
    (SubscriptionStatus.UNCONFIRMED, N_("not confirmed")),
    (SubscriptionStatus.CONFIRMED, N_("confirmed")),
    (SubscriptionStatus.UNSUBSCRIBED, N_("unsubscribed")),
    (DigestStatus.DRAFT, N_("waits for approval")),
    (DigestStatus.APPROVED, N_("being sent")),
    (DigestStatus.SENT, N_("sent")),
    (DigestStatus.DISCARDED, N_("discarded")),
    (DeliveryKind.INVITATION, N_("invitation")),
    (DeliveryKind.REMINDER, N_("reminder")),
    (DeliveryKind.OVERDUE, N_("overdue notice")),
    (DeliveryKind.CONFIRMATION, N_("request to confirm")),
    (DeliveryKind.DIGEST, N_("digest")),
    (Standing.ARRIVED, N_("arrived")),
    (Standing.ON_THE_WAY, N_("on the way")),
    (Standing.CLEAR, N_("way open")),
    (Standing.NO_JOURNEY, N_("no journey yet")),
    (Standing.HIT, N_("hit by a closure")),
    (Standing.UNABLE, N_("unable to attend")),
)

_BY_MEMBER = {(type(member), member.value): label for member, label in _LABELS}
"""By type and value: words of two enums may be spelled alike, are then equal, and would share a key."""

LANGUAGES = {"es": "Español", "en": "English", "pt": "Português", "fr": "Français"}
"""The languages that members read, each by its own name."""


def label(member: StrEnum) -> str:
    """Return what a word of an enum is called in the reader's language."""
    return str(gettext(_BY_MEMBER[type(member), member.value]))


def country_name(code: str) -> str:
    """Return a country's name in the reader's language."""
    locale = get_locale()
    return str(locale.territories.get(code, code)) if locale else code


def delegation_name(delegation: Delegation) -> str:
    """Return what a delegation is called: where from and who."""
    return f"{country_name(delegation.country)} · {delegation.organization.name}"


def problem_title(problem: RouteProblem) -> str:
    """Return what happened, in a few words: `Airspace of Venezuela closed to all carriers`."""
    titles = [_entity_title(entity, closed=problem.effect == Effect.NO_SERVICE) for entity in problem.informed_entities]
    return "; ".join(titles)


_TITLES = {
    EntityKind.COUNTRY_AIRSPACE: (
        N_("Airspace of %(what)s closed to all carriers"),
        N_("Warning for the airspace of %(what)s"),
    ),
    EntityKind.COUNTRY: (N_("%(what)s closed to travel"), N_("Warning for travel in %(what)s")),
    EntityKind.PLACE: (N_("%(what)s closed"), N_("Warning for %(what)s")),
    EntityKind.CARRIER: (N_("%(what)s does not run"), N_("Warning for %(what)s")),
}


def _entity_title(entity: InformedEntity, *, closed: bool) -> str:
    if entity.country:
        what = country_name(entity.country)
    else:
        what = entity.place.name if entity.place else entity.carrier or ""
    closure, warning = _TITLES[entity.kind]
    return str(gettext(closure if closed else warning, what=what))
