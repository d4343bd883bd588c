"""The transport network: loads it from the tables for the routing engine. Each process caches one copy."""

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select

from app import gazetteer
from app.extensions import db
from app.later import np
from app.models.congress.congresses import Congress
from app.models.travel.places import Crossing, NetworkEdition, Place, PlaceKind
from app.queries.lookup import kept
from app.queries.travel import links
from app.queries.travel import places as place_queries
from app.queries.travel.borders import open_pairs
from app.queries.travel.land import land_of, shores
from app.routing import roads
from app.routing.network import Gate, Network, Node, Way, build, extended
from app.routing.roads import Gap, Region, Terrain
from app.text import plain

FAR = 1600.0
"""The straight-line distance in kilometers up to which a bus to the congress city is assumed."""
POOR, GOOD = 2.2, 0.8
"""How many times as long a road takes in a country with poor roads, three days from Lubumbashi to Kinshasa, and with motorways."""

Edition = tuple[int, datetime | None]
"""A number that every change of the shared network increases, and when it was last changed."""
_kept: dict[tuple[str, Edition, bool], Network] = {}
_building = threading.Lock()


def edition() -> Edition:
    """Return the edition of the shared network. Its number alone may be that of another one, after a backup was restored."""
    found = db.session.execute(select(NetworkEdition.number, NetworkEdition.changed_at)).first()
    return (found.number, found.changed_at) if found else (0, None)


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
    traveled = links.traveled(congress.id, shared.gates)
    starts = set(origin_ids)
    wanted = {*starts, *(link.origin_id for link in traveled), *(link.destination_id for link in traveled)}
    wanted |= {goal.id} if goal else set()
    known = place_queries.by_id(wanted - shared.index.keys())
    # People may be at a removed place, but nobody is sent there.
    missing = {one.id: one for one in known.values() if one.removed_at is None or one.id in starts}
    nodes = [*shared.nodes, *(node for place in missing.values() if (node := _node(place)))]
    ends = [(number, other) for number in _starting(nodes, goal, missing) for other in _reached(nodes, number, goal)]
    return extended(shared, nodes[len(shared.nodes) :], traveled, ends), goal


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
    services = links.of_services()
    served = {link.origin_id for link in services} | {link.destination_id for link in services}
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
    inside, over = roads.between(nodes, borders, _terrain()), roads.across(nodes, _terrain())
    both = (np.concatenate((inside[0], over[0])), np.concatenate((inside[1], over[1])))
    return build(nodes, services, gates, both)


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


def _gate(crossing: Crossing) -> Gate:
    return Gate(
        crossing.id, crossing.near_id, crossing.far_id, crossing.place_id, Way(crossing.mode.value),
        float(crossing.minutes), crossing.rank, crossing.opens, crossing.closes, crossing.near.timezone,
    )  # fmt: skip


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
    through = frozenset(gazetteer.read("road_conditions")["through"])
    return Terrain(gaps, regions, through, shores(), open_pairs())


@cache
def _paces() -> dict[str, float]:
    conditions = gazetteer.read("road_conditions")
    return dict.fromkeys(conditions["poor"], POOR) | dict.fromkeys(conditions["good"], GOOD)
