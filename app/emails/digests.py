"""The digest: rendered once for each language when it is approved, given each member's own links when it is sent."""

from flask import current_app, url_for
from flask_babel import force_locale

from app import tokens
from app.domain.digests import RenderedPart
from app.emails.rendering import letter_locale, render_parts
from app.letter import Letter
from app.models.digests import Digest, DigestPart, Subscription

__all__ = ["compose", "letter_locale", "render"]

UNSUBSCRIBE = "https://unsubscribe.invalid/"
"""Stands in the rendered parts where the member's own link will be."""


def render(digest: Digest, locale: str) -> RenderedPart:
    """Render the letter in one language, as every member who reads it will get it."""
    items = [item for item in digest.items if not item.dropped]
    with force_locale(locale):
        subject, text, html = render_parts(
            "digest", locale, digest=digest, campaign=digest.campaign, items=items, unsubscribe_url=UNSUBSCRIBE
        )
    return RenderedPart(subject, text, html)


def compose(part: DigestPart, subscription: Subscription) -> Letter:
    """Address the approved letter to one member, with a way out that needs no account and no cookie (RFC 8058)."""
    token = tokens.sign_subscription(current_app.config["SECRET_KEY"], subscription.campaign_id, subscription.id)
    url = url_for("subscriptions.unsubscribe", token=token, _external=True)
    return Letter(
        address=subscription.email,
        subject=part.subject,
        text=part.text.replace(UNSUBSCRIBE, url),
        html=part.html.replace(UNSUBSCRIBE, url),
        language=part.locale,
        headers={
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<campaign-{subscription.campaign_id}.encuentro>",
            "Precedence": "bulk",
        },
    )
