"""A web server on loopback, and a record of every attempted connection."""

import socket
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from app.fetching import Limits, Policy, fetch
from tests.fetching import hostile
from tests.fetching.webserver import WebServer

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def server():
    with WebServer() as server:
        yield server


@pytest.fixture(autouse=True)
def tried(monkeypatch):
    """Record the address of every attempted connection, and allow only loopback."""
    addresses = []
    connect = socket.socket.connect

    def write_down(sock, address):
        addresses.append((ip_address(address[0]), address[1]))
        if not addresses[-1][0].is_loopback:
            raise ConnectionRefusedError("no test goes out")
        return connect(sock, address)

    monkeypatch.setattr(socket.socket, "connect", write_down)
    return addresses


@pytest.fixture
def ask(server):
    """Fetch a path of the server, which the policy allows, or any other address."""

    def ask(text, *, validators=None, resolver=hostile.resolve, loopback=None, ports=frozenset({80, 443}), **limits):
        pairs = frozenset({("127.0.0.1", server.port)}) if loopback is None else loopback
        return fetch(
            server.url + text if text.startswith("/") and not text.startswith("//") else text,
            policy=Policy(loopback=pairs, resolver=resolver, ports=ports),
            now=NOW,
            validators=validators,
            limits=Limits(**{"seconds": 5} | limits),
        )

    return ask
