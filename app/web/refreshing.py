"""Pages that the browser loads again by itself, without a script, until their reader stops it."""

from flask import Response, make_response, request


def refreshing(page: str, seconds: int | None) -> Response:
    """Return a page that is loaded again after so many seconds; never where there are none or its reader has stopped it."""
    response = make_response(page)
    if seconds is not None and is_live():
        response.headers["Refresh"] = str(seconds)
    return response


def is_live() -> bool:
    """Say whether the reader lets the page refresh: the link that stops it leads to `?still=1`."""
    return "still" not in request.args
