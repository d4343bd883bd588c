"""Subscribing several people to a campaign's digest because of their consent to emails."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.config import MEMBER_LOCALES
from app.domain import bulk
from app.domain.bulk import Left, Outcome
from app.domain.campaigns.subscriptions import default_preferences
from app.domain.campaigns.windows import Rhythm, first_window, next_letter
from app.domain.people import consents
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.people.consents import Consent, ConsentPurpose
from app.queries.campaigns import addressees
from app.queries.dependents import Place


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person who can be subscribed, at one address."""

    person_id: int
    email: str
    language: str
    words: str
    """What she agreed to."""
    subscription_id: int | None
    """The subscription at the address that is not confirmed yet, if there is one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of several people; its repr() contains everything that a page shows."""

    new: Sequence[Addressee]
    already: Sequence[int]
    """Those who are subscribed."""
    left: dict[Left, list[int]]
    """Those who are left out, by reason."""


def plan(campaign: Campaign, person_ids: Sequence[int]) -> Plan:
    """Return which people can be subscribed: those with a recorded consent to emails that was not withdrawn."""
    emails = addressees.emails_of(person_ids, clock.now().date())
    given = addressees.consents_of(person_ids, ConsentPurpose.EMAIL)
    known = addressees.subscriptions_at(campaign.id, {one for found in emails.values() for one in found})
    languages = addressees.languages_of(person_ids)
    new: dict[str, Addressee] = {}
    already, left = [], dict[Left, list[int]]()
    for person_id in person_ids:
        ours = [known[email] for email in emails[person_id] if email in known]
        consent, email = consents.latest(given[person_id]), next(iter(emails[person_id]), "")
        if any(one.is_confirmed for one in ours):
            already.append(person_id)
        elif reason := _reason(consent, email, ours, new):
            left.setdefault(reason, []).append(person_id)
        elif consent is not None:
            waiting = known.get(email)
            language = language_for(languages[person_id])
            new[email] = Addressee(person_id, email, language, consent.words, waiting.id if waiting else None)
    return Plan(list(new.values()), already, left)


def subscribe(campaign: Campaign, planned: Plan) -> Outcome:
    """Subscribe people; the words of their consents are kept with the subscriptions."""
    rows = [(one, _confirmed(campaign, one)) for one in planned.new]
    bulk.add(Subscription, [row for one, row in rows if one.subscription_id is None], _place)
    bulk.change(Subscription, {
        one.subscription_id: ((Subscription.__tablename__, one.subscription_id), row)
        for one, row in rows if one.subscription_id is not None
    })  # fmt: skip
    left = Counter({reason: len(ids) for reason, ids in planned.left.items()})
    return Outcome([one.person_id for one in planned.new], already=len(planned.already), left=left)


def language_for(preferred: str | None) -> str:
    """Return the language in which emails to members are available that a person prefers."""
    base = (preferred or "").partition("-")[0]
    return base if base in MEMBER_LOCALES else MEMBER_LOCALES[0]


def _reason(
    consent: Consent | None, email: str, known: Sequence[Subscription], new: dict[str, Addressee]
) -> Left | None:
    """Return why a person is left out, if she is."""
    if consent is None:
        return Left.NO_CONSENT
    if consent.is_withdrawn:
        return Left.WITHDRAWN
    if not email:
        return Left.NO_EMAIL
    if any(one.unsubscribed_at is not None for one in known):
        return Left.UNSUBSCRIBED
    return Left.SAME_ADDRESS if email in new else None


def _confirmed(campaign: Campaign, one: Addressee) -> dict[str, Any]:
    """Return the columns of a confirmed subscription with the campaign's usual preferences."""
    chosen, now = default_preferences(campaign, [one.language]), clock.now()
    rhythm = Rhythm(chosen["frequency"], chosen["weekday"], chosen["hour"], chosen["timezone"])
    return {
        "campaign_id": campaign.id, "email": one.email, "languages": one.language, "frequency": chosen["frequency"],
        "weekday": chosen["weekday"], "hour": chosen["hour"], "timezone": chosen["timezone"],
        "status": SubscriptionStatus.CONFIRMED, "consent_text": one.words, "requested_at": now, "confirmed_at": now,
        "covered_until": max(first_window(rhythm, now), campaign.created_at), "next_letter_at": next_letter(rhythm, now),
    }  # fmt: skip


def _place(row: Any) -> Place:
    return Subscription.__tablename__, row["id"]
