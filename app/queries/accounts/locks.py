"""Whether the house is locked, and its earlier locks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.accounts.locks import HouseLock

_SHOWN = 10
_STANDING = select(HouseLock).where(HouseLock.standing == 1)
_ANY = select(HouseLock.__table__.c.id).where(HouseLock.__table__.c.standing == 1)
_ASKED = {"unscoped": "whether the house is locked concerns everyone"}


def standing() -> HouseLock | None:
    """Return the lock of the house, or None if it is open; every request and every task asks."""
    is_locked = db.session.connection().scalar(_ANY, execution_options=_ASKED)  # a third of the time of loading a row
    return db.session.scalar(_STANDING) if is_locked else None


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
