"""Whom the web server answers first: whoever was told to wait is answered after everybody else."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from waitress.task import ThreadedTaskDispatcher

BEHIND_SECONDS = 60
"""For how long a client that was told to wait is answered after the others."""
_MOST_CLIENTS = 10_000


def client_of(address: str) -> str:
    """Return what counts as one client: an address; in IPv6, a network."""
    found = ip_address(address.partition("%")[0])
    return str(found if found.version == 4 else ip_network((found, 64), strict=False))


@dataclass(frozen=True, slots=True)
class _Behind:
    """A request from the second lane."""

    task: Any
    answered: Callable[[], None]

    def service(self) -> None:
        """Answer the request."""
        try:
            self.task.service()
        finally:
            self.answered()

    def cancel(self) -> None:
        """Drop the request, because the server stops."""
        self.task.cancel()


class Lanes:
    """A queue of requests in two lanes. One at a time is taken from the second lane, and only if the first one is empty."""

    def __init__(self, answered: Callable[[], None]) -> None:
        """Call `answered` whenever a request from the second lane has been answered."""
        self._answered = answered
        self._first: deque[Any] = deque()
        self._second: deque[Any] = deque()
        self._until: dict[str, float] = {}
        self.busy = False
        """Whether a request from the second lane is being answered."""

    def __len__(self) -> int:
        """Return how many requests can be taken now."""
        return len(self._first) + (bool(self._second) and not self.busy)

    def append(self, task: Any) -> None:
        """Add a request, which knows the address of its client."""
        is_behind = self._until.get(client_of(str(task.addr[0])), 0) > time.monotonic()
        (self._second if is_behind else self._first).append(task)

    def popleft(self) -> Any:
        """Take the next request."""
        if self._first:
            return self._first.popleft()
        self.busy = True
        return _Behind(self._second.popleft(), self._answered)

    def put_behind(self, client: str) -> None:
        """Put a client into the second lane for a while."""
        now = time.monotonic()
        if len(self._until) >= _MOST_CLIENTS:
            self._until = {one: until for one, until in self._until.items() if until > now}
        self._until[client] = now + BEHIND_SECONDS


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads that take requests from two lanes, so that those who try again and again slow down nobody else."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Lanes(self._go_on)

    def put_behind(self, client: str) -> None:
        """Answer a client after the others for a while."""
        with self.lock:
            self.queue.put_behind(client)

    def _go_on(self) -> None:
        """Let the next request of the second lane be taken."""
        with self.lock:
            self.queue.busy = False
            self.queue_cv.notify()


def noting_refusals(app: Callable[..., Iterable[bytes]], dispatcher: Dispatcher) -> Callable[..., Iterable[bytes]]:
    """Return an application that puts a client behind the others if it answers that the client tries too often."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if status.startswith("429"):
                dispatcher.put_behind(client_of(environ["REMOTE_ADDR"]))
            return start_response(status, headers, *error)

        return app(environ, start)

    return answer
