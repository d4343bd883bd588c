"""Consents of people: given, withdrawn and given anew, each with its date, its way and its words.

The latest statement about a purpose counts; on the same day, a withdrawal does. So the stricter one also wins when two
people are merged.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import TypedDict

from sqlalchemy import Select

from app import clock
from app.dialects import lock_against_writes
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.people.consents import Consent, ConsentMeans, ConsentPurpose
from app.models.people.people import Person
from app.queries.people import consents as consent_queries
from app.text import N_

_SLACK = timedelta(days=1)
"""A day begins earlier in the east than in UTC."""


class ConsentValues(TypedDict):
    """What is recorded about a consent."""

    purpose: ConsentPurpose
    given_at: date
    how: ConsentMeans
    words: str


def by_purpose(person: Person) -> dict[ConsentPurpose, list[Consent]]:
    """Return the consents of a person for each purpose; the first one is the one that counts."""
    ordered = sorted(consent_queries.of_person(person.id), key=_rank, reverse=True)
    return {purpose: [one for one in ordered if one.purpose is purpose] for purpose in ConsentPurpose}


def state(person: Person) -> dict[ConsentPurpose, Consent | None]:
    """Return the consent that counts for each purpose, which may be withdrawn; None if the person has said nothing."""
    return {purpose: found[0] if found else None for purpose, found in by_purpose(person).items()}


def counting(people: Collection[int] | Select[int], purpose: ConsentPurpose) -> dict[int, Consent]:
    """Return the consent to a purpose that counts, which may be withdrawn, by the ids of people who have said anything."""
    return {one.person_id: one for one in sorted(consent_queries.of_people(people, purpose), key=_rank)}


def give(person: Person, values: ConsentValues, *, by: User | None) -> Consent:
    """Record a consent; raises DomainError on `given_at` as `check_given` does."""
    lock_against_writes(db.session, Consent.__tablename__)  # else two users could record the same one at the same time
    check_given(person, values["purpose"], values["given_at"])
    consent = Consent(person=person, recorded_by=by, created_at=clock.now(), **values)
    with audit.changing(person, _facts):
        db.session.add(consent)
    return consent


def withdraw(consent: Consent, withdrawn_at: date, how: ConsentMeans, *, by: User | None) -> None:
    """Record that a person withdrew a consent.

    Raises DomainError if it is withdrawn already, and on `withdrawn_at` as `check_withdrawal` does.
    """
    if consent.is_withdrawn:
        raise DomainError(None, N_("This consent has already been withdrawn."))
    check_withdrawal(consent, withdrawn_at)
    with audit.changing(consent.person, _facts):
        consent.withdrawn_at, consent.withdrawn_how, consent.withdrawal_recorded_by = withdrawn_at, how, by


def remove(consent: Consent) -> None:
    """Remove a consent that was recorded by mistake; one that the person no longer gives is withdrawn."""
    with audit.changing(consent.person, _facts):
        db.session.delete(consent)


def check_given(person: Person, purpose: ConsentPurpose, given_at: date) -> None:
    """Raise DomainError on `given_at` if a consent of that day could not count.

    That is if the day is in the future, if a consent of that day is recorded, or if one was withdrawn on it or later.
    """
    _check_past(given_at, "given_at")
    for one in by_purpose(person)[purpose]:
        if one.withdrawn_at and one.withdrawn_at >= given_at:
            raise DomainError(
                "given_at", N_("This consent was withdrawn on that day or later. Enter when it was given again.")
            )
        if one.given_at == given_at:
            raise DomainError("given_at", N_("A consent to the same purpose is already recorded for this day."))


def check_withdrawal(consent: Consent, withdrawn_at: date) -> None:
    """Raise DomainError on `withdrawn_at` if a withdrawal is in the future or before the consent."""
    _check_past(withdrawn_at, "withdrawn_at")
    if withdrawn_at < consent.given_at:
        raise DomainError("withdrawn_at", N_("This is before the day on which the consent was given."))


def _check_past(day: date, field: str) -> None:
    if day > (clock.now() + _SLACK).date():
        raise DomainError(field, N_("This date is in the future."))


def _rank(consent: Consent) -> tuple[date, bool, int]:
    return consent.stated_at, consent.is_withdrawn, consent.id


def _facts(person: Person) -> audit.Facts:
    """Return what the history tells: the purposes, never the words."""
    found = [one for one in state(person).values() if one]
    return {"consents": [[one.purpose.value, one.is_withdrawn] for one in found]}
