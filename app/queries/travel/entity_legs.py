"""How each kind of informed entity finds the legs that use it, and when they are there.

Every way follows an index: from the entity to the places, carriers or people, and from there to the legs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, func, or_, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.dialects import rarely
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.people import Person
from app.models.travel.journeys import Journey, Leg, Passage, Traveler
from app.models.travel.places import Carrier, Crossing, Mode, Place
from app.models.travel.problems import EntityKind, InformedEntity

_E = InformedEntity
Statement = Select[Any]
CONGRESS = bindparam("congress", type_=Integer)
"""The id of the congress: a parameter, because a join would make SQLite read all legs."""
OVER_LAND = (Mode.RAIL, Mode.ROAD, Mode.RIVER, Mode.FOOT)
"""Modes that cross a land border; air and sea have their own points of entry."""
ON_ROADS = (Mode.ROAD, Mode.FOOT)
AT_PLACE, IN_AREA = timedelta(minutes=15), timedelta(hours=2)
"""How long a leg is taken to be at the place where it begins or ends, and in the country or region of that place."""


@dataclass(frozen=True, eq=False)
class Presence:
    """When a leg is where the entity is: during all of it, or only around its departure or arrival.

    There are few, each made once, so they are compared by identity.
    """

    end: str = ""
    """`origin` or `destination`; empty for all of the leg."""
    lasts: timedelta = AT_PLACE
    within: str = ""
    """The column of places that names the area; a leg with both ends in one area is there all the time."""
    only_vessels: bool = False
    """Whether it holds only for flights and ships. Where a leg over land is at which time is not known."""


THROUGHOUT = Presence()


def joined(statement: Statement, match: ColumnElement[bool]) -> Statement:
    """Join the legs for which `match` holds."""
    return statement.join(Leg, match)


def _at_place(
    end: InstrumentedAttribute[int], match: ColumnElement[bool], *more: ColumnElement[bool]
) -> Callable[[Statement], Statement]:
    """Match legs that begin or end at a place for which `match` holds: few of the world's places have legs at all."""
    return lambda statement: joined(statement.join(Place, rarely(match)), end == Place.id).where(*more)


def _byjoined(match: ColumnElement[bool]) -> Callable[[Statement], Statement]:
    return lambda statement: joined(statement, match)


def _by_carriers(match: ColumnElement[bool]) -> Callable[[Statement], Statement]:
    return lambda statement: joined(statement.join(Carrier, match), Leg.carrier_id == Carrier.id)


def _at_crossing(end: InstrumentedAttribute[int]) -> Callable[[Statement], Statement]:
    return lambda statement: joined(statement.join(Crossing, Crossing.id == _E.crossing_id), end == Crossing.place_id)


def _over_border(statement: Statement) -> Statement:
    origin, destination = aliased(Place), aliased(Place)
    out = and_(
        origin.country == _E.country, func.coalesce(_E.other_country, destination.country) == destination.country
    )
    back = and_(destination.country == _E.country, func.coalesce(_E.other_country, origin.country) == origin.country)
    found = joined(statement, and_(Leg.congress_id == CONGRESS, Leg.mode.in_(OVER_LAND)))
    found = found.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    return found.where(origin.country != destination.country, or_(out, back))


def _over_recorded_border(statement: Statement) -> Statement:
    """Match legs whose recorded crossing lies on the border, whatever their ends are."""
    near, far = aliased(Place), aliased(Place)
    one = and_(near.country == _E.country, func.coalesce(_E.other_country, far.country) == far.country)
    other = and_(far.country == _E.country, func.coalesce(_E.other_country, near.country) == near.country)
    found = joined(statement, and_(Leg.congress_id == CONGRESS, Leg.mode.in_(OVER_LAND)))
    found = found.join(Crossing, Crossing.id == Leg.crossing_id).join(near, near.id == Crossing.near_id)
    return found.join(far, far.id == Crossing.far_id).where(or_(one, other))


def _passing(match: ColumnElement[bool]) -> Callable[[Statement], Statement]:
    """Match legs that pass through the country between their ends."""
    return lambda statement: joined(
        statement.join(Passage, Passage.country == _E.country), and_(Leg.id == Passage.leg_id, match)
    )


def _by_mode(statement: Statement) -> Statement:
    origin, destination = aliased(Place), aliased(Place)
    found = joined(statement, and_(Leg.congress_id == CONGRESS, Leg.mode == _E.mode))
    found = found.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    return found.where(or_(_E.country.is_(None), origin.country == _E.country, destination.country == _E.country))


def _refused(statement: Statement) -> Statement:
    """Match legs that enter the country from another one, with a traveler of the refused nationality."""
    origin, destination = aliased(Place), aliased(Place)
    found = joined(
        statement.join(destination, destination.country == _E.country), Leg.destination_id == destination.id
    ).join(origin, and_(origin.id == Leg.origin_id, origin.country != _E.country))
    return _with_refused(found)


def _with_refused(found: Statement) -> Statement:
    """Match legs with a traveler of the refused nationality, by default the delegation's."""
    is_national = Person.nationality_digest == _E.nationality_digest
    is_taken_for_one = and_(Person.nationality_digest.is_(None), Delegation.country == _E.nationality)
    return (
        found.join(Journey, Journey.id == Leg.journey_id)
        .join(Delegation, Delegation.id == Journey.delegation_id)
        .join(Delegate, Delegate.delegation_id == Delegation.id)
        .join(Person, Person.id == Delegate.person_id)
        .where(or_(is_national, is_taken_for_one), _aboard())
    )


def _of_person(statement: Statement) -> Statement:
    found = statement.join(Delegate, Delegate.id == _E.delegate_id)
    found = found.join(Journey, Journey.delegation_id == Delegate.delegation_id)
    return found.join(Leg, Leg.journey_id == Journey.id).where(_aboard())


def _aboard() -> ColumnElement[bool]:
    """Return the condition that the delegate travels on the journey (see Journey)."""
    other, there = aliased(Journey), aliased(Traveler)
    named_here = exists().where(Traveler.journey_id == Journey.id, Traveler.delegate_id == Delegate.id)
    names_any = exists().where(Traveler.journey_id == Journey.id)
    named_there = exists().where(
        there.delegate_id == Delegate.id,
        there.journey_id == other.id,
        other.delegation_id == Journey.delegation_id,
        other.direction == Journey.direction,
    )
    return or_(named_here, and_(~names_any, ~named_there))


Make = Callable[[Statement], Statement]
Way = tuple[Make, Presence, ColumnElement[bool] | None]
"""How a statement is made, when the legs are there, and whether that is known, if it is not always."""


def _always(make: Make) -> Way:
    return make, THROUGHOUT, None


def _through(match: ColumnElement[bool], then: Make = lambda statement: statement) -> Way:
    """Return the way to find the legs that pass through the country, for sure only at a recorded crossing."""
    return (lambda statement: then(_passing(match)(statement))), THROUGHOUT, Passage.recorded == true()


def _in_area(within: str, match: ColumnElement[bool], *more: ColumnElement[bool]) -> list[Way]:
    return [
        (_at_place(end, match, *more), Presence(name, IN_AREA, within, only_vessels=True), None)
        for name, end in (("origin", Leg.origin_id), ("destination", Leg.destination_id))
    ]


_LEAVES, _ARRIVES = Presence("origin"), Presence("destination")
_ENTERS = Presence("destination", only_vessels=True)
BY_KIND: dict[EntityKind, list[Way]] = {
    EntityKind.COUNTRY_AIRSPACE: _in_area("country", Place.country == _E.country, Leg.mode == Mode.AIR),
    EntityKind.FIR: _in_area("fir", Place.fir == _E.fir, Leg.mode == Mode.AIR),
    EntityKind.COUNTRY: [*_in_area("country", Place.country == _E.country), _through(true())],
    EntityKind.BORDER: [_always(_over_border), _always(_over_recorded_border)],
    EntityKind.CROSSING: [
        _always(_byjoined(Leg.crossing_id == _E.crossing_id)),
        (_at_crossing(Leg.origin_id), _LEAVES, None), (_at_crossing(Leg.destination_id), _ARRIVES, None),
    ],
    EntityKind.PLACE: [
        (_byjoined(Leg.origin_id == _E.place_id), _LEAVES, None),
        (_byjoined(Leg.destination_id == _E.place_id), _ARRIVES, None),
    ],
    EntityKind.ROAD: [
        _always(_byjoined(and_(Leg.origin_id == start, Leg.destination_id == end, Leg.mode.in_(ON_ROADS))))
        for start, end in ((_E.place_id, _E.other_place_id), (_E.other_place_id, _E.place_id))
    ],
    EntityKind.MODE: [_always(_by_mode), _through(Leg.mode == _E.mode)],
    EntityKind.CARRIER: [
        _always(_byjoined(Leg.carrier_key == _E.carrier_key)),
        _always(_byjoined(and_(_E.carrier_id.is_not(None), Leg.carrier_id == _E.carrier_id))),
    ],
    EntityKind.ALLIANCE: [_always(_by_carriers(Carrier.alliance == _E.carrier))],
    EntityKind.CARRIERS_OF: [_always(_by_carriers(Carrier.country == _E.country))],
    EntityKind.NATIONALITY: [(_refused, _ENTERS, None), _through(true(), _with_refused)],
    EntityKind.LEG: [_always(_byjoined(Leg.id == _E.leg_id))],
    EntityKind.PERSON: [_always(_of_person)],
}  # fmt: skip
