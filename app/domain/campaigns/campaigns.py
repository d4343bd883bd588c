"""Campaigns and the schedule of their digests."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from sqlalchemy import select

from app import clock
from app.countries import codes_in
from app.dialects import lock_against_writes
from app.domain.accounts import audit
from app.domain.actions import template_uses
from app.domain.actions.template_uses import Moved
from app.domain.campaigns.windows import next_closing
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.campaigns import Approval, Campaign, CampaignStatus, Frequency, GoalKind
from app.models.campaigns.origins import Origin
from app.queries.actions import templates as template_queries
from app.queries.campaigns import origins as origin_queries
from app.text import N_


class CampaignValues(TypedDict):
    """The values that a person chooses for a campaign."""

    title: str
    slug: str | None
    goal: str | None
    goal_kind: GoalKind | None
    goal_number: int | None
    goal_with_parts: bool
    related_congress_id: int | None
    parent_id: int | None
    countries: list[str]
    languages: list[str]
    resolution_ids: list[int]
    """Of those that the person can see; others that the campaign comes from are kept."""
    start_date: date
    end_date: date | None
    status: CampaignStatus
    open_to_subscribers: bool
    open_to_sign_ups: bool
    public_feed: bool
    timezone: str
    digest_frequency: Frequency
    digest_weekday: int
    digest_hour: int
    digest_approval: Approval
    public_archive: bool


def create(values: CampaignValues) -> Campaign:
    """Start a campaign."""
    campaign = Campaign(created_at=clock.now())
    _write(campaign, values)
    db.session.add(campaign)
    db.session.flush()
    _come_from(campaign, values["resolution_ids"])
    audit.note(campaign, "recorded", {}, _facts(campaign))
    return campaign


def update(campaign: Campaign, values: CampaignValues) -> Moved:
    """Change a campaign; its windows close at the hour that is now set.

    Return how many actions of templates have moved with its days.
    """
    with audit.changing(campaign, _facts):
        _write(campaign, values)
        _come_from(campaign, values["resolution_ids"])
    uses = template_queries.uses_of_campaign(campaign.id)
    return template_uses.follow(uses, campaign.start_date, campaign.end_date, campaign.timezone)


def _facts(campaign: Campaign) -> audit.Facts:
    own = [name for name in CampaignValues.__annotations__ if name != "resolution_ids"]
    origins = [one.resolution_id for one in origin_queries.of_campaign(campaign.id)]
    return audit.facts_of(campaign, own) | {"resolution_ids": origins}


def _come_from(campaign: Campaign, resolution_ids: Iterable[int]) -> None:
    """Record that the campaign comes from these resolutions; those out of scope stay as they are."""
    seen, wanted = {one.id for one in origin_queries.resolutions_of(campaign.id)}, set(resolution_ids)
    for origin in origin_queries.of_campaign(campaign.id):
        if origin.resolution_id in seen - wanted:
            db.session.delete(origin)
    db.session.add_all(Origin(campaign=campaign, resolution_id=number) for number in sorted(wanted - seen))
    db.session.flush()


def slug_of(title: str) -> str:
    """Return a slug made from a title: ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")


def _write(campaign: Campaign, values: CampaignValues) -> None:
    check_days(values["start_date"], values["end_date"])
    if values["parent_id"] not in (None, campaign.parent_id):  # else two changes at once could make a circle
        lock_against_writes(db.session, Campaign.__tablename__)
    check_parent(campaign, values["parent_id"])
    check_goal(values["goal_kind"], values["goal_number"])
    for name, value in values.items():
        if name not in ("slug", "resolution_ids"):
            setattr(campaign, name, value)
    check_slug(values["title"], values["slug"], campaign)
    campaign.slug = _slug(values["title"], values["slug"], campaign)
    campaign.next_digest_at = next_closing(campaign, clock.now())


def check_days(start_date: date, end_date: date | None) -> None:
    """Raise DomainError if a campaign ends before it starts."""
    if end_date is not None and end_date < start_date:
        raise DomainError("end_date", N_("The end date is before the start date."))


def check_goal(kind: GoalKind | None, number: int | None) -> None:
    """Raise DomainError if it is not said what is counted, or how many are wanted."""
    if kind is not None and number is None:
        raise DomainError("goal_number", N_("Enter the number that you want to reach."))
    if kind is None and number is not None:
        raise DomainError("goal_kind", N_("Choose what is counted."))


def check_parent(campaign: Campaign | None, parent_id: int | None) -> None:
    """Raise DomainError on `parent_id` if a campaign would be part of itself."""
    if campaign and campaign.id and parent_id and origin_queries.is_within(parent_id, campaign.id):
        raise DomainError("parent_id", N_("This campaign would be part of itself. Choose another one."))


def countries_in(typed: str) -> list[str]:
    """Return the codes of countries in text with commas, by code or name; raises DomainError on `countries`."""
    codes, unknown = codes_in(typed)
    if unknown:
        raise DomainError("countries", N_("“%(text)s” is not a known country."), text=unknown[0])
    return codes


def check_slug(title: str, slug: str | None, own: Campaign | None = None) -> None:
    """Raise DomainError if the slug of a campaign is malformed or belongs to another campaign; `own` is the one that is edited."""
    wanted = _slug(title, slug, own)
    if wanted != slug_of(wanted) or not wanted:
        raise DomainError("slug", N_("Use letters from a to z, digits and hyphens."))
    every = Campaign.__table__.c
    taken = select(every.id).where(every.slug == wanted, every.id != ((own.id if own else None) or 0))
    if db.session.scalar(taken.execution_options(unscoped="it may be taken by a campaign out of scope")) is not None:
        raise DomainError("slug", N_("Another campaign already has this address. Choose a different one."))


def _slug(title: str, slug: str | None, own: Campaign | None) -> str:
    return slug or (own.slug if own else None) or slug_of(title)
