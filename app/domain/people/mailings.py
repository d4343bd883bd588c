"""Mailings: who gets a letter, approving and stopping it, and withdrawing the consent to emails by its link.

A letter goes to the people of the segment, in the scope of the person who approves it, who have an address and a consent
to emails that they have not withdrawn. All of this is checked again when the letter is composed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import select

from app import clock
from app.domain.accounts import audit, removals
from app.domain.mail import deliveries, holds
from app.domain.people import consents
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldReason
from app.models.people.consents import Consent, ConsentMeans, ConsentPurpose
from app.models.people.mailings import Mailing, MailingStatus
from app.models.people.people import Person
from app.models.people.segments import Segment
from app.queries.mail import failures
from app.queries.mail.holds import Run
from app.queries.people import mailings as mailing_queries
from app.queries.people import people as person_queries
from app.queries.people import segments as segment_queries
from app.queries.privacy import suppressions
from app.text import N_

PURPOSE = ConsentPurpose.EMAIL
"""What people must have agreed to."""


class MailingValues(TypedDict):
    """What an organizer writes."""

    subject: str
    text: str
    in_language: str


class Obstacle(StrEnum):
    """Why a person of the segment does not get a letter."""

    NO_CONSENT = "no_consent"
    WITHDRAWN = "withdrawn"
    NO_ADDRESS = "no_address"
    SUPPRESSED = "suppressed"
    """The address is never written to."""
    SAME_ADDRESS = "same_address"
    """Another person with the same address gets it."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of a segment, by id: those who get a letter, and the others by what is in the way."""

    recipients: Sequence[int]
    others: Mapping[Obstacle, Sequence[int]]


def create(segment: Segment, values: MailingValues, *, by: User | None) -> Mailing:
    """Record a draft; raises DomainError if the segment is one of organizations."""
    if not segment.is_of_people:
        raise DomainError(None, N_("Only people can be written to. This segment contains organizations."))
    mailing = Mailing(
        segment=segment,
        congress_id=segment.congress_id,
        campaign_id=segment.campaign_id,
        created_by=by,
        created_at=clock.now(),
        **values,
    )
    db.session.add(mailing)
    db.session.flush()
    audit.note(mailing, "recorded", {}, _facts(mailing))
    return mailing


def update(mailing: Mailing, values: MailingValues) -> None:
    """Change a draft; raises DomainError after it was approved."""
    _require_draft(mailing)
    with audit.changing(mailing, _facts):
        mailing.subject, mailing.text, mailing.in_language = values["subject"], values["text"], values["in_language"]


def remove(mailing: Mailing, *, by: User | None) -> None:
    """Remove a draft; it can be restored for some time."""
    _require_draft(mailing)
    removals.remove(mailing, by=by)


def bring_back(mailing: Mailing) -> None:
    """Restore a removed draft."""
    removals.bring_back(mailing)


def sweep() -> None:
    """Delete mailings that were removed too long ago to be restored."""
    removals.forget(Mailing)


def audience(mailing: Mailing) -> Audience:
    """Return who would get a letter now, among the people in scope; of several with one address, the first one recorded."""
    segment = mailing.segment
    if segment is None or segment.removed_at is not None:
        return Audience([], {})
    people = segment_queries.members(segment)
    agreed, addresses = consents.counting(people, PURPOSE), person_queries.emails_of(people)
    never = suppressions.among({found[0] for found in addresses.values() if found})
    recipients: dict[str, int] = {}
    others: dict[Obstacle, list[int]] = {}
    for number in db.session.scalars(select(Person.id).where(Person.id.in_(people)).order_by(Person.id)):
        address = next(iter(addresses.get(number, ())), None)
        obstacle = _obstacle(agreed.get(number), address)
        if obstacle is None and address in never:
            obstacle = Obstacle.SUPPRESSED
        if obstacle is None and address in recipients:
            obstacle = Obstacle.SAME_ADDRESS
        if obstacle is not None:
            others.setdefault(obstacle, []).append(number)
        elif address is not None:
            recipients[address] = number
    return Audience(list(recipients.values()), {one: others[one] for one in Obstacle if one in others})


def reviewed(mailing: Mailing, found: Audience) -> str:
    """Return what a person approves: the revision of the letter, and the number of its recipients."""
    return f"{mailing.revision}:{len(found.recipients)}"


def approve(mailing: Mailing, *, by: User | None, shown: str) -> int:
    """Approve a draft as it was `reviewed`, and queue it for each recipient; return their number.

    Raises DomainError if the letter or the number of recipients has changed since, if nobody would get it, or if `by`
    wrote it and the campaign requires a second person.
    """
    _require_draft(mailing)
    if not may_approve(mailing, by):
        raise DomainError(
            None, N_("You wrote this letter yourself. In this campaign, another person has to approve it.")
        )
    found = audience(mailing)
    if not found.recipients:
        raise DomainError(None, N_("Nobody would get this letter."))
    if shown != reviewed(mailing, found):
        raise DomainError(
            None, N_("The letter or its recipients have changed since you viewed them. Check them again.")
        )
    with audit.changing(mailing, _facts):
        mailing.approved_at, mailing.approved_by = clock.now(), by
    return deliveries.queue_mailing(mailing, found.recipients)


def may_approve(mailing: Mailing, by: User | None) -> bool:
    """Return whether a person may approve a draft, given who last wrote it."""
    return not mailing.needs_second_person or (by is not None and by.id != mailing_queries.last_writer_id(mailing))


def pause(mailing: Mailing, reason: HoldReason = HoldReason.ASKED) -> None:
    """Let every letter that has not been sent wait, at once."""
    if mailing.status is not MailingStatus.APPROVED:
        raise DomainError(None, N_("It is not being sent right now."))
    with audit.changing(mailing, _facts):
        mailing.paused_at = clock.now()
    holds.pause(Run(mailing_id=mailing.id), reason)


def stop(mailing: Mailing) -> None:
    """Withdraw every letter that has not been sent, at once."""
    if mailing.is_draft or mailing.is_stopped:
        raise DomainError(None, N_("It is not being sent right now."))
    with audit.changing(mailing, _facts):
        mailing.stopped_at, mailing.paused_at = clock.now(), None
    holds.stop(Run(mailing_id=mailing.id))


def resume(mailing: Mailing) -> None:
    """Release the letters that wait or were withdrawn."""
    if not (mailing.is_paused or mailing.is_stopped):
        raise DomainError(None, N_("It was not stopped."))
    with audit.changing(mailing, _facts):
        mailing.stopped_at = mailing.paused_at = None
    run = Run(mailing_id=mailing.id)
    holds.release(run, postponed=failures.postponed(run))


def send_test(mailing: Mailing, to: User) -> None:
    """Queue the letter in its current state to a person who works on it."""
    now = clock.now()
    occasion = f"mailing:{mailing.id}:{now:%Y-%m-%dT%H:%M}"
    deliveries.queue(DeliveryKind.MAILING_TEST, user=to, occasion=occasion, due_at=now, mailing_id=mailing.id)


def address_for(delivery: Delivery) -> str | None:
    """Return the address to which a letter is sent; None if it is no longer wanted, or if the address already gets it."""
    mailing, person = delivery.mailing, delivery.person
    if mailing is None or person is None:
        return None
    address = person.email
    if address is None or _obstacle(consents.state(person)[PURPOSE], address) is not None:
        return None
    others = mailing_queries.others(delivery, address)
    return None if any(one.person is not None and one.person.email == address for one in others) else address


def consent_of(person: Person) -> Consent | None:
    """Return the consent of a person to emails, unless it was withdrawn."""
    consent = consents.state(person)[PURPOSE]
    return None if consent is None or consent.is_withdrawn else consent


def withdraw_consent(person: Person) -> None:
    """Record that a person withdrew the consent to emails by a link; doing it twice has no further effect."""
    consent = consent_of(person)
    if consent is not None:
        today = max(clock.now().date(), consent.given_at)
        consents.withdraw(consent, today, ConsentMeans.LINK, by=None)


def _obstacle(consent: Consent | None, address: str | None) -> Obstacle | None:
    if consent is None:
        return Obstacle.NO_CONSENT
    if consent.is_withdrawn:
        return Obstacle.WITHDRAWN
    return Obstacle.NO_ADDRESS if address is None else None


def _require_draft(mailing: Mailing) -> None:
    if not mailing.is_draft:
        raise DomainError(None, N_("This letter has already been approved."))


def _facts(mailing: Mailing) -> audit.Facts:
    return audit.facts_of(mailing, ("subject", "text", "in_language", "status"))
