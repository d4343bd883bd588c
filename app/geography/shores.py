"""Where land and where water is, as a table of small cells that many points are looked up in at once."""

from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

from app.geography.cells import cells
from app.geography.sphere import Point
from app.geography.world import SEA, World, world
from app.later import np, npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Booleans: TypeAlias = "npt.NDArray[np.bool_]"

_PER_DEGREE = 20
"""Cells per degree: they are 5.6 km high."""
_ROWS, _COLUMNS = 180 * _PER_DEGREE, 360 * _PER_DEGREE
_WEST = -29.0
"""Where rows begin, in degrees of longitude: in the middle of the Atlantic."""
_BAND = 600
"""How many rows are filled at once, so that the whole table is never unpacked."""
_BESIDE = 1
"""How many cells to either side of a bridge count as land: the drawn coast is rough."""


class Shores:
    """The land of the world, drawn bridges included."""

    def __init__(self, bridges: Iterable[tuple[Point, Point]] = ()) -> None:
        self._packed = _land().copy()
        for one, other in bridges:
            self._put(one, other)

    def is_land(self, latitude: Floats, longitude: Floats) -> Booleans:
        """Return which points, in degrees, are on land; lakes count as land."""
        cell = _row(latitude) * _COLUMNS + _column(longitude)
        return np.asarray((self._packed[cell >> 3] >> (7 - (cell & 7)).astype(np.uint8)) & 1, dtype=np.bool_)

    def _put(self, one: Point, other: Point) -> None:
        count = 2 + int(2 * _PER_DEGREE * max(abs(one[0] - other[0]), abs(one[1] - other[1])))
        share = np.linspace(0.0, 1.0, count)
        rows = _row(one[0] + share * (other[0] - one[0]))
        columns = _column(one[1] + share * (other[1] - one[1]))
        for north in range(-_BESIDE, _BESIDE + 1):
            for east in range(-_BESIDE, _BESIDE + 1):
                cell = np.clip(rows + north, 0, _ROWS - 1) * _COLUMNS + (columns + east) % _COLUMNS
                np.bitwise_or.at(self._packed, cell >> 3, (128 >> (cell & 7)).astype(np.uint8))


def _row(latitude: Floats) -> "npt.NDArray[np.int64]":
    return np.clip(np.floor((latitude + 90.0) * _PER_DEGREE), 0, _ROWS - 1).astype(np.int64)


def _column(longitude: Floats) -> "npt.NDArray[np.int64]":
    return np.floor((longitude - _WEST) % 360.0 * _PER_DEGREE).astype(np.int64) % _COLUMNS


@cache
def _land() -> "npt.NDArray[np.uint8]":
    """Return one bit for each cell, row by row from the south: whether its center is on land.

    From west to east, land and water alternate at every line of the coast.
    """
    row, column = _coast(world())
    order = np.argsort(row, kind="stable")
    row, column = row[order], column[order]
    west = _WEST + 0.5 / _PER_DEGREE
    first = [cells().part_at((-90.0 + (one + 0.5) / _PER_DEGREE, west)) != SEA for one in range(_ROWS)]
    bands = []
    for start in range(0, _ROWS, _BAND):
        ours = slice(*np.searchsorted(row, (start, start + _BAND)))
        flips = np.zeros((_BAND, _COLUMNS), dtype=np.uint8)
        np.bitwise_xor.at(flips, (row[ours] - start, column[ours]), 1)
        flips[:, 0] = first[start : start + _BAND]
        bands.append(np.packbits(np.bitwise_xor.accumulate(flips, axis=1)))
    return np.concatenate(bands)


def _coast(of: World) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """Return the rows that lines of the coast cross, each with the first column whose center is east of it."""
    longitude, latitude = np.array(of.longitudes), np.array(of.latitudes)
    starts = np.array(of.starts)
    at_sea = (np.array(of.right) == SEA) != (np.array(of.left) == SEA)
    line = np.arange(len(longitude) - 1)
    arc = np.searchsorted(starts, line, side="right") - 1
    line = line[at_sea[arc] & (line + 1 < starts[arc + 1])]
    south, north = np.minimum(latitude[line], latitude[line + 1]), np.maximum(latitude[line], latitude[line + 1])
    lowest = np.ceil((south + 90.0) * _PER_DEGREE - 0.5).astype(np.int64)
    count = np.ceil((north + 90.0) * _PER_DEGREE - 0.5).astype(np.int64) - lowest
    each = np.repeat(line, count)
    row = np.repeat(lowest, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    share = ((row + 0.5) / _PER_DEGREE - 90.0 - latitude[each]) / (latitude[each + 1] - latitude[each])
    crossed = longitude[each] + share * (longitude[each + 1] - longitude[each])
    column = np.ceil((crossed - _WEST) % 360.0 * _PER_DEGREE - 0.5).astype(np.int64)
    inside = column < _COLUMNS
    return row[inside], column[inside]
