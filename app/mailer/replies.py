"""Replies of an SMTP server, read from the bytes that arrive (RFC 5321, section 4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 65_536
"""Bytes of one reply; the standard allows far less."""
_SHOWN = 200
_KNOWN = 16
"""Different replies of one line that are remembered. A server repeats a few of them for each email."""


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
        self._known: dict[bytes, Reply] = {}

    @property
    def are_pending(self) -> bool:
        """Whether the beginning of a further reply has arrived."""
        return bool(self._rest or self._lines)

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Return the replies that are whole now. Raises Broken if it is none or too long."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            known = self._known.get(line)
            if known is not None and not self._lines:
                yield known
            elif (reply := self._with(line)) is not None:
                yield reply
        if len(self._rest) > LONGEST:
            raise Broken("the server answers without an end")

    def _with(self, line: bytes) -> Reply | None:
        """Return the reply that ends with a line, or None if more lines follow."""
        text = line.rstrip(b"\r")
        code, mark = text[:3], text[3:4]
        if not code.isdigit() or not b"200" <= code < b"600" or mark not in (b"", b" ", b"-"):
            raise Broken("the server answers something that is not SMTP")
        self._lines.append(text[4:].decode("utf-8", "replace"))
        if mark == b"-":
            if sum(map(len, self._lines)) > LONGEST:
                raise Broken("the server answers without an end")
            return None
        whole, self._lines = tuple(self._lines), []
        reply = Reply(int(code), whole)
        if len(whole) == 1 and len(self._known) < _KNOWN:
            self._known[line] = reply
        return reply
