"""Redirects back to a page of this site, never to another one."""

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from werkzeug.wrappers import Response


def safe_path(path: str | None) -> str:
    """Return `path` if it belongs to this site, otherwise the home page."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path or urlsplit(path).netloc:
        return url_for("today.index")
    return path


def back() -> Response:
    """Redirect to the page that the button was on, as named in the form."""
    return redirect(safe_path(request.form.get("back")))
