"""Members' subscriptions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.extensions import db
from app.models.campaigns.campaigns import Campaign, Frequency
from app.models.campaigns.digests import OPEN, Digest
from app.models.campaigns.subscriptions import AddressChange, Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.people.people import ContactDetail, ContactType
from app.models.press.articles import Citation
from app.queries.lookup import one
from app.queries.paging import Page, holding_words, page_of


def get(campaign_id: int, subscription_id: int) -> Subscription:
    """Return a subscription of a campaign."""
    return one(Subscription, Subscription.id == subscription_id, Subscription.campaign_id == campaign_id)


def find(campaign_id: int, typed: str, status: str, number: int) -> Page[Subscription]:
    """Return a page of a campaign's subscriptions, latest first, whose address contains every word of `typed`.

    `status` is a value of SubscriptionStatus, or empty for all. A concealed address is not searched.
    """
    found = select(Subscription).where(Subscription.campaign_id == campaign_id)
    if words := holding_words(typed, Subscription.email):
        found = found.where(*words, ~_is_concealed())
    if status:
        found = found.where(Subscription.status == SubscriptionStatus(status))
    return page_of(found.order_by(Subscription.id.desc()), number)


def invited(subscriptions: Sequence[Subscription]) -> set[int]:
    """Return the ids of those whose owners were invited, and have neither confirmed nor requested anything themselves."""
    return _those(subscriptions, _is_invited())


def concealed(subscriptions: Sequence[Subscription]) -> set[int]:
    """Return the ids of the invited whose address is not shown, because nobody in scope has it."""
    return _those(subscriptions, _is_concealed())


def _those(subscriptions: Sequence[Subscription], condition: ColumnElement[bool]) -> set[int]:
    ids = [one.id for one in subscriptions]
    return set(db.session.scalars(select(Subscription.id).where(Subscription.id.in_(ids), condition)))


def _is_invited() -> ColumnElement[bool]:
    request = SubscriptionRequest
    asked = select(request.id).where(request.subscription_id == Subscription.id)
    return and_(
        Subscription.confirmed_at.is_(None),
        asked.where(request.invited_by_id.is_not(None)).exists(),
        ~asked.where(request.invited_by_id.is_(None)).exists(),
    )


def _is_concealed() -> ColumnElement[bool]:
    held = select(ContactDetail.id).where(
        ContactDetail.type == ContactType.EMAIL, ContactDetail.value == Subscription.email
    )
    return and_(_is_invited(), ~held.exists())


def of_campaign_at(campaign_id: int, email: str) -> Subscription | None:
    """Return the subscription of an address to a campaign."""
    same = select(Subscription).where(Subscription.campaign_id == campaign_id, Subscription.email == email)
    return db.session.scalar(same)


def numbered(ids: Sequence[int]) -> Sequence[Subscription]:
    """Return the subscriptions in scope with these ids."""
    return db.session.scalars(select(Subscription).where(Subscription.id.in_(ids)).order_by(Subscription.id)).all()


def requests_of(subscription: Subscription) -> Sequence[SubscriptionRequest]:
    """Return the unconfirmed requests for an address, oldest first."""
    asked = select(SubscriptionRequest).where(SubscriptionRequest.subscription_id == subscription.id)
    return db.session.scalars(asked.order_by(SubscriptionRequest.id)).all()


def request_of(subscription: Subscription, asked_id: int) -> SubscriptionRequest | None:
    """Return a request for a subscription, or None if it was confirmed or deleted."""
    return next((one for one in requests_of(subscription) if one.id == asked_id), None)


def get_change(campaign_id: int, change_id: int) -> AddressChange:
    """Return a change of address."""
    return one(AddressChange, AddressChange.id == change_id, AddressChange.campaign_id == campaign_id)


def changes_of(subscription: Subscription) -> Sequence[AddressChange]:
    """Return the changes of address requested with a subscription's link, oldest first."""
    asked = select(AddressChange).where(AddressChange.subscription_id == subscription.id)
    return db.session.scalars(asked.order_by(AddressChange.id)).all()


def counts(campaign_id: int) -> dict[SubscriptionStatus, int]:
    """Return the number of a campaign's subscriptions by status."""
    counted = select(Subscription.status, func.count()).where(Subscription.campaign_id == campaign_id)
    found = dict(db.session.execute(counted.group_by(Subscription.status)).all())
    return {status: found.get(status, 0) for status in SubscriptionStatus}


def campaigns_of(email: str) -> list[int]:
    """Return the ids of all campaigns that an address was ever subscribed to, in any scope: its owner may see them."""
    every = Subscription.__table__.c
    known = select(every.campaign_id).where(every.email == email)
    return list(db.session.scalars(known.execution_options(unscoped="a signed link opens one campaign at first")))


def of_address(email: str) -> Sequence[Subscription]:
    """Return the subscriptions in scope of an address, with their campaigns."""
    listed = select(Subscription).join(Subscription.campaign).where(Subscription.email == email)
    return db.session.scalars(listed.order_by(Campaign.title)).all()


def audience(campaign_id: int, serves_until: datetime | None) -> tuple[int, datetime | None]:
    """Return the number of those members, and the earliest start of their windows."""
    asked = select(func.count(), func.min(Subscription.covered_until)).where(*due(campaign_id, serves_until))
    count, opens_at = db.session.execute(asked).one()
    return count, opens_at


def next_letter_at(campaign_id: int) -> datetime | None:
    """Return the earliest time at which an email to a member of a campaign is due."""
    asked = select(func.min(Subscription.next_letter_at)).where(*due(campaign_id, None))
    return db.session.scalar(asked)


def campaigns_with_impatient_members() -> list[int]:
    """Return the ids of campaigns with a new article for members who want each at once.

    An article that is already in a draft does not count: it only waits for approval.
    """
    drafted = select(Digest.id).where(
        Digest.campaign_id == Campaign.id, Digest.status.in_(OPEN), Digest.period_end > Citation.cited_at
    )
    impatient = (
        select(Subscription.campaign_id, func.min(Subscription.covered_until).label("opens_at"))
        .where(Subscription.status == SubscriptionStatus.CONFIRMED, Subscription.frequency == Frequency.EACH_ARTICLE)
        .group_by(Subscription.campaign_id)
        .subquery()
    )
    waiting = (
        select(Campaign.id)
        .join(impatient, impatient.c.campaign_id == Campaign.id)
        .join(Citation, Citation.campaign_id == Campaign.id)
        .where(Campaign.next_digest_at.is_not(None), Citation.cited_at >= impatient.c.opens_at, ~drafted.exists())
    )
    return list(db.session.scalars(waiting.distinct().order_by(Campaign.id)))


def due(campaign_id: int, serves_until: datetime | None, of: Any = Subscription) -> list[ColumnElement[bool]]:
    """Return the conditions for a confirmed subscription whose hour is before `serves_until`, or for any.

    `of` has its columns: the model, or those of the table for statements to which no scope is applied.
    """
    confirmed = [of.campaign_id == campaign_id, of.status == SubscriptionStatus.CONFIRMED]
    if serves_until is None:
        return confirmed
    return [*confirmed, or_(of.frequency == Frequency.EACH_ARTICLE, of.next_letter_at < serves_until)]
