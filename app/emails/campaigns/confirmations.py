"""Emails about a member's subscription: confirming it, the personal link, and a change of address."""

from typing import Any

from flask import current_app, url_for

from app import tokens
from app.config import MEMBER_LOCALES
from app.domain.campaigns.invitations import AGAIN_AFTER
from app.domain.campaigns.subscriptions import preferences_of
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.campaigns.subscriptions import AddressChange, Subscription, SubscriptionRequest


def compose(subscription: Subscription, asked: SubscriptionRequest | None) -> Letter:
    """Ask for confirmation at the given address, in the requested language; anyone who did not ask can ignore it.

    If someone invited the owner of the address, the email says who, and to what.
    """
    token = tokens.sign_request(_secret_key(), asked) if asked else member_token(subscription)
    common: dict[str, Any] = {
        "address": subscription.email,
        "language": asked.preferences["languages"][0] if asked else subscription.reads[0],
        "catalogs": MEMBER_LOCALES,
        "campaign": subscription.campaign,
        "page": url_for("subscriptions.confirm", token=token, _external=True),
    }
    if asked is None or asked.invited_by is None:
        return render_letter("campaigns/confirmation", **common)
    chosen, days = preferences_of(asked), AGAIN_AFTER.days
    return render_letter("campaigns/invitation", **common, inviter=asked.invited_by, preferences=chosen, days=days)


def compose_link(subscription: Subscription) -> Letter:
    """Send a member their personal link, because someone has subscribed again with their address."""
    return render_letter(
        "campaigns/member_link",
        address=subscription.email,
        language=subscription.reads[0],
        catalogs=MEMBER_LOCALES,
        campaign=subscription.campaign,
        page=url_for("subscriptions.preferences", token=member_token(subscription), _external=True),
        unsubscribe=url_for("subscriptions.unsubscribe", token=member_token(subscription), _external=True),
    )


def compose_change(change: AddressChange, subscription: Subscription) -> Letter:
    """Ask at a new address for confirmation that its owner wants the emails there."""
    token = tokens.sign_address_change(_secret_key(), change)
    return render_letter(
        "campaigns/address_change",
        address=change.new_email,
        language=subscription.reads[0],
        catalogs=MEMBER_LOCALES,
        campaign=subscription.campaign,
        page=url_for("address_changes.confirm", token=token, _external=True),
    )


def compose_changed(change: AddressChange, subscription: Subscription) -> Letter:
    """Notify the old address of the change. The email does not contain the new address, which others may not know."""
    token = tokens.sign_address_change(_secret_key(), change, undo=True)
    return render_letter(
        "campaigns/address_changed",
        address=change.old_email,
        language=subscription.reads[0],
        catalogs=MEMBER_LOCALES,
        campaign=subscription.campaign,
        page=url_for("address_changes.undo", token=token, _external=True),
        days=tokens.UNDO_SECONDS // tokens.DAY_SECONDS,
    )


def member_token(subscription: Subscription) -> str:
    """Return the token of the current link to a member's preferences."""
    return tokens.sign_subscription(_secret_key(), subscription.campaign_id, subscription.id, subscription.link_number)


def _secret_key() -> str:
    return str(current_app.config["SECRET_KEY"])
