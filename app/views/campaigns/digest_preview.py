"""Previews of a digest email: in each language, in light and dark mode, as plain text, and on a phone."""

import re
from dataclasses import dataclass

from flask import Blueprint, current_app, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.config import MEMBER_LOCALES
from app.domain.campaigns.serving import RenderedPart
from app.domain.campaigns.variants import Variant, variant_of
from app.emails.campaigns import digests as letters
from app.models.campaigns.digests import OPEN, Digest
from app.policy import Permission
from app.queries.campaigns import digests as digest_queries
from app.web.access import requires

bp = Blueprint("previewing", __name__, url_prefix="/campaigns/<int:campaign_id>/digests/<int:digest_id>/letter")

SCHEMES = ("light", "dark", "text")
WIDTHS = ("wide", "phone")
_DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)")


@dataclass(frozen=True, slots=True)
class Preview:
    """An email and how it is displayed."""

    part: RenderedPart
    locale: str
    scheme: str
    width: str
    size: int
    """The size of its HTML in bytes."""
    largest: int = letters.LARGEST


def preview(digest: Digest) -> Preview:
    """Return the preview that the query string asks for."""
    locale = _asked("locale", tuple(_locales_first(digest)))
    part = letter_in(digest, locale)
    scheme, width = _asked("scheme", SCHEMES), _asked("width", WIDTHS)
    return Preview(part, locale, scheme, width, len(part.html.encode()))


@bp.get("/<locale>")
@requires(Permission.DIGEST_VIEW)
def letter(campaign_id: int, digest_id: int, locale: str) -> ResponseReturnValue:
    """Return the email alone, for the frame that shows it."""
    digest = digest_queries.get(campaign_id, digest_id)
    html = letter_in(digest, locale).html
    response = make_response(_DARK.sub("@media all" if _asked("scheme", SCHEMES) == "dark" else "@media not all", html))
    response.headers["Content-Security-Policy"] = current_app.config["LETTER_POLICY"]
    return response


def letter_in(digest: Digest, locale: str) -> RenderedPart:
    """Return the email in one language with all articles of a digest: as approved, or as it is now."""
    variant = variant_in(digest, locale)
    if digest.status not in OPEN:
        stored = digest_queries.part(digest.id, variant.key(digest)) or digest_queries.part_in(digest.id, locale)
        if stored is not None:
            return RenderedPart(stored.locale, stored.subject, stored.text, stored.html)
    return letters.render(digest, variant)


def variant_in(digest: Digest, locale: str) -> Variant:
    """Return the variant with all articles of a digest, for a reader of one language in the campaign's time zone."""
    if locale not in MEMBER_LOCALES:
        raise NotFound
    return variant_of(digest, [locale], digest.campaign.timezone, digest.period_start)


def _locales_first(digest: Digest) -> list[str]:
    """Return the languages of emails, those with an introduction first."""
    return sorted(MEMBER_LOCALES, key=lambda locale: (locale not in digest.openings, MEMBER_LOCALES.index(locale)))


def _asked(name: str, values: tuple[str, ...]) -> str:
    value = request.args.get(name, values[0])
    if value not in values:
        raise NotFound
    return value
