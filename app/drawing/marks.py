"""Places on a map and their names, and the names of countries."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from app.drawing.lettering import Lettering, Spot, plain
from app.drawing.routes import Mark, MarkKind
from app.drawing.sheet import Sheet
from app.drawing.svg import title_of
from app.drawing.view import View

_LONGEST = 32
"""Characters of a label; the full text is in the mark's title."""

_REACH = {MarkKind.CONGRESS: 8, MarkKind.END: 3, MarkKind.CROSSING: 4, MarkKind.STOP: 3}
_TYPE = {MarkKind.CONGRESS: 15.5, MarkKind.END: 12, MarkKind.CROSSING: 11, MarkKind.STOP: 11}
"""Pixels. The congress has a bold label, so its size counts as larger."""
_COUNTRY_TYPE = 11.5
_CLOSED_TYPE = 12.5

_SHAPES = {
    MarkKind.CONGRESS: '<circle class="ring" cx="{x}" cy="{y}" r="8"/><circle cx="{x}" cy="{y}" r="4.5">{title}</circle>',
    MarkKind.END: '<circle cx="{x}" cy="{y}" r="3.5">{title}</circle>',
    MarkKind.CROSSING: '<path class="diamond" d="M{x} {y}m-5 0l5-5 5 5-5 5z">{title}</path>',
    MarkKind.STOP: '<circle cx="{x}" cy="{y}" r="2.5">{title}</circle>',
}


class Place(NamedTuple):
    """The position of a mark, in pixels."""

    x: int
    y: int
    kind: MarkKind


Placed = dict[Place, str]
"""The positions of marks, in pixels, with their labels."""


def placed_marks(view: View, marks: Sequence[Mark], lettering: Lettering) -> Placed:
    """Return the visible marks, larger ones first and those in one place combined; their areas are reserved."""
    placed: Placed = {}
    for kind in MarkKind:
        for mark in (mark for mark in marks if mark.kind == kind):
            x, y = map(round, view.place(mark.point))
            if 0 <= x <= view.width and 0 <= y <= view.height:
                placed.setdefault(Place(x, y, kind), plain(mark.label))
    for place in placed:
        lettering.take(place.x, place.y, _REACH[place.kind] + 1)
    return placed


def draw_marks(placed: Placed, kinds: Sequence[MarkKind], lettering: Lettering) -> dict[MarkKind, str]:
    """Return the marks of some kinds, with names where there is room; the congress always gets its name."""
    drawn = {}
    for kind in kinds:
        shapes, labels = [], []
        for place, label in ((place, label) for place, label in placed.items() if place.kind == kind):
            shapes.append(_SHAPES[kind].format(x=place.x, y=place.y, title=title_of(label)))
            short = plain(label, _LONGEST)
            spot = lettering.beside(place.x, place.y, _REACH[kind], short, _TYPE[kind], must=kind == MarkKind.CONGRESS)
            if spot and short:
                labels.append(_text(spot, short))
        if shapes:
            drawn[kind] = f'<g class="{kind}">{"".join(shapes + labels)}</g>'
    return drawn


def draw_country_names(
    base_map: Sheet,
    groups: Mapping[str, frozenset[str]],
    names: Mapping[str, str],
    lettering: Lettering,
    *,
    closed: bool = False,
) -> str:
    """Return the names of countries that have room for them; `groups` lists the parts of each country."""
    texts = []
    for code, parts in groups.items():
        name = plain(names.get(code, ""), _LONGEST)
        spot = lettering.within(base_map.rows(parts), name, _CLOSED_TYPE if closed else _COUNTRY_TYPE) if name else None
        if spot:
            texts.append(_text(spot, name))
    style = "country closed" if closed else "country"
    return f'<g class="{style}">{"".join(texts)}</g>' if texts else ""


def _text(spot: Spot, text: str) -> str:
    anchor = {"start": "", "middle": ' class="m"', "end": ' class="e"'}[spot.anchor]
    return f'<text x="{spot.x}" y="{spot.y}"{anchor}>{escape(text)}</text>'
