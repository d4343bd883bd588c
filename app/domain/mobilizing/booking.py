"""Keeps a shift from having more takers than it needs, and a person from having two shifts at once.

Whoever gives out places locks the shifts and then the people, each in the order of their ids. Of two transactions that
would together give out too much, the second waits for the first, and then sees what it did.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select

from app.domain_errors import DomainError
from app.extensions import db
from app.models.mobilizing.shifts import Shift, ShiftPlace
from app.models.people.people import Person
from app.models.scoping import in_every_scope
from app.queries.mobilizing import shifts
from app.text import N_


def lock(rows: Iterable[Shift], person_ids: Iterable[int]) -> None:
    """Lock shifts and people until the transaction ends, and load the places of the shifts again."""
    loaded = list(rows)
    ids = sorted({shift.id for shift in loaded})
    with in_every_scope():
        db.session.scalars(select(Shift.id).where(Shift.id.in_(ids)).order_by(Shift.id).with_for_update()).all()
        people = select(Person.id).where(Person.id.in_(set(person_ids))).order_by(Person.id)
        db.session.scalars(people.with_for_update(of=Person)).all()
    for shift in loaded:
        db.session.refresh(shift, ["places"])
        for place in shift.places:
            db.session.refresh(place, ["status"])


def refuse_full(shift: Shift) -> None:
    """Raise DomainError if a locked shift has all the people that it needs."""
    if shifts.held_in(shift.id) >= shift.needed:
        raise DomainError(None, N_("All places in this shift are taken."))


def refuse_double(
    places: Collection[ShiftPlace], starts_at: datetime, ends_at: datetime, field: str | None = None
) -> None:
    """Raise DomainError if someone who has one of the places, and is locked, has another one at that time.

    Shifts of every brigade count, also of campaigns that the reader may not see; so the error does not name them.
    """
    refuse_busy([place.member.person for place in places], starts_at, ends_at, [place.id for place in places], field)


def refuse_busy(
    people: Collection[Person],
    starts_at: datetime,
    ends_at: datetime,
    besides: Collection[int] = (),
    field: str | None = None,
) -> None:
    """Raise DomainError if one of some people has a place at that time, apart from those with the ids."""
    with in_every_scope():
        taken = {
            one.member.person_id
            for one in shifts.places_at([one.id for one in people], starts_at, ends_at, besides=besides)
        }
    busy = sorted({person.given_name for person in people if person.id in taken})
    if busy:
        raise DomainError(
            field, N_("Another shift at the same time has already been taken: %(names)s."), names=", ".join(busy)
        )
