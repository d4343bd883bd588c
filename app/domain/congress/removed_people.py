"""Removing people, with their seats in delegations and everything that hangs on them, and restoring them."""

from collections.abc import Callable

from app.domain.accounts import removals
from app.domain.actions import handing_back
from app.domain.mail import deliveries
from app.domain.travel import impact
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.people.people import Person
from app.queries.congress import removed_people
from app.text import N_

MayEdit = Callable[[int | None, int | None], bool]
"""Whether a user may edit the people of a congress or campaign, given by their ids, or of neither."""


def check_removable(person: Person, may_edit: MayEdit) -> None:
    """Raise DomainError if a person takes part in something whose people the user may not edit.

    She would disappear there too, from the delegations and lists of others.
    """
    where = removed_people.everywhere(person.id) or {(None, None)}
    if not all(may_edit(*one) for one in where):
        raise DomainError(
            None,
            N_(
                "This person also takes part in a congress or campaign that you do not work on, and would disappear there too."
            ),
        )


def remove(person: Person, *, by: User | None, may_edit: MayEdit) -> None:
    """Remove a person with everything that depends on her; her unsent emails are withdrawn, and her actions handed back.

    Raises DomainError as `check_removable` does.
    """
    check_removable(person, may_edit)
    seats = removed_people.seats_of(person.id)
    if by is not None:
        handing_back.hand_back_of(person, by=by)
    removals.remove(person, by=by)
    if person.removed_at is not None:
        deliveries.withdraw_removed(person.removed_at)
    for seat in seats:
        impact.settle(seat.congress_id, delegation_id=seat.delegation_id)


def bring_back(person: Person, *, may_edit: MayEdit) -> None:
    """Restore a removed person as she was, except that she does not replace a head who was named meanwhile.

    The problems that affect her delegations are determined again. Raises DomainError as `check_removable` does.
    """
    check_removable(person, may_edit)
    removed_at = person.removed_at
    if removed_at is None:
        return
    removals.bring_back(person)
    deliveries.requeue_restored(removed_at)
    for seat in removed_people.seats_of(person.id):
        if seat.is_head and removed_people.head_of(seat.delegation_id, apart_from=seat) is not None:
            seat.is_head = False
        db.session.flush()
        impact.settle(seat.congress_id, delegation_id=seat.delegation_id)


def sweep() -> None:
    """Delete people who were removed too long ago to be restored."""
    removals.forget_whole(Person)
