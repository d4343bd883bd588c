"""Consents of people."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.people.consents import Consent, ConsentPurpose
from app.queries.lookup import one


def get(person_id: int, consent_id: int) -> Consent:
    """Return a consent of a person."""
    return one(Consent, Consent.id == consent_id, Consent.person_id == person_id)


def of_person(person_id: int) -> Sequence[Consent]:
    """Return all consents of a person, also withdrawn ones, with those who recorded them."""
    both = (joinedload(Consent.recorded_by), joinedload(Consent.withdrawal_recorded_by))
    return db.session.scalars(select(Consent).where(Consent.person_id == person_id).options(*both)).all()


def of_people(people: Collection[int] | Select[int], purpose: ConsentPurpose) -> Sequence[Consent]:
    """Return all consents to a purpose of people, given by their ids or by a statement that selects them."""
    return db.session.scalars(select(Consent).where(Consent.purpose == purpose, Consent.person_id.in_(people))).all()
