"""What hangs on a person and is removed with her, and where else she is recorded."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.congress.delegations import Delegate
from app.models.people.interactions import Interaction
from app.models.people.people import Participation, Person
from app.models.removing import REMOVED
from app.models.travel.journeys import Journey, Leg, Traveler
from app.models.travel.problems import InformedEntity, RouteProblem
from app.queries.dependents import count_in_scope
from app.queries.lookup import count, removed_lately, restorable

Where = tuple[int | None, int | None]
"""The ids of a congress and of a campaign; one of them is None."""
_REASON = "whether a person may be removed depends on everything that she takes part in"
_PARTICIPATIONS = selectinload(Person.participations)


def get_restorable(person_id: int) -> Person:
    """Return a person with her participations, also if she was removed and can still be restored."""
    return restorable(Person, Person.id == person_id, options=(_PARTICIPATIONS,))


def listing() -> Sequence[Person]:
    """Return the removed people who can be restored, latest first."""
    return removed_lately(Person, options=(_PARTICIPATIONS,))


def everywhere(person_id: int) -> set[Where]:
    """Return every congress and campaign that a person takes part in or has a seat at, also out of scope or removed."""
    own, seats = Participation.__table__.c, Delegate.__table__.c
    taken = select(own.congress_id, own.campaign_id).where(own.person_id == person_id)
    seated = select(seats.congress_id).where(seats.person_id == person_id)
    found = db.session.execute(taken.execution_options(unscoped=_REASON)).all()
    congresses = db.session.scalars(seated.execution_options(unscoped=_REASON)).all()
    return {(row[0], row[1]) for row in found} | {(congress_id, None) for congress_id in congresses}


def seats_of(person_id: int) -> Sequence[Delegate]:
    """Return a person's seats in scope, also those in removed delegations."""
    seats = select(Delegate).where(Delegate.person_id == person_id).order_by(Delegate.id)
    return db.session.scalars(seats.options(joinedload(Delegate.delegation)), execution_options=REMOVED).all()


def head_of(delegation_id: int, apart_from: Delegate) -> Delegate | None:
    """Return the head of a delegation who is not `apart_from`."""
    heads = select(Delegate).where(Delegate.delegation_id == delegation_id, Delegate.is_head)
    others = heads.where(Delegate.id != apart_from.id).limit(1)
    return db.session.scalars(others, execution_options=REMOVED).first()


def dependents_of(person: Person) -> Counter[str]:
    """Return the number of records in scope that are removed with a person, of each kind that people know."""
    seated = select(Delegate.id).where(Delegate.person_id == person.id)
    alone = (
        select(Journey.id)
        .where(Journey.travelers.any(Traveler.delegate_id.in_(seated)))
        .where(~Journey.travelers.any(Traveler.delegate_id.not_in(seated)))
    )
    about = InformedEntity.delegate_id.in_(seated) | InformedEntity.leg_id.in_(
        select(Leg.id).where(Leg.journey_id.in_(alone))
    )
    counts = count_in_scope(person)
    next_steps = FollowUp.interaction_id.in_(select(Interaction.id).where(Interaction.person_id == person.id))
    concerning = next_steps | (FollowUp.person_id == person.id)
    counts["open_actions"] = count(FollowUp, concerning, FollowUp.status.in_(OPEN_STATUSES))
    counts["legs"] = count(Leg, Leg.journey_id.in_(alone))
    counts["own_problems"] = count(
        RouteProblem,
        RouteProblem.informed_entities.any(about),
        ~RouteProblem.informed_entities.any(about.is_not(True)),
    )
    return counts
