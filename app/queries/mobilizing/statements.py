"""Statements, and who has signed them: now, or as of an instant.

Every list of signatures follows the index of the version, one group for each mandate.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.models.mobilizing.sign_ups import Mandate, SignUp
from app.models.mobilizing.statements import Statement, StatementVersion
from app.queries.keyset import Group, KeysetPage, Order, page_at
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.mobilizing.sign_ups import STANDING
from app.queries.paging import Page, page_of

MANDATES = (Mandate.ASSEMBLY, Mandate.OFFICER, Mandate.MEMBER, Mandate.PERSONAL)
"""In the order in which signatures are listed: organizations first."""


def get(campaign_id: int, statement_id: int) -> Statement:
    """Return a statement of a campaign that is not removed."""
    return one(Statement, Statement.id == statement_id, Statement.campaign_id == campaign_id, kept(Statement))


def get_restorable(campaign_id: int, statement_id: int) -> Statement:
    """Return a statement of a campaign, also if it was removed and can still be restored."""
    return restorable(Statement, Statement.id == statement_id, Statement.campaign_id == campaign_id)


def removed() -> Sequence[Statement]:
    """Return the removed statements in scope that can be restored, latest first."""
    return removed_lately(Statement)


def find(campaign_id: int, number: int) -> Page[Statement]:
    """Return a page of a campaign's statements with their versions, latest first."""
    found = select(Statement).where(Statement.campaign_id == campaign_id, kept(Statement))
    found = found.options(selectinload(Statement.versions))
    return page_of(found.order_by(Statement.id.desc()), number)


def published(campaign_id: int) -> Sequence[Statement]:
    """Return the statements of a campaign that can be signed."""
    open_ones = (Statement.versions.any(), Statement.closed_at.is_(None), kept(Statement))
    found = select(Statement).where(Statement.campaign_id == campaign_id, *open_ones)
    return db.session.scalars(found.options(selectinload(Statement.versions)).order_by(Statement.id)).all()


def get_version(campaign_id: int, statement_id: int, number: int) -> StatementVersion:
    """Return a published version of a statement."""
    version = StatementVersion
    return one(
        version,
        version.campaign_id == campaign_id,
        version.statement_id == statement_id,
        version.number == number,
        version.statement.has(kept(Statement)),
    )


def signature_like(sign_up: SignUp, version: StatementVersion) -> SignUp | None:
    """Return the signature of the same person under another version that counts."""
    same = SignUp.email == sign_up.email if sign_up.email else SignUp.email.is_(None) & (SignUp.phone == sign_up.phone)
    return db.session.scalars(select(SignUp).where(SignUp.version_id == version.id, same, *STANDING).limit(1)).first()


def unsigned_version(sign_up: SignUp) -> StatementVersion | None:
    """Return the latest version of what somebody has signed, unless they have signed it, or withdrawn."""
    if not sign_up.is_confirmed or sign_up.version is None:
        return None
    latest = sign_up.version.statement.published
    is_signed = (
        latest is None
        or not latest.statement.takes_signatures
        or latest is sign_up.version
        or signature_like(sign_up, latest) is not None
    )
    return None if is_signed else latest


def written_to(version: StatementVersion) -> list[int]:
    """Return the ids of the signatures that count under an earlier version: the latest one of each address."""
    earlier = select(StatementVersion.id).where(
        StatementVersion.statement_id == version.statement_id, StatementVersion.number < version.number
    )
    latest = select(func.max(SignUp.id)).where(SignUp.version_id.in_(earlier), SignUp.email.is_not(None), *STANDING)
    return list(db.session.scalars(latest.group_by(SignUp.email)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many signatures with one mandate count at an instant, and how many had been withdrawn by then."""

    mandate: Mandate
    counted: int
    withdrawn: int


def tallies(version_id: int, as_of: datetime) -> list[Tally]:
    """Return the number of signatures at an instant by mandate, organizations first; only those that there are."""
    signed = _by_mandate(*_signed(version_id, as_of))
    gone = _by_mandate(SignUp.version_id == version_id, SignUp.withdrawn_at <= as_of)
    return [Tally(one, signed[one] - gone.get(one, 0), gone.get(one, 0)) for one in MANDATES if one in signed]


def signatures(version_id: int, as_of: datetime, at: str) -> KeysetPage[SignUp]:
    """Return a page of the signatures that had been given at an instant, those withdrawn since included.

    Organizations come first; within a mandate, the order is that of the confirmations. `at` is the position of the page.
    """
    listed = select(SignUp).where(*_signed(version_id, as_of))
    groups = tuple(
        Group((SignUp.confirmed_at, SignUp.id), rank, narrowed=_having(mandate))
        for rank, mandate in enumerate(MANDATES)
    )
    return page_at(listed, Order(groups), at, 0)


def edition(version_id: int, as_of: datetime) -> Iterator[Any]:
    """Yield the columns of all signatures that had been given at an instant, in the order of the page."""
    columns = (
        SignUp.mandate, SignUp.decided_on, SignUp.name, SignUp.organization_name, SignUp.country, SignUp.is_named,
        SignUp.confirmed_at, SignUp.withdrawn_at,
    )  # fmt: skip
    for mandate in MANDATES:
        found = select(*columns).where(*_signed(version_id, as_of), SignUp.mandate == mandate)
        yield from db.session.execute(found.order_by(SignUp.confirmed_at, SignUp.id))


def _signed(version_id: int, as_of: datetime) -> tuple[ColumnElement[bool], ...]:
    return SignUp.version_id == version_id, SignUp.confirmed_at <= as_of


def _by_mandate(*conditions: ColumnElement[bool]) -> dict[Mandate, int]:
    counted = select(SignUp.mandate, func.count()).where(*conditions, SignUp.mandate.is_not(None))
    return {mandate: count for mandate, count in db.session.execute(counted.group_by(SignUp.mandate)) if mandate}


def _having(mandate: Mandate) -> Any:
    def narrowed(statement: Select[Any]) -> Select[Any]:
        return statement.where(SignUp.mandate == mandate)

    return narrowed
