"""Subscribing several people to a campaign's digest because of their consent to emails."""

from collections.abc import Sequence
from typing import Any

from app import clock
from app.domain import bulk
from app.domain.bulk import Left, Outcome
from app.domain.campaigns import addressees
from app.domain.campaigns.addressees import Addressee, Candidate, Plan, subscription_row
from app.domain.campaigns.subscriptions import default_preferences
from app.domain.campaigns.windows import Rhythm, first_window, next_letter
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus


def plan(campaign: Campaign, person_ids: Sequence[int]) -> Plan:
    """Return which people can be subscribed: those with a recorded consent to emails that was not withdrawn."""
    return addressees.plan(addressees.candidates(campaign, person_ids), _refused)


def subscribe(campaign: Campaign, planned: Plan) -> Outcome:
    """Subscribe people; the words of their consents are kept with the subscriptions.

    Those whom someone else has subscribed meanwhile are left out.
    """
    planned = addressees.still(planned, lambda ids: plan(campaign, ids))
    rows = [(one, _confirmed(campaign, one)) for one in planned.new]
    bulk.add(Subscription, [row for one, row in rows if one.subscription_id is None], addressees.place)
    bulk.change(Subscription, {
        one.subscription_id: ((Subscription.__tablename__, one.subscription_id), row)
        for one, row in rows if one.subscription_id is not None
    })  # fmt: skip
    return planned.outcome


def _refused(one: Candidate) -> Left | None:
    return Left.NO_CONSENT if one.consent is None else None


def _confirmed(campaign: Campaign, one: Addressee) -> dict[str, Any]:
    """Return the columns of a confirmed subscription with the campaign's usual preferences."""
    chosen, now = default_preferences(campaign, [one.language]), clock.now()
    rhythm = Rhythm(chosen["frequency"], chosen["weekday"], chosen["hour"], chosen["timezone"])
    row = subscription_row(campaign, one.email, chosen, status=SubscriptionStatus.CONFIRMED, words=one.words, now=now)
    return row | {
        "confirmed_at": now,
        "covered_until": max(first_window(rhythm, now), campaign.created_at),
        "next_letter_at": next_letter(rhythm, now),
    }
