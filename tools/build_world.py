"""Build `app/geography/world.json.gz` from the atlas; run by hand, at build time only.

    cd /tmp && npm install --ignore-scripts world-atlas@2 i18n-iso-countries@7
    python tools/build_world.py /tmp/node_modules

Shapes: Natural Earth 1:50m (public domain), packed as TopoJSON by world-atlas 2 (ISC license). Country codes:
i18n-iso-countries (MIT license); only the pairs of numbers and letters are read. Nothing of npm is committed.

Shared arcs stay shared, so neighbors have exactly the same border. What has an ISO code of its own but lies inside another
country's shape in the atlas (French Guiana, Svalbard, Bonaire …) is cut out. The atlas draws lines of control. Where the
United Nations see it otherwise and the shapes allow it, the disputed land becomes a feature of its own, so that the host
can decide: Crimea, and the whole of Western Sahara up to 27°40' N, which the atlas cuts along the berm.
"""

import argparse
import gzip
import itertools
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GRID = 250
"""Steps to a degree: 440 m, finer than a 1:50m atlas is true."""

COARSE = 0.1
"""Degrees by which a line may differ in the coarse level, which is for views wider than a continent."""

OUTPUT = Path(__file__).resolve().parent.parent / "app" / "geography" / "world.json.gz"

NAMED = {"Kosovo": "XK", "Somaliland": "X-SOMALILAND", "N. Cyprus": "X-NCYPRUS", "Siachen Glacier": "X-SIACHEN"}
"""Features without a number."""

CUT_OUT = (
    # (the atlas' owner, code, south, west, north, east)
    ("FR", "GF", 1, -56, 7, -50),
    ("FR", "GP", 15.8, -62, 16.7, -60.9),
    ("FR", "MQ", 14.3, -61.5, 15, -60.7),
    ("FR", "RE", -22, 55, -20, 56),
    ("FR", "YT", -14, 44, -12, 46),
    ("NL", "BQ", 11, -70, 19, -62),
    ("NO", "SJ", 74, 5, 82, 40),
    ("NO", "SJ", 70, -10, 72, -7),
    ("NZ", "TK", -10, -174, -8, -170),
    ("Indian Ocean Ter.", "CX", -11, 105, -10, 106),
    ("Indian Ocean Ter.", "CC", -13, 96, -11, 98),
    ("RU", "X-CRIMEA", 44, 32, 46.5, 37),
)

Arc = list[tuple[int, int]]
Rings = list[list[int]]


def main() -> None:
    """Read the atlas and write the world."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("node_modules", type=Path)
    folder: Path = parser.parse_args().node_modules
    atlas = json.loads((folder / "world-atlas" / "countries-50m.json").read_text())
    codes = json.loads((folder / "i18n-iso-countries" / "codes.json").read_text())
    arcs = [_on_grid(arc, atlas["transform"]) for arc in atlas["arcs"]]
    parts = list(_parts(atlas, {number: letters for letters, _, number, _ in codes}, arcs))
    parts = _whole_western_sahara(parts, arcs)
    used = sorted({_index(arc) for _, rings in parts for ring in rings for arc in ring})
    place = {old: new for new, old in enumerate(used)}
    parts = [(c, [[place[a] if a >= 0 else ~place[~a] for a in ring] for ring in rings]) for c, rings in parts]
    arcs = [arcs[old] for old in used]
    masses = _landmasses(parts, arcs)
    world = {
        "source": "Natural Earth 1:50m (public domain), by world-atlas 2 (ISC)",
        "grid": GRID,
        "arcs": [_differences(arc) for arc in arcs],
        "coarse": [_gaps(arc) for arc in arcs],
        "parts": [[code, mass, rings] for (code, rings), mass in zip(parts, masses, strict=True)],
    }
    text = json.dumps(world, separators=(",", ":"), ensure_ascii=True)
    OUTPUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    points = sum(map(len, arcs))
    print(f"{len(parts)} parts, {len(set(masses))} landmasses, {points} points, {OUTPUT.stat().st_size} bytes")  # noqa: T201


def _on_grid(arc: list[list[int]], transform: dict[str, list[float]]) -> Arc:
    """Return an arc in steps of the grid; where it passes the antimeridian it goes on beyond ±180°."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    points: Arc = []
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        across, up = round((x * wide + west) * GRID), round((y * high + south) * GRID)
        if points:
            across = points[-1][0] + (across - points[-1][0] + 180 * GRID) % (360 * GRID) - 180 * GRID
        if not points or (across, up) != points[-1]:
            points.append((across, up))
    return points if len(points) > 1 else points * 2


def _index(arc: int) -> int:
    """Return the number of an arc, forward or backward."""
    return arc if arc >= 0 else ~arc


def _parts(atlas: dict[str, Any], letters: dict[str, str], arcs: list[Arc]) -> Iterator[tuple[str, Rings]]:
    """Yield the code and the rings of each connected polygon, the largest of a country first."""
    found: dict[str, list[tuple[float, Rings]]] = {}
    for feature in atlas["objects"]["countries"]["geometries"]:
        name = feature["properties"]["name"]
        owner = letters[feature["id"]] if "id" in feature else NAMED.get(name, name)
        for polygon in [feature["arcs"]] if feature["type"] == "Polygon" else feature["arcs"]:
            # Antarctica's polygon has an empty ring around the pole: its coast alone says as much
            rings = [ring for ring in polygon if max(y for a in ring for _, y in arcs[_index(a)]) > -89 * GRID]
            found.setdefault(_code(owner, arcs[_index(rings[0][0])]), []).append((_size(rings[0], arcs), rings))
    for code in sorted(found):
        for _, rings in sorted(found[code], reverse=True):
            yield code, rings


def _code(owner: str, arc: Arc) -> str:
    """Return the code of a polygon that the atlas gives to `owner`."""
    east, north = arc[0][0] / GRID, arc[0][1] / GRID
    for name, code, *(south, west, top, right) in CUT_OUT:
        if owner == name and south <= north <= top and west <= east <= right:
            return code
    if len(owner) > 2 and not owner.startswith("X-"):
        raise SystemExit(f"No code for {owner} at {north}, {east}")
    return owner


def _whole_western_sahara(parts: list[tuple[str, Rings]], arcs: list[Arc]) -> list[tuple[str, Rings]]:
    """Return the parts with the border of Western Sahara on its parallel, where the coast has a point for it."""
    (sahara,) = (rings for code, rings in parts if code == "EH")
    (morocco,) = (rings for code, rings in parts if code == "MA")
    place, berm = next((place, arc) for place, arc in enumerate(morocco[0]) if ~arc in sahara[0])
    coast = morocco[0][place + 1]
    parallel = arcs[berm][0][1]
    landfall = next(i for i, (_, y) in enumerate(arcs[coast]) if y >= parallel)
    south, north, border = (len(arcs) + i for i in range(3))
    arcs += [arcs[coast][: landfall + 1], arcs[coast][landfall:], [arcs[berm][0], arcs[coast][landfall]]]
    morocco[0][place : place + 2] = [border, north]
    place = sahara[0].index(~berm)
    sahara[0][place : place + 1] = [south, ~border]
    return parts


def _size(ring: list[int], arcs: list[Arc]) -> float:
    """Return the area of a ring, near enough to sort by."""
    total = 0.0
    for arc in ring:
        points = arcs[_index(arc)]
        for (x, y), (x2, y2) in itertools.pairwise(points if arc >= 0 else points[::-1]):
            total += (x2 - x) * math.sin(math.radians((y + y2) / 2 / GRID))
    return abs(total)


def _landmasses(parts: list[tuple[str, Rings]], arcs: list[Arc]) -> list[int]:
    """Return for each part the number of the land that it belongs to: parts with a common border are one land."""
    mother = list(range(len(parts)))

    def root(part: int) -> int:
        while mother[part] != part:
            part = mother[part]
        return part

    first: dict[object, int] = {}
    for number, (_, rings) in enumerate(parts):
        for arc in itertools.chain.from_iterable(rings):
            keys: list[object] = [_index(arc)]
            # what the atlas has left cut at the antimeridian meets in the points of the cut
            keys += [("cut", y) for x, y in arcs[_index(arc)] if abs(x) == 180 * GRID]
            for key in keys:
                mother[root(number)] = root(first.setdefault(key, number))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root(part), len(numbers)) for part in range(len(parts))]


def _differences(arc: Arc) -> list[int]:
    """Return x, y of the first point, then the steps from point to point, in one flat list."""
    flat = list(arc[0])
    for (x, y), (x2, y2) in itertools.pairwise(arc):
        flat += (x2 - x, y2 - y)
    return flat


def _gaps(arc: Arc) -> list[int]:
    """Return how far it is from each point that the coarse level keeps to the next, counted in points."""
    last = len(arc) - 1
    keep = {0, last}
    spans = [(0, last)]
    if arc[0] == arc[-1] and last > 2:
        far = max(range(last), key=lambda i: math.dist(arc[0], arc[i]))
        keep.add(far)
        spans = [(0, far), (far, last)]
    while spans:
        start, end = spans.pop()
        far, off = start, 0.0
        for i in range(start + 1, end):
            if (distance := _off(arc[i], arc[start], arc[end])) > off:
                far, off = i, distance
        if off > COARSE * GRID:
            keep.add(far)
            spans += [(start, far), (far, end)]
    return [b - a for a, b in itertools.pairwise(sorted(keep))]


def _off(point: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> float:
    """Return how far `point` lies off the line from `start` to `end`, in steps at its latitude."""
    narrow = max(0.2, math.cos(math.radians(point[1] / GRID)))
    x, y = (point[0] - start[0]) * narrow, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * narrow, end[1] - start[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x - along * dx, y - along * dy)


if __name__ == "__main__":
    main()
