"""Positions of names on a map: near what they name, without overlaps."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from app.drawing.strokes import Box, Dot

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that would change the direction of the following text."""

_NARROW, _WIDE = frozenset(" .,:;!|'’ijlftrI()[]-·"), frozenset("mwMW@—%")
_CELL = 8
"""Pixels: the resolution at which the map stores where lines run."""

_ANCHORS = (
    # (sideways, downward, text-anchor), relative to the middle of the mark; best positions first
    (1, 0, "start"),
    (-1, 0, "end"),
    (0.8, -0.8, "start"),
    (0.8, 0.8, "start"),
    (-0.8, -0.8, "end"),
    (-0.8, 0.8, "end"),
    (0, -1.4, "middle"),
    (0, 1.4, "middle"),
)


def plain(text: str, longest: int | None = None) -> str:
    """Return `text` in one line without characters that an image cannot contain, shortened to `longest` with an ellipsis."""
    clean = " ".join(_TURNING.sub("", _NOT_IN_XML.sub(" ", text)).split())
    return clean if longest is None or len(clean) <= longest else clean[: longest - 1].rstrip() + "…"


def width_of(text: str, size: float) -> float:
    """Return the approximate width of `text` in a sans-serif font of `size` pixels; rather too much than too little."""
    return sum(map(_em, text)) * size


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.34
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _WIDE:
        return 0.9
    return 0.7 if letter.isupper() else 0.57


@dataclass(frozen=True, slots=True)
class Spot:
    """A position for a line of text: the point on its baseline that `anchor` describes."""

    x: int
    y: int
    anchor: str


class _Candidate(NamedTuple):
    """A free position for a name."""

    price: float
    """A penalty for readability: the lower the better."""
    spot: Spot
    box: Box


@dataclass
class Lettering:
    """The occupied areas of a map of `width` by `height` pixels."""

    width: int
    height: int
    _taken: list[Box] = field(default_factory=list)
    _lines: Counter[tuple[int, int]] = field(default_factory=Counter)

    def take(self, x: float, y: float, radius: float) -> None:
        """Reserve the area within `radius` of a point."""
        self._taken.append((x - radius, y - radius, x + radius, y + radius))

    def is_free(self, x: float, y: float, radius: float) -> bool:
        """Return whether nothing is reserved within `radius` of a point."""
        return not self._is_taken((x - radius, y - radius, x + radius, y + radius))

    def pass_line(self, dots: list[Dot]) -> None:
        """Discourage names on a line; `dots` are at most a few pixels apart."""
        self._lines.update({(int(x // _CELL), int(y // _CELL)) for x, y in dots})

    def beside(self, x: float, y: float, reach: float, text: str, size: float, *, must: bool) -> Spot | None:
        """Return the best position for a name beside a mark, and reserve it; None if none is free, unless it `must`."""
        wide = width_of(text, size)
        best: _Candidate | None = None
        for order, (sideways, downward, anchor) in enumerate(_ANCHORS):
            at, base = x + sideways * (reach + 3), y + downward * (reach + 0.5 * size) + 0.35 * size
            left = at - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            box = (left, base - 0.8 * size, left + wide, base + 0.25 * size)
            price = order * 0.4 + self._price(box)
            if not self._is_inside(box) or (self._is_taken(box) and not must):
                continue
            price += 100 * self._is_taken(box)
            if best is None or price < best.price:
                best = _Candidate(price, Spot(round(at), round(base), anchor), box)
        return self._keep(best)

    def within(self, rows: tuple[tuple[float, float, float], ...], text: str, size: float) -> Spot | None:
        """Return the best position for a name in the free areas of a country, and reserve it; None if lines cross all of them."""
        wide = width_of(text, size)
        best: _Candidate | None = None
        for order, (x, y, room) in enumerate(rows):
            slack = (room - wide) / 2 - 2
            for move in (0.0, -0.6 * slack, 0.6 * slack) if slack >= 0 else ():
                middle, base = x + move, y + 0.35 * size
                box = (middle - wide / 2, base - 0.8 * size, middle + wide / 2, base + 0.25 * size)
                price = order * 0.5 + bool(move) * 0.8
                if best is not None and price >= best.price:
                    continue
                if self._is_inside(box) and not self._is_taken(box) and not self._price(box):
                    best = _Candidate(price, Spot(round(middle), round(base), "middle"), box)
        return self._keep(best)

    def _keep(self, best: _Candidate | None) -> Spot | None:
        if best is None:
            return None
        self._taken.append(best.box)
        return best.spot

    def _price(self, box: Box) -> float:
        """Return how many lines cross the box."""
        columns = range(int(box[0] // _CELL), int(box[2] // _CELL) + 1)
        return sum(
            self._lines[column, row]
            for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1)
            for column in columns
        )

    def _is_inside(self, box: Box) -> bool:
        return box[0] >= 2 and box[1] >= 2 and box[2] <= self.width - 2 and box[3] <= self.height - 2

    def _is_taken(self, box: Box) -> bool:
        left, top, right, bottom = box
        return any(
            left < other[2] and right > other[0] and top < other[3] and bottom > other[1] for other in self._taken
        )
