"""The mail server that emails are handed to."""

import socket
from dataclasses import dataclass, field
from functools import cache
from typing import Self
from urllib.parse import unquote, urlsplit

from app.setting_checks import TLS_OPTIONAL, is_this_machine


@cache
def own_name() -> str:
    """Return the name by which this machine introduces itself: its full one, or else an address (RFC 5321, section 4.1.3)."""
    name = socket.getfqdn()
    return name if "." in name else "[127.0.0.1]"


@dataclass(frozen=True, slots=True)
class Relay:
    """Where it is, how the connection is encrypted, and the account for it."""

    host: str
    port: int
    is_encrypted_at_once: bool
    """Whether TLS starts with the connection (`smtps://`), not with STARTTLS."""
    must_encrypt: bool
    """Whether nothing is sent without TLS."""
    is_near: bool
    """Whether it is this machine, so that nobody is between."""
    username: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> Self:
        """Return the relay at `smtp://user:password@host:port`, perhaps with `?tls=optional`, or `smtps://…`.

        Somebody between the two can remove the offer of STARTTLS, and would read every email: names, links that sign in,
        and passwords. So a remote server has to offer it, unless the address says `?tls=optional`.
        """
        server = urlsplit(url)
        host, at_once = server.hostname or "localhost", server.scheme == "smtps"
        near = is_this_machine(host)
        return cls(
            host=host,
            port=server.port or (465 if at_once else 25),
            is_encrypted_at_once=at_once,
            must_encrypt=at_once or not (near or server.query == TLS_OPTIONAL),
            is_near=near,
            username=unquote(server.username or ""),
            password=unquote(server.password or ""),
        )
