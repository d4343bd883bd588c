"""A mail server that takes every email and counts its copies, by Message-ID and recipient."""

import asyncio
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field

_FEATURES = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
_MESSAGE_ID = re.compile(rb"^message-id:\s*<([^@>]+)", re.IGNORECASE | re.MULTILINE)
_OVER = b"\r\n.\r\n"


@dataclass(slots=True)
class Copy:
    """An email that was taken once."""

    at: float
    """When it was taken, by the clock of the machine."""
    begun_at: float = 0.0
    """When the sender had begun with it."""
    is_unheard: bool = False
    """Whether the sender was never told, because a fault kept the answer back."""


@dataclass
class Ledger:
    """What was taken."""

    copies: list[Copy] = field(default_factory=list)
    by_email: dict[tuple[str, str], list[Copy]] = field(default_factory=lambda: defaultdict(list))
    """By the first part of the Message-ID and the recipient, in the order in which they were taken."""

    def take(self, message_id: str, recipient: str) -> int:
        """Count a copy, and return its number."""
        copy = Copy(time.time())
        self.copies.append(copy)
        self.by_email[message_id, recipient].append(copy)
        return len(self.copies) - 1


class Sink(asyncio.Protocol):
    """One connection. The answer to the last byte of an email ends with the number of its copy."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._buffer = bytearray()
        self._is_content = False
        self._recipient = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer every command and every email that is complete."""
        self._buffer += data
        while self._took_content() if self._is_content else self._took_line():
            pass

    def _took_line(self) -> bool:
        line, end, rest = self._buffer.partition(b"\r\n")
        if not end:
            return False
        self._buffer = rest
        command = line[:4].upper()
        if command == b"RCPT":
            self._recipient = line[line.index(b"<") + 1 : line.index(b">")].decode()
        self._is_content = command == b"DATA"
        answers = {b"EHLO": _FEATURES, b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
        self._transport.write(answers.get(bytes(command), b"250 ok\r\n"))
        return True

    def _took_content(self) -> bool:
        content, end, rest = self._buffer.partition(_OVER)
        if not end:
            return False
        self._buffer, self._is_content = rest, False
        found = _MESSAGE_ID.search(content)
        number = self._ledger.take(found[1].decode() if found else "", self._recipient)
        self._transport.write(b"250 taken as %d\r\n" % number)
        return True
