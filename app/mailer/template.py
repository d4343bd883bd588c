"""Messages for many recipients, encoded once except for what differs from one recipient to the next.

Bodies are always quoted-printable: a server that cannot take 8-bit text would encode them anew, which breaks signatures,
and no line gets too long.
"""

import re
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

_LINE = 75
"""Characters of a line, without the `=` that continues it on the next one (RFC 2045, section 6.7)."""
_RETURNS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that is filled for each recipient."""

    name: str
    is_encoded: bool
    """Whether it is in a body, not in a header."""


class Template:
    """A message in pieces, with CRLF at the end of each line and dots at the beginning of lines doubled."""

    def __init__(self, pieces: Sequence[bytes | Slot]) -> None:
        self._pieces = [b"" if isinstance(piece, Slot) else piece for piece in pieces]
        self._places: dict[Slot, list[int]] = {}
        for number, piece in enumerate(pieces):
            if isinstance(piece, Slot):
                self._places.setdefault(piece, []).append(number)

    def filled(self, values: Mapping[str, str]) -> bytes:
        """Return the message for one recipient. Raises ValueError if a value would be more than a part of a line."""
        pieces = self._pieces.copy()
        for slot, places in self._places.items():
            written = (_quoted_value if slot.is_encoded else _one_line)(values[slot.name])
            for place in places:
                pieces[place] = written
        return b"".join(pieces)


class Marks:
    """Stand-ins for what is filled in later, in text that is encoded now."""

    def __init__(self, placeholders: Mapping[str, str]) -> None:
        """Begin with what stands in the text for each name."""
        self._names = {text: name for name, text in placeholders.items()}
        self._in_text = re.compile("|".join(map(re.escape, placeholders.values())) or "(?!)")
        self._unique = uuid4().hex

    def quoted(self, text: str) -> str:
        """Return a body in quoted-printable, with a line of its own for each place that is filled in later."""
        parts: list[str] = []
        begins = 0
        for found in self._in_text.finditer(text):
            parts += [quoted(text[begins : found.start()]), self._mark(found[0])]
            begins = found.end()
        return "=\n".join([*parts, quoted(text[begins:])])

    def template(self, raw: bytes) -> Template:
        """Return the template of a message whose bodies were `quoted` and whose headers contain the placeholders."""
        names = {text.encode(): Slot(name, is_encoded=False) for text, name in self._names.items()}
        names |= {self._mark(text).encode(): Slot(name, is_encoded=True) for text, name in self._names.items()}
        anywhere = re.compile(b"(" + b"|".join(map(re.escape, names)) + b")")
        pieces = anywhere.split(with_doubled_dots(raw))
        return Template([names.get(piece, piece) for piece in pieces if piece])

    def _mark(self, text: str) -> str:
        return f"{self._unique}{self._names[text]}"


def with_doubled_dots(raw: bytes) -> bytes:
    """Return a message in which no line is the one that ends it (RFC 5321, section 4.5.2)."""
    return _doubled(raw if raw.endswith(b"\r\n") else raw + b"\r\n")


def without_doubled_dots(raw: bytes) -> bytes:
    """Return the message that a server stores."""
    return (b"\r\n" + raw).replace(b"\r\n..", b"\r\n.")[2:]


def quoted(text: str) -> str:
    """Return text in quoted-printable; there is room for one more character on its last line."""
    whole = b2a_qp(_RETURNS.sub("\n", text).encode(), istext=True).decode("ascii")
    last = whole.rpartition("\n")[2]
    if len(last) <= _LINE:
        return whole
    cut = len(whole) - 3
    while "=" in whole[cut - 2 : cut]:
        cut -= 1
    return f"{whole[:cut]}=\n{whole[cut:]}"


def _quoted_value(value: str) -> bytes:
    if value.isascii() and value.isprintable() and not ("=" in value or " " in value):
        lines = [value[start : start + _LINE] for start in range(0, len(value), _LINE)]
        if not any(line.startswith(".") for line in lines):
            return "=\r\n".join(lines).encode()
    return _doubled(quoted(value).encode().replace(b"\n", b"\r\n"))


def _doubled(raw: bytes) -> bytes:
    return (b"\r\n" + raw).replace(b"\r\n.", b"\r\n..")[2:]


def _one_line(value: str) -> bytes:
    if not value.isascii() or not value.isprintable():
        raise ValueError("a value for a header contains something that does not belong there")
    return value.encode()
