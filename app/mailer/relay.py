"""The mail server that emails are handed to."""

import socket
import ssl
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Self
from urllib.parse import unquote, urlsplit

from app.mail_settings import is_this_machine, relay_name, relay_options

_FAR, _NEAR = 4, 8
"""Connections at once to a relay on another machine, whose owner may allow few, and to one on this machine."""


@cache
def own_name() -> str:
    """Return the name by which this machine introduces itself: its full one, or else an address (RFC 5321, section 4.1.3)."""
    name = socket.getfqdn()
    return name if "." in name else "[127.0.0.1]"


class Tls:
    """What connections to a relay have in common: whom they trust, and the session that the next one resumes."""

    def __init__(self) -> None:
        self._context = ssl.create_default_context()
        self._session: ssl.SSLSession | None = None

    def wrap(self, connection: socket.socket, host: str) -> ssl.SSLSocket:
        """Return the connection with encryption, which is not yet agreed on."""
        return self._context.wrap_socket(
            connection, server_hostname=host, do_handshake_on_connect=False, session=self._session
        )

    def keep(self, connection: ssl.SSLSocket) -> None:
        """Resume the session of a connection with the next one, which saves the server's certificate and its check."""
        self._session = connection.session or self._session


@dataclass(frozen=True)
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
    name: str = ""
    """Host and port, by which people know it."""
    weight: int = 1
    """Its share of the emails, compared with other relays."""
    connections: int = _FAR
    rate: float = 0
    """Emails a second of all workers together; 0 if there is no limit."""

    @cached_property
    def tls(self) -> Tls:
        """What its encrypted connections have in common."""
        return Tls()

    def discreet(self, words: str) -> str:
        """Return what the relay said without its account, which some name in their answers."""
        for secret in filter(None, (self.password, self.username, self.username.partition("@")[0])):
            words = words.replace(secret, "…")
        return words

    @classmethod
    def of(cls, url: str) -> Self:
        """Return the relay at `smtp://user:password@host:port`, perhaps with `?tls=optional`, or `smtps://…`.

        Somebody between the two can remove the offer of STARTTLS, and would read every email: names, links that sign in,
        and passwords. So a remote server has to offer it, unless the address says `?tls=optional`.
        """
        server, options = urlsplit(url), relay_options(url)
        host, at_once = server.hostname or "localhost", server.scheme == "smtps"
        near = is_this_machine(host)
        return cls(
            host=host,
            port=server.port or (465 if at_once else 25),
            is_encrypted_at_once=at_once,
            must_encrypt=at_once or not (near or options.tls_is_optional),
            is_near=near,
            username=unquote(server.username or ""),
            password=unquote(server.password or ""),
            name=relay_name(url),
            weight=options.weight,
            connections=options.connections or (_NEAR if near else _FAR),
            rate=options.rate,
        )
