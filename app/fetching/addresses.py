"""Which addresses may be requested, checked before any name is looked up.

ssrfguard decides about schemes, ports, credentials, literal addresses and, later, about every address that a name
resolves to. Added here: names that have a meaning in an internal network are refused without a lookup, because the
lookup alone tells its name server something, and so are hosts that end in a number, which some resolvers take for an
address.
"""

import re

import httpx
import ssrfguard

from app.fetching.answer import Failed, Failure
from app.fetching.policy import Policy

_UNSEEN = re.compile(r"[\x00-\x1f\x7f\\]")
"""Characters that URL parsers drop or take for a slash, each in its own way."""

_INSIDE = frozenset({
    "arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost", "onion", "private",
})  # fmt: skip
"""Top-level names that resolve to nothing, or to internal hosts."""

_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)

ATTEMPTS = 3
"""The number of addresses of a name that are tried."""


def guard_of(url: httpx.URL, policy: Policy) -> ssrfguard.Policy:
    """Return what ssrfguard has to enforce for one address: the public web, or one loopback pair that tests allow."""
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    if (url.host, port) in policy.loopback:
        return ssrfguard.Policy(
            allowed_networks=(url.host,),  # type: ignore[arg-type]
            allowed_ports=frozenset({port} if port else ()),
            allowed_hosts=frozenset({url.host}),
        )
    return ssrfguard.Policy(allowed_ports=policy.ports, max_connection_attempts=ATTEMPTS)


def checked(text: str, policy: Policy, *, base: httpx.URL | None = None) -> httpx.URL:
    """Return an address that may be requested, without its fragment, or raise Failed with `refused_address`.

    `base` is the page whose redirect contained `text`. What is checked is what will be connected to, not what was
    written.
    """
    text = text.strip()
    if _UNSEEN.search(text):
        raise Failed(Failure.REFUSED_ADDRESS, "the address has characters that are read in more than one way")
    try:
        url = (httpx.URL(text) if base is None else base.join(text)).copy_with(fragment=None)
        target = guard_of(url, policy).check_url(str(url))
    except ssrfguard.BlockedURLError as error:
        raise Failed(Failure.REFUSED_ADDRESS, error.reason) from None
    except (httpx.InvalidURL, ValueError) as error:
        raise Failed(Failure.REFUSED_ADDRESS, f"not an address: {type(error).__name__}") from None
    if not target.is_literal_address:
        _check_name(target.host)
    return url


def shown(url: httpx.URL) -> str:
    """Return an address for a log: without its query, which may contain private data."""
    return str(url.copy_with(query=None, username="", password=""))[:200]


def _check_name(host: str) -> None:
    labels = host.rstrip(".").lower().split(".")
    if len(labels) == 1 or labels[-1] in _INSIDE or _NUMBER.fullmatch(labels[-1]):
        raise Failed(Failure.REFUSED_ADDRESS, f"host {host!r} is no name of the public web")
