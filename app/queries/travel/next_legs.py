"""The leg of a delegation that is most likely to be recorded next."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.geography.sphere import distance_km
from app.models.congress.congresses import Congress
from app.models.travel.journeys import Direction, Journey, Leg
from app.models.travel.places import Place
from app.queries.travel import network
from app.queries.travel.places import BESIDE_KM
from app.text import plain


@dataclass(frozen=True, slots=True)
class NextLeg:
    """The likely origin and direction of a leg."""

    direction: Direction
    party: Journey | None
    """The separate itinerary that the leg belongs to; None for the common journey."""
    origin: Place | None


def next_leg(congress: Congress, journeys: Sequence[Journey], wanted: str | None) -> NextLeg:
    """Return the leg after the last one: outbound until it reaches the congress, then homebound.

    `wanted` is the id of a separate itinerary or a direction, as the leg form sends it.
    """
    party = next((one for one in journeys if one.travelers and str(one.id) == wanted), None)
    out = _legs(party if party and party.direction is Direction.OUT else _common(journeys, Direction.OUT))
    arrived = bool(out) and is_at(congress, out[-1].destination)
    if party is not None and not (party.direction is Direction.OUT and arrived):
        return NextLeg(party.direction, party, _end(_legs(party)) or _start_of_return(party, out))
    back_party = return_of(journeys, party) if party else None
    back = _legs(back_party or _common(journeys, Direction.BACK))
    if wanted == Direction.BACK or arrived or (back and not out):
        return NextLeg(Direction.BACK, back_party, _end(back) or _end(out))
    return NextLeg(Direction.OUT, None, _end(out))


def is_at(congress: Congress, place: Place) -> bool:
    """Return whether a place counts as arrival: it is the town of the congress or near it."""
    if place.country != congress.country:
        return False
    if plain(place.name) == plain(congress.locality):
        return True
    town = network.destination(congress)
    return bool(town and town.point and place.point and distance_km(town.point, place.point) <= BESIDE_KM)


def return_of(journeys: Sequence[Journey], out: Journey) -> Journey | None:
    """Return the homebound journey with the same travelers as an outbound one, if there is one."""
    people = {one.delegate_id for one in out.travelers}
    homeward = (one for one in journeys if one.direction is Direction.BACK)
    return next((one for one in homeward if {each.delegate_id for each in one.travelers} == people), None)


def to_turn_around(journeys: Sequence[Journey]) -> set[int]:
    """Return the ids of outbound journeys with legs whose homebound journey has none."""
    outward = [one for one in journeys if one.direction is Direction.OUT and _legs(one)]
    return {one.id for one in outward if not _legs(return_of(journeys, one))}


def _common(journeys: Sequence[Journey], direction: Direction) -> Journey | None:
    return next((one for one in journeys if one.direction is direction and not one.travelers), None)


def _legs(journey: Journey | None) -> list[Leg]:
    """Return the legs of a journey that are not lost."""
    return [leg for leg in journey.legs if not leg.is_lost] if journey else []


def _end(legs: list[Leg]) -> Place | None:
    return legs[-1].destination if legs else None


def _start_of_return(party: Journey, out: list[Leg]) -> Place | None:
    return _end(out) if party.direction is Direction.BACK else None
