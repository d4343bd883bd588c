"""Replies of an SMTP server, read from the bytes that arrive (RFC 5321, section 4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 65_536
"""Bytes of one reply; the standard allows far less."""
_SHOWN = 200


class Broken(Exception):
    """The connection is of no more use."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: its code and its lines without the code."""

    code: int
    lines: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether the command was carried out."""
        return 200 <= self.code < 300

    @property
    def is_final(self) -> bool:
        """Whether repeating the command would not help."""
        return 500 <= self.code < 600

    def __str__(self) -> str:
        """Return the code and the beginning of its words on one line."""
        return " ".join(f"{self.code} {' '.join(self.lines)}".split())[:_SHOWN]


class Replies:
    """Collects bytes until they are whole replies."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[str] = []

    @property
    def are_pending(self) -> bool:
        """Whether the beginning of a further reply has arrived."""
        return bool(self._rest or self._lines)

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Return the replies that are whole now. Raises Broken if it is none or too long."""
        self._rest += data
        while (end := self._rest.find(b"\n")) >= 0:
            line, self._rest = self._rest[:end].rstrip(b"\r"), self._rest[end + 1 :]
            code, mark = line[:3], line[3:4]
            if not code.isdigit() or not b"200" <= code < b"600" or mark not in (b"", b" ", b"-"):
                raise Broken("the server answers something that is not SMTP")
            self._lines.append(line[4:].decode("utf-8", "replace"))
            if mark != b"-":
                whole, self._lines = tuple(self._lines), []
                yield Reply(int(code), whole)
            elif sum(map(len, self._lines)) > LONGEST:
                raise Broken("the server answers without an end")
        if len(self._rest) > LONGEST:
            raise Broken("the server answers without an end")
