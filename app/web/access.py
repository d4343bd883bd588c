"""Who gets in. Every view says what it requires; one that says nothing lets nobody in."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.dialects import read_only
from app.domain.accounts import audit
from app.extensions import db
from app.models.scoping import enter_scope
from app.policy import HOUSE_WIDE, Held, Permission, allowed, allowed_on, can
from app.queries.accounts import accounts
from app.web.resubmit import ask_to_sign_in

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Access(Enum):
    """What a view requires where it requires no permission."""

    PUBLIC = "public"
    LINK = "signed link"
    """The view itself reads a token out of a letter, see `web/cookieless.py`; who is signed in does not count."""
    SIGNED_IN = "signed in"


def requires(access: Permission | Access) -> Callable[[View], View]:
    """Declare what a view requires."""

    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


def required_by(endpoint: str) -> Permission | Access | None:
    """Return what the view behind an endpoint requires, or None where it does not say."""
    if endpoint == "static":
        return Access.PUBLIC
    required: Permission | Access | None = getattr(current_app.view_functions[endpoint], "access", None)
    return required


def may(permission: Permission, congress_id: int | None = None, campaign_id: int | None = None) -> bool:
    """Say whether the one who asks has a permission there: templates show only what can be used."""
    return allowed(g.get("held", []), permission, congress_id, campaign_id)


def may_on(permission: Permission, congress_id: int | None, campaign_id: int | None) -> bool:
    """Say whether the one who asks has a permission on a row that belongs to a congress, a campaign, or the whole house."""
    return allowed_on(g.get("held", []), permission, congress_id, campaign_id)


def register(app: Flask) -> None:
    """Stand at the door of every request."""
    app.before_request(_begin)
    app.before_request(_let_in)
    app.jinja_env.globals.update(may=may, may_on=may_on, Permission=Permission)


def _begin() -> None:
    """Let a request that only reads run in a transaction that cannot write."""
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


def _giving(required: Permission | Access, held: list[Held]) -> list[Held]:
    """Return the roles that give what a view requires: what is in reach of another role is not in reach of this view."""
    if isinstance(required, Access):
        return held
    return [one for one in held if can(one.role, required, in_scope=True)]


def _check(held: list[Held], permission: Permission) -> None:
    """Refuse with 404 what lies outside the scope of every grant, and with 403 what a role within it does not give."""
    arguments = request.view_args or {}
    congress_id, campaign_id = arguments.get("congress_id"), arguments.get("campaign_id")
    if allowed(held, permission, congress_id, campaign_id):
        return
    house_wide = permission in HOUSE_WIDE
    covered = any(one.on_everything if house_wide else one.covers(congress_id, campaign_id) for one in held)
    abort(403 if covered else 404)
