"""The public archive of a campaign's digests, if the campaign has one."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.config import MEMBER_LOCALES
from app.emails.campaigns import digests as letters
from app.queries.campaigns import campaigns
from app.queries.campaigns import digests as digest_queries
from app.views.campaigns.digest_preview import variant_in
from app.views.campaigns.public_campaigns import opened
from app.web.cookieless import public_page
from app.web.listing import page_number
from app.web.templating import locale_tag

bp = Blueprint("archive", __name__, url_prefix="/c/<slug>/digests")


@bp.get("")
@public_page
def index(slug: str) -> ResponseReturnValue:
    """Show the digests that were sent."""
    campaign = opened(campaigns.archived_id(slug))
    page = digest_queries.find_public(campaign.id, page_number())
    return render_template("campaigns/archive/index.html", campaign=campaign, page=page)


@bp.get("/<int:sent_id>")
@public_page
def show(slug: str, sent_id: int) -> ResponseReturnValue:
    """Show a complete digest in one language."""
    digest = digest_queries.get_public(opened(campaigns.archived_id(slug)).id, sent_id)
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
        urls={version.id: letters.reading_url(version.article) for version in variant.versions},
        elsewhere={version.id: letters.elsewhere(digest, version) for version in variant.versions},
    )
