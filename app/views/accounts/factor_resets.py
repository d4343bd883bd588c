"""Resetting a lost second factor: one admin asks, another one approves, and the owner can cancel it for a day."""

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.accounts import factors
from app.forms.base import Button
from app.models.accounts.factors import FactorReset
from app.owner_tokens import read_factor_reset
from app.policy import Permission
from app.queries.accounts import accounts as account_queries
from app.queries.accounts import factors as factor_queries
from app.queries.lookup import Missing
from app.web.access import requires
from app.web.cookieless import LinkOver, SignedLink
from app.web.current_user import reader
from app.web.submit import ACTS, press, submit

bp = Blueprint("factor_resets", __name__)


@bp.post("/users/<int:user_id>/second-factor/ask")
@requires(Permission.USER_EDIT, fresh=True)
def ask(user_id: int) -> ResponseReturnValue:
    """Ask another admin to approve that the second factor of an account is reset."""
    user, by = account_queries.get(user_id), reader()
    done = gettext("Asked. Another admin has to approve it on this page.")
    return press(lambda: factors.ask_reset(user, by=by), then=_location(user_id), done=done)


@bp.post("/users/<int:user_id>/second-factor/approve")
@requires(Permission.USER_EDIT, fresh=True)
def approve(user_id: int) -> ResponseReturnValue:
    """Approve it: the owner is told at once, and it is carried out a day later."""
    by = reader()
    done = gettext("Approved. The owner has been told by email and can cancel it for a day.")
    return press(lambda: factors.approve_reset(_open(user_id), by=by), then=_location(user_id), done=done)


@bp.post("/users/<int:user_id>/second-factor/withdraw")
@requires(Permission.USER_EDIT)
def withdraw(user_id: int) -> ResponseReturnValue:
    """Cancel a reset, as an admin."""
    user = account_queries.get(user_id)
    return press(lambda: factors.withdraw_reset(user), then=_location(user_id), done=gettext("Canceled."))


def _opened(token: str) -> FactorReset:
    reset_id = read_factor_reset(current_app.config["SECRET_KEY"], token)
    if reset_id is None:
        raise LinkOver
    reset = factor_queries.reset(reset_id)
    if reset.link_ends_at is None or clock.now() >= reset.link_ends_at:
        raise LinkOver([reset.user.locale])
    return reset


LINK = SignedLink(
    "factor reset",
    read=_opened,
    languages=lambda reset: [reset.user.locale],
    home="factor_resets.cancel",
    over="accounts/factor_resets/over.html",
)


@bp.route("/second-factor/<token>", methods=["GET", "POST"])
@LINK.opens
def cancel(reset: FactorReset) -> ResponseReturnValue:
    """Cancel a reset by the link in the letter to the owner: GET asks, POST cancels."""
    return submit(
        Button(),
        ACTS,
        write=lambda: factors.cancel_reset(reset),
        then=url_for("factor_resets.cancel"),
        otherwise=lambda: render_template("accounts/factor_resets/cancel.html", reset=reset),
    )


def _open(user_id: int) -> FactorReset:
    reset = factor_queries.open_reset(account_queries.get(user_id).id)
    if reset is None:
        raise Missing(FactorReset.__name__)
    return reset


def _location(user_id: int) -> str:
    return url_for("users.show", user_id=user_id)
