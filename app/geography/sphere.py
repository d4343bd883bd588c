"""Distances and shortest lines on a spherical earth."""

import math
from collections.abc import Iterator
from itertools import pairwise

Point = tuple[float, float]
"""Latitude and longitude in degrees; north and east are positive."""

EARTH_KM = 6371.0
"""Mean radius."""

Vector = tuple[float, float, float]

_NEARLY_ONE_PLACE = 1e-12


def distance_km(a: Point, b: Point) -> float:
    """Return the length of the shortest line on the ground, in kilometers (accurate to half a percent)."""
    south, north = math.radians(a[0]), math.radians(b[0])
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def length_km(points: list[Point]) -> float:
    """Return the length of a line through `points`, in kilometers."""
    return sum(distance_km(a, b) for a, b in pairwise(points))


def great_circle(a: Point, b: Point, step_km: float = 100.0) -> list[Point]:
    """Return points of the shortest line from `a` to `b`, including both ends, at most `step_km` apart.

    Between opposite points of the earth all lines are equally short; always the same one is chosen.
    """
    if step_km <= 0:
        raise ValueError("A step must be longer than nothing")
    steps = max(1, math.ceil(distance_km(a, b) / step_km))
    return [a, *points_between(a, b, steps), b]


def points_between(a: Point, b: Point, steps: int) -> Iterator[Point]:
    """Yield the points that divide the shortest line from `a` to `b` into `steps` equal parts, without the ends."""
    start, goal = _vector(a), _vector(b)
    x, y, z = start
    dot = x * goal[0] + y * goal[1] + z * goal[2]
    across = (goal[0] - dot * x, goal[1] - dot * y, goal[2] - dot * z)
    length = math.hypot(*across)
    if length < _NEARLY_ONE_PLACE:
        across, length = _square_to(start), 1.0
    u, v, w = across[0] / length, across[1] / length, across[2] / length
    angle = distance_km(a, b) / EARTH_KM / steps
    for step in range(1, steps):
        cos, sin = math.cos(step * angle), math.sin(step * angle)
        yield (
            math.degrees(math.asin(max(-1.0, min(1.0, z * cos + w * sin)))),
            math.degrees(math.atan2(y * cos + v * sin, x * cos + u * sin)),
        )


def _vector(point: Point) -> Vector:
    """Return a point of the globe as a vector of length 1."""
    latitude, longitude = math.radians(point[0]), math.radians(point[1])
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


def _square_to(vector: Vector) -> Vector:
    """Return some vector of length 1 at right angles to `vector`."""
    x, y, z = vector
    flat = math.hypot(x, y)
    return (-z * x / flat, -z * y / flat, flat) if flat > _NEARLY_ONE_PLACE else (1.0, 0.0, 0.0)
