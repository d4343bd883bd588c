"""Domain values built from seed files. Every key is named explicitly, so that none is forgotten."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.commands.baseline import instant
from app.domain.campaigns.campaigns import CampaignValues
from app.domain.congress.congresses import CongressValues
from app.domain.congress.resolutions import ResolutionValues
from app.domain.people.affiliations import AffiliationValues
from app.domain.people.consents import ConsentValues
from app.domain.people.interactions import InteractionValues
from app.domain.people.organization_parts import OrganizationContactValues, OrganizationNameValues
from app.domain.people.organizations import OrganizationValues
from app.domain.people.people import PersonValues
from app.domain.people.relations import RelationValues
from app.domain.press.articles import ArticleValues
from app.domain.travel.legs import LegValues
from app.domain.travel.problems import EntityValues, ProblemValues
from app.models.campaigns.campaigns import Approval, CampaignStatus, Frequency, GoalKind
from app.models.congress.congresses import CongressStatus
from app.models.people.affiliations import AffiliationKind
from app.models.people.consents import ConsentMeans, ConsentPurpose
from app.models.people.interactions import Initiative, InteractionKind
from app.models.people.organizations import Classification, Organization, OrganizationContactType, OrganizationNameKind
from app.models.people.relations import RelationKind
from app.models.travel.journeys import Direction, Journey, LegStatus
from app.models.travel.places import Mode, Place
from app.models.travel.problems import Cause, Effect, EntityKind, Severity, Verification

Seed = Mapping[str, Any]
Places = Mapping[str, Place]


def organization(seed: Seed) -> OrganizationValues:
    """Return an organization."""
    return {
        "name": seed["name"],
        "acronym": seed["acronym"],
        "classification": Classification(seed["classification"]),
        "sector": seed["sector"],
        "country": seed["country"],
        "locality": seed.get("locality"),
        "website": None,
    }


def organization_name(seed: Seed) -> OrganizationNameValues:
    """Return another name of an organization."""
    return {"kind": OrganizationNameKind(seed["kind"]), "name": seed["name"]}


def organization_contact(seed: Seed) -> OrganizationContactValues:
    """Return a contact detail of an organization."""
    return {
        "type": OrganizationContactType(seed["type"]),
        "value": seed["value"],
        "note": seed["note"],
        "valid_from": None,
        "valid_until": None,
    }


def congress(seed: Seed) -> CongressValues:
    """Return a congress."""
    return {
        "title": seed["title"],
        "edition": seed["edition"],
        "theme": seed["theme"],
        "venue": seed["venue"],
        "locality": seed["locality"],
        "country": seed["country"],
        "start_date": date.fromisoformat(seed["start_date"]),
        "end_date": date.fromisoformat(seed["end_date"]),
        "timezone": seed["timezone"],
        "help_name": seed["help_name"],
        "help_phone": seed["help_phone"],
        "status": CongressStatus(seed["status"]),
    }


def affiliation(seed: Seed, parent: Organization) -> AffiliationValues:
    """Return how an organization belongs to another one."""
    return {
        "parent": parent,
        "kind": AffiliationKind(seed["kind"]),
        "start_date": date.fromisoformat(seed["start_date"]),
        "end_date": None,
    }


def person(seed: Seed, organization: Organization | None) -> PersonValues:
    """Return a person, perhaps of an organization."""
    return {
        "given_name": seed["given_name"],
        "family_name": seed["family_name"],
        "family_name_first": False,
        "preferred_language": None,
        "country": seed["country"],
        "nationality": None,
        "locality": seed["locality"],
        "email": seed["email"],
        "phone": None,
        "is_at_risk": None,
        "organization": organization,
        "post": None,
    }


def interaction(
    seed: Seed, occurred_at: datetime, organization: Organization | None, congress_id: int
) -> InteractionValues:
    """Return an interaction about a congress."""
    return {
        "organization": organization,
        "kind": InteractionKind(seed["kind"]),
        "initiative": Initiative(seed["initiative"]),
        "occurred_at": occurred_at,
        "subject": seed["subject"],
        "body": seed["body"],
        "congress_id": congress_id,
        "campaign_id": None,
    }


def relation(seed: Seed) -> RelationValues:
    """Return what a person is to another one."""
    return {
        "kind": RelationKind(seed["kind"]),
        "note": seed["note"],
        "start_date": _day(seed["start_date"]),
        "end_date": None,
    }


def consent(seed: Seed) -> ConsentValues:
    """Return what a person agreed to."""
    return {
        "purpose": ConsentPurpose(seed["purpose"]),
        "given_at": date.fromisoformat(seed["given_at"]),
        "how": ConsentMeans(seed["how"]),
        "words": seed["words"],
    }


def delegate(seed: Seed, organization: Organization, country: str) -> PersonValues:
    """Return a delegate of an organization who travels from a country, with its passport."""
    return {
        "given_name": seed["given_name"],
        "family_name": seed["family_name"],
        "family_name_first": False,
        "preferred_language": seed["preferred_language"],
        "country": country,
        "nationality": country,
        "locality": seed["locality"],
        "email": seed["email"],
        "phone": None,
        "is_at_risk": None,
        "organization": organization,
        "post": None,
    }


def problem(seed: Seed, entities: Sequence[Seed], places: Places) -> ProblemValues:
    """Return a route problem with its informed entities."""
    return {
        "cause": Cause(seed["cause"]),
        "effect": Effect(seed["effect"]),
        "severity_level": Severity(seed["severity_level"]),
        "cause_detail": seed["cause_detail"],
        "verification": Verification(seed["verification"]),
        "reference": seed["reference"],
        "source_url": seed["source_url"],
        "source_quote": None,
        "starts_at": instant(seed["starts_at"]),
        "ends_at": instant(seed["ends_at"]) if seed["ends_at"] else None,
        "daily_from": None,
        "daily_until": None,
        "timezone": None,
        "end_estimated": seed["end_estimated"],
        "entities": [_entity(one, places) for one in entities],
    }


def _entity(seed: Seed, places: Places) -> EntityValues:
    """Return an informed entity of a route problem."""
    return {
        "kind": EntityKind(seed["kind"]),
        "country": seed.get("country"),
        "other_country": None,
        "fir": seed.get("fir"),
        "place": places[seed["place"]] if seed.get("place") else None,
        "other_place": None,
        "crossing": None,
        "mode": None,
        "carrier": seed.get("carrier"),
        "nationality": None,
        "leg": None,
        "delegate": None,
    }


def leg(seed: Seed, places: Places, party: Journey | None) -> LegValues:
    """Return a leg, its times local to its places."""
    return {
        "direction": Direction(seed["direction"]),
        "journey": party,
        "mode": Mode(seed["mode"]),
        "carrier": seed["carrier"],
        "number": seed["number"],
        "origin": places[seed["origin"]],
        "destination": places[seed["destination"]],
        "crossing": None,
        "departs": datetime.fromisoformat(seed["departs"]),
        "arrives": datetime.fromisoformat(seed["arrives"]),
        "status": LegStatus(seed["status"]),
        "booking_reference": None,
        "seats": None,
        "cost": None,
        "currency": None,
    }


def article(seed: Seed) -> ArticleValues:
    """Return an article."""
    return {
        "headline": seed["headline"],
        "authors": seed["authors"],
        "translators": seed.get("translators"),
        "publisher": seed["publisher"],
        "date_published": _day(seed["date_published"]),
        "in_language": seed["in_language"],
        "url": seed["url"],
        "original_publisher": seed["original_publisher"],
        "original_date": _day(seed["original_date"]),
        "republication_notice": seed["republication_notice"],
        "may_be_republished": False,
        "disclaimer": seed["disclaimer"],
        "captions": seed["captions"],
        "text": seed["text"],
        "excerpt": seed["excerpt"],
    }


def resolution(seed: Seed) -> ResolutionValues:
    """Return a resolution."""
    return {
        "number": seed["number"],
        "title": seed["title"],
        "text": seed["text"],
        "in_language": seed["in_language"],
        "adopted_on": _day(seed["adopted_on"]),
    }


def campaign(seed: Seed, congress_id: int | None) -> CampaignValues:
    """Return a campaign that continues the call from a congress, if there is one."""
    return {
        "title": seed["title"],
        "slug": seed["slug"],
        "goal": seed["goal"],
        "goal_kind": GoalKind(seed["goal_kind"]) if "goal_kind" in seed else None,
        "goal_number": seed.get("goal_number"),
        "goal_with_parts": False,
        "related_congress_id": congress_id,
        "parent_id": None,
        "countries": [],
        "languages": [],
        "resolution_ids": [],
        "start_date": date.fromisoformat(seed["start_date"]),
        "end_date": _day(seed["end_date"]),
        "status": CampaignStatus(seed["status"]),
        "open_to_subscribers": seed["open_to_subscribers"],
        "open_to_sign_ups": seed.get("open_to_sign_ups", False),
        "public_feed": seed["public_feed"],
        "timezone": seed["timezone"],
        "digest_frequency": Frequency(seed["digest_frequency"]),
        "digest_weekday": seed["digest_weekday"],
        "digest_hour": seed["digest_hour"],
        "digest_approval": Approval(seed["digest_approval"]),
        "public_archive": seed["public_archive"],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
