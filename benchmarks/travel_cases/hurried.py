"""The time of a search for one delegation under random closures of air, borders and hours, which it may have to wait for."""

import math
import random
import time
from collections.abc import Sequence
from datetime import time as time_of_day
from datetime import timedelta

from app.queries.travel import network
from app.routing.closures import Closure, Period
from app.routing.network import Network
from app.routing.search import find
from app.routing.wishes import Wish
from benchmarks import Case, ground

DRAWS = 300


def case(quick: bool, world: str) -> Case:
    """Measure the searches in the world that the database contains; with `quick`, only a few of them."""
    net = network.world()
    towns = [node.place_id for node in net.nodes if node.kind == "city"]
    chance = random.Random(14)  # noqa: S311 -- made-up situations, the same each time
    seconds = []
    for _ in range(10 if quick else DRAWS):
        goal, origin = chance.sample(towns, 2)
        closures = _closures(chance, net, (goal, origin))
        started = time.perf_counter()
        find(net, goal, [Wish(origin, ground.NOW)], closures)
        seconds.append(time.perf_counter() - started)
    slow = sorted(seconds)[math.ceil(0.99 * len(seconds)) - 1]
    return Case(f"one delegation under random timed closures, {world}, p99", slow, 1.0, "s")


def _closures(chance: random.Random, net: Network, place_ids: Sequence[int]) -> list[Closure]:
    """Return closures at both ends and near by them, most of which end while the delegation could be on its way."""
    nearby = [net.nodes[net.index[place]].country for place in place_ids] * 3 + chance.sample(net.countries, 6)
    return [_closure(chance, chance.choice(nearby)) for _ in range(chance.randint(1, 6))]


def _closure(chance: random.Random, country: str) -> Closure:
    kind = chance.choice(["country_airspace", "country_airspace", "border", "border", "country", "mode"])
    periods = tuple(_period(chance) for _ in range(chance.randint(1, 2)))
    if kind == "mode":
        return Closure(kind, periods, country=country, way=chance.choice(["road", "rail", "sea"]))
    return Closure(kind, periods, country=country)


def _period(chance: random.Random) -> Period:
    starts = ground.NOW + timedelta(hours=chance.randint(-48, 72))
    ends = chance.choice([None, *(starts + timedelta(hours=chance.randint(6, 240)) for _ in range(3))])
    if chance.random() < 0.6:
        return Period(starts, ends)
    begins, until = chance.sample(range(24), 2)
    return Period(starts, ends, time_of_day(begins), time_of_day(until), "UTC")
