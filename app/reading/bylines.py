"""Bylines above a text: lines that name its authors, publisher and date, separately or together.

The parts are separated by bars, dots, slashes or dashes, as in "By Ana Ruiz | El Muelle | May 3, 2026". A part without
"by" is only read next to one with it, or next to a date. No author is better than a wrong one; the same goes for the
publisher.
"""

import re
from dataclasses import dataclass
from datetime import date

from app.reading.dates import find_date, without_dates
from app.reading.edges import is_credit, is_names
from app.reading.names import names_in

_LONGEST = 160
_LONGEST_DATELINE = 40
_MOST_WORDS = 7
"""In a publisher's name."""

_NAME = r"(?:[A-ZÁÉÍÓÚÑÂÊÔÃÕÇÀÈÎÛ][\w.'’-]*|(?:de|del|la|las|los|da|do|dos|das|di|du|van|von|y|e|al|el|bin|ibn)\b)"
NAMES = rf"[A-ZÁÉÍÓÚÑÂÊÔÃÕÇÀÈÎÛ][\w.'’-]*(?:\s+{_NAME}){{0,6}}"
"""Matches a sequence of names and the particles between them."""

_BY = r"(?:by|por|par|de|texto de|written by|escrito por)\s"
_SIGNED = re.compile(_BY, re.IGNORECASE)
_BY_AN_ORGANIZATION = re.compile(rf"(?i:{_BY})\s*{NAMES}")
_BARS = re.compile(r"\s*[|·•‖]\s*|\s+[/–—-]\s+")
_OUTLET_AFTER_COMMA = re.compile(
    r",\s*(?P<outlet>(?:(?:El|La|Los|Las|The|Le|Les|O|A|Os|As)\s|L['’])[^\W\d_a-z][^,]*)(?=,|$)"
)
_ARTICLE = re.compile(r"(?:El|La|Los|Las|The|Le|Les|O|Os|As)\s|L['’]")
_DISTINCT = re.compile(r"\s|\d|\w[A-Z]|['’]")
"""Distinguishes a publisher from a town: several words, a digit, an apostrophe, or a capital inside the word."""


@dataclass(frozen=True, slots=True)
class Byline:
    """The contents of a byline; `authors` are people, separated by commas."""

    authors: str | None
    publisher: str | None
    day: date | None


def read_byline(line: str) -> Byline | None:
    """Return the authors, publisher and date in a line above a text; None if it is not a byline."""
    if len(line) > _LONGEST:
        return None
    parts = [part for part in _BARS.split(line) if part]
    return _whole(line) if len(parts) < 2 else _of_parts(parts) or _whole(line)


def _whole(line: str) -> Byline | None:
    """Read a line without separators: an author, a date, or both."""
    signed = _SIGNED.match(line) is not None
    outlet = _OUTLET_AFTER_COMMA.search(line) if signed else None
    named = names_in(line[: outlet.start()] if outlet else line, single=True) if signed else ()
    if named or (signed and _BY_AN_ORGANIZATION.fullmatch(line)):
        return Byline(", ".join(named) or None, outlet["outlet"] if outlet else None, find_date(line))
    day = find_date(line) if len(line) <= _LONGEST_DATELINE else None
    return Byline(None, None, day) if day else None


def _of_parts(parts: list[str]) -> Byline | None:
    """Read a line whose parts are each an author, a publisher, a date, or the reading time."""
    authors: str | None = None
    day: date | None = None
    signed = False
    names: list[str] = []
    for part in parts:
        day = day or find_date(part)
        if not re.search(r"\w", without_dates(part)) or is_credit(f"{part}."):
            people = names_in(part, single=True) if _SIGNED.match(part) else ()
            authors, signed = authors or ", ".join(people) or None, signed or bool(people)
        elif _SIGNED.match(part) and (people := names_in(part, single=True)):
            authors, signed = authors or ", ".join(people), True
        elif is_names(part) and len(part.split()) <= _MOST_WORDS:
            names.append(part)
        else:
            return None
    if not (signed or day):
        return None
    if not signed and len(names) > 1 and names_in(names[0]) and not _may_be_a_person(names[1]):
        authors = ", ".join(names_in(names.pop(0)))
    publisher = next(
        (name for name in names if _DISTINCT.search(name) and (signed or authors or _is_outlet(name))), None
    )
    return Byline(authors, publisher, day)


def _is_outlet(name: str) -> bool:
    return _ARTICLE.match(name) is not None or not _may_be_a_person(name)


def _may_be_a_person(name: str) -> bool:
    return bool(names_in(name))
