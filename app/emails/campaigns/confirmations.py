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


def compose(subscription: Subscription, asked: SubscriptionRequest) -> Letter:
    """Ask for confirmation at the given address, in the requested language; anyone who did not ask can ignore it.

    If someone invited the owner of the address, the email says who, and to what.
    """
    token = tokens.sign_request(_secret_key(), asked)
    common: dict[str, Any] = {
        "address": subscription.email,
        "language": asked.preferences["languages"][0],
        "catalogs": MEMBER_LOCALES,
        "campaign": subscription.campaign,
        "page": url_for("subscriptions.confirm", token=token, _external=True),
    }
    if asked.invited_by is None:
        return render_letter("campaigns/confirmation", **common)
    chosen, days = preferences_of(asked), AGAIN_AFTER.days
    return render_letter("campaigns/invitation", **common, inviter=asked.invited_by, preferences=chosen, days=days)


def compose_link(subscription: Subscription) -> Letter:
    """Send a member the link to change what they receive, because someone has asked for it. It works for an hour."""
    return render_letter(
        "campaigns/member_link",
        address=subscription.email,
        language=subscription.reads[0],
        catalogs=MEMBER_LOCALES,
        campaign=subscription.campaign,
        page=url_for("subscriptions.preferences", token=preferences_token(subscription), _external=True),
        unsubscribe=url_for("subscriptions.unsubscribe", token=leaving_token(subscription), _external=True),
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


def leaving_token(subscription: Subscription) -> str:
    """Return the token that ends a subscription. Whoever gets a forwarded digest has it, so its pages show nothing else."""
    return tokens.sign_subscription(_secret_key(), *_named(subscription))


def preferences_token(subscription: Subscription) -> str:
    """Return the token with which a member changes what they receive, within the next hour."""
    return tokens.sign_preferences(_secret_key(), *_named(subscription))


def _named(subscription: Subscription) -> tuple[int, int, int]:
    return subscription.campaign_id, subscription.id, subscription.link_number


def _secret_key() -> str:
    return str(current_app.config["SECRET_KEY"])
