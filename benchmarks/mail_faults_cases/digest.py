"""A digest for many members, what a person does while it is sent, and what the database says of it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app import clock
from app.domain.campaigns import approvals, campaigns, digests, subscriptions
from app.domain.mail import retries
from app.domain.press import articles
from app.domain.privacy import suppressions
from app.domain_errors import DomainError
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.jobs.mail.queuing import queue_rest
from app.models.campaigns.campaigns import Approval, Campaign, CampaignStatus, Frequency
from app.models.campaigns.digests import Digest, DigestStatus
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.press.articles import Article
from app.models.privacy.suppressions import SuppressionReason
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.mail.deliveries import WAITING
from app.queries.mail.holds import Run
from benchmarks.ground import fill

_ZONE = "America/Caracas"


@dataclass(frozen=True, slots=True)
class Row:
    """What the database says of one email."""

    message_id: str
    address: str
    is_sent: bool
    is_withdrawn: bool


@contextmanager
def opened(app: Flask) -> Iterator[None]:
    """Open the database for one transaction, which is rolled back if the server dies."""
    with app.app_context(), app.test_request_context():
        enter_scope(EVERYTHING)
        try:
            yield
        finally:
            db.session.remove()


def queue(members: int) -> int:
    """Queue a digest for so many members; return its id."""
    begin = clock.now() - timedelta(days=8)
    with clock.travel(begin):
        campaign = _campaign()
    fill(Subscription, [
        {
            "campaign_id": campaign.id, "email": f"member{number}@example.org", "languages": "es" if number % 2 else "en",
            "frequency": Frequency.WEEKLY, "weekday": 4, "hour": 8, "timezone": _ZONE,
            "status": SubscriptionStatus.CONFIRMED, "consent_text": "Yes.", "requested_at": begin, "confirmed_at": begin,
            "covered_until": begin, "next_letter_at": begin,
        }
        for number in range(members)
    ])  # fmt: skip
    with clock.travel(begin + timedelta(days=1)):
        for number in range(3):
            articles.cite_in_campaign(_article(number), campaign, by=None)
    digest = digests.compose_now(campaign)
    if digest is None:
        raise RuntimeError("nothing was composed")
    approvals.approve(digest, letters.render, by=None, revision=digest.revision)
    db.session.commit()
    queue_rest()
    return digest.id


def withdraw(digest_id: int, count: int, *, but: Collection[str]) -> list[str]:
    """Let some members who have not been written to unsubscribe, suppress others, and return the addresses of all, `but` not of some."""
    found = select(Subscription).join(Delivery, Delivery.subscription_id == Subscription.id)
    found = found.where(Delivery.digest_id == digest_id, Delivery.kind == DeliveryKind.DIGEST, *WAITING)
    found = found.where(Subscription.email.not_in(but)).order_by(Delivery.id.desc()).limit(count)
    members = db.session.scalars(found).all()
    for number, member in enumerate(members):
        if number % 3 == 0:
            subscriptions.unsubscribe(member)
        elif number % 3 == 1:
            suppressions.suppress([member.email], SuppressionReason.ASKED)
        else:
            suppressions.hold_back(member.email)
    addresses = [one.email for one in members]
    db.session.commit()
    return addresses


def try_again(digest_id: int) -> bool:
    """Do what a person does with "Try again" and "Resume"; return whether it had been paused because too many failed."""
    digest = db.session.get_one(Digest, digest_id)
    is_paused = digest.status is DigestStatus.PAUSED
    try:
        if is_paused:
            approvals.resume(digest)
        else:
            retries.ask(Run(digest_id=digest_id))
        db.session.commit()
    except (DomainError, DBAPIError):
        db.session.rollback()
    return is_paused


def waiting(digest_id: int) -> int:
    """Return how many emails have neither been sent nor withdrawn nor given up."""
    return db.session.scalar(select(func.count()).where(Delivery.digest_id == digest_id, *WAITING)) or 0


def rows(digest_id: int) -> list[Row]:
    """Return all emails of the digest."""
    found = select(Delivery.message_id, Subscription.email, Delivery.sent_at, Delivery.withdrawn_at)
    found = found.join(Subscription, Delivery.subscription_id == Subscription.id).where(Delivery.digest_id == digest_id)
    return [
        Row(message_id, address, sent_at is not None, withdrawn_at is not None)
        for message_id, address, sent_at, withdrawn_at in db.session.execute(found)
    ]


def _campaign() -> Campaign:
    return campaigns.create(
        {
            "title": "A campaign to measure", "slug": None, "goal": None, "goal_kind": None, "goal_number": None,
            "goal_with_parts": False, "related_congress_id": None, "parent_id": None, "countries": [], "languages": [],
            "resolution_ids": [], "start_date": clock.now().date(), "end_date": None, "status": CampaignStatus.RUNNING,
            "open_to_subscribers": True, "open_to_sign_ups": False, "public_feed": False, "timezone": _ZONE,
            "digest_frequency": Frequency.WEEKLY, "digest_weekday": 4, "digest_hour": 8,
            "digest_approval": Approval.ONE_PERSON, "public_archive": False,
        }
    )  # fmt: skip


def _article(number: int) -> Article:
    return articles.create(
        {
            "headline": f"Article {number}", "authors": "Ana Ruiz", "translators": None, "publisher": "The Paper",
            "date_published": date(2025, 1, 5), "in_language": "en", "url": f"https://paper.example/{number}",
            "original_publisher": None, "original_date": None, "republication_notice": None, "disclaimer": None,
            "captions": None, "text": "They went by land. " * 100, "excerpt": "They went by land. " * 20,
            "may_be_republished": True,
        },
        by=None,
    )  # fmt: skip
