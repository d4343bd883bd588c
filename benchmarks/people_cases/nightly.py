"""The nightly search for duplicates: how its work grows with the number of people who are compared for the first time."""

import math
from statistics import linear_regression

from app.domain.people import duplicates
from app.extensions import db
from benchmarks import Case, ground
from benchmarks.crowd import Crowd
from benchmarks.timing import seconds

_SIZES = (20_000, 60_000, 200_000)


def cases(kind: str, quick: bool) -> list[Case]:
    """Measure three sizes, each in a database of its own, and fit the exponent."""
    sizes = (400, 800, 1_600) if quick else _SIZES
    nights = [_night(kind, size) for size in sizes]
    slope, _ = linear_regression([math.log(size) for size in sizes], [math.log(one) for one in nights])
    of = ", ".join(f"{size:,}" for size in sizes)
    return [
        Case(f"the nightly search grows with n to the power of, at {of} people", slope, 1.2, "power"),
        Case("the nightly search, for each person", 1000 * nights[-1] / sizes[-1], 10.0, "ms"),
    ]


def _night(kind: str, size: int) -> float:
    with ground.house(kind):
        Crowd(size).record(compared=False)
        started = seconds()
        while duplicates.search_people():
            db.session.commit()
        return seconds() - started
