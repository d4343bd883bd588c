"""Requests that need a second admin."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app import clock
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.accounts.approvals import (
    DOWNLOADS_COUNT_FOR,
    KEPT_FOR,
    USABLE_FOR,
    ApprovalKind,
    ApprovalRequest,
    Decision,
)
from app.models.oversight.lines import LogLine, LogVerb
from app.queries.lookup import one

_WHOLE = (
    joinedload(ApprovalRequest.asked_by), joinedload(ApprovalRequest.decided_by), joinedload(ApprovalRequest.user),
)  # fmt: skip


def get(request_id: int) -> ApprovalRequest:
    """Return a request."""
    return one(ApprovalRequest, ApprovalRequest.id == request_id)


def lately() -> Sequence[ApprovalRequest]:
    """Return the requests that wait, and those that were decided lately; those that wait first, then the latest."""
    since = clock.now() - KEPT_FOR
    found = select(ApprovalRequest).where(or_(ApprovalRequest.asked_at > since, ApprovalRequest.decided_at > since))
    order = (ApprovalRequest.decision.is_not(None), ApprovalRequest.asked_at.desc(), ApprovalRequest.id.desc())
    return db.session.scalars(found.options(*_WHOLE).order_by(*order)).all()


def waiting_like(asked: ApprovalRequest) -> ApprovalRequest | None:
    """Return a request that waits and asks for the same."""
    waiting = select(ApprovalRequest).where(
        ApprovalRequest.decision.is_(None), ApprovalRequest.kind == asked.kind,
        ApprovalRequest.asked_by_id == asked.asked_by_id, ApprovalRequest.asked_at > clock.now() - KEPT_FOR,
    )  # fmt: skip
    return next((other for other in db.session.scalars(waiting) if other.facts == asked.facts), None)


def usable(kind: ApprovalKind, user: User, what: str) -> ApprovalRequest | None:
    """Return an approved request for a file or an erasure that was not used yet."""
    found = select(ApprovalRequest).where(
        ApprovalRequest.kind == kind, ApprovalRequest.asked_by_id == user.id, ApprovalRequest.what == what,
        ApprovalRequest.decision == Decision.APPROVED, ApprovalRequest.used_at.is_(None),
        ApprovalRequest.decided_at > clock.now() - USABLE_FOR,
    )  # fmt: skip
    return db.session.scalars(found.order_by(ApprovalRequest.id).limit(1)).first()


def downloaded_lately(user: User, tables: Collection[str]) -> int:
    """Return how many rows of some lists an account has downloaded within a day without anybody else's approval."""
    since = clock.now() - DOWNLOADS_COUNT_FOR
    taken = select(func.sum(LogLine.row_count)).where(
        LogLine.user_id == user.id, LogLine.verb == LogVerb.EXPORT, LogLine.table_name.in_(tables),
        LogLine.record_id.is_(None), LogLine.at > since,
    )  # fmt: skip
    approved = select(func.sum(ApprovalRequest.row_count)).where(
        ApprovalRequest.asked_by_id == user.id,
        ApprovalRequest.kind == ApprovalKind.EXPORT,
        ApprovalRequest.used_at > since,
    )
    return max(0, (db.session.scalar(taken) or 0) - (db.session.scalar(approved) or 0))


def admins() -> Sequence[User]:
    """Return the admins of the house whose accounts are open."""
    of_house = select(Grant.user_id).where(
        Grant.role == Role.ADMIN, Grant.congress_id.is_(None), Grant.campaign_id.is_(None), Grant.standing()
    )
    is_open = (User.deactivated_at.is_(None), User.removed_at.is_(None), User.password_hash.is_not(None))
    return db.session.scalars(select(User).where(User.id.in_(of_house), *is_open).order_by(User.id)).all()
