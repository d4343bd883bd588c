"""Lines and areas on the drawing: simplified, clipped at the edge, written as an SVG path."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

Dot = tuple[float, float]
"""A point on the drawing: to the right and down."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_Cut = Callable[[Dot, Dot], Dot]


def thinned(dots: Sequence[Dot], tolerance: float) -> list[Dot]:
    """Return a line that differs by at most `tolerance`, with fewer points and the same ends (Douglas and Peucker)."""
    last = len(dots) - 1
    if last < 2:
        return list(dots)
    keep = {0, last}
    spans = [(0, last)]
    if math.dist(dots[0], dots[last]) <= tolerance:
        far = max(range(last), key=lambda i: math.dist(dots[0], dots[i]))
        keep.add(far)
        spans = [(0, far), (far, last)]
    while spans:
        start, end = spans.pop()
        far, off = _furthest(dots, start, end)
        if off > tolerance:
            keep.add(far)
            spans += [(start, far), (far, end)]
    return [dots[i] for i in sorted(keep)]


def _furthest(dots: Sequence[Dot], start: int, end: int) -> tuple[int, float]:
    """Return which point between `start` and `end` is furthest from the straight line, and how far."""
    (x, y), (x2, y2) = dots[start], dots[end]
    dx, dy = x2 - x, y2 - y
    length = math.hypot(dx, dy)
    far, off = start, 0.0
    for i in range(start + 1, end):
        u, v = dots[i]
        distance = abs((u - x) * dy - (v - y) * dx) / length if length else math.hypot(u - x, v - y)
        if distance > off:
            far, off = i, distance
    return far, off


def cut_area(ring: Sequence[Dot], box: Box) -> list[Dot]:
    """Return the part of an area inside `box` (Sutherland and Hodgman); pieces are connected along the box's edges."""
    left, top, right, bottom = box
    ring = list(ring)
    if all(left <= x <= right and top <= y <= bottom for x, y in ring):
        return ring
    for inside, cut in (
        (lambda dot: dot[0] >= left, _at_x(left)),
        (lambda dot: dot[0] <= right, _at_x(right)),
        (lambda dot: dot[1] >= top, _at_y(top)),
        (lambda dot: dot[1] <= bottom, _at_y(bottom)),
    ):
        ring = _cut_one_side(ring, inside, cut)
    return ring


def _cut_one_side(ring: list[Dot], inside: Callable[[Dot], bool], cut: _Cut) -> list[Dot]:
    """Return the part of a ring on the inner side of one edge."""
    kept: list[Dot] = []
    before = ring[-1] if ring else (0.0, 0.0)
    was_inside = inside(before)
    for dot in ring:
        is_inside = inside(dot)
        if is_inside != was_inside:
            kept.append(cut(before, dot))
        if is_inside:
            kept.append(dot)
        before, was_inside = dot, is_inside
    return kept


def _at_x(x: float) -> _Cut:
    return lambda a, b: (x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]))


def _at_y(y: float) -> _Cut:
    return lambda a, b: (a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]), y)


def cut_line(dots: Sequence[Dot], box: Box) -> list[list[Dot]]:
    """Return the pieces of a line inside `box` (Liang and Barsky, step by step)."""
    pieces: list[list[Dot]] = []
    open_end: Dot | None = None
    for a, b in pairwise(dots):
        inside = _cut_step(a, b, box)
        if inside is None:
            open_end = None
            continue
        start, end = inside
        if open_end == start:
            pieces[-1].append(end)
        else:
            pieces.append([start, end])
        open_end = end if end == b else None
    return pieces


def _cut_step(a: Dot, b: Dot, box: Box) -> tuple[Dot, Dot] | None:
    """Return the part of one straight step inside `box`."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    enter, leave = 0.0, 1.0
    for move, room in ((-dx, a[0] - box[0]), (dx, box[2] - a[0]), (-dy, a[1] - box[1]), (dy, box[3] - a[1])):
        if move == 0:
            if room < 0:
                return None
        elif move < 0:
            enter = max(enter, room / move)
        else:
            leave = min(leave, room / move)
    if enter > leave:
        return None
    start = a if enter == 0 else (a[0] + enter * dx, a[1] + enter * dy)
    return start, b if leave == 1 else (a[0] + leave * dx, a[1] + leave * dy)


def path(dots: Sequence[Dot], *, closed: bool = False) -> str:
    """Return a line in integers as SVG path commands, or nothing if it collapses to one point."""
    whole = [(round(x), round(y)) for x, y in dots]
    steps = [(x2 - x, y2 - y) for (x, y), (x2, y2) in pairwise(whole) if (x, y) != (x2, y2)]
    if closed and steps and whole[0] == whole[-1]:
        steps.pop()
    if len(steps) < (2 if closed else 1):
        return ""
    text = "".join(f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}" for dx, dy in steps)
    return f"M{whole[0][0]}{' ' if whole[0][1] >= 0 else ''}{whole[0][1]}l{text.lstrip()}{'z' if closed else ''}"
