"""The pictures of a day of action: the strip of the world by hour, the map, and the turnout by country."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Response, abort, current_app, request
from flask_babel import gettext

from app.config import Config
from app.domain.mobilizing.days_of_action import last_start
from app.drawing.bars import Bar, draw_bars
from app.drawing.hours import Span, draw_hours
from app.drawing.maps import draw_map
from app.drawing.routes import Mark, MarkKind
from app.drawing.style import STYLE_HASH
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Mobilization
from app.queries.mobilizing.mobilizations import Turnout
from app.web.responses import svg_file
from app.web.templating import locale_tag
from app.wording.labels import country_name
from app.wording.places import place_name

_AROUND = timedelta(hours=38)
"""What begins further from the end of the day of action, which lasts 26 hours around the world, is not on its strip."""


def strip(day: DayOfAction, mobilizations: Sequence[Mobilization], zone: str) -> Response:
    """Return when each mobilization begins, as an SVG file; its scale is in the zone of the reader."""
    if not mobilizations:
        abort(404)
    around = [one for one in mobilizations if abs(one.starts_at - last_start(day)) <= _AROUND]
    spans = spans_of(around or mobilizations)
    offset = _offset(spans[0].starts_at, zone)
    svg = draw_hours(spans, offset, title=gettext("When it begins"), description=_as_text(day), width=_width())
    return svg_file(svg, STYLE_HASH)


def places(day: DayOfAction, mobilizations: Sequence[Mobilization]) -> Response:
    """Return where mobilizations are, as an SVG file."""
    settings: Config = current_app.config["SETTINGS"]
    going = [one for one in mobilizations if one.is_on and one.place.point]
    marks = {
        one.place.id: Mark(one.place.point, place_name(one.place), MarkKind.END) for one in going if one.place.point
    }
    svg = draw_map(
        [],
        list(marks.values()),
        [],
        title=gettext("Where it takes place"),
        description=_as_text(day),
        names={one.place.country: country_name(one.place.country) for one in going},
        merged=settings.disputed(),
        width=_width(),
    )
    return svg_file(svg, STYLE_HASH)


def turnouts(day: DayOfAction, countries: Sequence[Turnout]) -> Response:
    """Return the expected and the reported turnout by country, as an SVG file."""
    return turnout_bars(day.title_in(locale_tag()), countries)


def turnout_bars(title: str, countries: Sequence[Turnout]) -> Response:
    """Return the expected and the reported turnout by country of what has a title, as an SVG file."""
    bars = [Bar(country_name(one.country), one.expected, one.least, one.most) for one in countries]
    svg = draw_bars(bars, title=gettext("Turnout by country"), description=_also_in_text(title), width=_width())
    return svg_file(svg, STYLE_HASH)


def spans_of(mobilizations: Sequence[Mobilization]) -> list[Span]:
    """Return the rows of the strip: those that begin and end together on the same clocks share one."""

    def key(one: Mobilization) -> tuple[datetime, datetime, timedelta, bool]:
        return one.starts_at, one.ends_at, _offset(one.starts_at, one.timezone), not one.is_on

    return [
        _span(*shared, [place_name(one.place) for one in its])
        for shared, its in groupby(sorted(mobilizations, key=key), key)
    ]


def _span(starts_at: datetime, ends_at: datetime, offset: timedelta, is_off: bool, towns: list[str]) -> Span:
    label = f"{starts_at + offset:%H:%M} {', '.join(dict.fromkeys(towns))}"
    return Span(label, starts_at, ends_at, offset, is_off=is_off)


def _offset(instant: datetime, zone: str) -> timedelta:
    return instant.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)


def _as_text(day: DayOfAction) -> str:
    return _also_in_text(day.title_in(locale_tag()))


def _also_in_text(title: str) -> str:
    return str(gettext("%(title)s: the same information is given in text next to the picture.", title=title))


def _width() -> int:
    return min(max(request.args.get("width", 720, type=int), 320), 1000)
