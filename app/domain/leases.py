"""Claims of rows that workers take up: made by one conditional UPDATE, proved by a token, given up by whoever holds it.

Two workers may see the same row as free; the database lets one of the UPDATEs find it so, and the other change nothing.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Update, update

from app import clock
from app.domain.updates import changes_one
from app.models.leases import Claimed, Leased


def claim(row: type[Claimed], *conditions: ColumnElement[bool], **values: Any) -> str | None:
    """Claim the one row that meets the conditions, and set `values` on it.

    Returns the token of the claim, or None where no row meets the conditions (any more).
    """
    token = uuid4().hex
    return token if changes_one(_set(row, *conditions, claim=token, **values)) else None


def claim_for(row: type[Leased], duration: timedelta, *conditions: ColumnElement[bool], **values: Any) -> str | None:
    """Claim the one row that meets the conditions for `duration`, unless a lease on it still runs.

    Returns the token of the lease, or None where another worker holds the row.
    """
    now = clock.now()
    return claim(row, row.free_at(now), *conditions, leased_until=now + duration, **values)


def renew(row: type[Leased], token: str, duration: timedelta, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Begin a lease anew from now on; False where it has ended, or the row does not meet the conditions any more."""
    now = clock.now()
    held = (row.claim == token, row.leased_until > now)
    return changes_one(_set(row, *held, *conditions, leased_until=now + duration, **values))


def release(row: type[Claimed], token: str, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Give a claim up and set `values`; False, and nothing is set, where the token does not hold the row any more."""
    return changes_one(_set(row, row.claim == token, *conditions, **_ended(row), **values))


def end(row: type[Claimed], *conditions: ColumnElement[bool], **values: Any) -> bool:
    """End the claim of a row, whoever holds it, and set `values`; say whether a row met the conditions."""
    return changes_one(_set(row, *conditions, **_ended(row), **values))


def _ended(row: type[Claimed]) -> dict[str, None]:
    return {"claim": None, "leased_until": None} if issubclass(row, Leased) else {"claim": None}


def _set(row: type[Claimed], *conditions: ColumnElement[bool], **values: Any) -> Update:
    return update(row).where(*conditions).values(**values)
