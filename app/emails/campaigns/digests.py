"""The digest: rendered once for all members who get the same, with each member's own links added when it is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import current_app, url_for
from flask_babel import force_locale, get_locale, gettext

from app import tokens
from app.config import MEMBER_LOCALES
from app.domain.campaigns.serving import RenderedPart
from app.domain.campaigns.variants import Variant
from app.emails.rendering import address_of, from_house, headers_of_many, render_parts
from app.letter import Letter
from app.models.campaigns.calls import Call
from app.models.campaigns.digests import Digest, DigestPart, DigestVersion
from app.models.campaigns.subscriptions import Subscription
from app.models.press.articles import Article, VersionKind
from app.queries.campaigns import calls as call_queries
from app.wording.formats import at, day, language_name, span

UNSUBSCRIBE = "https://unsubscribe.invalid/"
PREFERENCES = "https://preferences.invalid/"
"""Placeholders in the rendered parts for the member's own links."""
MEMBER = "member@address.invalid"
"""A placeholder for the address of the member."""
TOKEN = uuid4().hex
"""A placeholder for what signs the member's links, which nobody can have written into an article."""
LARGEST = 80_000
"""Bytes of HTML: Gmail truncates emails at about 102,000."""
_BRIEF = 40
"""The number of headlines that are still listed if the articles do not fit."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where else an article can be read."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """An article as a digest shows it."""

    article: Article
    url: str | None
    """Where it can be read."""
    excerpt: str
    elsewhere: list[Link]


@dataclass(frozen=True, slots=True)
class DigestCall:
    """A call to action in the language of the email, or the closest available one."""

    title: str
    details: str
    language: str
    url: str | None
    when: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text that a person wrote, and its language."""

    words: str
    language: str


def render(digest: Digest, variant: Variant) -> RenderedPart:
    """Render the email that every member of a variant gets, with as many complete articles as fit."""
    with from_house(), force_locale(variant.locale):
        context = _context(digest, variant)
        listed = [_article_of(digest, version) for version in variant.versions]
        whole = len(listed)
        while True:
            shortened = listed[whole:]
            parts = render_parts(
                "campaigns/digest",
                variant.locale,
                **context,
                listed=listed[:whole],
                brief=shortened[:_BRIEF],
                more=len(shortened[_BRIEF:]),
            )
            size = len(parts.html.encode())
            if size <= LARGEST or not whole:
                return RenderedPart(variant.locale, parts.subject, parts.text, parts.html)
            whole = min(whole - 1, max(0, int(whole * LARGEST / size)))


def for_all(part: DigestPart, campaign_id: int) -> Letter:
    """Return the approved email with MEMBER and TOKEN in place of what differs from member to member."""
    return _signed(part, campaign_id, TOKEN)


def signer() -> Callable[[int, int, int], str]:
    """Return what signs the links of members, given campaign, subscription and number of the link."""
    return tokens.subscription_signer(current_app.config["SECRET_KEY"])


def compose(part: DigestPart, subscription: Subscription) -> Letter:
    """Address the approved email to one member."""
    token = signer()(subscription.campaign_id, subscription.id, subscription.link_number)
    return replace(_signed(part, subscription.campaign_id, token), address=subscription.email)


def compose_test(part: DigestPart, address: str) -> Letter:
    """Address the email in its current state to a person who works on it; its links for members do not work."""
    with force_locale(part.locale):
        subject = gettext("[Test] %(subject)s", subject=part.subject)
    return Letter(address=address, subject=subject, text=part.text, html=part.html, language=part.locale)


def archive_url(digest: Digest) -> str | None:
    """Return the public address of a digest, or None if only members of the campaign can read it."""
    campaign = digest.campaign
    if not campaign.public_archive:
        return None
    return address_of("archive.show", slug=campaign.slug, sent_id=digest.id)


def opening_words(digest: Digest, locale: str) -> Words:
    """Return the introduction in a language, otherwise in the first language that it was written in."""
    return _in(digest.openings, locale)


def calls_in(digest: Digest, locale: str, timezone: str) -> list[DigestCall]:
    """Return the open calls to action, with times in the members' zone."""
    if not digest.with_calls:
        return []
    return [_call_in(call, locale, timezone) for call in call_queries.still_open(digest.campaign_id)]


def figures_of(digest: Digest) -> dict[str, str] | None:
    """Return the key figures of the congress, in the current language, or None if they were not requested."""
    if digest.figures is None:
        return None
    counts = {name: int(digest.figures[name]) for name in ("delegations", "arrived", "unable")}
    sentence = gettext(
        "%(arrived)d of %(delegations)d delegations have arrived; %(unable)d cannot come (%(day)s).",
        day=day(datetime.fromisoformat(digest.figures["at"]), digest.campaign.timezone),
        **counts,
    )
    return {"congress": str(digest.figures["congress"]), "sentence": sentence}


def elsewhere(digest: Digest, version: DigestVersion) -> list[Link]:
    """Return where else an article can be read: its other languages, and who else published it."""
    item = next(item for item in digest.items if item.id == version.item_id)
    others = [one.article for one in item.versions if one.article_id != version.article_id]
    return links_to(others)


def links_to(articles: Sequence[Article]) -> list[Link]:
    """Return links to those of the articles that can be read online."""
    return [Link(_name(one), url) for one in articles if (url := reading_url(one))]


def reading_url(article: Article) -> str | None:
    """Return where an article can be read: its own address, or the public page of its text, in the current language."""
    if article.url or not article.has_public_text:
        return article.url
    return address_of("texts.show", article_id=article.id, locale=str(get_locale()))


def _signed(part: DigestPart, campaign_id: int, token: str) -> Letter:
    """Return the approved email with links that need no account or cookie (RFC 8058)."""
    unsubscribe = url_for("subscriptions.unsubscribe", token=token, _external=True)
    preferences = url_for("subscriptions.wishes", token=token, _external=True)

    def filled(text: str) -> str:
        return text.replace(UNSUBSCRIBE, unsubscribe).replace(PREFERENCES, preferences)

    return Letter(
        address=MEMBER,
        subject=part.subject,
        text=filled(part.text),
        html=filled(part.html),
        language=part.locale,
        headers=headers_of_many("digest", "campaign", campaign_id, unsubscribe),
    )


def _context(digest: Digest, variant: Variant) -> dict[str, Any]:
    campaign = digest.campaign
    return {
        "campaign": campaign,
        "window": span(variant.opens_at, digest.period_end, campaign.timezone),
        "opening": opening_words(digest, variant.locale),
        "calls": calls_in(digest, variant.locale, variant.timezone),
        "figures": figures_of(digest),
        "articles": len(variant.versions),
        "headline": variant.versions[0].article.headline if variant.versions else "",
        "unsubscribe_url": UNSUBSCRIBE,
        "preferences_url": PREFERENCES,
        "archive_url": archive_url(digest),
    }


def _article_of(digest: Digest, version: DigestVersion) -> DigestArticle:
    article = version.article
    return DigestArticle(article, reading_url(article), version.excerpt, elsewhere(digest, version))


def _name(article: Article) -> str:
    name = article.publisher or article.headline
    if article.version_kind == VersionKind.REPUBLICATION:
        return name
    return f"{language_name(article.in_language)} ({name})"


def _call_in(call: Call, locale: str, timezone: str) -> DigestCall:
    title = _in(call.titles, locale)
    when = at(call.starts_at, timezone) if call.starts_at else ""
    if call.last_day:
        until = gettext("until %(day)s", day=day(call.last_day))
        when = f"{when}, {until}" if when else until
    return DigestCall(title.words, call.details.get(title.language, ""), title.language, call.url, when)


def _in(written: dict[str, str], locale: str) -> Words:
    language = next((one for one in (locale, *MEMBER_LOCALES) if written.get(one)), locale)
    return Words(written.get(language, ""), language)
