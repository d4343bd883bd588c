"""Whether ways through the observed world use anything closed, unverified or avoided, and whether all are worth showing.

What is checked is written here once more, without the engine's own tables of closed edges and comparisons of routes.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from app.domain.travel.places import network_changed
from app.extensions import db
from app.geography.sphere import Point, distance_km
from app.models.travel.places import Crossing
from app.queries.travel import network
from app.routing.closures import Closure, Period
from app.routing.network import WAYS, Network
from app.routing.search import find
from app.routing.walk import Step
from app.routing.wishes import Wish
from benchmarks import Case, ground
from benchmarks.travel_cases import declaring, situations

ORIGINS = 4
"""From how many towns to ask in each random situation."""
TRANSFER_KM = 40.0
"""A closed mode `road` does not close roads up to this length."""
_LAND = {"rail", "road", "river", "foot"}


@dataclass(frozen=True, slots=True)
class _Hop:
    """A step in plain terms."""

    mode: str
    ends: tuple[int, int]
    points: tuple[Point, Point]
    countries: tuple[str, str]
    crossing: int
    km: float
    departs_at: datetime
    arrives_at: datetime


@dataclass(frozen=True, slots=True)
class _Chance:
    """A random situation."""

    closures: tuple[Closure, ...]
    avoided: frozenset[str]


def cases(quick: bool) -> list[Case]:
    """Count what is wrong in random situations, in a database that `situations.load` has filled."""
    asked = 2 if quick else 40
    verified = _verify_half()
    net, towns = network.world(), _towns()
    chance = random.Random(13)  # noqa: S311 -- made-up situations, the same each time
    unsound = pointless = ways = 0
    for _ in range(asked):
        goal, *origins = chance.sample(towns, ORIGINS + 1)
        one = _situation(chance, net, {net.nodes[net.index[place]].country for place in (goal, *origins)})
        wishes = [Wish(place, ground.NOW, avoid_countries=one.avoided) for place in origins]
        for found in find(net, goal, wishes, one.closures):
            hops = [[_hop(net, step) for step in way.steps] for way in found]
            ways += len(hops)
            unsound += sum(not _is_sound(hop, one, verified) for way in hops for hop in way)
            pointless += _pointless(net, found, hops)
    return [
        Case(f"steps closed, unverified or avoided, in {ways} ways of random situations", unsound, 0.0, "steps"),
        Case(
            f"ways outdone by another or back in a country left, of {ways} in random situations", pointless, 0.0, "ways"
        ),
    ]


def _verify_half() -> set[int]:
    """Leave every second crossing unverified, and return the verified ones."""
    db.session.execute(update(Crossing).where(Crossing.id % 2 == 0).values(verified_at=None))
    network_changed()
    db.session.commit()
    return set(db.session.scalars(select(Crossing.id).where(Crossing.verified_at.is_not(None))))


def _towns() -> list[int]:
    """Return the towns of situations that cross a border; towns in exclaves are only in the others."""
    found = set()
    for one in itertools.chain.from_iterable(map(situations.read, situations.HALVES)):
        if one["from"]["country"] != one["to"]["country"]:
            for named in (one["from"], one["to"]):
                try:
                    found.add(declaring.town(named).id)
                except declaring.UnknownNameError:
                    continue
    return sorted(found & network.world().index.keys())


def _situation(chance: random.Random, net: Network, ends: set[str]) -> _Chance:
    nearby = sorted(ends) + chance.sample(net.countries, 12)
    closures = tuple(_closure(chance, net, nearby) for _ in range(chance.randint(1, 4)))
    avoided = frozenset(chance.sample(net.countries, 10)) - ends
    return _Chance(closures, avoided)


def _closure(chance: random.Random, net: Network, countries: Sequence[str]) -> Closure:
    starts = ground.NOW + timedelta(hours=chance.randint(-48, 48))
    ends = chance.choice([None, starts + timedelta(hours=chance.randint(6, 200))])
    period, country = (Period(starts, ends),), chance.choice(countries)
    kind = chance.choice(["country_airspace", "country", "border", "place", "mode", "joined", "road_along"])
    if kind == "road_along":
        one, other = (
            (node.latitude, node.longitude)
            for node in chance.sample([node for node in net.nodes if node.country in countries], 2)
        )
        return Closure(kind, period, between=(one, other))
    if kind == "joined":
        pair = (country, chance.choice(countries))
        return Closure(kind, period, parts=tuple(Closure("country_airspace", period, country=one) for one in pair))
    if kind == "place":
        return Closure(kind, period, place_id=chance.choice(net.nodes).place_id)
    if kind == "mode":
        return Closure(kind, period, country=country, way=chance.choice(["air", "road", "rail", "sea"]))
    return Closure(kind, period, country=country)


def _hop(net: Network, step: Step) -> _Hop:
    tail, head = int(net.tail[step.edge]), int(net.head[step.edge])
    return _Hop(
        WAYS[net.way[step.edge]].value,
        (net.nodes[tail].place_id, net.nodes[head].place_id),
        (_point(net, tail), _point(net, head)),
        (net.nodes[tail].country, net.nodes[head].country),
        int(net.crossing[step.edge]),
        float(net.km[step.edge]),
        step.departs_at,
        step.arrives_at,
    )


def _point(net: Network, node: int) -> Point:
    return net.nodes[node].latitude, net.nodes[node].longitude


def _is_sound(hop: _Hop, situation: _Chance, verified: set[int]) -> bool:
    return (
        hop.countries[1] not in situation.avoided
        and (hop.crossing < 0 or hop.crossing in verified)
        and not any(_closes(closure, hop) for closure in situation.closures)
    )


def _closes(closure: Closure, hop: _Hop) -> bool:
    period = closure.periods[0]
    if hop.arrives_at <= period.starts_at or (period.ends_at and hop.departs_at >= period.ends_at):
        return False
    if closure.kind == "place":
        return closure.place_id in hop.ends
    if closure.kind == "joined":
        return hop.mode == "air" and all(part.country in hop.countries for part in closure.parts)
    if closure.kind == "road_along":
        return hop.mode in {"road", "foot"} and _leads_along(hop, *closure.between)
    if closure.country not in hop.countries:
        return False
    if closure.kind == "border":
        return hop.mode in _LAND and hop.countries[0] != hop.countries[1]
    if closure.kind == "mode":
        return hop.mode == closure.way and (hop.mode != "road" or hop.km > TRANSFER_KM)
    return closure.kind == "country" or hop.mode == "air"


def _leads_along(hop: _Hop, one: Point, other: Point) -> bool:
    """Return whether a road is the dangerous one, contains it, or is a part of it; short ways only if they are the same."""
    here, there = hop.points
    whole = distance_km(one, other)
    beside = min(distance_km(here, one) + distance_km(there, other), distance_km(here, other) + distance_km(there, one))
    longer = beside + whole <= 1.15 * hop.km + TRANSFER_KM / 2 or beside + hop.km <= 1.15 * whole
    return beside <= TRANSFER_KM / 2 or (hop.km > TRANSFER_KM and longer)


def _pointless(net: Network, found: Sequence[Any], hops: Sequence[Sequence[_Hop]]) -> int:
    """Return how many ways come back into a country that they left, or are worse than another in every respect."""
    merits = [_merits(net, way, steps) for way, steps in zip(found, hops, strict=True)]
    return sum(
        _comes_back(steps) or any(_outdoes(other, own) for other in merits if other is not own)
        for steps, own in zip(hops, merits, strict=True)
    )


def _comes_back(hops: Sequence[_Hop]) -> bool:
    countries = [
        country for country, _ in itertools.groupby((hops[0].countries[0], *(hop.countries[1] for hop in hops)))
    ]
    return len(countries) != len(set(countries))


def _merits(net: Network, way: Any, hops: Sequence[_Hop]) -> tuple[Any, ...]:
    """Return when a way arrives, and when with the advantage of preferred crossings; its cost, borders and changes."""
    edges = [step.edge for step in way.steps]
    cost, preferred = round(float(net.cost[edges].sum()), 2), timedelta(minutes=float(net.rank[edges].sum()))
    borders = sum(hop.countries[0] != hop.countries[1] for hop in hops)
    return way.arrives_at, way.arrives_at - preferred, cost, borders, frozenset(_stops(hops))


def _stops(hops: Sequence[_Hop]) -> Iterator[int]:
    """Yield the places where a way changes apart from the transfers at both ends."""
    for before, after in itertools.pairwise(hops):
        first = before is hops[0] and before.mode == "road" and before.km <= 100
        last = after is hops[-1] and after.mode == "road" and after.km <= 100
        if not first and not last:
            yield before.ends[1]


def _outdoes(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one != other and all(better <= worse for better, worse in zip(one, other, strict=True))
