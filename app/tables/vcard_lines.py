"""Reads the lines of vCards 2.1 to 4.0: folded, quoted, grouped, with parameters."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from app.tables.errors import LARGEST_CELL

_NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^;:"])*))?')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_LAST = 101
"""Behind every preference, which is from 1 to 100."""


@dataclass(frozen=True, slots=True)
class Line:
    """A property: its name in capitals, its parameters, and its value as written."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as one text."""
        return _unescaped(self.value)

    def parts(self, separator: str) -> list[str]:
        """Return the parts of the value."""
        return [_unescaped(part) for part in _split(self.value, separator)]

    @property
    def preference(self) -> int:
        """How much it is preferred; 1 is first."""
        given = self.parameters.get("PREF", "")
        if given.isdecimal():
            return int(given)
        return 1 if "pref" in self.parameters.get("TYPE", "").lower().split(",") or "PREF" in self.parameters else _LAST


def property_lines(lines: IO[str]) -> Iterator[Line]:
    """Yield the properties of a file; lines that are not properties are left out."""
    for written in _unfolded(lines):
        name = _NAME.match(written)
        if name is None:
            continue
        parameters: dict[str, str] = {}
        end = name.end()
        while found := _PARAMETER.match(written, end):
            key, value = found[1].upper(), (found[2] or "").strip().strip('"')
            parameters[key] = f"{parameters[key]},{value}" if key in parameters else value
            end = found.end()
        if written[end : end + 1] == ":":
            yield Line(name[1].upper(), parameters, _decoded(written[end + 1 :], parameters))


def _unfolded(lines: IO[str]) -> Iterator[str]:
    """Yield lines with those that continue them, cut at the length of the longest cell."""
    whole = ""
    for line in lines:
        text = line.rstrip("\r\n")
        if text[:1] in (" ", "\t") and whole:
            whole += text[1:] if len(whole) < LARGEST_CELL else ""
        elif whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper():
            whole = whole[:-1] + text
        else:
            yield whole[:LARGEST_CELL]
            whole = text
    yield whole[:LARGEST_CELL]


def _decoded(value: str, parameters: dict[str, str]) -> str:
    if "QUOTED-PRINTABLE" not in parameters and parameters.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return value
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return data.decode(parameters.get("CHARSET") or "utf-8")
    except (LookupError, UnicodeError):
        return data.decode("cp1252", "replace")


def _split(value: str, separator: str) -> list[str]:
    """Return the parts between separators that are not escaped."""
    parts, start, position = [], 0, 0
    while position < len(value):
        if value[position] == "\\":
            position += 1
        elif value[position] == separator:
            parts.append(value[start:position])
            start = position + 1
        position += 1
    return [*parts, value[start:]]


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).replace("\x00", "").strip()
