"""Reads pasted lists line by line, whatever the lines name."""

import re
from collections.abc import Collection, Iterator

from app.text import plain

_BULLET = re.compile(r"^\s*(?:[-*•·–—]+|\(?\d{1,3}\s?[.)\]:])\s+")
_DIVIDERS = ("\t", ";", "|", ",")


def numbered_lines(text: str, *, headings: Collection[str], longest: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of a list with their numbers from 1, cut after `longest` characters and without bullets.

    Blank lines and lines that consist only of `headings`, which are plain words, are skipped.
    """
    for number, line in enumerate(text.splitlines(), 1):
        cut = line[:longest]
        if plain(cut) and not all(word in headings for word in plain(cut).split()):
            yield number, _BULLET.sub("", cut)


def divider_of(line: str) -> str | None:
    """Return the character that separates the cells of a line, or None if it is a single cell."""
    return next((one for one in _DIVIDERS if one in line), None)
