"""Estimated roads between places in one connected part of a country, used where no road has been entered.

Only likely bus routes are included: between border towns and the airports and cities behind them, between cities and
their airports, and between border towns. Places without road access are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.geography.shores import Shores
from app.geography.sphere import Point, distance_km
from app.later import np
from app.routing.network import Booleans, Ints, Node, distances, kilometers
from app.routing.overland import leads_there, stays_on_land

NEAR_AIRPORT, NEAR_CITY, ACROSS, CHANGE, CITY_CITY = 450.0, 700.0, 1600.0, 80.0, 450.0
"""Straight-line kilometers: from a border town to an airport, to a city, and to another border town; between the
airports of a town; from a city to an airport or another city."""
OPEN_CITY, OPEN_AIRPORT, NEAREST = 300.0, 120.0, 2
"""Over an open border: straight-line kilometers between two towns, and between a town and an airport; and to how many
places beyond the border each place has a road."""
LONG = 800.0
"""From city to city where good roads lead through the country."""
LOCAL = 40.0
"""The radius in kilometers of local streets around a place without road access."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Two areas of a country that no road connects, although the map suggests one."""

    country: str
    one: Point
    other: Point


class Region(NamedTuple):
    """An area between parallels and meridians without through roads."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Terrain:
    """Where no roads lead, and in which countries buses drive far from city to city."""

    gaps: Sequence[Gap] = ()
    regions: Sequence[Region] = ()
    through: frozenset[str] = frozenset()
    shores: Shores | None = None
    """Where land is; if it is not known, no road is doubted."""
    open_pairs: frozenset[tuple[str, str]] = frozenset()
    """Countries between which people travel without stopping at the border."""


def between(nodes: Sequence[Node], borders: frozenset[int], terrain: Terrain) -> tuple[Ints, Ints]:
    """Return tails and heads of estimated roads, in both directions, between places known to be on land."""
    by_country: dict[tuple[str, tuple[int, int]], list[int]] = {}
    for number, node in enumerate(nodes):
        if node.part[0] >= 0:
            by_country.setdefault((node.country, node.part), []).append(number)
    tails, heads = [], []
    for (country, _part), members in by_country.items():
        here = np.array(members, dtype=np.int32)
        joined = _joined(
            [nodes[number] for number in members], borders, LONG if country in terrain.through else CITY_CITY
        )
        joined &= ~_through(terrain.regions, [nodes[number] for number in members])
        for gap in terrain.gaps:
            if gap.country == country:
                joined &= ~_cut([nodes[number] for number in members], gap)
        rows, columns = np.nonzero(joined)
        tails.append(here[rows])
        heads.append(here[columns])
    for ends in zip(*_transfers(nodes), strict=True):
        tails.append(np.array(ends, dtype=np.int32))
        heads.append(np.array(ends[::-1], dtype=np.int32))
    empty = np.empty(0, dtype=np.int32)
    tail, head = np.concatenate([*tails, empty]), np.concatenate([*heads, empty])
    if terrain.shores:
        dry = leads_there(nodes, tail, head, distances(nodes, tail, head), terrain.shores)
        tail, head = tail[dry], head[dry]
    return tail, head


def _transfers(nodes: Sequence[Node]) -> tuple[list[int], list[int]]:
    """Return towns, and the airports and ports nearby that the rough map draws on another island.

    Only where no road leads out of the town: elsewhere it is a ferry that goes over the water.
    """
    remote = [number for number, node in enumerate(nodes) if node.roadless]
    found = {
        tuple(sorted((one, other), key=lambda number: nodes[number].kind != "city"))
        for one in remote
        for other in _around(nodes, nodes[one])
        if nodes[other].part != nodes[one].part and (nodes[other].kind == "city") != (nodes[one].kind == "city")
    }
    ordered = sorted(found)
    return [pair[0] for pair in ordered], [pair[1] for pair in ordered]


def _around(nodes: Sequence[Node], here: Node) -> list[int]:
    """Return the places of the same country within LOCAL kilometers."""
    return [
        number
        for number, node in enumerate(nodes)
        if node.country == here.country
        and abs(node.latitude - here.latitude) < 1.0  # quicker than the distance
        and distance_km((node.latitude, node.longitude), (here.latitude, here.longitude)) <= LOCAL
    ]


def across(nodes: Sequence[Node], terrain: Terrain) -> tuple[Ints, Ints]:
    """Return tails and heads of estimated roads over open borders: from each place to the nearest ones beyond them."""
    members: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        if node.part[0] >= 0 and not node.roadless:
            members.setdefault(node.country, []).append(number)
    found: set[tuple[int, int]] = set()
    for one, other in sorted(terrain.open_pairs):
        if one in members and other in members:
            here, there = (np.array(members[country], dtype=np.int32) for country in (one, other))
            nearest = _nearest([nodes[number] for number in here], [nodes[number] for number in there], terrain.shores)
            pairs = [(int(here[row]), int(there[column])) for row, column in nearest]
            found |= {*pairs, *((head, tail) for tail, head in pairs)}
    ordered = sorted(found)
    tails, heads = (np.array([pair[side] for pair in ordered], dtype=np.int32) for side in (0, 1))
    return tails, heads


def _nearest(here: Sequence[Node], there: Sequence[Node], shores: Shores | None) -> list[tuple[int, int]]:
    """Return which places have a road over land to which of the other country, the nearest ones of each."""
    km = _matrix([*here, *there])[: len(here), len(here) :]
    airport = [np.array([node.kind == "airport" for node in side]) for side in (here, there)]
    limit = np.where(airport[0][:, None] & airport[1][None, :], CHANGE, OPEN_CITY)
    limit = np.where(airport[0][:, None] ^ airport[1][None, :], OPEN_AIRPORT, limit)
    land = [np.array([node.part[0] for node in side]) for side in (here, there)]
    near = (km <= limit) & (land[0][:, None] == land[1][None, :])
    if shores:
        rows, columns = (side.astype(np.int32) for side in np.nonzero(near))
        ends = (rows, columns + np.int32(len(here)))
        near[rows, columns] = stays_on_land([*here, *there], *ends, km[rows, columns], shores, abroad=True)
    order = np.argsort(np.where(near, km, np.inf), axis=1)[:, :NEAREST]
    return [(row, int(column)) for row in range(len(here)) for column in order[row] if near[row, column]]


def from_place(nodes: Sequence[Node], number: int, farthest: float, terrain: Terrain) -> list[int]:
    """Return the nodes with a road to a place, up to `farthest` straight-line kilometers away."""
    here = nodes[number]
    reached, kms = [], []
    for other, node in enumerate(nodes):
        if other == number or here.part[0] < 0 or not _may_be_joined(here, node, terrain):
            continue
        km = distance_km((here.latitude, here.longitude), (node.latitude, node.longitude))
        is_near = node.roadless or here.roadless or node.country != here.country
        if (
            km <= (LOCAL if is_near else farthest)
            and not any(_parts(gap, here, node) for gap in terrain.gaps if gap.country == here.country)
            and not _through(terrain.regions, [here, node])[0, 1]
        ):
            reached.append(other)
            kms.append(km)
    if terrain.shores and reached:
        tail, head = np.full(len(reached), number, dtype=np.int32), np.array(reached, dtype=np.int32)
        dry = stays_on_land(nodes, tail, head, np.array(kms), terrain.shores)
        reached = [other for other, is_dry in zip(reached, dry, strict=True) if is_dry]
    return reached


def _may_be_joined(here: Node, other: Node, terrain: Terrain) -> bool:
    """Return whether two places are on the same land, or one is so remote that only its own surroundings matter."""
    if other.country != here.country:
        return (here.country, other.country) in terrain.open_pairs and here.part[0] == other.part[0]
    return other.part == here.part or (other.part[0] >= 0 and (here.roadless or other.roadless))


def _joined(nodes: Sequence[Node], borders: frozenset[int], farthest: float) -> Booleans:
    """Return which places in one part of a country are assumed to have a road between them."""
    km = _matrix(nodes)
    is_border = np.array([node.place_id in borders for node in nodes])
    is_airport = np.array([node.kind == "airport" for node in nodes])
    is_city = ~is_airport
    limit = np.full(km.shape, CITY_CITY)
    limit[np.ix_(is_city, is_city)] = farthest
    limit[np.ix_(is_airport, is_airport)] = CHANGE
    limit[np.ix_(is_border, is_airport)] = limit[np.ix_(is_airport, is_border)] = NEAR_AIRPORT
    limit[np.ix_(is_border, is_city)] = limit[np.ix_(is_city, is_border)] = NEAR_CITY
    limit[np.ix_(is_border, is_border)] = ACROSS
    roadless = np.array([node.roadless for node in nodes])
    limit[roadless, :] = limit[:, roadless] = LOCAL
    joined: Booleans = km <= limit
    np.fill_diagonal(joined, val=False)
    return joined


def _through(regions: Sequence[Region], nodes: Sequence[Node]) -> Booleans:
    """Return between which places the straight line leads through a region, longer than on local streets."""
    latitude = np.array([node.latitude for node in nodes])
    longitude = np.array([node.longitude for node in nodes])
    led = np.zeros((len(nodes), len(nodes)), dtype=np.bool_)
    for share in (0.25, 0.5, 0.75):
        y = latitude[:, None] * (1 - share) + latitude[None, :] * share
        x = longitude[:, None] * (1 - share) + longitude[None, :] * share
        for region in regions:
            led |= (y >= region.south) & (y <= region.north) & (x >= region.west) & (x <= region.east)
    return np.asarray(led & (_matrix(nodes) > LOCAL))


def _matrix(nodes: Sequence[Node]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    latitude = np.array([node.latitude for node in nodes])
    longitude = np.array([node.longitude for node in nodes])
    return kilometers(latitude[:, None], longitude[:, None], latitude, longitude)


def _cut(nodes: Sequence[Node], gap: Gap) -> Booleans:
    one = np.array([_near(gap, node) for node in nodes])
    return np.asarray(((one[:, None] == 1) & (one[None, :] == 2)) | ((one[:, None] == 2) & (one[None, :] == 1)))


def _parts(gap: Gap, one: Node, other: Node) -> bool:
    return {_near(gap, one), _near(gap, other)} == {1, 2}


def _near(gap: Gap, node: Node) -> int:
    """Return 1 or 2 for the area of a gap that a place belongs to, or 0 for neither."""
    here = (node.latitude, node.longitude)
    reach = max(60.0, 0.4 * distance_km(gap.one, gap.other))
    one, other = distance_km(here, gap.one), distance_km(here, gap.other)
    if min(one, other) > reach:
        return 0
    return 1 if one <= other else 2  # at a river mouth, both banks are within range of either
