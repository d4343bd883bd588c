"""Access control. Every view declares what it requires; a view that declares nothing refuses every request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.dialects import read_only
from app.domain.accounts import audit
from app.extensions import db
from app.models.scoping import Scope, current_scope, enter_scope
from app.policy import HOUSE_WIDE, Held, Permission, allowed, allowed_on, giving
from app.queries.accounts import accounts
from app.web.resubmit import ask_to_sign_in

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Access(Enum):
    """What a view requires if it requires no permission."""

    PUBLIC = "public"
    LINK = "signed link"
    """The view itself reads a token from an emailed link (see `web/cookieless.py`); being signed in makes no difference."""
    SIGNED_IN = "signed in"


def requires(access: Permission | Access) -> Callable[[View], View]:
    """Return a decorator that declares what a view requires."""

    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


def required_by(endpoint: str) -> Permission | Access | None:
    """Return what the view behind an endpoint requires, or None if it declares nothing."""
    if endpoint == "static":
        return Access.PUBLIC
    required: Permission | Access | None = getattr(current_app.view_functions[endpoint], "access", None)
    return required


def may(permission: Permission, congress_id: int | None = None, campaign_id: int | None = None) -> bool:
    """Return whether the current user has a permission there; templates show only what can be used."""
    return allowed(g.get("held", []), permission, congress_id, campaign_id)


def may_on(permission: Permission, congress_id: int | None, campaign_id: int | None) -> bool:
    """Return whether the current user has a permission on a row of a congress, of a campaign, or of neither."""
    return allowed_on(g.get("held", []), permission, congress_id, campaign_id)


def register(app: Flask) -> None:
    """Check access before every request."""
    app.before_request(_begin)
    app.before_request(_let_in)
    app.jinja_env.globals.update(may=may, may_on=may_on, Permission=Permission)


def _begin() -> None:
    """Start a read-only transaction for requests that only read."""
    if request.method in ("GET", "HEAD", "OPTIONS") and request.endpoint != "static":
        read_only(db.session)


def _let_in() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    required = required_by(request.endpoint)
    if required is None:
        abort(403)
    if required is Access.LINK:
        return None
    if current_user.is_authenticated:
        audit.act_as(current_user)
        g.held = accounts.held(current_user)
        enter_scope(accounts.scope(_giving(required, g.held)))
    if required is Access.PUBLIC:
        return None
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if isinstance(required, Permission):
        _check(g.held, required)
    return None


@contextmanager
def seeing(permission: Permission) -> Iterator[None]:
    """Restrict the session to what the user's roles with one permission cover, on a page that shows several kinds."""
    before = current_scope() or Scope()
    enter_scope(accounts.scope(_giving(permission, g.held)))
    try:
        yield
    finally:
        enter_scope(before)


def _giving(required: Permission | Access, held: list[Held]) -> list[Held]:
    """Return the grants whose role gives what a view requires; other grants do not extend the scope of this view."""
    if isinstance(required, Access):
        return held
    return giving(held, required)


def _check(held: list[Held], permission: Permission) -> None:
    """Abort with 404 outside the scope of every grant, and with 403 if no role in the scope gives the permission."""
    arguments = request.view_args or {}
    congress_id, campaign_id = arguments.get("congress_id"), arguments.get("campaign_id")
    if allowed(held, permission, congress_id, campaign_id):
        return
    house_wide = permission in HOUSE_WIDE
    covered = any(one.on_everything if house_wide else one.covers(congress_id, campaign_id) for one in held)
    abort(403 if covered else 404)
