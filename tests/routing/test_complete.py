"""A route is found if one exists, and the best one is optimal: compared with trying all routes."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.routing.search import find
from app.routing.wishes import Preference
from tests.routing import worlds
from tests.routing.reference import Reference

SECOND = timedelta(seconds=1)


def slowly(times):
    return settings(max_examples=times, suppress_health_check=list(HealthCheck), derandomize=True)


def compared(seed, *, timed, preference=Preference.FASTEST):
    """Yield each wish with its routes and the exhaustive reference."""
    chance = random.Random(seed)
    world = worlds.world(chance, hours=timed, most_nodes=9, most_links=24)
    closures = worlds.closures(chance, world, timed=timed)
    changes = {"preference": preference} | ({} if timed else {"refusals": ()})
    wishes = [worlds.wish(chance, world, **changes) for _ in range(3)]
    found = find(world.network, world.destination_id, wishes, closures)
    for wish, ways in zip(wishes, found, strict=True):
        if wish.origin_id != world.destination_id:
            yield wish, ways, Reference(world.network, world.destination_id, wish, closures)


@pytest.mark.parametrize("timed", [False, True])
@slowly(25)
@given(seed=st.integers(0, 2**32))
def test_a_route_is_found_exactly_when_one_exists(timed, seed):
    for wish, ways, reference in compared(seed, timed=timed):
        best = reference.best()
        assert ways or best is None
        if ways and best is None:  # beyond the horizon of the reference
            assert min(way.arrives_at for way in ways) > wish.starts_at + timedelta(days=12)


@slowly(20)
@given(seed=st.integers(0, 2**32), preference=st.sampled_from(Preference))
def test_a_route_is_found_with_every_preference(seed, preference):
    for _, ways, reference in compared(seed, timed=True, preference=preference):
        assert ways or reference.best() is None


@slowly(25)
@given(seed=st.integers(0, 2**32))
def test_the_fastest_route_is_optimal_without_temporary_closures(seed):
    for _, ways, reference in compared(seed, timed=False):
        best = reference.best(stays=True)
        if best is not None:
            assert abs(min(way.arrives_at for way in ways) - best) < SECOND


def test_the_fastest_route_is_nearly_always_optimal_with_temporary_closures():
    late = []
    for seed in range(40):
        for wish, ways, reference in compared(seed, timed=True):
            best = reference.best(stays=True)
            if best is not None:
                soonest = min(way.arrives_at for way in ways)
                late.append((soonest - wish.starts_at) / (best - wish.starts_at) - 1)
    assert len([one for one in late if one > 0.001]) <= len(late) // 25
    assert max(late) <= 0.5
