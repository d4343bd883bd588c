"""Campaigns."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from app import clock
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.queries.campaigns.subscriptions import campaigns_with_impatient_members
from app.queries.lookup import one
from app.queries.paging import Page, holding_words, page_of

_GOES_ON = timedelta(days=30)
"""How long after its last day personal links of a campaign work."""


def is_long_over(campaign: Campaign) -> bool:
    """Return whether a campaign has ended so long ago that personal links to it are closed."""
    return campaign.end_date is not None and campaign.end_date < clock.now().date() - _GOES_ON


def get(campaign_id: int) -> Campaign:
    """Return a campaign."""
    return one(Campaign, Campaign.id == campaign_id)


def find(typed: str, number: int) -> Page[Campaign]:
    """Return a page of the campaigns, latest first; the title must contain every word of `typed`."""
    found = select(Campaign).where(*holding_words(typed, Campaign.title))
    return page_of(found.order_by(Campaign.start_date.desc(), Campaign.id), number)


def listing() -> Sequence[Campaign]:
    """Return campaigns, latest first."""
    return db.session.scalars(select(Campaign).order_by(Campaign.start_date.desc(), Campaign.id)).all()


def open_id(slug: str) -> int | None:
    """Return the id of the campaign that the public may subscribe to under this slug."""
    return _public_id(slug, Campaign.__table__.c.open_to_subscribers)


def public_id(slug: str) -> int | None:
    """Return the id of the campaign that has a public page under this slug: anyone can subscribe or sign up."""
    every = Campaign.__table__.c
    return _public_id(slug, every.open_to_subscribers | every.open_to_sign_ups)


def sign_up_id(slug: str) -> int | None:
    """Return the id of the campaign in which the public may sign up under this slug."""
    return _public_id(slug, Campaign.__table__.c.open_to_sign_ups)


def archived_id(slug: str) -> int | None:
    """Return the id of the campaign whose digests the public may read under this slug."""
    return _public_id(slug, Campaign.__table__.c.public_archive)


def feed_id(slug: str) -> int | None:
    """Return the id of the campaign with a public feed under this slug."""
    return _public_id(slug, Campaign.__table__.c.public_feed)


def due_for_digest() -> list[int]:
    """Return the ids of campaigns with a closing window, or with a new article for members who want each at once."""
    due = select(Campaign.id).where(Campaign.next_digest_at <= clock.now()).order_by(Campaign.next_digest_at)
    return list(dict.fromkeys([*db.session.scalars(due), *campaigns_with_impatient_members()]))


def _public_id(slug: str, is_public: ColumnElement[bool]) -> int | None:
    every = Campaign.__table__.c
    named = select(every.id).where(every.slug == slug, is_public)
    return db.session.scalar(named.execution_options(unscoped="the public has no scope"))
