"""Whether anybody can arrive at all, before all routes are tried: closures without an end may have cut off the destination."""

from datetime import datetime, timedelta

from app.later import np
from app.routing.closures import FOREVER
from app.routing.estimates import Floats
from app.routing.network import Booleans, Network
from app.routing.trees import Trees, subgraph, weights
from app.routing.walk import Calendar
from app.routing.wishes import Preference


def can_arrive(trees: Trees, calendar: Calendar, origin: int, starts: datetime, until: datetime) -> bool:
    """Return whether any route may arrive: without the edges that are closed for ever before one could be there."""
    network = trees.network
    minutes = weights(network, Preference.FASTEST)
    allowed = trees.allowed.copy()
    reached = _reached(network, minutes, allowed, origin)
    for edge in np.flatnonzero(allowed & calendar.endless() & np.isfinite(reached[network.tail])):
        ready = starts + timedelta(minutes=max(0.0, float(reached[network.tail[edge]] - 1)))
        allowed[edge] = calendar.departure(int(edge), ready) < FOREVER - timedelta(days=365)
    lasts = float(_reached(network, minutes, allowed, origin)[trees.destination])
    return bool(np.isfinite(lasts)) and starts + timedelta(minutes=max(0.0, lasts - 1)) <= until


def _reached(network: Network, weight: Floats, allowed: Booleans, origin: int) -> Floats:
    """Return the weight of the lightest way from an origin to each node."""
    graph = subgraph(network, weight, np.flatnonzero(allowed).astype(np.int32))
    distance, _ = graph.from_each(np.array([origin], dtype=np.int32))
    return np.asarray(distance[0])
