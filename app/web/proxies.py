"""A reverse proxy that is not declared: all requests seem to come from its address, so addresses tell nobody apart."""

from ipaddress import ip_address, ip_network

from flask import Flask, current_app, request

from app.config import Config

_NEAR = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)
"""Loopback and private networks."""


def register(app: Flask) -> None:
    """Say in the log, once, that requests come through an undeclared proxy."""
    app.before_request(_notice)


def is_undeclared() -> bool:
    """Return whether this request was forwarded although no proxy is declared.

    Anybody can send the header, so it only counts if the request comes from where a proxy of the house could be: this
    machine or its network.
    """
    if current_app.config["SETTINGS"].proxies or "X-Forwarded-For" not in request.headers:
        return False
    return _is_near(request.remote_addr or "")


def was_undeclared(settings: Config) -> bool:
    """Return whether a request was forwarded, at any time, although no proxy is declared."""
    return not settings.proxies and settings.undeclared_proxy_file.exists()


def _is_near(address: str) -> bool:
    """Return whether a client is on this machine or in its network; one without an address uses a socket of this machine."""
    if not address:
        return True
    try:
        peer = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    peer = getattr(peer, "ipv4_mapped", None) or peer
    return any(peer.version == near.version and peer in near for near in _NEAR)


def _notice() -> None:
    if not is_undeclared() or current_app.extensions.setdefault("undeclared proxy", []):
        return
    current_app.extensions["undeclared proxy"].append(True)
    current_app.logger.warning(WARNING)
    try:
        current_app.config["SETTINGS"].undeclared_proxy_file.touch(mode=0o600)
    except OSError:
        current_app.logger.warning("VAR_DIR cannot be written.")


WARNING = "Requests come through a reverse proxy, but PROXIES is 0: everyone shares one address. Set PROXIES."
