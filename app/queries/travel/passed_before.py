"""Who has crossed a border before, on the journeys of the same congress."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.congress.delegations import Delegate
from app.models.people.people import Person
from app.models.travel.check_ins import Answer, GivenAnswer
from app.models.travel.journeys import Journey, Leg, LegStatus
from app.models.travel.places import Mode
from app.queries.travel import parties
from app.queries.travel.on_the_way import Border

MOST_LEGS = 20
"""How many of the latest legs over a border are looked at."""
_AFTER = timedelta(hours=48)
"""An answer is taken to be about a border if it was given up to this long after the leg."""
_ON_THE_GROUND = (Mode.ROAD, Mode.RAIL, Mode.FOOT, Mode.RIVER)


@dataclass(frozen=True, slots=True)
class Before:
    """The last journeys over a border."""

    arrived_at: datetime | None
    """When the last of them arrived; None if nobody has reported it."""
    delegate_ids: tuple[int, ...]
    """Who was on them, the latest first."""
    answer: Answer | None
    """What the last of them who was asked, or called, answered then."""
    answered_at: datetime | None


NOBODY = Before(None, (), None, None)


def before(congress_id: int, border: Border, *, but: Collection[int] = ()) -> Before:
    """Return who has crossed a border in either direction, and arrived; `but` are delegates who do not count.

    Nothing is told of people at risk, not even that somebody has passed.
    """
    legs = _legs(congress_id, border)
    if not legs:
        return NOBODY
    known = parties.of(congress_id, {leg.journey.delegation_id for leg in legs})
    at_risk = select(Delegate.id).join(Person, Person.id == Delegate.person_id)
    hidden = set(db.session.scalars(at_risk.where(Delegate.congress_id == congress_id, Person.is_at_risk)))
    counted = [
        (leg, there - hidden)
        for leg in legs
        if (there := known.aboard(leg.journey.id, leg.journey.delegation_id, leg.journey.direction)) - hidden
        and not there & set(but)
    ]
    if not counted:
        return NOBODY
    given = _answer(*counted[0])
    return Before(
        arrived_at=counted[0][0].arrives_at,
        delegate_ids=tuple(dict.fromkeys(one for _leg, there in counted for one in sorted(there))),
        answer=given.answer if given else None,
        answered_at=given.given_at if given else None,
    )


def reachable(delegate_ids: Sequence[int]) -> list[Person]:
    """Return the people behind delegates, in the same order, each once."""
    wanted = select(Delegate).where(Delegate.id.in_(delegate_ids))
    wanted = wanted.options(joinedload(Delegate.person).selectinload(Person.contact_details))
    people = {one.id: one.person for one in db.session.scalars(wanted).unique()}
    return list(dict.fromkeys(people[one] for one in delegate_ids if one in people))


def _legs(congress_id: int, border: Border) -> Sequence[Leg]:
    """Return the latest legs over a border that have arrived."""
    done = select(Leg).join(Journey, Journey.id == Leg.journey_id)
    done = done.where(Leg.congress_id == congress_id, Leg.status == LegStatus.DONE, _over(border))
    done = done.options(joinedload(Leg.journey), selectinload(Leg.crossing))
    return db.session.scalars(done.order_by(Leg.arrives_at.desc(), Leg.id.desc()).limit(MOST_LEGS)).unique().all()


def _over(border: Border) -> ColumnElement[bool]:
    """Return the condition for legs over the same crossing, into the same airport, or over the same land border."""
    there = Leg.origin.has(country=border.left) & Leg.destination.has(country=border.entered)
    back = Leg.origin.has(country=border.entered) & Leg.destination.has(country=border.left)
    if border.crossing:
        post = border.crossing.place_id or 0
        at_the_post = or_(Leg.origin_id == post, Leg.destination_id == post)
        return or_(Leg.crossing_id == border.crossing.id, and_(at_the_post, or_(there, back)))
    if border.at is not None:
        return (Leg.destination_id == border.at.id) & ~Leg.origin.has(country=border.entered)
    return Leg.mode.in_(_ON_THE_GROUND) & or_(there, back)


def _answer(leg: Leg, aboard: Collection[int]) -> GivenAnswer | None:
    """Return the last answer of those who were on a leg, given while they traveled or soon after."""
    given = select(GivenAnswer).where(
        GivenAnswer.delegate_id.in_(aboard), GivenAnswer.given_at.between(leg.departs_at, leg.arrives_at + _AFTER)
    )
    return db.session.scalars(given.order_by(GivenAnswer.given_at.desc(), GivenAnswer.id.desc()).limit(1)).first()
