"""Which roads lead along a dangerous one: those that contain it, and those that are a part of it."""

import numpy as np

from app.geography.sphere import Point
from app.routing.estimates import TRANSFER_KM, Floats
from app.routing.network import WAYS, Booleans, Network, Way

DETOUR = 1.15
"""How many times as long a road may be that calls at the ends of another one, so that it may lead over it."""


def along(network: Network, one: Point, other: Point) -> Booleans:
    """Return the roads that lead from one place to another, by way of both, or on the way between them.

    Transfers within a town do not.
    """
    on_roads = np.isin(network.way, [WAYS.index(Way.ROAD), WAYS.index(Way.FOOT)])
    from_one, from_other = (_distances(network, end) for end in (one, other))
    whole = float(_km(np.array([one[0]]), np.array([one[1]]), other)[0])
    tail, head = network.tail, network.head
    near = np.minimum(from_one[tail] + from_other[head], from_other[tail] + from_one[head])
    contains = near + whole <= DETOUR * network.km + TRANSFER_KM / 2
    is_part = near + network.km <= DETOUR * whole
    is_same = near <= TRANSFER_KM / 2
    return np.asarray(on_roads & (is_same | ((network.km > TRANSFER_KM) & (contains | is_part))))


def _distances(network: Network, end: Point) -> Floats:
    latitude = np.array([node.latitude for node in network.nodes])
    longitude = np.array([node.longitude for node in network.nodes])
    return _km(latitude, longitude, end)


def _km(latitude: Floats, longitude: Floats, end: Point) -> Floats:
    south, north = np.radians(latitude), np.radians(end[0])
    half = np.sin((north - south) / 2) ** 2
    half += np.cos(south) * np.cos(north) * np.sin(np.radians(longitude - end[1]) / 2) ** 2
    return np.asarray(2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
