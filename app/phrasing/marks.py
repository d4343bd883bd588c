"""What is marked with a sign: `@ana`, `!high`, `#visa`."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.phrasing.folding import folded

_HANDLE = re.compile(r"(?<![^\s(,;:])@(?:[\"“](?P<quoted>[^\"”@]{1,80})[\"”]|(?P<word>[^\W\d_](?:[\w.'-]{0,60}\w)?))")
_SURNAMES = re.compile(r"(?:[ \t]+(?!\d)[^\W\d_a-zà-ÿ][\w'-]+){1,2}")
_TAG = re.compile(r"(?<![^\s(,;:])#(?P<tag>[^\W\d_][\w-]{0,60})")
_PRIORITY = re.compile(r"(?<![^\s(,;:])!(?P<word>!{1,2}|[\w]+)(?!\S)")


class Priority(StrEnum):
    """How urgent something is."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


_PRIORITIES = {
    word: priority
    for priority, words in {
        Priority.HIGH: "high urgent important 1 ! !! alta alto urgente importante haute haut elevee prioritaire",
        Priority.NORMAL: "normal normale medium 2 media medio moyenne moyen",
        Priority.LOW: "low 3 baja bajo baixa baixo basse bas faible",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What was marked, and the places of the marks."""

    handles: tuple[str, ...]
    priority: Priority | None
    tags: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def marks_in(text: str) -> Marks:
    """Return the marks of a text. The last of several priorities counts; a priority that nobody knows is no mark.

    A handle is one word, or several in quotation marks, or a name: `@Ana Pérez` behind which a name ends.
    """
    spans, handles = [], []
    for match in _HANDLE.finditer(text):
        name, end = match["quoted"] or match["word"], match.end()
        if match["word"] and match.start() and name[0].isupper():
            surnames = _SURNAMES.match(text, end)
            if surnames:
                name, end = name + surnames[0], surnames.end()
        handles.append(" ".join(name.split()))
        spans.append((match.start(), end))
    tags = list(_TAG.finditer(text))
    priorities = [(match, _PRIORITIES.get(folded(match["word"]))) for match in _PRIORITY.finditer(text)]
    known = [(match, priority) for match, priority in priorities if priority]
    spans += [match.span() for match in tags] + [match.span() for match, _ in known]
    return Marks(
        tuple(dict.fromkeys(handles)),
        known[-1][1] if known else None,
        tuple(dict.fromkeys(match["tag"] for match in tags)),
        tuple(spans),
    )
