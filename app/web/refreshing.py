"""Pages that refresh automatically, without a script, until the user stops it."""

from flask import Response, make_response, request


def refreshing(page: str, seconds: int | None) -> Response:
    """Return a page that refreshes after `seconds`; not if it is None or if the user has stopped it."""
    response = make_response(page)
    if seconds is not None and is_live():
        response.headers["Refresh"] = str(seconds)
    return response


def is_live() -> bool:
    """Return whether the page may refresh: the link that stops it adds `?still=1`."""
    return "still" not in request.args
