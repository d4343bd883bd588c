"""Alternative routes of all delegations, compared with Yen's k shortest paths, and whether they avoid what is closed."""

import itertools
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import networkx as nx
import numpy as np

from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.travel.places import Place
from app.queries.travel import network
from app.routing.alternatives import Alternative
from app.routing.closures import Closure, Period
from app.routing.network import Network
from app.routing.search import find
from app.routing.trees import open_edges, weights
from app.routing.wishes import Preference, Wish
from benchmarks import Case, ground
from benchmarks.travel_cases import hurried
from benchmarks.travel_cases.timing import timed

PATHS = 200
"""The number of Yen's paths that are examined for one delegation."""
LONGEST = 15.0
"""The time limit in seconds for Yen's algorithm for one delegation; after it, the algorithm counts as finished."""


def cases(quick: bool) -> list[Case]:
    """Measure the search; with `quick`, on so little data that the figures are meaningless."""
    hubs = ground.world(*((400, 4_000) if quick else (3_600, 45_000)))
    congress = ground.congress()
    db.session.commit()
    origins = _origins(hubs, 20 if quick else 150)
    net, goal = network.of_congress(congress, [place.id for place in origins])
    if goal is None:
        raise RuntimeError("Caracas is not in the gazetteer")
    closed = [Closure("country_airspace", (Period(ground.NOW - timedelta(days=1)),), country="VE")]
    wishes = [Wish(place.id, ground.NOW, preference=Preference.FASTEST) for place in origins]
    seconds, found = timed(lambda: find(net, goal.id, wishes, closed), 1 if quick else 3)
    whole, _ = timed(lambda: _from_tables(congress, wishes, closed), 1 if quick else 3)
    sample = list(zip(wishes, found, strict=True))[:: max(1, len(wishes) // (1 if quick else 4))][: 1 if quick else 4]
    yen = sum(_yen(net, goal.id, wish, closed, len(ways)) for wish, ways in sample) / len(sample)
    return [
        Case("alternative routes for all delegations after one closure", whole, 1.0, "s"),
        Case(
            "the same, speed compared with Yen's k shortest paths",
            yen * len(wishes) / seconds,
            50.0,
            "times",
            at_least=True,
        ),
        Case("corridors, for the delegation with the fewest", _corridors(found), 3.0, "routes", at_least=True),
        _through_closed(net, goal.id, wishes, 20 if quick else 200),
        hurried.case(quick, "invented routes"),
    ]


def _origins(hubs: Sequence[Place], count: int) -> list[Place]:
    """Return where the delegations start: the hubs abroad in turn, repeatedly."""
    abroad = [hub for hub in hubs if hub.country != "VE"]
    return list(itertools.islice(itertools.cycle(abroad[:75]), count))


def _from_tables(congress: Congress, wishes: Sequence[Wish], closed: Sequence[Closure]) -> None:
    """Search for all routes as a page does, with the congress's additions to the world's network."""
    net, goal = network.of_congress(congress, [wish.origin_id for wish in wishes])
    find(net, goal.id if goal else 0, wishes, closed)


def _yen(net: Network, goal_id: int, wish: Wish, closed: Sequence[Closure], wanted: int) -> float:
    """Return the seconds until Yen's algorithm has found as many corridors, or has examined enough paths."""
    goal = net.index[goal_id]
    weight = weights(net, Preference.FASTEST)
    graph = nx.DiGraph()
    for edge in np.flatnonzero(open_edges(net, goal, wish, closed)):
        tail, head, heavy = int(net.tail[edge]), int(net.head[edge]), float(weight[edge])
        if not graph.has_edge(tail, head) or graph[tail][head]["weight"] > heavy:
            graph.add_edge(tail, head, weight=heavy)
    entries: set[tuple[int, int]] = set()
    started = time.perf_counter()
    for path in itertools.islice(nx.shortest_simple_paths(graph, net.index[wish.origin_id], goal, "weight"), PATHS):
        over = [pair for pair in itertools.pairwise(path) if net.country[pair[0]] != net.country[pair[1]]]
        entries.add(over[-1])
        if len(entries) >= wanted or time.perf_counter() - started > LONGEST:
            break
    return time.perf_counter() - started


def _corridors(found: Sequence[Sequence[Alternative]]) -> float:
    """Return the smallest number of corridors of any delegation."""
    return float(min(len({way.corridor for way in ways}) for ways in found))


def _through_closed(net: Network, goal_id: int, wishes: Sequence[Wish], count: int) -> Case:
    """Count proposed steps that use something while it is closed, in many random closures; only the ends are checked."""
    chance = random.Random(3)  # noqa: S311 -- made-up closures, the same each time
    wrong = 0
    for _ in range(count):
        code = chance.choice(["VE", "CO", "BR", "PA", "US", "MX", "ES", "GY", "PE", "TR"])
        kind = chance.choice(["country_airspace", "country", "border"])
        starts = ground.NOW + timedelta(hours=chance.randint(-48, 48))
        ends = chance.choice([None, starts + timedelta(hours=chance.randint(6, 200))])
        closure = Closure(kind, (Period(starts, ends),), country=code)
        asked = chance.sample(list(wishes), 3)
        for ways in find(net, goal_id, asked, [closure]):
            wrong += sum(_is_closed(net, step, kind, code, (starts, ends)) for way in ways for step in way.steps)
    return Case(f"steps through a closure, in {count} random closures", float(wrong), 0.0, "steps")


def _is_closed(net: Network, step: Any, kind: str, code: str, period: tuple[Any, Any]) -> bool:
    starts, ends = period
    if step.arrives_at <= starts or (ends is not None and step.departs_at >= ends):
        return False
    here, there = (net.nodes[node].country for node in (net.tail[step.edge], net.head[step.edge]))
    by_air = net.way[step.edge] == 0
    if kind == "border":
        return here != there and code in (here, there) and net.way[step.edge] in (1, 2, 4, 5)
    return code in (here, there) and (by_air or kind == "country")
