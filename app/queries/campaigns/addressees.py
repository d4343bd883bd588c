"""What decides whether people can be subscribed to a campaign: their languages and earlier subscriptions."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from app.extensions import db
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest
from app.models.people.people import Person


def subscriptions_at(campaign_id: int, emails: Collection[str]) -> dict[str, Subscription]:
    """Return the subscriptions of addresses to a campaign as they are now, by address."""
    known = select(Subscription).where(Subscription.campaign_id == campaign_id, Subscription.email.in_(emails))
    stored = db.session.scalars(known.execution_options(populate_existing=True))  # not as they were read before
    return {one.email: one for one in stored}


def unanswered(subscription_ids: Collection[int], before: datetime) -> set[int]:
    """Return the subscriptions of which every request is an invitation from before an instant."""
    request = SubscriptionRequest
    asked = select(request.subscription_id).where(request.subscription_id.in_(subscription_ids))
    asked = asked.group_by(request.subscription_id).having(
        func.count(request.invited_by_id) == func.count(), func.max(request.requested_at) < before
    )
    return set(db.session.scalars(asked))


def languages_of(person_ids: Collection[int]) -> dict[int, str | None]:
    """Return the preferred languages of people by id."""
    spoken = select(Person.id, Person.preferred_language).where(Person.id.in_(person_ids))
    return dict(db.session.execute(spoken).all())
