"""The drawing of a map: the line or mark for each leg and place."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext

from app.config import Config
from app.drawing.maps import draw_map
from app.drawing.routes import Line, LineKind, Mark, MarkKind
from app.drawing.style import STYLE_HASH
from app.models.congress.congresses import Congress
from app.models.travel.journeys import LOST, Leg, LegStatus
from app.models.travel.places import Mode, Place
from app.queries.travel import closures, network
from app.queries.travel.impacts import Impact
from app.queries.travel.ways import AlternativeRoute
from app.web.responses import svg_file
from app.wording.labels import country_name
from app.wording.labels import way as way_of
from app.wording.places import place_name

_AIR = ("country_airspace", "country")


def picture(congress: Congress, legs: Sequence[Leg], impact: Impact, ways: Sequence[AlternativeRoute] = ()) -> Response:
    """Return the map of legs and alternative routes as an SVG file, with a content security policy for its style."""
    settings: Config = current_app.config["SETTINGS"]
    lines = [_line(leg, kind(leg, impact)) for leg in legs if leg.origin.point and leg.destination.point]
    lines += [line for way in ways for line in _drawn(way)]
    svg = draw_map(
        lines,
        [*_marks(legs, ways, network.destination(congress))],
        closed_countries(congress.id),
        title=gettext("Journeys to %(place)s", place=congress.locality),
        description=gettext("The same information is given in text next to the map."),
        names={code: country_name(code) for code in _countries(legs, ways)},
        merged=settings.disputed(),
        width=min(max(request.args.get("width", 720, type=int), 320), 1000),
    )
    return svg_file(svg, STYLE_HASH)


def kind(leg: Leg, impact: Impact) -> LineKind:
    """Return the kind of line for a leg, which determines its style and title."""
    if leg.status in LOST:
        return LineKind.LOST
    if leg.status is LegStatus.DONE:
        return LineKind.DONE
    if leg.id in impact.leg_ids:
        return LineKind.HIT
    if leg.id in impact.missed_ids:
        return LineKind.KNOCK_ON
    return LineKind.OTHER_WAY if leg.around_id else LineKind.WAY


def _line(leg: Leg, kind: LineKind) -> Line:
    ends = [point for point in (leg.origin.point, leg.destination.point) if point]
    return Line(ends, kind, way_of(leg), arc=leg.mode is Mode.AIR)


def _drawn(way: AlternativeRoute) -> Iterable[Line]:
    for one in way.segments:
        ends = [point for point in (one.origin.point, one.destination.point) if point]
        if len(ends) == 2:
            yield Line(
                ends,
                LineKind.OTHER_WAY,
                f"{place_name(one.origin)} → {place_name(one.destination)}",
                arc=one.mode is Mode.AIR,
            )


def _marks(legs: Sequence[Leg], ways: Sequence[AlternativeRoute], goal: Place | None) -> Iterable[Mark]:
    """Return each place once: the congress, starting points, borders, and connections."""
    begins = {leg.origin_id for leg in legs} - {leg.destination_id for leg in legs}
    seen: dict[int, Mark] = {}
    segments: list[Any] = [*legs, *(one for way in ways for one in way.segments)]
    ends = [place for one in segments for place in (one.origin, one.destination)]
    at_border = {side.id for way in ways for one in way.crossings for side in (one.near, one.far)}
    at_border |= {side for leg in legs if leg.crossing for side in (leg.crossing.near_id, leg.crossing.far_id)}
    if goal and goal.point:
        seen[goal.id] = Mark(goal.point, place_name(goal), MarkKind.CONGRESS)
    for place in ends:
        if place.point and place.id not in seen:
            kind = MarkKind.CROSSING if place.id in at_border or place.kind == "crossing" else MarkKind.STOP
            seen[place.id] = Mark(place.point, place_name(place), MarkKind.END if place.id in begins else kind)
    yield from seen.values()


def closed_countries(congress_id: int) -> frozenset[str]:
    """Return the countries that are closed, or whose airspace is closed, now or later."""
    closed, _refusals = closures.of_congress(congress_id)
    return frozenset(one.country for one in closed if one.kind in _AIR and closures.is_ahead(one))


def _countries(legs: Sequence[Leg], ways: Sequence[AlternativeRoute]) -> frozenset[str]:
    segments: list[Any] = [*legs, *(one for way in ways for one in way.segments)]
    return frozenset(place.country for one in segments for place in (one.origin, one.destination))
