"""Maps: the time to draw one, and to find the countries under a flight."""

import random
import time
from collections.abc import Callable

from app.drawing.maps import draw_map
from app.drawing.routes import Line, LineKind, Mark, MarkKind
from app.geography.flights import overflown
from app.geography.sphere import Point
from benchmarks import Case

CARACAS, SYDNEY, LONDON = (10.49, -66.88), (-33.95, 151.18), (51.47, -0.45)


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    lines, marks, closed = crowded()
    times = 1 if quick else 20

    def draw(_number: int) -> None:
        draw_map(lines, marks, closed, title="Journeys", description="Who comes from where", names={})

    return [
        Case("CPU for a map of 60 journeys, with a cached background", 1000 * _seconds(draw, times), 100.0, "ms"),
        Case("CPU to find the countries under the longest flight", 1000 * _seconds(_fly, times), 10.0, "ms"),
    ]


def crowded() -> tuple[list[Line], list[Mark], set[str]]:
    """Return 60 journeys from all over the world to Caracas, their ends, and closed countries."""
    chance = random.Random(11)  # noqa: S311  not for secrets
    cities: list[Point] = [(chance.uniform(-40, 60), chance.uniform(-120, 150)) for _ in range(79)]
    kinds = [*LineKind] * 10
    lines = [Line([city, CARACAS], kinds[n], f"Delegation {n}") for n, city in enumerate(cities[: min(60, len(kinds))])]
    marks = [Mark(city, f"City {n}", MarkKind.END) for n, city in enumerate(cities)]
    return lines, [*marks, Mark(CARACAS, "Caracas", MarkKind.CONGRESS)], {"VE", "UA", "SD"}


def _fly(number: int) -> None:
    overflown(SYDNEY, (LONDON[0], LONDON[1] + number / 1000))


def _seconds(act: Callable[[int], None], times: int) -> float:
    """Return the CPU seconds of one run, after a warm-up run."""
    act(times)
    start = time.process_time()
    for number in range(times):
        act(number)
    return (time.process_time() - start) / times
