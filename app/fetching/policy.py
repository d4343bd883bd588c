"""Who asks, whom it may ask, and for how long."""

from dataclasses import dataclass
from ipaddress import ip_address

from ssrfguard import Resolver

WEB = frozenset({80, 443})


@dataclass(frozen=True)
class Limits:
    """How much of anything is enough."""

    size: int = 5_000_000
    """Bytes on the wire, and bytes after unpacking."""
    seconds: float = 20
    """From the question to the last byte: names, redirects and waiting included."""
    redirects: int = 5


@dataclass(frozen=True)
class Policy:
    """Who asks, and whom it may ask."""

    base_url: str
    """Where this house is found; it stands in the User-Agent."""
    languages: str = "en, es;q=0.8"
    ports: frozenset[int] = WEB
    """For tests: widening it lets addresses through to the question of where they lead, and nothing more."""
    loopback: frozenset[tuple[str, int]] = frozenset()
    """For tests alone: pairs like ("127.0.0.1", 8000) that may be asked although they lie inside the house.

    Only an address that names such a pair literally is let through; a name that leads there is not.
    """
    resolver: Resolver | None = None
    """A stand-in for `socket.getaddrinfo`. Whatever it answers is checked, so it opens nothing."""

    def __post_init__(self) -> None:
        """Refuse a pair that is not loopback: this is no way to open other doors."""
        for host, _port in self.loopback:
            if not ip_address(host).is_loopback:
                raise ValueError(f"{host} is not loopback")

    @property
    def user_agent(self) -> str:
        """What the house calls itself."""
        return f"Encuentro (+{self.base_url})"
