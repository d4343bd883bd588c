"""The letter that asks whether a subscription is wanted."""

from flask import current_app, url_for

from app import tokens
from app.config import MEMBER_LOCALES
from app.emails.rendering import render_letter
from app.letter import Letter
from app.models.campaigns.subscriptions import Subscription


def compose(subscription: Subscription) -> Letter:
    """Write to the address that was given; whoever did not ask has nothing to do."""
    token = tokens.sign_subscription(current_app.config["SECRET_KEY"], subscription.campaign_id, subscription.id)
    page = url_for("subscriptions.confirm", token=token, _external=True)
    return render_letter(
        "campaigns/confirmation",
        address=subscription.email,
        language=subscription.reads[0],
        catalogs=MEMBER_LOCALES,
        campaign=subscription.campaign,
        page=page,
    )
