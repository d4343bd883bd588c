"""The transport network: loads it from the tables for the routing engine. Each process caches one copy."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app import gazetteer
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.travel.journeys import Direction, Journey, Leg, LegStatus
from app.models.travel.places import Carrier, Crossing, Mode, NetworkEdition, Place, PlaceKind, Service, ServiceSource
from app.queries.lookup import kept
from app.queries.travel import hits
from app.queries.travel import places as place_queries
from app.queries.travel.borders import open_pairs
from app.queries.travel.entity_legs import OVER_LAND
from app.queries.travel.land import land_of
from app.routing import roads, staleness
from app.routing.network import Evidence, Gate, Link, Network, Node, Way, build, extended
from app.routing.roads import Gap, Region, Terrain
from app.text import plain

FAR = 1600.0
"""The straight-line distance in kilometers up to which a bus to the congress city is assumed."""
POOR = 2.2
"""How many times as long a road takes in a country with poor roads: three days from Lubumbashi to Kinshasa."""
_EVIDENCE = {
    ServiceSource.FILE: Evidence.SEEN,
    ServiceSource.ENTERED: Evidence.ENTERED,
    ServiceSource.BUILT_IN: Evidence.KNOWN_LINE,
}
_kept: dict[tuple[str, int, bool], Network] = {}
_building = threading.Lock()


def edition() -> int:
    """Return the version number of the shared network, which increases with every change to it."""
    return db.session.scalar(select(NetworkEdition.number)) or 0


def world(*, unverified: bool = False) -> Network:
    """Return the network that all congresses share, built once per edition and process.

    With `unverified`, it includes unverified crossings, to find those worth verifying.
    """
    current = (str(db.session.get_bind().engine.url), edition())
    with _building:
        for key in [key for key in _kept if key[:2] != current]:
            del _kept[key]
        key = (*current, unverified)
        if key not in _kept:
            _kept[key] = _build(unverified=unverified)
        return _kept[key]


def of_congress(
    congress: Congress, origin_ids: Iterable[int] = (), *, unverified: bool = False
) -> tuple[Network, Place | None]:
    """Return the network for the delegations of a congress, and the place of the congress.

    It extends the shared network with the legs that delegations of the congress have traveled or booked, which are the
    strongest evidence there is, and with roads from the congress city.
    """
    goal = destination(congress)
    shared = world(unverified=unverified)
    links = _traveled(congress.id, shared.gates)
    starts = set(origin_ids)
    wanted = {*starts, *(link.origin_id for link in links), *(link.destination_id for link in links)}
    wanted |= {goal.id} if goal else set()
    known = place_queries.by_id(wanted - shared.index.keys())
    # People may be at a removed place, but nobody is sent there.
    missing = {one.id: one for one in known.values() if one.removed_at is None or one.id in starts}
    nodes = [*shared.nodes, *(node for place in missing.values() if (node := _node(place)))]
    ends = [(number, other) for number in _starting(nodes, goal, missing) for other in _reached(nodes, number, goal)]
    return extended(shared, nodes[len(shared.nodes) :], links, ends), goal


def destination(congress: Congress) -> Place | None:
    """Return the place of the congress: its town, or else the place where most outbound journeys end."""
    town = select(Place).where(kept(Place), Place.country == congress.country, Place.kind == PlaceKind.CITY)
    named = [place for place in db.session.scalars(town) if plain(place.name) == plain(congress.locality)]
    if named and named[0].point:
        return named[0]
    found = [
        place for place in place_queries.search(congress.locality) if place.country == congress.country and place.point
    ]
    return found[0] if found else None


def _build(*, unverified: bool) -> Network:
    crossings = db.session.scalars(select(Crossing).where(Crossing.banned.is_(False))).unique()
    gates = [_gate(crossing) for crossing in crossings if crossing.usable or unverified]
    links = _links()
    served = {link.origin_id for link in links} | {link.destination_id for link in links}
    served |= {gate.near_id for gate in gates} | {gate.far_id for gate in gates}
    columns = (Place.id, Place.latitude, Place.longitude, Place.country, Place.kind, Place.fir, Place.code, Place.name)
    listed = db.session.execute(
        select(*columns, Place.population).where(kept(Place), Place.latitude.is_not(None)).order_by(Place.id)
    )
    nodes = [
        _placed(*tuple[Any, ...](row[:8]))
        for row in listed
        if row[0] in served or _is_hub(row[7], row[3], row[4], row[8])
    ]
    borders = frozenset({gate.near_id for gate in gates} | {gate.far_id for gate in gates})
    inside, over = roads.between(nodes, borders, _terrain()), roads.across(nodes, open_pairs())
    both = (np.concatenate((inside[0], over[0])), np.concatenate((inside[1], over[1])))
    return build(nodes, links, gates, both)


def _is_hub(name: str, country: str, kind: PlaceKind, population: int | None) -> bool:
    """Return whether ways may lead through a town that nothing serves: one that people recorded, or of the own files.

    The other towns are joined to the network where somebody starts there; see `of_congress`.
    """
    return kind is PlaceKind.CITY and (population is None or (name, country) in _hubs())


@cache
def _hubs() -> frozenset[tuple[str, str]]:
    borders = (one[side] for one in gazetteer.read("crossings") for side in ("a", "b"))
    return frozenset((one["name"], one["country"]) for one in (*gazetteer.read("cities"), *borders))


def _placed(
    place_id: int, latitude: float, longitude: float, country: str, kind: PlaceKind, fir: str | None, code: str | None,
    name: str,
) -> Node:  # fmt: skip
    return Node(
        place_id, latitude, longitude, country, kind.value, fir or "", land_of((latitude, longitude), country),
        code in _roadless() or (name, country) in _roadless_towns(), _paces().get(country, 1.0),
    )  # fmt: skip


def _node(place: Place) -> Node | None:
    if place.latitude is None or place.longitude is None:
        return None
    return _placed(
        place.id, place.latitude, place.longitude, place.country, place.kind, place.fir, place.code, place.name
    )


def _links() -> list[Link]:
    """Return the services as links, one for each pair of places and mode, with all carriers that operate it."""
    columns = (
        Service.origin_id, Service.destination_id, Service.mode, Service.source, Service.carrier_id, Service.frequency,
        Service.fresh, Service.minutes, Service.cost, Service.last_confirmed,
    )  # fmt: skip
    pairs: dict[Any, list[Any]] = defaultdict(list)
    for row in db.session.execute(select(*columns).where(Service.banned.is_(False))):
        pairs[row.origin_id, row.destination_id, row.mode, row.source].append(row)
    seen = _seen(run for runs in pairs.values() for run in runs)
    return [_link(runs, seen) for runs in pairs.values()]


class _Seen(NamedTuple):
    """What the observed flights say as a whole, and the country of each place and carrier."""

    dead: frozenset[tuple[int, int]]
    countries: dict[int, str]
    of_carrier: dict[int, str | None]


def _seen(rows: Iterable[Any]) -> _Seen:
    countries = {row.id: row.country for row in db.session.execute(select(Place.id, Place.country))}
    of_carrier = {row.id: row.country for row in db.session.execute(select(Carrier.id, Carrier.country))}
    observed = (_run(row) for row in rows if row.source is ServiceSource.FILE and row.mode is Mode.AIR)
    return _Seen(staleness.dead_pairs(observed, countries), countries, of_carrier)


def _run(row: Any) -> staleness.Run:
    return staleness.Run(row.origin_id, row.destination_id, row.carrier_id, row.frequency, row.fresh)


def _link(runs: list[Any], seen: _Seen) -> Link:
    """Return one link for all services with the same pair of places, mode and source."""
    pair = runs[0]
    carriers = tuple(sorted({run.carrier_id for run in runs if run.carrier_id is not None}))
    known = len(carriers) == len(runs)
    observed = pair.source is ServiceSource.FILE and pair.mode is Mode.AIR
    if known and observed and len(runs) > 1:
        ends = seen.countries[pair.origin_id], seen.countries[pair.destination_id]
        usual = staleness.usual_carriers(map(_run, runs), ends, seen.of_carrier)
        carriers = tuple(sorted(run.carrier_id for run in usual if run.carrier_id is not None))
    return Link(
        origin_id=pair.origin_id,
        destination_id=pair.destination_id,
        way=Way(pair.mode.value),
        evidence=_EVIDENCE[pair.source],
        carrier_ids=carriers if known else (),
        frequency=sum(run.frequency for run in runs),
        fresh=sum(run.fresh for run in runs),
        minutes=_median(run.minutes for run in runs),
        cost=_median(run.cost for run in runs),
        confirmed=_latest(run.last_confirmed for run in runs),
        stale=observed and (pair.origin_id, pair.destination_id) in seen.dead,
    )


def _gate(crossing: Crossing) -> Gate:
    return Gate(
        crossing.id, crossing.near_id, crossing.far_id, crossing.place_id, Way(crossing.mode.value),
        float(crossing.minutes), crossing.rank, crossing.opens, crossing.closes, crossing.near.timezone,
    )  # fmt: skip


class _Pair(NamedTuple):
    """The key by which legs are combined into one link."""

    origin_id: int
    destination_id: int
    mode: Mode
    done: bool
    crossing_id: int
    """-1 if the leg crosses no land border."""


def _traveled(congress_id: int, usable: Collection[int]) -> list[Link]:
    """Return the legs of a congress's delegations as links: those already traveled, and booked ones open to others.

    A leg over a land border counts only with a verified crossing, and a booked leg only if no problem hits it: others
    cannot use a service that does not run.
    """
    origin, destination = aliased(Place), aliased(Place)
    columns = (
        Leg.id, Leg.origin_id, Leg.destination_id, Leg.mode, Leg.status, Leg.carrier_id, Leg.crossing_id, Leg.departs_at,
        Leg.arrives_at, Journey.direction, (origin.country != destination.country).label("abroad"),
    )  # fmt: skip
    taken = select(*columns).join(Journey, Journey.id == Leg.journey_id).where(Leg.congress_id == congress_id)
    taken = taken.join(origin, origin.id == Leg.origin_id).join(destination, destination.id == Leg.destination_id)
    taken = taken.where(Leg.status.in_((LegStatus.DONE, LegStatus.BOOKED, LegStatus.UNDER_WAY)))
    hit = hits.leg_ids(congress_id)
    pairs: dict[_Pair, list[Any]] = defaultdict(list)
    for row in db.session.execute(taken):
        over_land = row.abroad and row.mode in OVER_LAND
        if row.id not in hit and row.direction is Direction.OUT and (not over_land or row.crossing_id in usable):
            crossing_id = row.crossing_id if over_land else -1
            key = _Pair(row.origin_id, row.destination_id, row.mode, row.status is LegStatus.DONE, crossing_id)
            pairs[key].append(row)
    return [
        Link(
            origin_id=pair.origin_id,
            destination_id=pair.destination_id,
            way=Way(pair.mode.value),
            evidence=Evidence.TRAVELED if pair.done else Evidence.BOOKED,
            carrier_ids=_carrier_ids(rows),
            frequency=7.0,
            minutes=median((row.arrives_at - row.departs_at).total_seconds() / 60 for row in rows),
            confirmed=max(row.arrives_at for row in rows).date(),
            times=len(rows),
            crossing_id=pair.crossing_id,
        )
        for pair, rows in pairs.items()
    ]


def _carrier_ids(rows: Sequence[Any]) -> tuple[int, ...]:
    """Return the carriers that operate a leg; none if the carrier of any row is unknown."""
    if any(row.carrier_id is None for row in rows):
        return ()
    return tuple(sorted({row.carrier_id for row in rows}))


def _starting(nodes: Sequence[Node], goal: Place | None, missing: dict[int, Place]) -> list[int]:
    """Return the nodes whose roads are not in the network yet: the congress city, and places outside the world data."""
    wanted = set(missing) | ({goal.id} if goal else set())
    return [number for number, node in enumerate(nodes) if node.place_id in wanted]


def _reached(nodes: Sequence[Node], number: int, goal: Place | None) -> list[int]:
    is_goal = goal is not None and nodes[number].place_id == goal.id
    return roads.from_place(nodes, number, FAR if is_goal else roads.CITY_CITY, _terrain())


@cache
def _roadless() -> frozenset[str]:
    return frozenset(gazetteer.read("roadless"))


@cache
def _roadless_towns() -> frozenset[tuple[str, str]]:
    return frozenset((name, country) for name, country in gazetteer.read("roadless_towns"))


@cache
def _terrain() -> Terrain:
    gaps = tuple(
        Gap(one["country"], *((end["latitude"], end["longitude"]) for end in one["between"]))
        for one in gazetteer.read("slow_roads")
        if not one["road"]
    )
    regions = tuple(
        Region(one["south"], one["west"], one["north"], one["east"]) for one in gazetteer.read("roadless_regions")
    )
    return Terrain(gaps, regions, frozenset(gazetteer.read("road_conditions")["through"]))


@cache
def _paces() -> dict[str, float]:
    return dict.fromkeys(gazetteer.read("road_conditions")["poor"], POOR)


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _latest(values: Iterable[date | None]) -> date | None:
    return max((value for value in values if value is not None), default=None)
