"""Which roads lead along a dangerous one: those that contain it, and those that are a part of it."""

from app.geography.sphere import Point, distance_km
from app.later import np
from app.routing.estimates import TRANSFER_KM, Floats
from app.routing.network import WAYS, Booleans, Network, Way, kilometers

DETOUR = 1.15
"""How many times as long a road may be that calls at the ends of another one, so that it may lead over it."""


def along(network: Network, one: Point, other: Point) -> Booleans:
    """Return the roads that lead from one place to another, by way of both, or on the way between them.

    Transfers within a town do not.
    """
    on_roads = np.isin(network.way, [WAYS.index(Way.ROAD), WAYS.index(Way.FOOT)])
    from_one, from_other = (_distances(network, end) for end in (one, other))
    whole = distance_km(one, other)
    tail, head = network.tail, network.head
    near = np.minimum(from_one[tail] + from_other[head], from_other[tail] + from_one[head])
    contains = near + whole <= DETOUR * network.km + TRANSFER_KM / 2
    is_part = near + network.km <= DETOUR * whole
    is_same = near <= TRANSFER_KM / 2
    return np.asarray(on_roads & (is_same | ((network.km > TRANSFER_KM) & (contains | is_part))))


def _distances(network: Network, end: Point) -> Floats:
    latitude = np.array([node.latitude for node in network.nodes])
    longitude = np.array([node.longitude for node in network.nodes])
    return kilometers(latitude, longitude, *end)
