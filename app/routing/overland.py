"""Whether a road may lead from one place to another without leaving the land for long.

Roads are straight lines here, and a straight line may lead over a gulf. A road goes around it, so a line counts if it
stays on land itself or does so once it is bent to one side, or if other roads lead there that are not much longer.
Otherwise only a ship goes there.
"""

from collections.abc import Sequence

from app.geography.shores import Booleans, Floats, Shores
from app.later import csgraph, np, sparse
from app.routing.network import Ints, Node

BENDS = (0.0, 0.15, -0.15, 0.3, -0.3, 0.5, -0.5)
"""How far a road may be bent to either side, as a share of the straight line: at most half as long again as that."""
STEP_KM = 3.0
OVER_WATER_KM = 9.0
"""The drawn coast is rough, and short bridges are not listed."""
AT_SHORE_KM = 15.0
"""How far off the drawn coast a road inside a country may begin, if its end is in the water there."""
ATOLL_KM = 25.0
"""How long a road inside a country may be where the map hardly draws any land."""
DETOUR = 1.6
"""How many times as long as the straight line other roads may be."""
_CHUNK = 2048


def leads_there(nodes: Sequence[Node], tail: Ints, head: Ints, km: Floats, shores: Shores) -> Booleans:
    """Return which of these roads, `km` straight-line kilometers long, lead over land, alone or by way of others."""
    found = stays_on_land(nodes, tail, head, km, shores)
    doubtful = np.flatnonzero(~found)
    if len(doubtful) and found.any():
        size = (len(nodes), len(nodes))
        known = sparse.csr_matrix((np.maximum(km[found], 0.1), (tail[found], head[found])), shape=size)
        starts, row = np.unique(tail[doubtful], return_inverse=True)
        farthest = DETOUR * float(km[doubtful].max())
        around = csgraph.dijkstra(known, indices=starts, limit=farthest)[row, head[doubtful]]
        found[doubtful] = around <= DETOUR * km[doubtful]
    return found


def stays_on_land(
    nodes: Sequence[Node], tail: Ints, head: Ints, km: Floats, shores: Shores, *, abroad: bool = False
) -> Booleans:
    """Return which pairs of places, `km` straight-line kilometers apart, a road over land may join.

    The drawn coast is taken at its word only where the road leads `abroad`.
    """
    found = km <= OVER_WATER_KM
    latitude = np.array([node.latitude for node in nodes], dtype=np.float64)
    longitude = np.array([node.longitude for node in nodes], dtype=np.float64)
    left = np.flatnonzero(~found)
    left = left[np.argsort(km[left])]  # lines of about the same length have the same number of points
    for start in range(0, len(left), _CHUNK):
        pairs = left[start : start + _CHUNK]
        for bend in BENDS:
            if not len(pairs):
                break
            one, other = tail[pairs], head[pairs]
            ends = (latitude[one], longitude[one], latitude[other], longitude[other])
            on_land = _on_land(ends, km[pairs], bend, shores, abroad=abroad)
            found[pairs[on_land]] = True
            pairs = pairs[~on_land]
    return np.asarray(found)


def _on_land(
    ends: tuple[Floats, Floats, Floats, Floats], km: Floats, bend: float, shores: Shores, *, abroad: bool
) -> Booleans:
    """Return which lines, bent like this, lead over water nowhere for longer than a road may."""
    south, west, north, east = (end[:, None] for end in ends)
    count = 2 + int(km.max() / STEP_KM)
    share = np.linspace(0.0, 1.0, count)[None, :]
    up = north - south
    narrow = np.maximum(0.05, np.cos(np.radians((south + north) / 2)))
    right = ((east - west + 180.0) % 360.0 - 180.0) * narrow
    aside = bend * 4 * share * (1 - share)
    latitude = south + share * up + aside * right
    longitude = west + (share * right - aside * up) / narrow
    land = shores.is_land(np.clip(latitude, -90.0, 90.0), longitude)
    step = km[:, None] / (count - 1)
    place = np.arange(count)[None, :]
    last = np.maximum.accumulate(np.where(land, place, -1), axis=1)
    first = np.minimum.accumulate(np.where(land, place, count)[:, ::-1], axis=1)[:, ::-1]
    gap = (first - last) * step
    off_shore = np.where(km <= ATOLL_KM, ATOLL_KM, AT_SHORE_KM)[:, None]
    at_shore = OVER_WATER_KM if abroad else off_shore
    limit = np.where((last < 0) | (first == count), at_shore, OVER_WATER_KM)
    return np.asarray(np.all(land | (np.minimum(gap, km[:, None]) <= limit), axis=1))
