"""One deadline for a complete fetch.

ssrfguard resolves a name once, checks every result and connects to what it checked. Three waits remain open: the
platform looks up names without any timeout, each connection attempt may use the whole time, and httpx restarts the
timeout for each read, so that a server that sends one byte a minute never times out. All three end here.
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
    """The instant at which everything has to end."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the remaining seconds; raise the timeout error of httpcore if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left


class Transport(SafeTransport):
    """ssrfguard's transport, with every wait limited by the deadline."""

    def __init__(self, guard: ssrfguard.Policy, resolver: Resolver | None, deadline: Deadline) -> None:
        super().__init__(policy=guard, verify=_certificates(), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_connections=1, network_backend=_Backend(guard, resolver, deadline)
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Return the trusted certificate authorities; loading them takes longer than most requests."""
    return httpx.create_ssl_context(trust_env=False)


class _Backend(SafeBackend):
    """Resolves, checks and connects like ssrfguard, with a share of the time for the lookup and one for each attempt."""

    def __init__(self, guard: ssrfguard.Policy, resolver: Resolver | None, deadline: Deadline) -> None:
        super().__init__(policy=guard)
        self._ask = resolver or getaddrinfo
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is used instead
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to a checked address."""
        part = self._deadline.left() / (1 + self.policy.max_connection_attempts)
        self.resolver = _within(part, self._ask)
        stream = super().connect_tcp(host, port, part, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore.NetworkStream):
    """A stream of httpcore; only its timeouts are changed here."""

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
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Start TLS; the certificate is checked against the name that httpcore passes."""
        encrypted = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Stream(encrypted, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return information about the stream."""
        return self._stream.get_extra_info(info)


def _within(seconds: float, resolver: Callable[..., Iterable[Any]]) -> Resolver:
    """Return a resolver that gives up in time. The platform's lookup continues in an abandoned thread."""

    def look_up(*question: Any) -> list[Any]:
        answers: Future[list[Any]] = Future()

        def work() -> None:
            try:
                answers.set_result(list(resolver(*question)))
            except UnicodeError:
                answers.set_exception(gaierror("no name that can be looked up"))
            except Exception as error:  # noqa: BLE001 - re-raised in the waiting thread
                answers.set_exception(error)

        Thread(target=work, daemon=True, name="looking up a name").start()
        return answers.result(timeout=seconds)

    return look_up
