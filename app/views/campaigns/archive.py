"""Digests that anybody may read, where a campaign allows it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.config import MEMBER_LOCALES
from app.emails.campaigns import digests as letters
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.digests import Digest
from app.queries.campaigns import campaigns
from app.queries.campaigns import digests as digest_queries
from app.views.campaigns.digest_preview import variant_in
from app.views.campaigns.public_campaigns import opened
from app.web.cookieless import public_page
from app.web.templating import locale_tag

bp = Blueprint("archive", __name__, url_prefix="/c/<slug>/digests")


@bp.get("")
@public_page
def index(slug: str) -> ResponseReturnValue:
    """Show what was sent so far."""
    campaign = opened(campaigns.archived_id(slug))
    return render_template(
        "campaigns/archive/index.html", campaign=campaign, digests=digest_queries.public_of_campaign(campaign.id)
    )


@bp.get("/<int:sent_id>")
@public_page
def show(slug: str, sent_id: int) -> ResponseReturnValue:
    """Show one digest, whole, in one language."""
    digest = _sent(opened(campaigns.archived_id(slug)), sent_id)
    locale = request.args.get("locale", locale_tag())
    variant = variant_in(digest, locale)
    return render_template(
        "campaigns/archive/show.html",
        digest=digest,
        campaign=digest.campaign,
        locale=locale,
        readable=MEMBER_LOCALES,
        opening=letters.opening_words(digest, locale),
        versions=variant.versions,
        elsewhere={version.id: letters.elsewhere(digest, version) for version in variant.versions},
    )


def _sent(campaign: Campaign, digest_id: int) -> Digest:
    digest = next((one for one in digest_queries.public_of_campaign(campaign.id) if one.id == digest_id), None)
    if digest is None:
        raise NotFound
    return digest
