"""Hostile addresses and redirects, and how often they reach something on the internal network."""

from contextlib import suppress
from datetime import UTC, datetime

from app.fetching import Failed, Limits, Policy, fetch
from benchmarks import Case
from tests.fetching import hostile
from tests.fetching.webserver import WebServer, answer, moved

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def cases(quick: bool) -> list[Case]:
    """Request every hostile address, directly and by a redirect; a server on loopback counts the requests that reach it."""
    with WebServer() as inside, WebServer() as allowed:
        inside.pages["/inside"] = answer(b"secret")
        every = hostile.hostile_addresses(inside.port)[:: 8 if quick else 1]
        web = frozenset({80, 443, inside.port})
        for text in every:
            _try(text, Policy("https://encuentro.test", resolver=hostile.resolve, ports=web))
        for text in every:
            allowed.pages["/away"] = moved(text.replace("\r\n", "").replace("\x00", "").encode())
            pair = frozenset({("127.0.0.1", allowed.port)})
            policy = Policy("https://encuentro.test", loopback=pair, resolver=hostile.resolve, ports=web)
            _try(f"{allowed.url}/away", policy)
        reached = inside.connections
    return [
        Case(
            f"requests that reached the internal network, of {2 * len(every)} hostile addresses and redirects",
            reached,
            0.0,
            "times",
        )
    ]


def _try(text: str, policy: Policy) -> None:
    with suppress(Failed):
        fetch(text, policy=policy, now=NOW, limits=Limits(seconds=5))
