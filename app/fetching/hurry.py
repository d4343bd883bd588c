"""One deadline for a whole errand.

ssrfguard resolves a name once, checks every answer and connects to what it checked. It leaves three waits open: the platform
looks up names without any timeout, each attempt to connect may take all of the time, and httpx counts the seconds of each
read anew, so that a server that sends one byte a minute is never too slow. All three end here.
"""

import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import cache
from socket import gaierror, getaddrinfo
from threading import Thread
from typing import Any

import httpcore
import httpx
import ssrfguard
from ssrfguard import Resolver
from ssrfguard.httpx import SafeBackend, SafeTransport


class Deadline:
    """An instant at which everything ends."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raise what httpcore raises when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left


class Transport(SafeTransport):
    """ssrfguard's transport, whose every wait ends at the deadline."""

    def __init__(self, guard: ssrfguard.Policy, resolver: Resolver | None, deadline: Deadline) -> None:
        super().__init__(policy=guard, verify=_certificates(), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_connections=1, network_backend=_Backend(guard, resolver, deadline)
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Return the authorities to trust; reading them takes longer than most requests."""
    return httpx.create_ssl_context(trust_env=False)


class _Backend(SafeBackend):
    """Looks up, checks and connects as ssrfguard does: one part of the time for the name and one for each attempt."""

    def __init__(self, guard: ssrfguard.Policy, resolver: Resolver | None, deadline: Deadline) -> None:
        super().__init__(policy=guard)
        self._ask = resolver or getaddrinfo
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline knows better
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to an address that was checked."""
        part = self._deadline.left() / (1 + self.policy.max_connection_attempts)
        self.resolver = _within(part, self._ask)
        stream = super().connect_tcp(host, port, part, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore.NetworkStream):
    """A stream of httpcore's own; only how long it may wait is decided here."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Read, until the deadline at most."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write, until the deadline at most."""
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Encrypt; the certificate is compared with the name that httpcore hands over."""
        encrypted = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Stream(encrypted, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Ask the stream."""
        return self._stream.get_extra_info(info)


def _within(seconds: float, resolver: Callable[..., Iterable[Any]]) -> Resolver:
    """Return a resolver that gives up in time. The platform's goes on in a thread that nobody waits for."""

    def look_up(*question: Any) -> list[Any]:
        answers: Future[list[Any]] = Future()

        def work() -> None:
            try:
                answers.set_result(list(resolver(*question)))
            except UnicodeError:
                answers.set_exception(gaierror("no name that can be looked up"))
            except Exception as error:  # noqa: BLE001 - it is raised where somebody waits for it
                answers.set_exception(error)

        Thread(target=work, daemon=True, name="looking up a name").start()
        return answers.result(timeout=seconds)

    return look_up
