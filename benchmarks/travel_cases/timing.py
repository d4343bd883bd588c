"""The time of something done several times."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any


def timed(act: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the median seconds of several runs, and the result of the last one."""
    seconds, answer = [], None
    for _ in range(times):
        started = time.perf_counter()
        answer = act()
        seconds.append(time.perf_counter() - started)
    return median(seconds), answer
