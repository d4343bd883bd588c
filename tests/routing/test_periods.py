"""When something with a duration fits between the closures."""

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.routing.closures import FOREVER, Closure
from tests.routing import worlds
from tests.routing.reference import holds, instants
from tests.routing.worlds import NOW, QUARTER


def first_free(closure, starts, lasts, until):
    """Return the first free quarter of an hour, by checking all of them."""
    while starts <= until:
        if not any(holds(closure, at) for at in instants(starts, starts + lasts)):
            return starts
        starts += QUARTER
    return None


@settings(max_examples=400, derandomize=True)
@given(st.integers(0, 2**32), st.integers(-96, 12 * 96), st.integers(0, 130))
def test_the_first_free_time_is_the_one_found_by_checking_every_quarter_of_an_hour(seed, starts, lasts):
    period = worlds.period(random.Random(seed))
    starts, lasts = NOW + starts * QUARTER, lasts * QUARTER
    free = period.free_from(starts, lasts)
    slow = first_free(Closure("country", (period,)), starts, lasts, starts + timedelta(days=25))
    assert free == slow or (slow is None and (free == FOREVER or free > starts + timedelta(days=25)))


@settings(max_examples=200, derandomize=True)
@given(st.integers(0, 2**32), st.integers(0, 96), st.integers(1, 96 * 10))
def test_a_closure_covers_a_time_span_only_if_it_is_always_in_effect(seed, starts, lasts):
    chance = random.Random(seed)
    closure = Closure("country", tuple(worlds.period(chance) for _ in range(3)))
    starts = NOW + starts * QUARTER
    looked_at = instants(starts, starts + lasts * QUARTER)
    if closure.covers(starts, starts + lasts * QUARTER):
        assert all(holds(closure, at) for at in looked_at)
    if any(holds(closure, at) for at in looked_at):
        assert closure.concerns(starts, starts + lasts * QUARTER)
