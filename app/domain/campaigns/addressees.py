"""Whom of several people a campaign can write to: one address each, and why the others are left out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.config import MEMBER_LOCALES
from app.dialects import lock_against_writes
from app.domain.bulk import Left, Outcome
from app.domain.campaigns.subscriptions import Preferences
from app.domain.people import consents
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.people.consents import Consent, ConsentPurpose
from app.queries.campaigns import addressees
from app.queries.dependents import Place
from app.queries.people import people
from app.queries.privacy import suppressions


@dataclass(frozen=True, slots=True)
class Candidate:
    """A selected person, with what decides whether the campaign can write to her."""

    person_id: int
    email: str
    """Her first address; empty if she has none."""
    language: str
    consent: Consent | None
    """The consent to emails that counts, which may be withdrawn."""
    is_suppressed: bool
    """Whether the address is never written to."""
    subscriptions: Sequence[Subscription]
    """Those of all her addresses to the campaign, ended ones included."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person to whom the campaign can write, at one address."""

    person_id: int
    email: str
    language: str
    words: str
    """What she agreed to; empty if no consent is recorded."""
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

    @property
    def outcome(self) -> Outcome:
        """Return what has become of the people once the plan is carried out."""
        left = Counter({reason: len(ids) for reason, ids in self.left.items()})
        return Outcome([one.person_id for one in self.new], already=len(self.already), left=left)


def candidates(campaign: Campaign, person_ids: Sequence[int]) -> list[Candidate]:
    """Return people with what is known about them."""
    emails = people.emails_of(person_ids)
    given = consents.counting(person_ids, ConsentPurpose.EMAIL)
    known = addressees.subscriptions_at(campaign.id, {one for found in emails.values() for one in found})
    languages = addressees.languages_of(person_ids)
    never = suppressions.among({found[0] for found in emails.values() if found})
    return [
        Candidate(
            person_id,
            next(iter(emails.get(person_id, ())), ""),
            language_for(languages[person_id]),
            given.get(person_id),
            next(iter(emails.get(person_id, ())), "") in never,
            [known[email] for email in emails.get(person_id, ()) if email in known],
        )
        for person_id in person_ids
    ]


def plan(found: Sequence[Candidate], refused: Callable[[Candidate], Left | None]) -> Plan:
    """Return to whom of the people the campaign can write; `refused` returns a reason of its own against one."""
    new: dict[str, Addressee] = {}
    already, left = [], dict[Left, list[int]]()
    for one in found:
        if any(subscription.is_confirmed for subscription in one.subscriptions):
            already.append(one.person_id)
        elif reason := refused(one) or _refused(one, new):
            left.setdefault(reason, []).append(one.person_id)
        else:
            waiting = next((known.id for known in one.subscriptions if known.email == one.email), None)
            words = one.consent.words if one.consent else ""
            new[one.email] = Addressee(one.person_id, one.email, one.language, words, waiting)
    return Plan(list(new.values()), already, left)


def still(planned: Plan, replan: Callable[[Sequence[int]], Plan]) -> Plan:
    """Return a plan without those whom someone else has subscribed or invited since; `replan` plans for some people.

    Until the transaction ends, nobody else can subscribe or invite anybody.
    """
    lock_against_writes(db.session, Subscription.__tablename__)
    now = replan([one.person_id for one in planned.new])
    reasons = [*dict.fromkeys([*planned.left, *now.left])]
    left = {reason: [*planned.left.get(reason, ()), *now.left.get(reason, ())] for reason in reasons}
    return Plan(now.new, [*planned.already, *now.already], left)


def language_for(preferred: str | None) -> str:
    """Return the language in which emails to members are available that a person prefers."""
    base = (preferred or "").partition("-")[0]
    return base if base in MEMBER_LOCALES else MEMBER_LOCALES[0]


def subscription_row(
    campaign: Campaign, email: str, chosen: Preferences, *, status: SubscriptionStatus, words: str, now: datetime
) -> dict[str, Any]:
    """Return the columns of a subscription that is written in bulk."""
    return {
        "campaign_id": campaign.id, "email": email, "languages": ",".join(chosen["languages"]),
        "frequency": chosen["frequency"], "weekday": chosen["weekday"], "hour": chosen["hour"],
        "timezone": chosen["timezone"], "status": status, "consent_text": words, "requested_at": now,
    }  # fmt: skip


def place(row: Any) -> Place:
    """Return the record that a row of a subscription is about."""
    return Subscription.__tablename__, row["id"]


def _refused(one: Candidate, new: dict[str, Addressee]) -> Left | None:
    """Return why the campaign cannot write to a person, if it cannot."""
    if one.consent is not None and one.consent.is_withdrawn:
        return Left.WITHDRAWN
    if not one.email:
        return Left.NO_EMAIL
    if one.is_suppressed:
        return Left.SUPPRESSED
    if any(known.unsubscribed_at is not None for known in one.subscriptions):
        return Left.UNSUBSCRIBED
    return Left.SAME_ADDRESS if one.email in new else None
