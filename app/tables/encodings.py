"""Decodes files with text in pieces, whatever charset they are in."""

import io
import re
from typing import IO, Any

from app.reading.charsets import codec_of
from app.tables.errors import Reason, Unreadable

_SAMPLE = 65_536
_LETTERS = frozenset("áéíóúüñçãõâêôàèÁÉÍÓÚÑÇÃÕ¿¡º")
_OLD = ("cp1252", "cp850", "mac_roman")
"""The charsets in which programs of Western Europe and America have saved text, the most common one first."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class _Window(io.RawIOBase):
    """A file from an offset on, with a position of its own; closing it leaves the file open."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        self._file = file
        self._position = start

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read as `io.RawIOBase` requires."""
        self._file.seek(self._position)
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def text_of(file: IO[bytes], codec: str, start: int) -> io.TextIOWrapper:
    """Return the text of a file from an offset on, with its line ends; closing it leaves the file open."""
    return io.TextIOWrapper(io.BufferedReader(_Window(file, start), _SAMPLE), codec, "replace", newline="")


def encoding(file: IO[bytes]) -> tuple[str, int]:
    """Return the codec of a file with text, and the length of its byte order mark.

    All of it is read, because the first accent may be far below. Raises Unreadable if it is not text.
    """
    file.seek(0)
    start = file.read(_SAMPLE)
    codec, mark = codec_of(start)
    if mark or codec.startswith("utf-16"):
        return codec, mark
    if 20 * len(_CONTROL.findall(start)) > len(start):
        raise Unreadable(Reason.NOT_A_TABLE, kind="binary")
    sample = _accented(file)
    codec, _ = codec_of(sample)
    return (max(_OLD, key=lambda old: _plausible(sample, old)) if codec == "cp1252" else codec), 0


def _accented(file: IO[bytes]) -> bytes:
    """Return the first lines that are not in ASCII."""
    file.seek(0)
    found = bytearray()
    rest = b""
    while piece := file.read(_SAMPLE):
        if piece.isascii() and rest.isascii():
            rest = b""
            continue
        lines = (rest + piece).splitlines(keepends=True)
        rest = lines.pop() if len(lines[-1]) < _SAMPLE else b""
        for line in lines:
            if not line.isascii():
                found += line[:_SAMPLE]
        if len(found) > _SAMPLE:
            return bytes(found)
    return bytes(found + rest)


def _plausible(sample: bytes, codec: str) -> int:
    return sum(character in _LETTERS for character in sample.decode(codec, "replace") if character > "\x7f")
