"""Which part of which country contains a point: a table of cells of one degree.

Most cells contain no line and are entirely in one part, or in the sea. In the others the nearest line to the west
decides: the point is on its eastern side.
"""

import math
from array import array
from collections.abc import Iterator
from functools import cache

from app.geography.sphere import Point
from app.geography.world import SEA, World, world

_ROWS, _COLUMNS = 180, 360
_MIXED = -2
"""Marks cells with lines in the table of plain cells."""

_KM = 111.2
"""The length of a degree of latitude."""


class Cells:
    """The cells of a world."""

    def __init__(self, of: World) -> None:
        self._world = of
        self._right, self._left = _sides(of)
        self._lines: dict[int, array[int]] = {}
        self._plain = array("h", [_MIXED]) * (_ROWS * _COLUMNS)
        self._put_lines()
        self._fill()

    def part_at(self, point: Point) -> int:
        """Return the index in `World.parts` of what contains `point`, or SEA."""
        row, longitude = _row(point[0]), (point[1] + 180) % 360
        column = min(int(longitude), _COLUMNS - 1)
        plain = self._plain[row * _COLUMNS + column]
        return plain if plain != _MIXED else self._look_west(row, column, point)

    def nearest_land(self, point: Point, within_km: float, country: str = "") -> int:
        """Return the part whose outline is nearest to `point`, of any country or of one, or SEA if none is within `within_km`."""
        best, nearest = SEA, within_km
        narrow = max(0.01, math.cos(math.radians(point[0])))
        for line in self._lines_around(point, within_km / _KM, min(180.0, within_km / _KM / narrow)):
            sides = (self._right[line], self._left[line])
            ours = [one for one in sides if not country or self._world.country_beside(one) == country]
            distance = self._distance_km(line, point, narrow)
            if ours and distance < nearest:
                nearest = distance
                best = max(ours)
        return best

    def _put_lines(self) -> None:
        """Add each line to all cells that it may cross."""
        longitudes, latitudes = self._world.longitudes, self._world.latitudes
        starts = set(self._world.starts)
        for line in range(len(longitudes) - 1):
            if line + 1 in starts:
                continue
            columns = sorted((math.floor(longitudes[line]), math.floor(longitudes[line + 1])))
            rows = sorted((_row(latitudes[line]), _row(latitudes[line + 1])))
            for row in range(rows[0], rows[1] + 1):
                for column in range(columns[0] + 180, columns[1] + 181):
                    self._lines.setdefault(row * _COLUMNS + column % _COLUMNS, array("i")).append(line)

    def _fill(self) -> None:
        """Fill in the cells without lines, from north to south."""
        for row in reversed(range(_ROWS)):
            mixed = [column for column in range(_COLUMNS) if row * _COLUMNS + column in self._lines]
            if not mixed:
                self._fill_bare_row(row)
                continue
            latitude = self._crossed_latitude(row, mixed)
            for place, column in enumerate(mixed):
                after = mixed[(place + 1) % len(mixed)] + (_COLUMNS if place + 1 == len(mixed) else 0)
                if after > column + 1:
                    found = self._look_west(row, column, (latitude, column - 179.0))
                    for bare in range(column + 1, after):
                        self._plain[row * _COLUMNS + bare % _COLUMNS] = found

    def _fill_bare_row(self, row: int) -> None:
        """Fill a row without lines: it is like any plain cell north of it."""
        north = self._plain[(row + 1) * _COLUMNS : (row + 2) * _COLUMNS] if row + 1 < _ROWS else array("h", [SEA])
        what = next(plain for plain in north if plain != _MIXED)
        for column in range(_COLUMNS):
            self._plain[row * _COLUMNS + column] = what

    def _crossed_latitude(self, row: int, mixed: list[int]) -> float:
        """Return a latitude in a row at which at least one line crosses it."""
        latitudes = self._world.latitudes
        for line in (line for column in mixed for line in self._lines[row * _COLUMNS + column]):
            south, north = sorted((latitudes[line], latitudes[line + 1]))
            south, north = max(south, row - 90), min(north, row - 89)
            if south < north:
                return (south + north) / 2
        return row - 89.5

    def _look_west(self, row: int, column: int, point: Point) -> int:
        """Return what contains `point` in the given cell, from the first line to the west or the first plain cell."""
        longitudes, latitudes = self._world.longitudes, self._world.latitudes
        latitude, longitude = point
        into_cell = (longitude + 180 - column) % 360
        for step in range(_COLUMNS):
            cell = row * _COLUMNS + (column - step) % _COLUMNS
            if self._plain[cell] != _MIXED:
                return self._plain[cell]
            nearest, found = into_cell + step, -1
            for line in self._lines.get(cell, ()):
                south, north = latitudes[line], latitudes[line + 1]
                if (south > latitude) != (north > latitude):
                    west, east = longitudes[line], longitudes[line + 1]
                    away = (longitude - west - (latitude - south) / (north - south) * (east - west)) % 360
                    if away <= nearest:
                        nearest, found = away, line
            if found >= 0:
                return self._right[found] if latitudes[found + 1] > latitudes[found] else self._left[found]
        return SEA

    def _lines_around(self, point: Point, high: float, wide: float) -> Iterator[int]:
        """Yield the lines in the cells within this many degrees, some of them twice."""
        for row in range(_row(point[0] - high), _row(point[0] + high) + 1):
            for column in range(math.floor(point[1] - wide) + 180, math.floor(point[1] + wide) + 181):
                yield from self._lines.get(row * _COLUMNS + column % _COLUMNS, ())

    def _distance_km(self, line: int, point: Point, narrow: float) -> float:
        """Return the distance of a line from `point`, on a locally flat map."""
        longitudes, latitudes = self._world.longitudes, self._world.latitudes
        x = ((longitudes[line] - point[1] + 180) % 360 - 180) * narrow
        y = latitudes[line] - point[0]
        dx = (longitudes[line + 1] - longitudes[line]) * narrow
        dy = latitudes[line + 1] - latitudes[line]
        length = dx * dx + dy * dy
        along = max(0.0, min(1.0, -(x * dx + y * dy) / length)) if length else 0.0
        return math.hypot(x + along * dx, y + along * dy) * _KM


@cache
def cells() -> Cells:
    """Return the cells of the world; they are computed once, when first needed."""
    return Cells(world())


def _row(latitude: float) -> int:
    """Return the row of cells at a latitude, counted from the south."""
    return min(_ROWS - 1, max(0, math.floor(latitude) + 90))


def _sides(of: World) -> tuple["array[int]", "array[int]"]:
    """Return what is right and left of each line, by the index of the point where it starts."""
    right, left = array("h"), array("h")
    for arc in range(len(of.starts) - 1):
        count = of.starts[arc + 1] - of.starts[arc]
        right.extend(array("h", [of.right[arc]]) * count)
        left.extend(array("h", [of.left[arc]]) * count)
    return right, left
