"""Going back to a page of our own, and never to anybody else's."""

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from werkzeug.wrappers import Response


def safe_path(path: str | None) -> str:
    """Return `path` where it is one of this site, else the first page."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path or urlsplit(path).netloc:
        return url_for("today.index")
    return path


def back() -> Response:
    """Go back to the page that a button stood on, as the form names it."""
    return redirect(safe_path(request.form.get("back")))
