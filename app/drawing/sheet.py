"""The background of a map: land, borders and countries, for one view.

A sheet is drawn once for a view and cached; maps of the same area share it. All its coordinates are in half pixels.
"""

from functools import cached_property, lru_cache
from itertools import pairwise

from app.drawing.outlines import Ring, land, outline
from app.drawing.strokes import Box, Dot, cut_area, cut_line, path, thinned
from app.drawing.svg import GROUND
from app.drawing.view import View
from app.geography.world import SEA, world

DISPUTED = frozenset({"EH", "FK", "GS", "PS", "TW", "XK", "X-CRIMEA", "X-NCYPRUS", "X-SIACHEN", "X-SOMALILAND"})
"""Areas whose borders are dashed unless the operator assigns them to a country."""

_MARGIN = 6 * GROUND
"""Areas extend this far beyond the edge, so that the line along the cut is not visible."""

_TOLERANCE = 0.75 * GROUND
_TOLERANCE_WIDE = 1.0 * GROUND
_TINY = 2.5 * GROUND
_TINY_WIDE = 5 * GROUND
"""Islands smaller than this in both directions are left out; marks show that there is something.

A wide view has many small ones, and pages have to load over mobile networks.
"""

_SPECK = 7 * GROUND
"""A part of a country smaller than this in both directions is not distinguished from its other parts."""

_COARSE_BELOW = 5.0
"""Pixels per degree."""

Row = tuple[float, float, float]
"""A position for a country's name, in pixels: middle, height, and available width."""


class Sheet:
    """The background of the routes in one view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.box: Box = (-_MARGIN, -_MARGIN, view.width * GROUND + _MARGIN, view.height * GROUND + _MARGIN)
        self.wide = view.scale < _COARSE_BELOW
        self._drawn: dict[int, list[Dot]] = {}
        self._areas: dict[frozenset[str], list[list[Dot]]] = {}
        self._borders: dict[frozenset[tuple[str, str]], tuple[str, str]] = {}
        self._rows: dict[frozenset[str], tuple[Row, ...]] = {}

    @cached_property
    def land(self) -> str:
        """All land as one area, with the coastlines as its edge."""
        return "".join(path(ring, closed=True) for ring in self._rings(land(), _TINY_WIDE if self.wide else _TINY))

    def borders(self, merged: frozenset[tuple[str, str]]) -> tuple[str, str]:
        """Return the land borders, each once: those that are agreed, and those that are not."""
        if merged not in self._borders:
            self._borders[merged] = self._draw_borders(merged)
        return self._borders[merged]

    def _draw_borders(self, merged: frozenset[tuple[str, str]]) -> tuple[str, str]:
        of, owner = world(), dict(merged)
        agreed: list[str] = []
        not_agreed: list[str] = []
        for arc in range(len(of.right)):
            if SEA in (of.right[arc], of.left[arc]):
                continue
            sides = {
                owner.get(code, code) for side in (of.right[arc], of.left[arc]) for code in [of.parts[side].country]
            }
            if len(sides) == 2:
                (not_agreed if sides & DISPUTED else agreed).append(self._line(arc))
        return "".join(agreed), "".join(not_agreed)

    def area(self, countries: frozenset[str]) -> str:
        """Return the area of some countries as one, without specks; empty if there are only specks."""
        return "".join(path(ring, closed=True) for ring in self._shapes(countries))

    def middle(self, countries: frozenset[str]) -> tuple[float, float] | None:
        """Return the positions of countries that are too small to be drawn, in pixels, or None if they are not in the view."""
        ring = max(outline(countries), key=lambda ring: ring.north - ring.south, default=None)
        if ring is None:
            return None
        x, y = self.view.place(((ring.north + ring.south) / 2, (ring.east + ring.west) / 2))
        return (x, y) if 0 <= x <= self.view.width and 0 <= y <= self.view.height else None

    def rows(self, countries: frozenset[str]) -> tuple[Row, ...]:
        """Return positions for a name inside the largest visible part of `countries`, the widest first."""
        if countries not in self._rows:
            shapes = self._shapes(countries)
            self._rows[countries] = _rows_in(max(shapes, key=_extent)) if shapes else ()
        return self._rows[countries]

    def _shapes(self, countries: frozenset[str]) -> list[list[Dot]]:
        if countries not in self._areas:
            self._areas[countries] = self._rings(outline(countries), _SPECK)
        return self._areas[countries]

    def _rings(self, rings: tuple[Ring, ...], smallest: float) -> list[list[Dot]]:
        """Return the visible rings, clipped to the view; what is on both edges of the world appears twice."""
        shapes = []
        view = self.view
        for ring in rings:
            if view.y(ring.south) < 0 or view.y(ring.north) > view.height:
                continue
            times = range(-2, 3)
            shifts = [k for k in times if view.x(ring.east + 360 * k) > 0 and view.x(ring.west + 360 * k) < view.width]
            if not shifts or self._is_tiny(ring, smallest):
                continue
            dots = self._dots(ring)
            for k in shifts:
                move = k * view.period * GROUND
                cut = cut_area([(x + move, y) for x, y in dots], self.box)
                if len(cut) > 2:
                    shapes.append(cut)
        return shapes

    def _is_tiny(self, ring: Ring, smallest: float) -> bool:
        wide = (ring.east - ring.west) * self.view.scale * GROUND
        high = (self.view.y(ring.south) - self.view.y(ring.north)) * GROUND
        return wide < smallest and high < smallest

    def _dots(self, ring: Ring) -> list[Dot]:
        """Return a whole ring, starting where its box starts."""
        period = self.view.period * GROUND
        dots: list[Dot] = []
        for arc in ring.arcs:
            drawn = self._arc(arc) if arc >= 0 else self._arc(~arc)[::-1]
            move = round((dots[-1][0] - drawn[0][0]) / period) * period if dots else 0.0
            dots += [(x + move, y) for x, y in (drawn[1:] if dots else drawn)]
        if abs(dots[-1][0] - dots[0][0]) > period / 2:  # around the pole: Antarctica
            pole = max(self.box[3], *(y for _, y in dots))
            dots += [(dots[-1][0], pole), (dots[0][0], pole)]
        return dots

    def _arc(self, arc: int) -> list[Dot]:
        """Return the points of an arc in its direction."""
        if arc not in self._drawn:
            of, view = world(), self.view
            start, end = of.starts[arc], of.starts[arc + 1]
            fine = not self.wide and self._is_near(start, end)
            chosen = range(start, end) if fine else [start + i for i in of.coarse[arc]]
            dots = [(view.x(of.longitudes[i]) * GROUND, view.y(of.latitudes[i]) * GROUND) for i in chosen]
            self._drawn[arc] = thinned(dots, _TOLERANCE_WIDE if self.wide else _TOLERANCE)
        return self._drawn[arc]

    def _is_near(self, start: int, end: int) -> bool:
        """Return whether an arc passes close enough to the view to be drawn exactly."""
        of, view = world(), self.view
        if view.y(min(of.latitudes[start:end]) - 1) < 0 or view.y(max(of.latitudes[start:end]) + 1) > view.height:
            return False
        west, east = view.x(min(of.longitudes[start:end]) - 1), view.x(max(of.longitudes[start:end]) + 1)
        return any(east + k * view.period > 0 and west + k * view.period < view.width for k in range(-2, 3))

    def _line(self, arc: int) -> str:
        """Return a border as a path, as often as it is visible."""
        period = self.view.period * GROUND
        dots = self._arc(arc)
        west, east = min(x for x, _ in dots), max(x for x, _ in dots)
        pieces = []
        for move in (k * period for k in range(-2, 3)):
            if east + move > self.box[0] and west + move < self.box[2]:
                pieces += cut_line([(x + move, y) for x, y in dots], self.box)
        return "".join(map(path, pieces))


@lru_cache(maxsize=24)
def sheet(view: View) -> Sheet:
    """Return the sheet of a view."""
    return Sheet(view)


def _extent(ring: list[Dot]) -> float:
    """Return twice the area of a ring."""
    return abs(sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairwise([*ring, ring[0]])))


def _rows_in(ring: list[Dot]) -> tuple[Row, ...]:
    """Return, for a few heights, the widest free stretch for a line of small text."""
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    half = 6 * GROUND
    rows = []
    for part in range(1, 12):
        y = top + (bottom - top) * part / 12
        left, right = _stretch(ring, y)
        for other in (y - half, y + half):
            other_left, other_right = _stretch(ring, other)
            left, right = max(left, other_left), min(right, other_right)
        if right > left:
            rows.append(((left + right) / 2 / GROUND, y / GROUND, (right - left) / GROUND))
    return tuple(sorted(rows, key=lambda row: -row[2]))


def _stretch(ring: list[Dot], y: float) -> tuple[float, float]:
    """Return the widest stretch inside a ring at one height."""
    crossings = sorted(
        x + (y - v) / (v2 - v) * (x2 - x) for (x, v), (x2, v2) in pairwise([*ring, ring[0]]) if (v > y) != (v2 > y)
    )
    return max(
        zip(crossings[::2], crossings[1::2], strict=True), key=lambda ends: ends[1] - ends[0], default=(0.0, 0.0)
    )
