"""Addresses that are not written to."""

from collections.abc import Collection

from sqlalchemy import select

from app.extensions import db
from app.models.people.people import Person
from app.models.privacy.suppressions import Suppression
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
    dialect = db.session.get_bind().dialect
    by_digest = {digest_of_address(one, dialect): one for one in addresses}
    digests, found = list(by_digest), set[str]()
    for start in range(0, len(digests), _AT_ONCE):
        known = select(Suppression.digest).where(Suppression.digest.in_(digests[start : start + _AT_ONCE]))
        found |= {by_digest[one] for one in db.session.scalars(known)}
    return found
