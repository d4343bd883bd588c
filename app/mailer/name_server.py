"""Looks names up in the DNS, for the check of the domain that emails are sent from."""

import ipaddress
from typing import Any

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PATIENCE = 8.0
"""Seconds for an answer."""


class NoAnswer(Exception):
    """No name server answers, so nothing is known."""


class NameServer:
    """Name servers: those of the system, or one as `address` or `address:port`."""

    def __init__(self, given: str | None = None) -> None:
        self._resolver = dns.resolver.Resolver(configure=given is None)
        if given is not None:
            address, port = _parts(given)
            self._resolver.nameservers, self._resolver.port = [address], port
        self._resolver.lifetime = _PATIENCE

    def texts(self, name: str) -> list[str]:
        """Return the texts at a name. Raises NoAnswer."""
        return [b"".join(one.strings).decode("utf-8", "replace") for one in self._ask(name, "TXT")]

    def addresses(self, host: str) -> list[Address]:
        """Return the addresses of a host, which may be an address itself. Raises NoAnswer."""
        try:
            return [ipaddress.ip_address(host)]
        except ValueError:
            return [
                one
                for kind in ("A", "AAAA")
                for one in sorted(ipaddress.ip_address(it.address) for it in self._ask(host, kind))
            ]

    def mail_servers(self, domain: str) -> list[str]:
        """Return the hosts that take emails for a domain. Raises NoAnswer."""
        return [one.exchange.to_text(omit_final_dot=True) for one in self._ask(domain, "MX")]

    def names_of(self, address: Address) -> list[str]:
        """Return the names that an address is said to have. Raises NoAnswer."""
        return [
            one.target.to_text(omit_final_dot=True)
            for one in self._ask(dns.reversename.from_address(str(address)), "PTR")
        ]

    def _ask(self, name: dns.name.Name | str, kind: str) -> list[Any]:
        try:
            return list(self._resolver.resolve(name, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as error:
            raise NoAnswer(str(name)) from error


def _parts(given: str) -> tuple[str, int]:
    """Return address and port of a name server; an IPv6 address with a port stands in brackets."""
    if given.startswith("["):
        address, _bracket, port = given[1:].partition("]")
        return address, int(port.removeprefix(":") or 53)
    if given.count(":") == 1:
        address, _colon, port = given.partition(":")
        return address, int(port)
    return given, 53
