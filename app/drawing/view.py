"""The piece of the earth that a map shows, and where a place falls on the paper.

Parallels and meridians are straight, as newspapers draw them. A view that stays away from the poles is Mercator's, which
keeps shapes; a view of the world is Miller's, which does not let the north grow so much. They differ in one figure, the
bend.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.geography.sphere import Point

_MERCATOR, _MILLER = 1.0, 0.8
_HIGH_LATITUDE = 62.0
"""Beyond this latitude Mercator distorts too much."""
_WIDE = 170.0
"""Degrees: a wider view is a world view."""
_LAST_LATITUDE = 85.0
"""Everything shown is within this latitude. Mercator has no pole, so this is the last latitude that can be drawn."""
_AIR = 1.2
"""A view is larger than its content by this factor."""
_SMALLEST = 12.0
"""Degrees: how much of the surroundings a single place shows."""
_FLATTEST, _TALLEST = 0.46, 0.95
"""Height divided by width, if the caller does not give a height."""
_REACH_OF_THE_WORLD = (-55.0, 76.0)
"""The south and north of a world view, if nothing is beyond."""
_GREENWICH = 11.0
"""The middle of a world view if the routes leave no gap: its edge passes through the Bering Strait."""


@dataclass(frozen=True, slots=True)
class View:
    """A window of `width` by `height` pixels."""

    west: float
    """Longitude of the left edge."""
    span: float
    """Degrees from the left edge to the right, at most 360."""
    top: float
    """The height of the upper edge above the equator, in radians of longitude."""
    width: int
    height: int
    bend: float

    @property
    def scale(self) -> float:
        """Pixels per degree of longitude."""
        return self.width / self.span

    @property
    def period(self) -> float:
        """Pixels once around the earth."""
        return 360 * self.scale

    def x(self, longitude: float) -> float:
        """Return the distance of a meridian from the left edge, in pixels; it repeats every `period`."""
        return (longitude - self.west) * self.scale

    def y(self, latitude: float) -> float:
        """Return the distance of a parallel from the upper edge, in pixels."""
        return (self.top - _height_of(latitude, self.bend)) * math.degrees(self.scale)

    def place(self, point: Point) -> tuple[float, float]:
        """Return the pixels of a point, in the window or as close to its middle as possible."""
        across = (point[1] - self.west - self.span / 2 + 180) % 360 - 180
        return (across + self.span / 2) * self.scale, self.y(point[0])

    def places(self, points: Iterable[Point]) -> list[tuple[float, float]]:
        """Return the pixels of a route, in one piece: each step takes the shorter way around the earth."""
        placed: list[tuple[float, float]] = []
        for point in points:
            x, y = self.place(point)
            if placed:
                x += round((placed[-1][0] - x) / self.period) * self.period
            placed.append((x, y))
        return placed


def fitted(points: Sequence[Point], width: int, height: int | None) -> View:
    """Return the view that shows all `points` with a margin, rounded so that similar maps share their background."""
    points = [(max(-_LAST_LATITUDE, min(_LAST_LATITUDE, latitude)), longitude) for latitude, longitude in points]
    if not points:
        return _around_the_world(_GREENWICH, _REACH_OF_THE_WORLD, width, height)
    middle, reach = _hull([longitude for _, longitude in points])
    south, north = min(points)[0], max(points)[0]
    span = max(_SMALLEST, reach * _AIR)
    bend = _MERCATOR if span < _WIDE and max(-south, north) < _HIGH_LATITUDE else _MILLER
    tall = max(_SMALLEST / 2, math.degrees(_height_of(north, bend) - _height_of(south, bend)) * _AIR)
    shape = height / width if height else max(_FLATTEST, min(_TALLEST, tall / span))
    span = max(span, tall / shape)
    if span > 300:
        return _around_the_world(middle if reach < 300 else _GREENWICH, (south, north), width, height)
    step = next(step for step in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0) if span <= 30 * step)
    span = math.ceil(span / step) * step
    height = height or round(width * shape / 20) * 20
    center = round((_height_of(north, bend) + _height_of(south, bend)) / 2 / math.radians(step)) * math.radians(step)
    top = center + math.radians(span * height / width / 2)
    return View(round((middle - span / 2) / step) * step, span, top, width, height, bend)


def _around_the_world(middle: float, reach: tuple[float, float], width: int, height: int | None) -> View:
    """Return the view of the whole earth whose edges are opposite to `middle`; its north and south may extend further."""
    south = _height_of(min(_REACH_OF_THE_WORLD[0], math.floor(reach[0] - 3)), _MILLER)
    north = _height_of(min(_LAST_LATITUDE, max(_REACH_OF_THE_WORLD[1], math.ceil(reach[1] + 3))), _MILLER)
    height = height or round((north - south) * width / math.tau)
    top = (north + south) / 2 + height / width * math.pi
    return View(round(middle / 10) * 10 - 179.0, 360.0, top, width, height, _MILLER)


def _hull(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the middle of the shortest range that contains all longitudes, and its length in degrees."""
    ring = sorted({longitude % 360 for longitude in longitudes})
    gap, start = max((b - a, b) for a, b in pairwise([*ring, ring[0] + 360]))
    reach = 360 - gap
    return (start + reach / 2 + 180) % 360 - 180, reach


def _height_of(latitude: float, bend: float) -> float:
    """Return the height of a parallel above the equator, in radians of longitude."""
    last = _LAST_LATITUDE if bend == _MERCATOR else 90.0
    latitude = math.radians(max(-last, min(last, latitude)))
    return math.log(math.tan(math.pi / 4 + bend * latitude / 2)) / bend
