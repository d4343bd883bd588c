"""A strip of the world by hour: when something begins and ends in each place, over the nights there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape

from app.drawing.frames import framed
from app.drawing.lettering import plain, width_of
from app.drawing.svg import title_of

_HOUR = timedelta(hours=1)
_LEAST_HOURS = 12
"""The strip shows at least this many hours."""
_SIDE, _TOP, _ROW, _BAR = 10, 24, 34, 10
"""Pixels: the margin, the height of the scale, of a row, and of its bar under the text."""
_TYPE = 12
_EVENING, _MORNING = 20, 6
"""Night is drawn between these hours of the day."""
_PER_TICK = 44
"""Pixels between two hours of the scale, at least."""


X = Callable[[datetime], int]
"""Returns the position of an instant, in pixels from the left."""


@dataclass(frozen=True, slots=True)
class Span:
    """What takes place in places that share a time zone: from when until when, and their distance from UTC."""

    label: str
    starts_at: datetime
    ends_at: datetime
    offset: timedelta
    is_off: bool = False
    """Whether it was canceled."""


def draw_hours(spans: Sequence[Span], offset: timedelta, *, title: str, description: str, width: int = 720) -> str:
    """Return the strip as an SVG image; its scale shows the hours at a distance of `offset` from UTC."""
    first, last = _window(spans)
    scale = (width - 2 * _SIDE) / ((last - first) / _HOUR)
    height = _TOP + _ROW * len(spans) + _SIDE

    def x(instant: datetime) -> int:
        return round(_SIDE + (instant - first) / _HOUR * scale)

    body = "".join(_scale(first, last, offset, x, scale, height)) + "".join(
        _row(span, _TOP + number * _ROW, first, last, x, width) for number, span in enumerate(spans)
    )
    return framed(body, width, height, title=title, description=description)


def _window(spans: Sequence[Span]) -> tuple[datetime, datetime]:
    """Return whole hours before everything begins and after everything ends."""
    begins, ends = min(one.starts_at for one in spans), max(one.ends_at for one in spans)
    first = begins.replace(minute=0, second=0, microsecond=0) - _HOUR
    hours = max(_LEAST_HOURS, -(-(ends - first) // _HOUR) + 1)
    return first, first + hours * _HOUR


def _scale(first: datetime, last: datetime, offset: timedelta, x: X, scale: float, height: int) -> Iterator[str]:
    """Yield the hours above the strip and their lines: as many as have room, the same ones of every day."""
    steps = (1, 2, 3, 4, 6, 12, 24)
    step = next((hours for hours in steps if hours * scale >= _PER_TICK), 24 * -(-_PER_TICK // round(24 * scale + 1)))
    at = first.astimezone(timezone(offset)).replace(hour=0)
    while at <= last:
        if at >= first:
            here = x(at)
            yield f'<path class="border" d="M{here} {_TOP - 6}V{height}"/>'
            yield f'<text x="{here}" y="{_TOP - 9}" class="m">{at:%H}</text>'
        at += step * _HOUR


def _row(span: Span, top: int, first: datetime, last: datetime, x: X, width: int) -> str:
    """Return one row: its text, the nights there, and the bar."""
    begins, ends = x(span.starts_at), max(x(span.ends_at), x(span.starts_at) + 3)
    y = top + _ROW - _BAR - 4
    drawn = [f'<rect class="land" x="{_SIDE}" y="{y}" width="{width - 2 * _SIDE}" height="{_BAR}"/>']
    for dusk, dawn in _nights(first, last, span.offset):
        left, right = x(max(dusk, first)), x(min(dawn, last))
        if right > left:
            drawn.append(f'<rect class="night" x="{left}" y="{y}" width="{right - left}" height="{_BAR}"/>')
    style = "bar off" if span.is_off else "bar"
    drawn.append(f'<rect class="{style}" x="{begins}" y="{y}" width="{ends - begins}" height="{_BAR}" rx="2"/>')
    label = _fitting(span.label, width - 2 * _SIDE)
    long = width_of(label, _TYPE)
    at = min(float(begins), width - _SIDE - long)
    drawn.append(f'<text x="{max(round(at), _SIDE)}" y="{y - 5}">{escape(label)}</text>')
    return f"<g>{title_of(span.label)}{''.join(drawn)}</g>"


def _nights(first: datetime, last: datetime, offset: timedelta) -> Iterator[tuple[datetime, datetime]]:
    dusk = first.astimezone(timezone(offset)).replace(hour=_EVENING, minute=0) - timedelta(days=1)
    while dusk < last:
        yield dusk, dusk + timedelta(hours=24 - _EVENING + _MORNING)
        dusk += timedelta(days=1)


def _fitting(text: str, room: int) -> str:
    """Return a text on one line, shortened until it fits."""
    longest = len(text)
    while longest > 1 and width_of(plain(text, longest), _TYPE) > room:
        longest -= 1
    return plain(text, longest)
