"""Claims of rows by workers: made with one conditional UPDATE, identified by a token, released by their holder.

Two workers may both see a row as free. The database lets only one UPDATE succeed; the other changes nothing.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Update, inspect, select, update

from app import clock
from app.dialects.many_rows import any_of
from app.domain.updates import changes_one, rows_changed
from app.extensions import db
from app.models.leases import Claimed, Leased


def new_token() -> str:
    """Return a token for a claim."""
    return uuid4().hex


def claim(row: type[Claimed], *conditions: ColumnElement[bool], **values: Any) -> str | None:
    """Claim the one row that meets the conditions, and set `values` on it.

    Returns the token of the claim, or None if no row meets the conditions.
    """
    token = new_token()
    return token if changes_one(_set(row, *conditions, claim=token, **values)) else None


def claim_for(row: type[Leased], duration: timedelta, *conditions: ColumnElement[bool], **values: Any) -> str | None:
    """Claim the one row that meets the conditions for `duration`, unless another lease on it is still valid.

    Returns the token of the lease, or None if another worker holds the row.
    """
    now = clock.now()
    return claim(row, row.free_at(now), *conditions, leased_until=now + duration, **values)


def claim_each_for(
    row: type[Leased],
    ids: Collection[int],
    token: str,
    duration: timedelta,
    *conditions: ColumnElement[bool],
    **values: Any,
) -> list[int]:
    """Claim those of some rows that are free and meet the conditions with a token for `duration`, and set `values` on them.

    Returns the ids in the order given. Rows that the session has already read are not changed in memory.
    """
    now = clock.now()
    identity = inspect(row).primary_key[0]
    these = any_of(db.session, identity, ids)
    claimed = _set(row, these, row.free_at(now), *conditions, claim=token, leased_until=now + duration, **values)
    if rows_changed(claimed.execution_options(synchronize_session=False)) == len(ids):
        return list(ids)
    held = set(db.session.scalars(select(identity).where(these, row.claim == token)))
    return [one for one in ids if one in held]


def renew(row: type[Leased], token: str, duration: timedelta, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Renew a lease from now on; False if it has ended or the row no longer meets the conditions."""
    now = clock.now()
    held = (row.claim == token, row.leased_until > now)
    return changes_one(_set(row, *held, *conditions, leased_until=now + duration, **values))


def release(row: type[Claimed], token: str, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Release a claim and set `values`; False, and nothing is set, if the token no longer holds the row."""
    return changes_one(_set(row, row.claim == token, *conditions, **_ended(row), **values))


def end(row: type[Claimed], *conditions: ColumnElement[bool], **values: Any) -> bool:
    """End the claim of a row, no matter who holds it, and set `values`; return whether a row met the conditions."""
    return changes_one(_set(row, *conditions, **_ended(row), **values))


def _ended(row: type[Claimed]) -> dict[str, None]:
    return {"claim": None, "leased_until": None} if issubclass(row, Leased) else {"claim": None}


def _set(row: type[Claimed], *conditions: ColumnElement[bool], **values: Any) -> Update:
    return update(row).where(*conditions).values(**values)
