"""No route uses anything closed: every result in small random worlds is compared with a simple reference."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.routing.search import find
from tests.routing import worlds
from tests.routing.reference import Reference, outdone

SLOWLY = settings(max_examples=100, suppress_health_check=list(HealthCheck), derandomize=True)


@SLOWLY
@given(st.integers(0, 2**32))
def test_no_route_uses_anything_closed_or_refused_comes_back_to_a_country_or_is_outdone_by_another(seed):
    chance = random.Random(seed)
    world = worlds.world(chance)
    for _ in range(4):
        closures = worlds.closures(chance, world)
        wishes = [worlds.wish(chance, world) for _ in range(4)]
        found = find(world.network, world.destination_id, wishes, closures)
        for wish, ways in zip(wishes, found, strict=True):
            reference = Reference(world.network, world.destination_id, wish, closures)
            assert [wrong for way in ways for wrong in reference.wrong(way)] == []
            assert outdone(world.network, ways) == []
