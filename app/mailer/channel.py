"""A connection to a relay that never blocks: the socket, its encryption, and the dialog over it."""

import errno
import os
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from selectors import EVENT_READ, EVENT_WRITE
from typing import Any

from app.mailer.conversation import Conversation, Envelope
from app.mailer.relay import Relay
from app.mailer.replies import Broken

_RECEIVED = 65_536
_PIECES = 64
"""Pieces of emails that are handed over in one call."""
_WORDS = 200
REPLY = 20.0
"""Seconds for a connection, and for the answer to a command."""
END = 120.0
"""Seconds for the answer to the last byte of an email. Giving up too early sends it twice."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a server may take."""

    connecting: float = REPLY
    reply: float = REPLY
    end: float = END


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server can be connected to."""

    family: int
    where: tuple[Any, ...]


def addresses_of(relay: Relay) -> list[Address]:
    """Return the addresses of a relay, IPv6 and IPv4, in the order in which to try them. Raises OSError."""
    found = socket.getaddrinfo(relay.host, relay.port, type=socket.SOCK_STREAM)
    return [Address(int(family), where) for family, _kind, _protocol, _name, where in found]


class Channel:
    """One connection: `events` says what it waits for, and `work` does what has become possible."""

    def __init__(
        self, relay: Relay, address: Address, take: Callable[[], Envelope | None], *, own_name: str, patience: Patience
    ) -> None:
        """Begin to connect."""
        self.conversation = Conversation(relay, take, own_name=own_name)
        self.error = ""
        """Why it is over; empty as long as it is not."""
        self.address = address
        self._relay, self._patience = relay, patience
        self._is_connected = self._is_encrypting = False
        self._waits_for = EVENT_WRITE
        self._handed_over = 0
        self._progressed_at = time.monotonic()
        self._socket = socket.socket(address.family, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        failed = self._socket.connect_ex(address.where)
        if failed not in (0, errno.EINPROGRESS):
            self._end(words_of(OSError(failed, os.strerror(failed))))

    def fileno(self) -> int:
        """Return the number of the socket."""
        return self._socket.fileno()

    @property
    def events(self) -> int:
        """What it waits for."""
        if self._is_connected and not self._is_encrypting:
            return EVENT_READ | (EVENT_WRITE if self.conversation.outgoing else 0)
        return self._waits_for

    @property
    def gives_up_at(self) -> float:
        """When the server will have taken too long, by the monotonic clock."""
        if not self._is_connected:
            return self._progressed_at + self._patience.connecting
        if self.conversation.awaits_an_end:
            return self._progressed_at + self._patience.end
        is_due = self.conversation.is_waiting or self.conversation.outgoing or self._is_encrypting
        return self._progressed_at + self._patience.reply if is_due else float("inf")

    def work(self) -> None:
        """Do what has become possible; if that ends the connection, `error` says why."""
        try:
            if self._is_connected or self._connect():
                self._exchange()
        except (OSError, Broken) as error:
            self._end(words_of(error))

    def give_up_if_late(self, now: float) -> None:
        """End the connection if the server has taken too long."""
        if not self.error and now >= self.gives_up_at:
            self._end("the server did not answer in time")

    def proceed(self) -> None:
        """Begin the next email if nothing else is going on."""
        if not self.error and self.conversation.is_idle:
            if not self.conversation.is_waiting:
                self._progressed_at = time.monotonic()
            self.conversation.proceed()
            self.work()

    def close(self) -> None:
        """Take leave and close it."""
        if not self.error and self._is_connected and not (self.conversation.is_waiting or self._is_encrypting):
            self.conversation.quit()
            self.work()
        if not self.error:
            self._end("closed")

    def unfinished(self) -> list[Envelope]:
        """Return the emails that the end of the connection has interrupted; results of others may have been added."""
        return self.conversation.lost(self.error, self._handed_over)

    def _end(self, words: str) -> None:
        self.error = words
        if isinstance(self._socket, ssl.SSLSocket):
            self._relay.tls.keep(self._socket)
        self._socket.close()

    def _connect(self) -> bool:
        failed = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failed:
            raise OSError(failed, os.strerror(failed))
        try:
            self._socket.getpeername()
        except OSError:
            return False  # not yet
        self._is_connected = True
        if self._relay.is_encrypted_at_once:
            self._encrypt()
        return True

    def _exchange(self) -> None:
        if self._is_encrypting and not self._shake_hands():
            return
        self._write()
        while (data := self._read()) is not None:
            self._progressed_at = time.monotonic()
            self.conversation.received(data)
            if self.conversation.wants_tls:
                self._encrypt()
                if not self._shake_hands():
                    return
            self._write()
            if not (isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()):
                return

    def _encrypt(self) -> None:
        self._socket = self._relay.tls.wrap(self._socket, self._relay.host)
        self._is_encrypting = True

    def _shake_hands(self) -> bool:
        try:
            self._socket.do_handshake()  # type: ignore[attr-defined]
        except ssl.SSLWantReadError:
            self._waits_for = EVENT_READ
            return False
        except ssl.SSLWantWriteError:
            self._waits_for = EVENT_WRITE
            return False
        self._is_encrypting = False
        self._progressed_at = time.monotonic()
        if self.conversation.wants_tls:
            self.conversation.secured()
        return True

    def _read(self) -> bytes | None:
        """Return what has arrived, or None if nothing has."""
        try:
            data = self._socket.recv(_RECEIVED)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return None
        if not data:
            raise Broken("the server closed the connection")
        return data

    def _write(self) -> None:
        """Hand over as much as the connection takes."""
        waiting = self.conversation.outgoing
        while waiting:
            pieces = list(waiting) if len(waiting) <= _PIECES else [waiting[number] for number in range(_PIECES)]
            try:
                taken = self._hand_over(pieces)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            self._progressed_at = time.monotonic()
            self._handed_over += taken
            while waiting and taken >= len(waiting[0]):
                taken -= len(waiting.popleft())
            if taken:
                waiting[0] = waiting[0][taken:]
                return

    def _hand_over(self, pieces: list[bytes]) -> int:
        if isinstance(self._socket, ssl.SSLSocket):
            return self._socket.send(b"".join(pieces))
        return self._socket.sendmsg(pieces)


def words_of(error: Exception) -> str:
    """Return the error in a few words."""
    words = str(error) if isinstance(error, Broken) else f"{type(error).__name__}: {error}"
    return words[:_WORDS]
