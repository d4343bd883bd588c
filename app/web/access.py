"""Access control. Every view declares what it requires; a view that declares nothing refuses every request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import logs
from app.dialects import read_only
from app.domain.accounts import audit, log
from app.extensions import db
from app.models.oversight.chain import Actor
from app.models.oversight.lines import ActorKind
from app.models.scoping import Scope, current_scope, enter_scope
from app.policy import HOUSE_WIDE, Held, Permission, allowed, allowed_on, giving
from app.queries.accounts import accounts
from app.web.confirming import confirm_first
from app.web.resubmit import ask_to_sign_in
from app.web.sessions import current, note_use

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


_WITHOUT_FACTOR = {
    "accounts.confirm", "accounts.sign_out", "factors.begin", "factors.hide_codes", "factors.show", "passkeys.add",
    "passkeys.offer", "today.language",
}  # fmt: skip
"""What an account may open whose role needs a second factor that it does not have yet."""


class Access(Enum):
    """What a view requires if it requires no permission."""

    PUBLIC = "public"
    LINK = "signed link"
    """The view itself reads a token from an emailed link (see `web/cookieless.py`); being signed in makes no difference."""
    SIGNED_IN = "signed in"
    MACHINE = "machine"
    """Programs that watch the house: there is neither a session nor an account, and nothing is read before the view."""


def requires(access: Permission | Access, *, fresh: bool = False) -> Callable[[View], View]:
    """Return a decorator that declares what a view requires.

    What is sensitive is `fresh`: it asks for the password if that was typed too long ago. If the view shows a page as well as
    handling its form, only the form is sensitive.
    """

    def declare(view: View) -> View:
        view.access, view.fresh = access, fresh  # type: ignore[attr-defined]
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
    app.before_request(begin)
    app.before_request(_let_in)
    app.jinja_env.globals.update(may=may, may_on=may_on, Permission=Permission)


def begin() -> None:
    """Start a read-only transaction for requests that only read."""
    if request.method in ("GET", "HEAD", "OPTIONS") and request.endpoint != "static":
        read_only(db.session)


def _let_in() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    required = required_by(request.endpoint)
    if required is None:
        abort(403)
    if required in (Access.LINK, Access.MACHINE):
        log.act(Actor(ActorKind.LINK if required is Access.LINK else ActorKind.PUBLIC, request.endpoint))
        return None
    log.act(Actor(ActorKind.PUBLIC, request.endpoint))
    if current_user.is_authenticated:
        audit.act_as(current_user)
        log.act(Actor(ActorKind.ACCOUNT, request.endpoint, current_user.id, current().id))
        note_use()
        g.held, g.needs_factor = accounts.standing(current_user)
        enter_scope(accounts.scope(_giving(required, g.held)))
    if required is Access.PUBLIC:
        return None
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if g.needs_factor and request.endpoint not in _WITHOUT_FACTOR:
        return redirect(url_for("factors.show"))
    if isinstance(required, Permission):
        _check(g.held, required)
    return confirm_first() if _is_sensitive() else None


def _is_sensitive() -> bool:
    view = current_app.view_functions[request.endpoint or ""]
    only_reads = request.method != "POST" and "POST" in (request.url_rule.methods or ())  # type: ignore[union-attr]
    return getattr(view, "fresh", False) and not only_reads


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
    status = 403 if covered else 404
    logs.note("a page was refused", account=current_user.id, page=str(request.url_rule), status=status)
    abort(status)
