"""Members change their own address: requested here, confirmed from the new address, undone from the old one."""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import tokens
from app.domain.campaigns import address_changes
from app.emails.campaigns.confirmations import leaving_token
from app.forms.base import Button
from app.forms.campaigns.subscriptions import AddressForm
from app.models.campaigns.subscriptions import AddressChange, Subscription
from app.models.scoping import Scope, enter_scope
from app.queries.campaigns import subscriptions as subscription_queries
from app.views.campaigns.subscriptions import LINK, all_of
from app.web import rate_limits
from app.web.cookieless import LinkOver, SignedLink
from app.web.submit import ACTS, submit

bp = Blueprint("address_changes", __name__)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of address and the subscription whose link was used to request it."""

    change: AddressChange
    subscription: Subscription


def _named(token: str, *, undo: bool) -> Change:
    named = tokens.read_address_change(current_app.config["SECRET_KEY"], token, undo=undo)
    if named is None:
        raise LinkOver
    campaign_id, change_id = named
    enter_scope(Scope(campaign_ids=frozenset({campaign_id})))
    change = subscription_queries.get_change(campaign_id, change_id)
    return Change(change, subscription_queries.get(campaign_id, change.subscription_id))


def _to_confirm(token: str) -> Change:
    one = _named(token, undo=False)
    if one.change.confirmed_at is None and not address_changes.is_open(one.change, one.subscription):
        raise LinkOver(one.subscription.reads)
    if one.change.undone_at is not None:
        raise LinkOver(one.subscription.reads)
    return one


def _to_undo(token: str) -> Change:
    one = _named(token, undo=True)
    if one.change.confirmed_at is None:
        raise LinkOver(one.subscription.reads)
    return one


CONFIRM_LINK = SignedLink(
    "address change",
    read=_to_confirm,
    languages=lambda one: one.subscription.reads,
    home="address_changes.confirm",
    over="campaigns/subscriptions/over.html",
)
UNDO_LINK = SignedLink(
    "address change undone",
    read=_to_undo,
    languages=lambda one: one.subscription.reads,
    home="address_changes.undo",
    over="campaigns/subscriptions/over.html",
)


@bp.route("/preferences/<token>/address", methods=["GET", "POST"])
@LINK.opens
def new(subscription: Subscription) -> ResponseReturnValue:
    """Request a change of address. The response is the same if the new address is already subscribed."""
    form = AddressForm()

    def page() -> str:
        return render_template("campaigns/address_changes/new.html", form=form, subscription=subscription)

    if form.validate_on_submit() and rate_limits.too_often_by_anyone(
        rate_limits.CHANGE_ADDRESS, "address change", str(subscription.id)
    ):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return page(), 429
    return submit(
        form,
        ACTS,
        write=lambda: _ask(subscription, str(form.email.data)),
        then=url_for("subscriptions.preferences"),
        otherwise=page,
        done=gettext("We have sent an email to the new address. The change takes effect when you confirm it there."),
    )


@bp.route("/address/<token>", methods=["GET", "POST"])
@CONFIRM_LINK.opens
def confirm(one: Change) -> ResponseReturnValue:
    """Confirm a new address from its own mailbox: GET asks, POST changes it."""
    return submit(
        Button(),
        ACTS,
        write=lambda: _confirm(one),
        then=url_for("address_changes.confirm"),
        otherwise=lambda: render_template(
            "campaigns/address_changes/confirm.html", change=one.change, campaign=one.subscription.campaign
        ),
    )


@bp.route("/address-back/<token>", methods=["GET", "POST"])
@UNDO_LINK.opens
def undo(one: Change) -> ResponseReturnValue:
    """Undo a change of address from the old mailbox, if its owner did not request it."""
    return submit(
        Button(),
        ACTS,
        write=lambda: _undo(one),
        then=url_for("address_changes.undo"),
        otherwise=lambda: render_template(
            "campaigns/address_changes/undo.html",
            change=one.change,
            campaign=one.subscription.campaign,
            token=leaving_token(one.subscription),
        ),
    )


def _ask(subscription: Subscription, email: str) -> None:
    """Email the new address, unless it has been emailed too often; the response does not reveal this."""
    if rate_limits.too_often_by_anyone(rate_limits.LETTERS_TO_NEW_ADDRESS, "new address", email):
        return
    address_changes.request(subscription, email)


def _confirm(one: Change) -> None:
    if one.change.confirmed_at is None:
        address_changes.confirm(one.change, all_of(one.subscription))


def _undo(one: Change) -> None:
    if one.change.undone_at is None:
        enter_scope(Scope(campaign_ids=frozenset(one.change.moved_in_ids)))
        address_changes.undo(one.change, subscription_queries.numbered(one.change.moved_ids))
