"""Two persons where the house says so: what one admin asks for, another one approves or refuses."""

from datetime import datetime

from sqlalchemy import update

from app import clock
from app.domain.accounts import accounts, house, notices
from app.domain.accounts.exports import OF_PEOPLE
from app.domain.updates import changes_one
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Grant, Role, User
from app.models.accounts.approvals import KEPT_FOR, MANY_PEOPLE, ApprovalKind, ApprovalRequest, Decision
from app.models.accounts.house import CrossingRule, Rule
from app.queries.accounts import approvals as approval_queries
from app.queries.accounts import house as house_queries
from app.text import N_


def grant_or_ask(
    user: User, role: Role, *, by: User, ends_at: datetime | None, congress_id: int | None = None,
    campaign_id: int | None = None,
) -> Grant | ApprovalRequest:  # fmt: skip
    """Grant a role; one on the whole house is asked for if the house wants two admins for it."""
    if congress_id is not None or campaign_id is not None or Rule.GRANTS not in house_queries.rules():
        return accounts.grant(user, role, by=by, ends_at=ends_at, congress_id=congress_id, campaign_id=campaign_id)
    return _ask(ApprovalRequest(
        kind=ApprovalKind.GRANT, asked_by_id=by.id, user_id=user.id, role=role, ends_at=ends_at,
    ))  # fmt: skip


def needs_two(people: int, *, by: User | None = None) -> bool:
    """Whether a file with so many people needs a second admin; together with what the account downloaded lately, if given."""
    if Rule.EXPORTS not in house_queries.rules():
        return False
    lately = approval_queries.downloaded_lately(by, sorted(OF_PEOPLE)) if by else 0
    return people + lately > MANY_PEOPLE


def ask_for_export(what: str, row_count: int, *, by: User) -> ApprovalRequest:
    """Ask for a file of a list."""
    return _ask(ApprovalRequest(kind=ApprovalKind.EXPORT, asked_by_id=by.id, what=what, row_count=row_count))


def needs_two_to_erase() -> bool:
    """Whether erasing a person needs a second admin."""
    return Rule.ERASURES in house_queries.rules()


def ask_for_erasure(what: str, *, by: User) -> ApprovalRequest:
    """Ask for erasing a person, given by the address of the page on which it is done."""
    return _ask(ApprovalRequest(kind=ApprovalKind.ERASURE, asked_by_id=by.id, what=what))


def use(request: ApprovalRequest) -> bool:
    """Use an approved request for a file; only once."""
    unused = update(ApprovalRequest).where(ApprovalRequest.id == request.id, ApprovalRequest.used_at.is_(None))
    return changes_one(unused.values(used_at=clock.now()))


def set_rules(rules: set[Rule], *, by: User) -> ApprovalRequest | None:
    """Set what needs two admins. More rules count at once; for fewer, another admin has to approve.

    Raises DomainError on `rules` if there is nobody who could approve.
    """
    now = house_queries.rules()
    if rules - now and len(approval_queries.admins()) < 2:
        raise DomainError(
            "rules", N_("There is only one admin of the house, so nobody could approve. Add a second one first.")
        )
    if rules - now:
        house.set_rules(now | rules)
    if not now - rules:
        return None
    return _ask(ApprovalRequest(kind=ApprovalKind.RULE, asked_by_id=by.id, rules=sorted(now & rules)))


def set_crossing_rule(rule: CrossingRule, *, by: User) -> ApprovalRequest | None:
    """Set who decides on crossings. That one person is enough is asked for if the house wants two admins for roles."""
    now = house_queries.crossing_rule()
    if now is CrossingRule.TWO_PEOPLE and rule is not now and Rule.GRANTS in house_queries.rules():
        rules = sorted(house_queries.rules())
        return _ask(ApprovalRequest(kind=ApprovalKind.RULE, asked_by_id=by.id, rules=rules, what=rule.value))
    house.set_crossing_rule(rule)
    return None


def approve(request: ApprovalRequest, *, by: User) -> None:
    """Approve a request: a role is granted and a rule ends at once; a file can be made, or a person erased, for a day."""
    if _decide(request, Decision.APPROVED, by):
        if request.kind is ApprovalKind.GRANT and request.user is not None and request.role is not None:
            accounts.grant(request.user, request.role, by=request.asked_by, ends_at=request.ends_at)
        if request.crossing_rule is not None:
            house.set_crossing_rule(request.crossing_rule)
        elif request.kind is ApprovalKind.RULE:
            house.set_rules({Rule(one) for one in request.rules})
        notices.approval_decided(request)


def refuse(request: ApprovalRequest, *, by: User) -> None:
    """Refuse a request."""
    if _decide(request, Decision.REFUSED, by):
        notices.approval_decided(request)


def withdraw(request: ApprovalRequest, *, by: User) -> None:
    """Take a request back, as who asked for it."""
    if request.asked_by_id != by.id:
        raise DomainError(None, N_("Only who asked for this can take it back."))
    if request.decision is None:
        db.session.delete(request)
        db.session.flush()


def _ask(asked: ApprovalRequest) -> ApprovalRequest:
    """Store a request and tell the other admins; one that asks for the same and waits is kept instead."""
    asked.rules = asked.rules or []
    waiting = approval_queries.waiting_like(asked)
    if waiting is not None:
        return waiting
    asked.asked_at = clock.now()
    db.session.add(asked)
    db.session.flush()
    for admin in approval_queries.admins():
        if admin.id not in (asked.asked_by_id, asked.user_id):
            notices.approval_asked(asked, admin)
    return asked


def _decide(request: ApprovalRequest, decision: Decision, by: User) -> bool:
    """Record a decision, unless there is one; return whether it counts."""
    if by.id in (request.asked_by_id, request.user_id):
        raise DomainError(None, N_("Another admin has to approve this."))
    if request.decision is None and request.asked_at < clock.now() - KEPT_FOR:
        raise DomainError(None, N_("This was asked too long ago. It has to be asked for again."))
    waits = update(ApprovalRequest).where(ApprovalRequest.id == request.id, ApprovalRequest.decision.is_(None))
    decided = changes_one(waits.values(decision=decision, decided_by_id=by.id, decided_at=clock.now()))
    db.session.refresh(request)
    return decided
