"""Addresses that are not written to."""

from collections.abc import Collection

from sqlalchemy import String, func, select, type_coerce

from app.dialects.many_rows import any_of
from app.extensions import db
from app.models.people.people import Person
from app.models.privacy.suppressions import Suppression, SuppressionReason
from app.models.types import digest_of_address


def find(address: str) -> Suppression | None:
    """Return the suppression of a normalized address, if there is one."""
    return db.session.scalars(select(Suppression).where(Suppression.digest == address)).one_or_none()


def totals() -> dict[SuppressionReason, int]:
    """Return the number of addresses that are not written to, by reason."""
    counted = select(Suppression.reason, func.count().label("number")).group_by(Suppression.reason)
    found = {row.reason: row.number for row in db.session.execute(counted)}
    return {one: found[one] for one in SuppressionReason if one in found}


def of_person(person: Person) -> dict[str, SuppressionReason]:
    """Return why those addresses of a person are not written to that are not."""
    return reasons_among(person.email_addresses)


def latest() -> int:
    """Return the id of the latest suppression, or 0: as long as it is the same, no further address is suppressed."""
    return db.session.scalar(select(func.max(Suppression.id))) or 0


def among(addresses: Collection[str]) -> set[str]:
    """Return those of some normalized addresses that are not written to."""
    return set(reasons_among(addresses))


def reasons_among(addresses: Collection[str]) -> dict[str, SuppressionReason]:
    """Return why those of some normalized addresses are not written to that are not."""
    dialect = db.session.get_bind().dialect
    by_digest = {digest_of_address(one, dialect): one for one in addresses}
    known = select(Suppression.digest, Suppression.reason)
    known = known.where(any_of(db.session, type_coerce(Suppression.digest, String), list(by_digest)))
    return {by_digest[one.digest]: one.reason for one in db.session.execute(known)}


def unreachable(addresses: Collection[str]) -> set[str]:
    """Return those of some normalized addresses where emails did not arrive."""
    return {one for one, reason in reasons_among(addresses).items() if reason is SuppressionReason.BOUNCED}
