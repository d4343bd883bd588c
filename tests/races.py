"""Two transactions at the same moment, for tests of locks."""

import contextlib
from threading import Barrier, BrokenBarrierError, Thread


def meet(monkeypatch, module, name, *, timeout=0.5):
    """Let two threads reach a function before either calls it; locks let only one of them come that far."""
    barrier, original = Barrier(2), getattr(module, name)

    def met(*given, **options):
        with contextlib.suppress(BrokenBarrierError):
            barrier.wait(timeout=timeout)
        return original(*given, **options)

    monkeypatch.setattr(module, name, met)


def together(*acts):
    """Call each function in a thread of its own; return what they return, in their order."""
    results = [None] * len(acts)

    def act(number):
        results[number] = acts[number]()

    threads = [Thread(target=act, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
