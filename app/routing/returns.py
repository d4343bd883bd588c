"""Coming back to a country that a route has left, which no route should do.

A change between two flights within a country is no return. Neither is the way to an exclave over land that lies between,
as from Kaliningrad to Moscow: an exclave counts as a country of its own.
"""

from collections.abc import Sequence

from app.later import np
from app.routing.network import Ints, Network


def areas(network: Network) -> Ints:
    """Return the area of each node: its country, or the exclave of its country that it is in."""
    parts = np.array([node.part for node in network.nodes], dtype=np.int64).reshape(-1, 2)
    landmass, part = parts[:, 0], parts[:, 1]
    size = int(max(landmass.max(initial=0), part.max(initial=0))) + 2
    on_land = _most_common(network.country.astype(np.int64), landmass, landmass >= 0, size)
    at_home = landmass == on_land[network.country]
    main = _most_common(network.country.astype(np.int64), part, at_home & (landmass >= 0), size)
    is_exclave = at_home & (landmass >= 0) & (part != main[network.country])
    own = len(network.countries) + network.country.astype(np.int64) * size + part
    return np.where(is_exclave, own, network.country).astype(np.int32)


def _most_common(group: "np.ndarray", value: "np.ndarray", counted: "np.ndarray", size: int) -> "np.ndarray":
    """Return the most common value of each group; -1 for a group without any."""
    most = np.full(int(group.max(initial=0)) + 1, -1, dtype=np.int64)
    keys, counts = np.unique(group[counted] * size + value[counted], return_counts=True)
    for key in keys[np.argsort(counts, kind="stable")]:
        most[key // size] = key % size
    return most


def comes_back(network: Network, area: Ints, edges: Sequence[int]) -> bool:
    """Return whether a route enters a country that it has left before."""
    left: frozenset[int] = frozenset()
    for edge in edges:
        after = left_after(network, area, edge, left)
        if after is None:
            return True
        left = after
    return False


def left_after(network: Network, area: Ints, edge: int, left: frozenset[int]) -> frozenset[int] | None:
    """Return the areas that have been left after an edge, given those before it; None if it leads back to one."""
    tail, head = int(network.tail[edge]), int(network.head[edge])
    if network.country[tail] != network.country[head]:
        left |= {int(area[tail])}
    return None if int(area[head]) in left else left
