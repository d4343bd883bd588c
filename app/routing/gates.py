"""Gates: the points of entry to a country, and which of them form one corridor."""

from collections.abc import Sequence

import numpy as np

from app.routing.estimates import Floats
from app.routing.network import WAYS, Booleans, Ints, Network, Way, distances

AIR_GATES = 8
SAME_CORRIDOR_KM = 60.0
"""The distance up to which gates form one corridor."""


def gate_of_edge(network: Network, edge: int) -> tuple[str, int]:
    """Return the point of entry of an edge: the crossing, or the place of arrival."""
    crossing = int(network.crossing[edge])
    if crossing >= 0:
        return ("crossing", crossing)
    kind = "air" if network.way[edge] == WAYS.index(Way.AIR) else "pair"
    if kind == "air":
        return (kind, network.nodes[network.head[edge]].place_id)
    return (kind, int(network.tail[edge]) * len(network.nodes) + int(network.head[edge]))


def gates_of(network: Network, entering: Ints, home: Floats) -> tuple[tuple[tuple[str, int], ...], Ints]:
    """Return the gates of the country, and the index of each edge's gate; only the nearest airports are included."""
    keys = [gate_of_edge(network, int(edge)) for edge in entering]
    nearest: dict[tuple[str, int], float] = {}
    for key, edge in zip(keys, entering, strict=True):
        nearest.setdefault(key, float(home[network.head[edge]]))
    by_air = sorted((key for key in nearest if key[0] == "air"), key=lambda key: nearest[key])[:AIR_GATES]
    gates = tuple(key for key in nearest if key[0] != "air" or key in by_air)
    number = {key: place for place, key in enumerate(gates)}
    return gates, np.array([number.get(key, -1) for key in keys], dtype=np.int32)


def near_each_other(network: Network, gates: Sequence[tuple[str, int]], heads: Ints) -> Booleans:
    """Return which gates of the same kind are close together; a bridge and an airport are separate corridors."""
    km = distances(network.nodes, np.repeat(heads, len(heads)), np.tile(heads, len(heads)))
    by_air = np.array([kind == "air" for kind, _ in gates], dtype=np.bool_)
    near = km.reshape(len(heads), len(heads)) <= SAME_CORRIDOR_KM
    return np.asarray(near & (by_air[:, None] == by_air[None, :]))
