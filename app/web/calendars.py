"""Calendar files as responses."""

from collections.abc import Iterable

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.later import icalendar
from app.wording.calendars import calendar_of


def calendar_file(entries: "Iterable[icalendar.Component]", *, name: str = "") -> Response:
    """Return entries as a file that calendar applications open or, under a fixed address, follow."""
    return Response(calendar_of(entries, name=name), mimetype="text/calendar")


def followed(entries: "Iterable[icalendar.Component]", name: str) -> ResponseReturnValue:
    """Return a calendar, or only that it has not changed since the application read it."""
    response = calendar_file(entries, name=name)
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)
