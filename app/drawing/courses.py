"""Lines on a map: great circles and straight lines, styled by the status of their leg."""

import math
from collections.abc import Sequence
from itertools import pairwise

from app.drawing.lettering import Lettering
from app.drawing.routes import Line, LineKind
from app.drawing.strokes import Dot, cut_line, path, thinned
from app.drawing.svg import COURSE, scaled, title_of
from app.drawing.view import View
from app.geography.sphere import Point, great_circle

_STEP_KM = 120.0
_MARGIN = 4
"""Pixels by which lines extend beyond the edge."""

_CROSS_REACH = 6
_ARM = int(4.5 * COURSE)
_CROSS = f"l{2 * _ARM} {2 * _ARM}m0-{2 * _ARM}l-{2 * _ARM} {2 * _ARM}"


def course_of(line: Line) -> list[Point]:
    """Return the points through which a line is drawn."""
    if not line.arc:
        return list(line.points)
    return [line.points[0], *(point for a, b in pairwise(line.points) for point in great_circle(a, b, _STEP_KM)[1:])]


def draw_lines(view: View, courses: Sequence[tuple[Line, list[Point]]], lettering: Lettering) -> str:
    """Return the lines, combined by course and kind, and a cross in the middle of each affected one."""
    titles: dict[tuple[LineKind, str], list[str]] = {}
    crosses: list[Dot] = []
    for line, course in courses:
        pieces = _pieces(view, course)
        d = "".join(path([(x * COURSE, y * COURSE) for x, y in piece]) for piece in pieces)
        if not d:
            continue
        if (line.kind, d) not in titles:
            for piece in pieces:
                lettering.pass_line(_dense(piece))
            if line.kind == LineKind.HIT:
                crosses.append(_cross(_dense(max(pieces, key=_length)), lettering))
        titles.setdefault((line.kind, d), []).append(line.title)
    rank = list(LineKind).index
    drawn = [
        f'<path class="{kind}" d="{d}">{title_of("; ".join(dict.fromkeys(titles_of_path)))}</path>'
        for (kind, d), titles_of_path in sorted(titles.items(), key=lambda item: rank(item[0][0]))
    ]
    arms = "".join(f"M{round(x * COURSE) - _ARM} {round(y * COURSE) - _ARM}{_CROSS}" for x, y in crosses)
    if arms:
        drawn += [f'<path class="halo" d="{arms}"/>', f'<path class="cross" d="{arms}"/>']
    return scaled("".join(drawn), COURSE)


def _pieces(view: View, course: Sequence[Point]) -> list[list[Dot]]:
    """Return the visible parts of a line; on a world map it may leave on one side and enter on the other."""
    dots = thinned(view.places(course), 0.25)
    box = (-_MARGIN, -_MARGIN, view.width + _MARGIN, view.height + _MARGIN)
    west, east = min(x for x, _ in dots), max(x for x, _ in dots)
    turns = range(-2, 3) if west < 0 or east > view.width else range(1)
    return [piece for k in turns for piece in cut_line([(x + k * view.period, y) for x, y in dots], box)]


def _dense(piece: Sequence[Dot]) -> list[Dot]:
    """Return points a few pixels apart on a line."""
    dots = []
    for (x, y), (x2, y2) in pairwise(piece):
        count = int(max(abs(x2 - x), abs(y2 - y)) / 4) + 1
        dots += [(x + (x2 - x) * i / count, y + (y2 - y) * i / count) for i in range(count + 1)]
    return dots


def _length(piece: Sequence[Dot]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(piece))


def _cross(dots: Sequence[Dot], lettering: Lettering) -> Dot:
    """Return the position of a line's cross: near its middle, away from marks and other crosses if possible."""
    tries = [dots[int(len(dots) * part)] for part in (0.5, 0.45, 0.55, 0.4, 0.6, 0.33, 0.67, 0.27, 0.73)]
    x, y = next((dot for dot in tries if lettering.is_free(*dot, _CROSS_REACH)), tries[0])
    lettering.take(x, y, _CROSS_REACH)
    return x, y
