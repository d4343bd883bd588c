"""Whether the house is locked, and its earlier locks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.accounts.locks import HouseLock

_SHOWN = 10
_STANDING = select(HouseLock).where(HouseLock.standing == 1)


def standing() -> HouseLock | None:
    """Return the lock of the house, or None if it is open; every request and every task asks."""
    return db.session.scalar(_STANDING)


def held() -> HouseLock | None:
    """Return the lock as it is in the database, and let no other transaction change it until this one ends."""
    return db.session.scalar(_STANDING.with_for_update().execution_options(populate_existing=True))


def get(lock_id: int) -> HouseLock | None:
    """Return a lock, standing or not."""
    return db.session.get(HouseLock, lock_id)


def lately() -> Sequence[HouseLock]:
    """Return the latest locks, with who locked and opened."""
    people = (joinedload(HouseLock.locked_by), joinedload(HouseLock.first), joinedload(HouseLock.opened_by))
    return db.session.scalars(select(HouseLock).options(*people).order_by(HouseLock.id.desc()).limit(_SHOWN)).all()
