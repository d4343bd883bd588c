"""Quotations: finds quoted words in a text, and marks them.

Words are compared with normalized white space, quotation marks and dashes, because these change whenever a text passes
through a clipboard or an editor. All positions are character indexes in the original text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

MOST_PLACES = 500
"""The maximum number of matches that are considered."""
_PARAGRAPHS = re.compile(r"\n\s*\n")
_FOLDED = (
    dict.fromkeys(map(ord, "‘’‚‛′`´ʼ"), "'")
    | dict.fromkeys(map(ord, "“”„‟«»″"), '"')
    | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
    | {ord("…"): "..."}
    | dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), "")
)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a text, from `start` up to but not including `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range of a text."""

    name: str
    """Unique on the page; the note about it has the id `about-` and this name."""
    sign: str
    """The visible text of its reference."""
    label: str
    """The accessible name of its reference."""
    span: Span


class FoldedText:
    """A text with normalized typography, and the mapping to its original characters."""

    def __init__(self, text: str) -> None:
        """Normalize a text."""
        self.text = text
        letters: list[str] = []
        places: list[int] = []
        for place, letter in enumerate(text):
            for folded in " " if letter.isspace() else letter.translate(_FOLDED):
                if folded != " " or (letters and letters[-1] != " "):
                    letters.append(folded)
                    places.append(place)
        self.folded = "".join(letters)
        self._places = places

    def find(self, words: str) -> list[Span]:
        """Return where the words occur, in order, at most MOST_PLACES; nothing if they are blank."""
        wanted, found = FoldedText(words).folded.strip(), list[Span]()
        place = self.folded.find(wanted) if wanted else -1
        while place >= 0 and len(found) < MOST_PLACES:
            found.append(Span(self._places[place], self._places[place + len(wanted) - 1] + 1))
            place = self.folded.find(wanted, place + 1)
        return found

    def anchor(self, words: str, prefix: str, suffix: str, position: int) -> Span | None:
        """Return the current span of words once at `position` between `prefix` and `suffix`; None if they are gone.

        If they occur more than once, the best matching context wins, then the shortest distance moved.
        """

        def fitness(span: Span) -> tuple[int, int]:
            before = FoldedText(self.text[max(0, span.start - 2 * len(prefix)) : span.start]).folded
            after = FoldedText(self.text[span.end : span.end + 2 * len(suffix)]).folded
            fitting = _shared(before[::-1], FoldedText(prefix).folded[::-1]) + _shared(after, FoldedText(suffix).folded)
            return fitting, -abs(span.start - position)

        return max(self.find(words), key=fitness, default=None)


def around(text: str, span: Span, length: int) -> tuple[str, str]:
    """Return up to `length` characters before and after a span."""
    return text[max(0, span.start - length) : span.start], text[span.end : span.end + length]


def marked(text: str, marks: Sequence[Mark]) -> list[Markup]:
    """Return the paragraphs of a text as HTML, with spans in `<mark>` and a reference after the end of each.

    Overlapping spans are split at their boundaries, so that elements nest. The first piece of each has its name as id;
    the reference has no text content, so that the text is unchanged.
    """
    ordered = sorted(marks, key=lambda it: (it.span.start, -it.span.end))
    paragraphs = [_pieces(whole, ordered) for whole in _paragraphs(text)]
    first, last = dict[str, Span](), dict[str, Span]()
    for piece, covering in (pair for pieces in paragraphs for pair in pieces):
        for one in covering:
            first.setdefault(one.name, piece)
            last[one.name] = piece
    return [Markup().join(_html(text, piece, covering, first, last) for piece, covering in it) for it in paragraphs]


def _paragraphs(text: str) -> Iterable[Span]:
    """Yield the ranges between blank lines that are not blank."""
    ends = [Span(0, 0), *(Span(*found.span()) for found in _PARAGRAPHS.finditer(text)), Span(len(text), len(text))]
    for before, after in pairwise(ends):
        if text[before.end : after.start].strip():
            yield Span(before.end, after.start)


def _pieces(whole: Span, marks: Sequence[Mark]) -> list[tuple[Span, list[Mark]]]:
    """Return a paragraph in pieces that are either fully marked or unmarked, with their marks."""
    here = [one for one in marks if one.span.start < whole.end and one.span.end > whole.start]
    cuts = {whole.start, whole.end}
    cuts |= {cut for one in here for cut in (one.span.start, one.span.end) if whole.start < cut < whole.end}
    pieces = [Span(*cut) for cut in pairwise(sorted(cuts))]
    return [(it, [one for one in here if one.span.start <= it.start and one.span.end >= it.end]) for it in pieces]


def _html(text: str, piece: Span, marks: list[Mark], first: dict[str, Span], last: dict[str, Span]) -> Markup:
    html = Markup("{}").format(text[piece.start : piece.end])
    for one in reversed(marks):
        name = Markup(' id="{}"').format(one.name) if first[one.name] == piece else Markup()
        html = Markup("<mark{}>{}</mark>").format(name, html)
    ending = [one for one in marks if last[one.name] == piece]
    reference = Markup('<a class="ref" href="#about-{}" aria-label="{}" data-sign="{}"></a>')
    return html + Markup().join(reference.format(one.name, one.label, one.sign) for one in ending)


def _shared(one: str, other: str) -> int:
    """Return the length of the common prefix of two texts."""
    return next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
