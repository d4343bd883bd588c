"""Addresses of articles: when two that are written differently lead to the same page."""

import hashlib
import re
from urllib.parse import SplitResult, urlsplit

_FOR_COUNTING = re.compile(r"(?i)utm_\w+|fbclid|gclid")
"""Parameters that only say how a reader came by."""

_PORTS = {"http": 80, "https": 443}


def normal(url: str) -> str:
    """Return an address without what differs between copies of it: capitals of the host, fragment, `utm_*`, last slash.

    Never raises; what is no address is returned as it is.
    """
    try:
        parts = urlsplit("".join(url.split()))
        host = _host(parts)
    except ValueError:
        return url
    asked = [one for one in parts.query.split("&") if one and not _FOR_COUNTING.fullmatch(one.partition("=")[0])]
    return SplitResult(parts.scheme, host, parts.path.rstrip("/"), "&".join(asked), "").geturl()


def address_key(url: str) -> str:
    """Return a short word that is the same for all forms of an address: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(normal(url).encode("utf-8", "replace")).hexdigest()


def _host(parts: SplitResult) -> str:
    name, port = (parts.hostname or "").rstrip("."), parts.port
    name = f"[{name}]" if ":" in name else name
    return name if port in (None, _PORTS.get(parts.scheme)) else f"{name}:{port}"
