"""Addresses that are not written to."""

from collections.abc import Collection

from sqlalchemy import select

from app.extensions import db
from app.models.people.people import Person
from app.models.privacy.suppressions import Suppression, SuppressionReason
from app.models.types import digest_of_address
from app.queries.lookup import count

_AT_ONCE = 500


def find(address: str) -> Suppression | None:
    """Return the suppression of a normalized address, if there is one."""
    return db.session.scalars(select(Suppression).where(Suppression.digest == address)).one_or_none()


def total() -> int:
    """Return the number of addresses that are not written to."""
    return count(Suppression)


def of_person(person: Person) -> list[str]:
    """Return the addresses of a person that are not written to."""
    return sorted(among({one.value for one in person.contact_details if one.is_email}))


def among(addresses: Collection[str]) -> set[str]:
    """Return those of some normalized addresses that are not written to."""
    return set(reasons_among(addresses))


def reasons_among(addresses: Collection[str]) -> dict[str, SuppressionReason]:
    """Return why those of some normalized addresses are not written to that are not."""
    dialect = db.session.get_bind().dialect
    by_digest = {digest_of_address(one, dialect): one for one in addresses}
    digests, found = list(by_digest), dict[str, SuppressionReason]()
    for start in range(0, len(digests), _AT_ONCE):
        known = select(Suppression.digest, Suppression.reason)
        known = known.where(Suppression.digest.in_(digests[start : start + _AT_ONCE]))
        found |= {by_digest[one.digest]: one.reason for one in db.session.execute(known)}
    return found
