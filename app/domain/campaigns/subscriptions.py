"""Members' subscriptions: requested, confirmed, changed, ended."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict

from app import clock
from app.domain.campaigns.windows import Rhythm, first_window, next_letter
from app.domain.mail import deliveries
from app.email_addresses import checked
from app.extensions import db
from app.models.campaigns.campaigns import Campaign, Frequency
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.mail.deliveries import DeliveryKind
from app.queries.campaigns import subscriptions as subscription_queries

_A_DAY = timedelta(days=1)
MOST_REQUESTS_A_DAY = 5
"""For one address in one campaign."""


class Preferences(TypedDict):
    """What a member wants to receive, and when."""

    languages: list[str]
    """Most preferred first."""
    frequency: Frequency
    weekday: int
    hour: int
    timezone: str


def default_preferences(campaign: Campaign, languages: list[str]) -> Preferences:
    """Return the defaults of a campaign for a new member who reads these languages."""
    never = campaign.digest_frequency == Frequency.NEVER
    return Preferences(
        languages=languages,
        frequency=Frequency.WEEKLY if never else campaign.digest_frequency,
        weekday=campaign.digest_weekday,
        hour=campaign.digest_hour,
        timezone=campaign.timezone,
    )


def request(campaign: Campaign, *, email: str, preferences: Preferences, consent_text: str) -> Subscription:
    """Record a request for the digest at an address, and queue an email to its owner.

    A current member is sent a link to change what they receive. Anyone else can confirm exactly what was
    requested: a later request does not change an earlier one. The same preferences send at most one email an hour, and
    all requests at most five a day, so that nobody can fill a stranger's mailbox.
    """
    email, now = checked(email), clock.now()
    subscription = subscription_queries.of_campaign_at(campaign.id, email)
    if subscription is not None and subscription.status == SubscriptionStatus.CONFIRMED:
        send_link(subscription)
        return subscription
    if subscription is None:
        subscription = Subscription(campaign_id=campaign.id, email=email, consent_text=consent_text)
        _write(subscription, preferences)
        db.session.add(subscription)
    subscription.status, subscription.requested_at = SubscriptionStatus.UNCONFIRMED, now
    db.session.flush()
    _ask_to_confirm(subscription, preferences, consent_text)
    return subscription


def send_link(subscription: Subscription) -> None:
    """Queue an email to a member with a link to change what they receive, at most once in a quarter of an hour."""
    if subscription.status == SubscriptionStatus.CONFIRMED:
        now = clock.now()
        occasion = f"{now:%Y-%m-%dT%H}:{now.minute // 15}"
        deliveries.queue(DeliveryKind.MEMBER_LINK, subscription=subscription, occasion=occasion, due_at=now)


def confirm(subscription: Subscription, asked: SubscriptionRequest | None = None) -> None:
    """Confirm a request: the member receives digests from their next hour on. An old link does not undo an unsubscription.

    The first window reaches one period back. A member who returns does not get again what they got before.
    """
    if subscription.status != SubscriptionStatus.UNCONFIRMED or (asked and is_outdated(subscription, asked)):
        return
    if asked:
        _write(subscription, preferences_of(asked))
        subscription.consent_text = asked.consent_text
    now, rhythm = clock.now(), rhythm_of(subscription)
    subscription.status = SubscriptionStatus.CONFIRMED
    subscription.confirmed_at, subscription.unsubscribed_at = now, None
    opens_at = max(first_window(rhythm, now), subscription.campaign.created_at)
    subscription.covered_until = max(subscription.covered_until or opens_at, opens_at)
    subscription.next_letter_at = next_letter(rhythm, now)
    for one in subscription_queries.requests_of(subscription):
        db.session.delete(one)
    db.session.flush()


def is_outdated(subscription: Subscription, asked: SubscriptionRequest) -> bool:
    """Return whether the owner of the address has unsubscribed since a request."""
    return subscription.unsubscribed_at is not None and asked.requested_at <= subscription.unsubscribed_at


def change(subscription: Subscription, preferences: Preferences) -> None:
    """Change what a member receives and when.

    What was not sent yet is sent at the new hour, and nothing is sent twice. An email that is already waiting is sent
    in the new languages.
    """
    _write(subscription, preferences)
    if subscription.status == SubscriptionStatus.CONFIRMED:
        subscription.next_letter_at = next_letter(rhythm_of(subscription), clock.now())
    db.session.flush()
    deliveries.clear_parts(subscription.id)


def unsubscribe(subscription: Subscription) -> None:
    """End the subscription and cancel emails that have not been sent."""
    if subscription.status != SubscriptionStatus.UNSUBSCRIBED:
        subscription.status, subscription.unsubscribed_at = SubscriptionStatus.UNSUBSCRIBED, clock.now()
        subscription.next_letter_at = None
        db.session.flush()
    deliveries.withdraw_subscription(subscription.id)


def reopen(subscription: Subscription) -> None:
    """Reopen a subscription that was ended against its owner's will."""
    subscription.status, subscription.unsubscribed_at = SubscriptionStatus.CONFIRMED, None
    subscription.next_letter_at = next_letter(rhythm_of(subscription), clock.now())
    db.session.flush()


def unsubscribe_all(subscriptions: Iterable[Subscription]) -> None:
    """End every subscription of a member."""
    for subscription in subscriptions:
        unsubscribe(subscription)


def preferences_of(kept: Subscription | SubscriptionRequest) -> Preferences:
    """Return what a member receives or has requested."""
    if isinstance(kept, Subscription):
        return Preferences(
            languages=kept.reads,
            frequency=kept.frequency,
            weekday=kept.weekday,
            hour=kept.hour,
            timezone=kept.timezone,
        )
    return Preferences(**{**kept.preferences, "frequency": Frequency(kept.preferences["frequency"])})  # type: ignore[typeddict-item]


def rhythm_of(subscription: Subscription) -> Rhythm:
    """Return when a member wants emails."""
    return Rhythm(subscription.frequency, subscription.weekday, subscription.hour, subscription.timezone)


def _ask_to_confirm(subscription: Subscription, preferences: Preferences, consent_text: str) -> None:
    """Queue an email that asks to confirm these preferences, unless enough were sent recently."""
    now = clock.now()
    lately = [one for one in subscription_queries.requests_of(subscription) if one.requested_at > now - _A_DAY]
    standing = [one for one in lately if not is_outdated(subscription, one) and _hour(one.requested_at) == _hour(now)]
    if len(lately) >= MOST_REQUESTS_A_DAY or any(preferences_of(one) == preferences for one in standing):
        return
    asked = SubscriptionRequest(
        campaign_id=subscription.campaign_id,
        subscription_id=subscription.id,
        preferences=dict(preferences),
        consent_text=consent_text,
        requested_at=now,
    )
    db.session.add(asked)
    db.session.flush()
    deliveries.queue_confirmations([(asked.id, subscription.id)], due_at=now)


def _hour(instant: datetime) -> datetime:
    return instant.replace(minute=0, second=0, microsecond=0)


def _write(subscription: Subscription, preferences: Preferences) -> None:
    subscription.languages = ",".join(dict.fromkeys(preferences["languages"]))
    subscription.frequency, subscription.timezone = preferences["frequency"], preferences["timezone"]
    subscription.weekday, subscription.hour = preferences["weekday"], preferences["hour"]
