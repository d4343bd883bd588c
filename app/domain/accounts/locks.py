"""The panic lock: one person closes the house at once, and two people with second factors open it again."""

from datetime import timedelta
from typing import cast

from sqlalchemy import Table, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.accounts import sessions
from app.domain.accounts.alarms import News
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.locks import HouseLock
from app.models.mail.deliveries import DeliveryKind
from app.models.types import keyring_of
from app.policy import Permission, giving
from app.queries.accounts import accounts, factors
from app.queries.accounts import locks as lock_queries
from app.sealing import Keyring
from app.text import N_

CONFIRMED_FOR = timedelta(minutes=30)
"""How long the first of two people is waited for by the second."""


def lock(*, by: User | None) -> bool:
    """Lock the house and end all sessions; return whether it was open. `by` is None for the command on the machine.

    Any number of people may do so at the same time: there is one lock.
    """
    ring = keyring_of(db.engine.dialect)
    if not isinstance(ring, Keyring):
        return False
    row = {"standing": 1, "box": ring.box, "locked_at": clock.now(), "locked_by_id": by.id if by else None}
    if not insert_missing(db.session, cast("Table", HouseLock.__table__), [row]):
        return False
    sessions.end_everybody()
    _tell(News.LOCKED, lock_queries.standing())
    return True


def check_may_open(user: User) -> None:
    """Check that an account is that of a coordinator or admin with a second factor; raises DomainError."""
    may = user.is_active and giving(accounts.held(user), Permission.HOUSE_LOCK)
    if not may or not factors.has_one(user.id):
        raise DomainError(None, N_("Only coordinators and admins who have a second factor can open the house."))


def confirm_opening(user: User) -> bool:
    """Record that a person who has just proved who she is wants the house open; return whether it is.

    It takes two different people within half an hour.
    """
    check_may_open(user)
    held = lock_queries.held()
    if held is None:
        return True
    now = clock.now()
    is_second = held.first_id not in (None, user.id) and held.first_at and held.first_at > now - CONFIRMED_FOR
    if is_second:
        _open(held, user)
    else:
        held.first_id, held.first_at = user.id, now
    db.session.flush()
    return held.standing is None


def open_on_machine() -> None:
    """Open the house, for the command on the machine."""
    held = lock_queries.held()
    if held is not None:
        _open(held, None)
        db.session.flush()


def note_refusal() -> None:
    """Count a try to open the house that was refused; the audit log has a line for each."""
    counted = update(HouseLock).where(HouseLock.standing == 1)
    db.session.execute(counted.values(refused=HouseLock.refused + 1))


def _open(held: HouseLock, by: User | None) -> None:
    held.standing, held.opened_at, held.opened_by_id = None, clock.now(), by.id if by else None
    if by is None:
        held.first_id = held.first_at = None
    sessions.end_everybody()  # one that began while the lock was being written has not been ended by it
    _tell(News.OPENED, held)


def _tell(news: News, about: HouseLock | None) -> None:
    if about is None:
        return
    for admin in accounts.admins():
        deliveries.queue(DeliveryKind.ALARM, user=admin, occasion=f"{news}:{about.id}", due_at=clock.now())
