"""Gates: the points of entry to a country, and which of them form one corridor."""

from collections.abc import Sequence

from app.later import np
from app.routing.estimates import Floats
from app.routing.network import WAYS, Booleans, Ints, Network, distances

AIR_GATES = 8
LINE_GATES = 12
"""How many gates of trains, ships and roads without a recorded crossing are included, the nearest ones."""
SAME_CORRIDOR_KM = 60.0
"""The distance up to which gates form one corridor."""


def gate_of_edge(network: Network, edge: int) -> tuple[str, int]:
    """Return the point of entry of an edge: the crossing, or the place of arrival."""
    crossing = int(network.crossing[edge])
    if crossing >= 0:
        return ("crossing", crossing)
    return (WAYS[network.way[edge]].value, network.nodes[network.head[edge]].place_id)


def gates_of(network: Network, entering: Ints, home: Floats) -> tuple[tuple[tuple[str, int], ...], Ints]:
    """Return the gates of the country, and the index of each edge's gate; only the nearest airports and stations are included."""
    keys = [gate_of_edge(network, int(edge)) for edge in entering]
    nearest: dict[tuple[str, int], float] = {}
    for key, edge in zip(keys, entering, strict=True):
        nearest.setdefault(key, float(home[network.head[edge]]))
    by_distance = sorted(nearest, key=lambda key: nearest[key])
    by_air = [key for key in by_distance if key[0] == "air"][:AIR_GATES]
    by_line = [key for key in by_distance if key[0] not in ("air", "crossing")][:LINE_GATES]
    gates = tuple(key for key in nearest if key[0] == "crossing" or key in by_air or key in by_line)
    number = {key: place for place, key in enumerate(gates)}
    return gates, np.array([number.get(key, -1) for key in keys], dtype=np.int32)


def near_each_other(network: Network, gates: Sequence[tuple[str, int]], heads: Ints) -> Booleans:
    """Return which gates of the same kind are close together; a bridge and an airport are separate corridors."""
    km = distances(network.nodes, np.repeat(heads, len(heads)), np.tile(heads, len(heads)))
    by_air = np.array([kind == "air" for kind, _ in gates], dtype=np.bool_)
    near = km.reshape(len(heads), len(heads)) <= SAME_CORRIDOR_KM
    return np.asarray(near & (by_air[:, None] == by_air[None, :]))
