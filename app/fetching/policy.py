"""The requester, what it may request, and for how long."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # as in app/later.py
    from ssrfguard import Resolver

WEB = frozenset({80, 443})


@dataclass(frozen=True)
class Limits:
    """Limits of size and time."""

    size: int = 5_000_000
    """Bytes received, and bytes after unpacking."""
    seconds: float = 20
    """From the request to the last byte: lookups, redirects and waiting included."""
    redirects: int = 5


USER_AGENT = "Mozilla/5.0 (compatible; FeedReader/1.0)"
"""It tells the sites that are fetched neither which software asks nor whose it is."""


@dataclass(frozen=True)
class Policy:
    """The requester, and what it may request."""

    languages: str = "en, es;q=0.8"
    ports: frozenset[int] = WEB
    """For tests: more ports that may be requested; the check of where addresses lead stays."""
    loopback: frozenset[tuple[str, int]] = frozenset()
    """For tests only: pairs like ("127.0.0.1", 8000) that may be requested although they are internal.

    Only an address that contains such a pair literally is allowed; a name that resolves to it is not.
    """
    resolver: "Resolver | None" = None
    """A replacement for `socket.getaddrinfo`. Whatever it returns is checked, so it allows nothing more."""

    def __post_init__(self) -> None:
        """Reject a pair that is not loopback: this must not open other hosts."""
        for host, _port in self.loopback:
            if not ip_address(host).is_loopback:
                raise ValueError(f"{host} is not loopback")
