"""Signing in while others guess passwords, compared with a quiet time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from statistics import quantiles

from benchmarks import Case
from benchmarks.safety_cases.visitors import Visitor, house

_GUESSERS = 20
_SECONDS_TO_BEGIN = 4


def cases(quick: bool) -> list[Case]:
    """Measure the time from sending the password to the answer, at 95 % of the tries."""
    times = 3 if quick else 40
    with house("web") as place:
        owner = Visitor(place.port)
        owner.sign_in("admin@example.org")  # from now on, this is a known device
        quiet = _p95([_seconds(owner) for _ in range(times)])
        with _guessing(place.port):
            besieged = _p95([_seconds(owner) for _ in range(times)])
    name = f"signing in while {_GUESSERS} guess ÷ in a quiet time ({quiet * 1000:.0f} ms), p95"
    return [Case(name, besieged / quiet, 2.0, "times")]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def _seconds(owner: Visitor) -> float:
    form = owner.sheet("/sign-in?next=/", email="admin@example.org", password="una frase que nadie adivina")  # noqa: S106
    began = time.perf_counter()
    owner.send("/sign-in", form)
    return time.perf_counter() - began


@contextmanager
def _guessing(port: int) -> Iterator[None]:
    """Let strangers guess in a process of their own, so that the owner's clock does not wait for them."""
    spawning = get_context("spawn")
    stop = spawning.Event()
    process = spawning.Process(target=_guess_all, args=(port, stop))
    process.start()
    time.sleep(_SECONDS_TO_BEGIN)
    try:
        yield
    finally:
        stop.set()
        process.join()


def _guess_all(port: int, stop: Event) -> None:
    """Let each stranger guess at an address of its own, as fast as it is answered."""
    threads = [threading.Thread(target=_guess, args=(port, number, stop)) for number in range(_GUESSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _guess(port: int, number: int, stop: Event) -> None:
    stranger = Visitor(port, f"127.7.7.{number + 1}")
    form = stranger.sheet("/sign-in", email="admin@example.org")
    for tried in count():
        if stop.is_set():
            return
        stranger.send("/sign-in", form | {"password": f"guess {number} {tried}"})
