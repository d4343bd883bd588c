"""What decides whether people can be subscribed to a campaign: addresses, consents, and earlier subscriptions."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, or_, select

from app.extensions import db
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest
from app.models.people.consents import Consent, ConsentPurpose
from app.models.people.people import ContactDetail, ContactType, Person


def emails_of(person_ids: Collection[int], today: date) -> dict[int, list[str]]:
    """Return the email addresses of people that can be used on a day, the first one first, by the id of the person."""
    used = select(ContactDetail.person_id, ContactDetail.value).where(
        ContactDetail.person_id.in_(person_ids),
        ContactDetail.type == ContactType.EMAIL,
        or_(ContactDetail.valid_from.is_(None), ContactDetail.valid_from <= today),
        or_(ContactDetail.valid_until.is_(None), ContactDetail.valid_until >= today),
    )
    found = defaultdict[int, list[str]](list)
    for person_id, value in db.session.execute(used.order_by(ContactDetail.id)):
        found[person_id].append(value)
    return found


def consents_of(person_ids: Collection[int], purpose: ConsentPurpose) -> dict[int, list[Consent]]:
    """Return the consents of people to one purpose, also withdrawn ones, by the id of the person."""
    found = defaultdict[int, list[Consent]](list)
    given = select(Consent).where(Consent.person_id.in_(person_ids), Consent.purpose == purpose)
    for consent in db.session.scalars(given.order_by(Consent.id)):
        found[consent.person_id].append(consent)
    return found


def subscriptions_at(campaign_id: int, emails: Collection[str]) -> dict[str, Subscription]:
    """Return the subscriptions of addresses to a campaign, by address."""
    known = select(Subscription).where(Subscription.campaign_id == campaign_id, Subscription.email.in_(emails))
    return {one.email: one for one in db.session.scalars(known)}


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
