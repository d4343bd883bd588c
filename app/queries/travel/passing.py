"""Which countries a leg over land passes through between its ends.

The crossing that was recorded with the leg is known; the rest of the way is the fastest one on the ground that the
network knows, over verified crossings only.
"""

from typing import Any, NamedTuple

from app.geography.places import part_at
from app.geography.sphere import distance_km
from app.later import csgraph, np, sparse
from app.models.travel.journeys import Leg
from app.models.travel.places import Place
from app.queries.travel import network as network_queries
from app.routing.network import WAYS, Network, Way

NEAR_KM = 100.0
"""A place that is not in the network is taken for the nearest one of its country, up to this distance."""


class _Ground(NamedTuple):
    """The part of a network that is traveled on the ground, as a matrix of minutes."""

    network: Network
    minutes: Any


_kept: list[_Ground] = []
"""The last one: each process needs only that of the current edition."""


def countries(leg: Leg) -> dict[str, bool]:
    """Return the countries between the ends of a leg over land, and whether the recorded crossing lies in each."""
    ends = {leg.origin.country, leg.destination.country}
    recorded = {leg.crossing.near.country, leg.crossing.far.country} - ends if leg.crossing else set()
    derived = _on_the_way(leg) - ends - recorded
    return dict.fromkeys(derived, False) | dict.fromkeys(recorded, True)


def _on_the_way(leg: Leg) -> set[str]:
    """Return the countries on the fastest known way on the ground, through the recorded crossing if there is one."""
    if leg.crossing is None and not _goes_abroad(leg):
        return set()
    ground = _ground(network_queries.world())
    origin, destination = _node(ground.network, leg.origin), _node(ground.network, leg.destination)
    if origin is None or destination is None:
        return set()
    if leg.crossing is None:
        return _between(ground, origin, destination)
    near, far = (ground.network.index.get(place_id) for place_id in (leg.crossing.near_id, leg.crossing.far_id))
    if near is None or far is None:
        return set()
    there, back = (_minutes(ground, origin, one) + _minutes(ground, destination, other)
                   for one, other in ((near, far), (far, near)))  # fmt: skip
    first, second = (near, far) if there <= back else (far, near)
    return _between(ground, origin, first) | _between(ground, second, destination)


def _goes_abroad(leg: Leg) -> bool:
    """Return whether a leg leaves its country, or the connected part of it."""
    if leg.origin.country != leg.destination.country:
        return True
    return bool(
        leg.origin.point and leg.destination.point and part_at(leg.origin.point) != part_at(leg.destination.point)
    )


def _ground(network: Network) -> _Ground:
    if not _kept or _kept[0].network is not network:
        _kept[:] = [_Ground(network, _matrix(network))]
    return _kept[0]


def _matrix(network: Network) -> Any:
    """Return the minutes between nodes on the ground, the fewest where several edges join two nodes."""
    used = np.flatnonzero(network.way != WAYS.index(Way.AIR))
    minutes = np.maximum(network.minutes[used] + network.wait[used], 1.0)
    order = np.lexsort((minutes, network.head[used], network.tail[used]))
    tail, head, minutes = network.tail[used][order], network.head[used][order], minutes[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    size = len(network.nodes)
    return sparse.csr_matrix((minutes[first], (tail[first], head[first])), shape=(size, size))


def _node(network: Network, place: Place) -> int | None:
    """Return the node of a place, or the nearest one of its country."""
    if place.id in network.index:
        return network.index[place.id]
    here = place.point
    if here is None:
        return None
    near = [
        (distance_km(here, (node.latitude, node.longitude)), number)
        for number, node in enumerate(network.nodes)
        if node.country == place.country
    ]
    distance, number = min(near, default=(NEAR_KM + 1, -1))
    return number if distance <= NEAR_KM else None


def _minutes(ground: _Ground, origin: int, destination: int) -> float:
    return float(csgraph.dijkstra(ground.minutes, indices=origin)[destination])


def _between(ground: _Ground, origin: int, destination: int) -> set[str]:
    """Return the countries on the fastest way between two nodes; none if there is no way."""
    _, before = csgraph.dijkstra(ground.minutes, indices=origin, return_predecessors=True)
    way = [destination]
    while way[-1] != origin:
        if before[way[-1]] < 0:
            return set()
        way.append(int(before[way[-1]]))
    return {ground.network.nodes[number].country for number in way}
