"""Maps of journeys: lines, closed areas and names."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from html import escape
from types import MappingProxyType

from app.drawing.courses import course_of, draw_lines
from app.drawing.lettering import Lettering, plain
from app.drawing.marks import Placed, draw_country_names, draw_marks, placed_marks
from app.drawing.routes import Line, Mark, MarkKind
from app.drawing.sheet import Sheet, sheet
from app.drawing.style import STYLE
from app.drawing.svg import GROUND, scaled, title_of
from app.drawing.view import View, fitted

_NOTHING: Mapping[str, str] = MappingProxyType({})

_SMALL_COUNTRY = 9
"""Pixels: radius of the hatched disc for a closed country that is too small to be visible."""


def draw_map(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    closed: Collection[str],
    *,
    title: str,
    description: str,
    names: Mapping[str, str],
    merged: Mapping[str, str] = _NOTHING,
    width: int = 720,
    height: int | None = None,
) -> str:
    """Return a map as an SVG element for a page or for a separate file.

    `closed` are the countries to hatch, `names` the text for countries by their codes, where there is room. `merged`
    gives the country that a disputed area is drawn as part of, such as {"EH": "MA"}. Sizes are in pixels; without
    `height` the aspect ratio follows from the content.
    """
    courses = [(line, course_of(line)) for line in lines if len(line.points) > 1]
    view = fitted([point for _, course in courses for point in course] + [mark.point for mark in marks], width, height)
    name = f"map{zlib.crc32(repr((title, description, lines, marks, sorted(closed), width, height)).encode()):08x}"
    base_map = sheet(view)
    lettering = Lettering(view.width, view.height)
    shut = _groups({merged.get(code, code) for code in closed}, merged)
    placed = placed_marks(view, marks, lettering)
    body = _land(base_map, merged) + _closures(base_map, shut, names, name) + draw_lines(view, courses, lettering)
    body += _written(base_map, placed, lettering, shut, names=names, merged=merged)
    return _framed(view, name, plain(title), plain(description), body)


def _groups(codes: Collection[str], merged: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return for each country what is drawn as part of it, including itself."""
    return {
        code: frozenset({code} | {part for part, owner in merged.items() if owner == code}) for code in sorted(codes)
    }


def _framed(view: View, name: str, title: str, description: str, body: str) -> str:
    """Return the complete image. Its ids are unique, because a page may contain several."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {view.width} {view.height}" '
        f'width="{view.width}" height="{view.height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
        f"<style>{STYLE}</style>"
        f'<pattern id="{name}-h" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path class="hatch" d="M6 0v12"/></pattern>'
        f'<rect class="sea" width="{view.width}" height="{view.height}"/>{body}</svg>'
    )


def _land(base_map: Sheet, merged: Mapping[str, str]) -> str:
    """Return land and borders."""
    agreed, disputed = base_map.borders(frozenset(merged.items()))
    paths = (("land", base_map.land), ("border", agreed), ("border disputed", disputed))
    return scaled("".join(f'<path class="{style}" d="{d}"/>' for style, d in paths if d), GROUND)


def _closures(base_map: Sheet, shut: Mapping[str, frozenset[str]], names: Mapping[str, str], name: str) -> str:
    """Return the hatched countries."""
    drawn = []
    for code, parts in shut.items():
        d = base_map.area(parts) or _disc(base_map, parts)
        if d:
            drawn.append(f'<path class="shut" fill="url(#{name}-h)" d="{d}">{title_of(names.get(code, code))}</path>')
    return scaled("".join(drawn), GROUND)


def _disc(base_map: Sheet, parts: frozenset[str]) -> str:
    """Return a disc around a country that is too small to be drawn."""
    if (middle := base_map.middle(parts)) is None:
        return ""
    x, y = (round(figure * GROUND) for figure in middle)
    r = _SMALL_COUNTRY * GROUND
    return f"M{x - r} {y}a{r} {r} 0 1 1 {2 * r} 0a{r} {r} 0 1 1 {-2 * r} 0z"


def _written(
    base_map: Sheet,
    placed: Placed,
    lettering: Lettering,
    shut: Mapping[str, frozenset[str]],
    *,
    names: Mapping[str, str],
    merged: Mapping[str, str],
) -> str:
    """Return marks and names. The first ones get the best positions: the congress, the ends, closed places, then the rest."""
    greater = draw_marks(placed, (MarkKind.CONGRESS, MarkKind.END), lettering)
    closed_names = draw_country_names(base_map, shut, names, lettering, closed=True)
    lesser = draw_marks(placed, (MarkKind.CROSSING, MarkKind.STOP), lettering)
    others = _groups(names.keys() - shut.keys() - merged.keys(), merged)
    other_names = draw_country_names(base_map, others, names, lettering)
    drawn = greater | lesser
    return other_names + closed_names + "".join(drawn[kind] for kind in reversed(MarkKind) if kind in drawn)
