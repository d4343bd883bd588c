"""The articles of a campaign as a public Atom feed (RFC 4287), if the campaign has one."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from app.config import Config
from app.later import etree
from app.models.campaigns.campaigns import Campaign
from app.models.press.articles import Article, Citation
from app.queries.campaigns import campaigns, digests
from app.queries.press import articles as article_queries
from app.views.campaigns.public_campaigns import opened
from app.web.access import Access, requires
from app.wording.labels import LANGUAGES

bp = Blueprint("atom", __name__)

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that are not allowed in XML documents, even escaped."""


@bp.get("/c/<slug>/articles.atom")
@requires(Access.PUBLIC)
def articles(slug: str) -> ResponseReturnValue:
    """Return the articles most recently cited in a campaign; 404 if it has no public feed, as if it did not exist."""
    campaign = opened(campaigns.feed_id(slug))
    citations = article_queries.feed_of(campaign.id, ENTRIES)
    feed = _feed(campaign, citations)
    response = Response(etree.tostring(feed, xml_declaration=True, encoding="utf-8"), mimetype="application/atom+xml")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.last_modified = _updated(campaign, citations)
    response.add_etag()
    return response.make_conditional(request)


def _feed(campaign: Campaign, citations: Sequence[Citation]) -> "etree._Element":
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "id", _tag(campaign.created_at, f"campaigns/{campaign.id}"))
    _add(feed, "title", campaign.title)
    if campaign.goal:
        _add(feed, "subtitle", campaign.goal)
    _add(feed, "updated", _updated(campaign, citations).isoformat())
    _add(_add(feed, "author"), "name", campaign.title)
    _add(feed, "link", rel="self", type="application/atom+xml", href=_address("atom.articles", slug=campaign.slug))
    public = digests.public_texts(citation.article for citation in citations)
    for citation in citations:
        _add_entry(feed, citation, has_page=citation.article_id in public)
    return feed


def _add_entry(feed: "etree._Element", citation: Citation, *, has_page: bool) -> None:
    article = citation.article
    entry = _add(feed, "entry")
    entry.set(_LANGUAGE, _speakable(article.in_language))
    _add(entry, "id", _tag(article.created_at, f"articles/{article.id}"))
    _add(entry, "title", article.headline)
    _add(entry, "updated", _changed(citation).isoformat())
    if article.date_published:
        # Articles have a date but no time; midnight in UTC keeps the date.
        _add(entry, "published", f"{article.date_published.isoformat()}T00:00:00Z")
    for name in dict.fromkeys(one for one in (article.authors, article.publisher) if one):
        _add(_add(entry, "author"), "name", name)
    _add_words(entry, article, has_page=has_page)
    label = LANGUAGES.get(article.in_language, article.in_language)
    _add(entry, "category", term=article.in_language, label=label)
    rights = " ".join(content for content in (article.republication_notice, article.disclaimer) if content)
    if rights:
        _add(entry, "rights", rights)


def _add_words(entry: "etree._Element", article: Article, *, has_page: bool) -> None:
    """Add the links and the summary; an entry without an alternate link requires content instead of a summary.

    The alternate link is the source. Our own page with the text is related to it, or takes its place if there is none.
    """
    if article.url:
        _add(entry, "link", rel="alternate", href=article.url, hreflang=article.in_language)
    if has_page:
        address, rel = _address("texts.show", article_id=article.id), "related" if article.url else "alternate"
        _add(entry, "link", rel=rel, type="text/html", href=address, hreflang=article.in_language)
    _add(entry, "summary" if article.url or has_page else "content", article.excerpt)


def _add(parent: "etree._Element", name: str, content: str | None = None, **attributes: str) -> "etree._Element":
    values = {key: _speakable(value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", values)
    element.text = None if content is None else _speakable(content)
    return element


def _address(endpoint: str, **values: Any) -> str:
    """Return a full address that does not depend on the request."""
    return _settings().base_url.rstrip("/") + url_for(endpoint, **values)


def _speakable(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)


def _tag(created_at: datetime, path: str) -> str:
    """Return a permanent id (RFC 4151), independent of titles, slugs and texts."""
    return f"tag:{urlsplit(_settings().base_url).hostname},{created_at:%Y-%m-%d}:{path}"


def _changed(citation: Citation) -> datetime:
    corrected = citation.article.updated_at
    return max(citation.cited_at, corrected) if corrected else citation.cited_at


def _updated(campaign: Campaign, citations: Sequence[Citation]) -> datetime:
    """Return when the latest entry changed, to the second as in HTTP headers."""
    return max((_changed(one) for one in citations), default=campaign.created_at).replace(microsecond=0)


def _settings() -> Config:
    settings: Config = current_app.config["SETTINGS"]
    return settings
