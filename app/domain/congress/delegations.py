"""Delegations and delegates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import select

from app import clock
from app.domain.accounts import audit, removals
from app.domain.mail import deliveries
from app.domain.travel import impact, parties
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.congress.congresses import Congress
from app.models.congress.delegations import LEAST_SEATS, MOST_SEATS, Capacity, Delegate, Delegation, DelegationStatus
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.travel.places import Place
from app.models.travel.problems import RouteProblem
from app.text import N_

SEATS_OUT_OF_RANGE = N_("Enter between %(least)s and %(most)s seats.")


class DelegationValues(TypedDict):
    """What a person records about a delegation."""

    organization: Organization
    country: str
    origin: Place | None
    """The place it travels from, if it is known."""
    seats: int
    status: DelegationStatus
    reason: str | None
    problem: RouteProblem | None
    """The route problem that prevents it from attending, if there is one."""


def create(congress: Congress, values: DelegationValues) -> Delegation:
    """Record a delegation to a congress."""
    _check(values)
    delegation = Delegation(congress_id=congress.id, created_at=clock.now(), status=values["status"])
    _write(delegation, values)
    db.session.add(delegation)
    db.session.flush()
    audit.note(delegation, "recorded", {}, _facts(delegation))
    return delegation


def update(delegation: Delegation, values: DelegationValues) -> None:
    """Change what is recorded."""
    _check(values)
    with audit.changing(delegation, _facts):
        _write(delegation, values)


def set_status(
    delegation: Delegation, status: DelegationStatus, reason: str | None = None, problem: RouteProblem | None = None
) -> None:
    """Set the status of a delegation."""
    _check_reason(status, reason)
    with audit.changing(delegation, _facts):
        delegation.status, delegation.reason = status, reason
        _note_absence(delegation, problem)


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A person to add to a delegation, and in what capacity."""

    person: Person
    capacity: Capacity
    is_head: bool


def add_delegate(delegation: Delegation, person: Person, *, capacity: Capacity, is_head: bool) -> Delegate:
    """Add a person to a delegation; a new head replaces the previous one."""
    return add_delegates(delegation, [NewSeat(person, capacity, is_head)])[0]


def add_delegates(delegation: Delegation, seats: Sequence[NewSeat]) -> list[Delegate]:
    """Add several people to a delegation; of several new heads, the last one remains head."""
    delegates = [_seat(delegation, seat) for seat in seats]
    db.session.expire(delegation, ["delegates"])
    impact.settle(delegation.congress_id, delegation_id=delegation.id)
    return delegates


def _seat(delegation: Delegation, seat: NewSeat) -> Delegate:
    seated = select(Delegate.id).where(Delegate.delegation_id == delegation.id, Delegate.person_id == seat.person.id)
    if db.session.scalar(seated) is not None:
        raise DomainError("person", N_("This person is already in the delegation."))
    if seat.is_head:
        for other in db.session.scalars(select(Delegate).where(Delegate.delegation_id == delegation.id)):
            other.is_head = False
    delegate = Delegate(
        congress_id=delegation.congress_id,
        delegation_id=delegation.id,
        person_id=seat.person.id,
        capacity=seat.capacity,
        is_head=seat.is_head,
    )
    db.session.add(delegate)
    db.session.flush()
    return delegate


def remove_delegate(delegate: Delegate) -> None:
    """Remove a person from a delegation; the person stays recorded."""
    congress_id, delegation_id = delegate.congress_id, delegate.delegation_id
    parties.leave_parties(delegate)
    db.session.delete(delegate)
    db.session.flush()
    impact.settle(congress_id, delegation_id=delegation_id)


def remove(delegation: Delegation, *, by: User | None) -> None:
    """Remove a delegation with its dependents; unsent emails about it are withdrawn."""
    removals.remove(delegation, by=by)
    if delegation.removed_at is not None:
        deliveries.withdraw_removed(delegation.removed_at)


def bring_back(delegation: Delegation) -> None:
    """Restore a removed delegation; the problems that affect it are determined again."""
    removed_at = delegation.removed_at
    if removed_at is None:
        return
    removals.bring_back(delegation)
    deliveries.requeue_restored(removed_at)
    impact.settle(delegation.congress_id, delegation_id=delegation.id)


def sweep() -> None:
    """Delete delegations that were removed too long ago to be restored."""
    removals.forget_whole(Delegation)


def renew_link(delegate: Delegate) -> None:
    """Invalidate the personal links that a delegate has received so far."""
    delegate.link_number += 1
    db.session.flush()


def _write(delegation: Delegation, values: DelegationValues) -> None:
    delegation.organization, delegation.country = values["organization"], values["country"]
    delegation.origin = values["origin"]
    delegation.seats, delegation.status, delegation.reason = values["seats"], values["status"], values["reason"]
    _note_absence(delegation, values["problem"])


def _note_absence(delegation: Delegation, problem: RouteProblem | None) -> None:
    """Record since when, and because of which problem, it cannot attend, while that is the case."""
    if delegation.status is not DelegationStatus.UNABLE_TO_ATTEND:
        delegation.unable_since = delegation.problem_id = None
        return
    delegation.unable_since = delegation.unable_since or clock.now()
    delegation.problem_id = problem.id if problem else None


def _facts(delegation: Delegation) -> audit.Facts:
    return {
        "organization": delegation.organization.name, "status": delegation.status, "reason": delegation.reason, "seats": delegation.seats,
        "country": delegation.country, "origin": delegation.origin.label if delegation.origin else None, "problem_id": delegation.problem_id,
    }  # fmt: skip


def _check(values: DelegationValues) -> None:
    if not LEAST_SEATS <= values["seats"] <= MOST_SEATS:
        raise DomainError("seats", SEATS_OUT_OF_RANGE, least=LEAST_SEATS, most=MOST_SEATS)
    check_origin(values["country"], values["origin"])
    _check_reason(values["status"], values["reason"])


def check_origin(country: str, origin: Place | None) -> None:
    """Raise DomainError if a place of departure is not in the country that a delegation travels from."""
    if origin is not None and origin.country != country:
        raise DomainError("origin", N_("This place is not in the country that the delegation travels from."))


def _check_reason(status: DelegationStatus, reason: str | None) -> None:
    if status == DelegationStatus.UNABLE_TO_ATTEND and not reason:
        raise DomainError("reason", N_("Enter why it cannot attend. The reason is kept for the congress’s records."))
