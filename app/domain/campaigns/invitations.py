"""Inviting several people to a campaign's digest: each gets one email, and is subscribed only by confirming it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app import clock
from app.domain import bulk
from app.domain.bulk import Left, Outcome
from app.domain.campaigns import addressees
from app.domain.campaigns.addressees import Candidate, Plan, subscription_row
from app.domain.campaigns.subscriptions import default_preferences
from app.domain.mail import deliveries
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest, SubscriptionStatus
from app.queries.campaigns.addressees import unanswered

MOST = 500
"""The number of people who are invited together."""
AGAIN_AFTER = timedelta(days=90)
"""Who has not answered is not invited again before this time has passed."""
HELD = timedelta(minutes=10)
"""The emails wait this long, so that they can be withdrawn."""


def plan(campaign: Campaign, person_ids: Sequence[int]) -> Plan:
    """Return which people can be invited: nobody who has requested the digest, or was invited recently."""
    found = addressees.candidates(campaign, person_ids)
    known = {subscription.id for one in found for subscription in one.subscriptions}
    invited_before = unanswered(known, clock.now() - AGAIN_AFTER)

    def refused(one: Candidate) -> Left | None:
        is_asked = any(known.is_unconfirmed and known.id not in invited_before for known in one.subscriptions)
        return Left.INVITED if is_asked else None

    return addressees.plan(found, refused)


def invite(campaign: Campaign, planned: Plan, words: Mapping[str, str], *, by: User) -> Outcome:
    """Queue an email to each that asks to confirm the campaign's usual preferences.

    `words` is what they agree to if they confirm, by language. Those whom someone else has invited meanwhile are left out.
    """
    planned = addressees.still(planned, lambda ids: plan(campaign, ids))
    now, place = clock.now(), (lambda row: (Subscription.__tablename__, row["subscription_id"]))
    chosen = {one.email: default_preferences(campaign, [one.language]) for one in planned.new}
    status = SubscriptionStatus.UNCONFIRMED
    added = bulk.add(Subscription, [
        subscription_row(campaign, one.email, chosen[one.email], status=status, words=words[one.language], now=now)
        for one in planned.new if one.subscription_id is None
    ], addressees.place)  # fmt: skip
    ids = {row["email"]: row["id"] for row in added}
    asked = bulk.add(SubscriptionRequest, [
        {
            "campaign_id": campaign.id, "subscription_id": one.subscription_id or ids[one.email],
            "preferences": dict(chosen[one.email]), "consent_text": words[one.language], "requested_at": now,
            "invited_by_id": by.id,
        }
        for one in planned.new
    ], place)  # fmt: skip
    deliveries.queue_confirmations(((row["id"], row["subscription_id"]) for row in asked), due_at=now + HELD)
    return planned.outcome
