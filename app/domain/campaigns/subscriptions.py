"""Members' subscriptions: asked for, confirmed, changed, ended."""

from collections.abc import Iterable
from typing import TypedDict

from sqlalchemy import select

from app import clock
from app.domain.campaigns.windows import Rhythm, first_window, next_letter
from app.domain.mail import deliveries
from app.email_addresses import checked
from app.extensions import db
from app.models.campaigns.campaigns import Campaign, Frequency
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mail.deliveries import DeliveryKind


class Wishes(TypedDict):
    """What a member wishes to receive, and when."""

    languages: list[str]
    """The dearest first."""
    frequency: Frequency
    weekday: int
    hour: int
    timezone: str


def usual(campaign: Campaign, languages: list[str]) -> Wishes:
    """Return what a campaign offers to a new member who reads these languages."""
    never = campaign.digest_frequency == Frequency.NEVER
    return Wishes(
        languages=languages,
        frequency=Frequency.WEEKLY if never else campaign.digest_frequency,
        weekday=campaign.digest_weekday,
        hour=campaign.digest_hour,
        timezone=campaign.timezone,
    )


def request(campaign: Campaign, *, email: str, wishes: Wishes, agreed_words: str) -> Subscription:
    """Note that somebody asked for the digest at an address, and promise a letter in which its owner can confirm.

    Asking again for a confirmed address changes nothing and sends nothing; for another, at most one letter an hour, and
    one after each time that its owner has left: nobody can fill a stranger's mailbox.
    """
    email, now = checked(email), clock.now()
    same = select(Subscription).where(Subscription.campaign_id == campaign.id, Subscription.email == email)
    subscription = db.session.scalar(same)
    if subscription is None:
        subscription = Subscription(campaign_id=campaign.id, email=email)
        db.session.add(subscription)
    elif subscription.status == SubscriptionStatus.CONFIRMED:
        return subscription
    returns = subscription.status == SubscriptionStatus.UNSUBSCRIBED and subscription.unsubscribed_at
    occasion = f"return:{returns:%Y-%m-%dT%H:%M:%S}" if returns else f"request:{now:%Y-%m-%dT%H}"
    _write(subscription, wishes)
    subscription.status = SubscriptionStatus.UNCONFIRMED
    subscription.agreed_words, subscription.requested_at = agreed_words, now
    db.session.flush()
    deliveries.promise(DeliveryKind.CONFIRMATION, subscription=subscription, occasion=occasion, due_at=now)
    return subscription


def confirm(subscription: Subscription) -> None:
    """Confirm: from their next hour on, the member receives digests. An old link does not undo an unsubscription.

    The first window reaches one period back; whoever comes back is not sent again what they were sent before.
    """
    if subscription.status == SubscriptionStatus.UNCONFIRMED:
        now, rhythm = clock.now(), rhythm_of(subscription)
        subscription.status = SubscriptionStatus.CONFIRMED
        subscription.confirmed_at, subscription.unsubscribed_at = now, None
        opens_at = max(first_window(rhythm, now), subscription.campaign.created_at)
        subscription.covered_until = max(subscription.covered_until or opens_at, opens_at)
        subscription.next_letter_at = next_letter(rhythm, now)
        db.session.flush()


def change(subscription: Subscription, wishes: Wishes) -> None:
    """Change what a member receives and when. What was not sent yet comes at the new hour; nothing comes twice.

    A letter that waits already comes in the languages that are set now.
    """
    _write(subscription, wishes)
    if subscription.status == SubscriptionStatus.CONFIRMED:
        subscription.next_letter_at = next_letter(rhythm_of(subscription), clock.now())
    db.session.flush()
    deliveries.choose_parts_anew(subscription.id)


def unsubscribe(subscription: Subscription) -> None:
    """End the subscription; letters that have not left are withdrawn."""
    if subscription.status != SubscriptionStatus.UNSUBSCRIBED:
        subscription.status, subscription.unsubscribed_at = SubscriptionStatus.UNSUBSCRIBED, clock.now()
        subscription.next_letter_at = None
        db.session.flush()
    deliveries.withdraw_subscription(subscription.id)


def unsubscribe_all(subscriptions: Iterable[Subscription]) -> None:
    """End every subscription of a member."""
    for subscription in subscriptions:
        unsubscribe(subscription)


def rhythm_of(subscription: Subscription) -> Rhythm:
    """Return when a member wants letters."""
    return Rhythm(subscription.frequency, subscription.weekday, subscription.hour, subscription.timezone)


def _write(subscription: Subscription, wishes: Wishes) -> None:
    subscription.languages = ",".join(dict.fromkeys(wishes["languages"]))
    subscription.frequency, subscription.timezone = wishes["frequency"], wishes["timezone"]
    subscription.weekday, subscription.hour = wishes["weekday"], wishes["hour"]
