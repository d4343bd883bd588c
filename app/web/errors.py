"""Error pages: they explain what happened, what was saved, and what to do."""

import errno
import logging
from contextlib import suppress
from typing import Any

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from app import logs
from app.dialects.waiting import is_out_of_order
from app.extensions import db, login_manager
from app.models.scoping import OutOfScope
from app.queries.lookup import Missing
from app.web.cookieless import cookieless, send_again, without_endpoint
from app.web.resubmit import on_csrf_error
from app.web.templating import signed_in

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}
"""What the operating system says if a file cannot be stored."""
_LARGEST = 2**63 - 1
_PAGES = (400, 403, 404, 405, 410, 413, 429, 500, 503)


def register(app: Flask) -> None:
    """Register the error pages; an address with a number that no database can look for does not exist."""
    app.url_map.converters["int"] = Number
    app.log_exception = _log  # type: ignore[method-assign]
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(Missing, lambda _error: _page(404))
    app.register_error_handler(OutOfScope, _out_of_scope)
    app.register_error_handler(SQLAlchemyError, _out_of_order)
    app.register_error_handler(OSError, _no_room)
    for impossible in (DataError, OverflowError):
        app.register_error_handler(impossible, _impossible)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _own_fault)


class Number(IntegerConverter):
    """A number in an address, such as the id of a row."""

    def __init__(self, map: Map, **limits: Any) -> None:
        """Set the largest one."""
        super().__init__(map, **{"max": _LARGEST, **limits})


def _log(exc_info: Any) -> None:
    """Log an internal error, with the rule of the address, because the address may contain a token."""
    rule = request.url_rule.rule if request.url_rule else "no page"
    logs.note("internal error", level=logging.ERROR, error=exc_info[1], page=rule, method=request.method)


def _out_of_scope(_error: OutOfScope) -> ResponseReturnValue:
    """Return 404 for a row outside the scope: to the current user, it does not exist."""
    logs.note("a row out of scope was refused", page=str(request.url_rule))
    db.session.rollback()
    return _page(404)


def _own_fault(_error: Exception) -> ResponseReturnValue:
    return send_again(500) if cookieless() else _page(500)


def _out_of_order(error: SQLAlchemyError) -> ResponseReturnValue:
    """Keep what was typed if the database cannot answer now."""
    if not is_out_of_order(error, may_write=request.method == "POST"):
        raise error
    return _later(error)


def _impossible(_error: Exception) -> ResponseReturnValue:
    """Answer input that no column can hold, such as a number beyond 64 bits, which no page of ours sends."""
    db.session.rollback()
    return _page(400)


def _no_room(error: OSError) -> ResponseReturnValue:
    """Keep what was typed if a file cannot be stored."""
    if error.errno not in _DISK:
        raise error
    return _later(error)


def _later(error: Exception) -> ResponseReturnValue:
    """Return a page that needs no database: it offers to send the same input again."""
    logs.note("the database or the disk does not answer", error=error)
    with suppress(SQLAlchemyError):
        db.session.rollback()
    g.cookieless = True
    g._login_user = login_manager.anonymous_user()  # noqa: SLF001 - Flask-Login would load the account for each template
    return send_again(503)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    return _page(error.code)


def _page(code: int) -> ResponseReturnValue:
    if request.endpoint is None and not signed_in():
        without_endpoint()
    return render_template("errors/error.html", code=code if code in _PAGES else 400), code
