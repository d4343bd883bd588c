"""Error pages: they explain what happened, what was saved, and what to do."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.extensions import db
from app.models.scoping import OutOfScope
from app.queries.lookup import Missing
from app.web.cookieless import cookieless, send_again, without_endpoint
from app.web.resubmit import on_csrf_error
from app.web.templating import signed_in

_PAGES = (400, 403, 404, 405, 410, 413, 429, 500, 503)


def register(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(Missing, lambda _error: _page(404))
    app.register_error_handler(OutOfScope, _out_of_scope)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _own_fault)


def _out_of_scope(_error: OutOfScope) -> ResponseReturnValue:
    """Return 404 for a row outside the scope: to the current user, it does not exist."""
    db.session.rollback()
    return _page(404)


def _own_fault(_error: Exception) -> ResponseReturnValue:
    return send_again(500) if cookieless() else _page(500)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    return _page(error.code)


def _page(code: int) -> ResponseReturnValue:
    if request.endpoint is None and not signed_in():
        without_endpoint()
    return render_template("errors/error.html", code=code if code in _PAGES else 400), code
