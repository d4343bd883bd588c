"""Composing a digest, from articles and members to queued emails and rendered parts, in a separate database."""

import time
from datetime import timedelta

from flask import Flask

from app import clock
from app.domain.campaigns import approvals, calls, campaigns, digests, serving, subscriptions
from app.domain.campaigns.variants import Variant
from app.domain.press import articles
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.models.campaigns.campaigns import Approval, Campaign, CampaignStatus, Frequency
from app.models.campaigns.digests import Digest, DigestPart
from app.models.campaigns.subscriptions import SubscriptionStatus
from app.models.mail.deliveries import Delivery
from app.models.press.articles import Article, VersionKind
from benchmarks import Case, ground

LANGUAGES = ("es", "en", "pt", "fr")
ZONES = ("America/Caracas", "America/Mexico_City", "America/Sao_Paulo", "Europe/Madrid", "Europe/Paris", "Asia/Manila")
PARAGRAPH = "The delegations reached the bridge before noon and the drivers carried their luggage to the buses. "


def cases(quick: bool) -> list[Case]:
    """Measure composing for 10,000 members; with `quick`, for 200."""
    with ground.house() as app:
        return _cases(app, 200 if quick else 10_000)


def _cases(app: Flask, members: int) -> list[Case]:
    measured = campaign()
    for number in range(20):
        _cite(measured, number)
    _subscribe(measured, members)
    _call(measured)
    db.session.commit()
    rendered = 0

    def render(digest: Digest, variant: Variant) -> serving.RenderedPart:
        nonlocal rendered
        rendered += 1
        return letters.render(digest, variant)

    with clock.travel(clock.now() + timedelta(minutes=1)), app.test_request_context():
        started = time.perf_counter()
        digest = digests.compose_now(measured)
        if digest is None:
            raise RuntimeError("nothing was composed")
        queued = approvals.approve(digest, render, by=None, revision=digest.revision)
        db.session.commit()
        seconds = time.perf_counter() - started
    parts = db.session.query(DigestPart).count()
    largest = max(len(part.html.encode()) for part in db.session.query(DigestPart))
    return [
        Case(f"composing a digest of 20 articles for {members} members in 4 languages", seconds, 60.0, "s"),
        Case("members without a queued email", members - queued, 0.0, "members"),
        Case(
            "rows in the deliveries table beyond the queued emails",
            db.session.query(Delivery).count() - queued,
            0.0,
            "rows",
        ),
        Case("renderings per variant", rendered / parts, 1.0, "times"),
        Case("variants", parts, len(LANGUAGES) * len(ZONES) * 2, "parts"),
        Case("largest email", largest / 1000, 80.0, "kB"),
    ]


def campaign() -> Campaign:
    """Create a campaign that anybody may join."""
    return campaigns.create(
        {
            "title": "A campaign to measure", "slug": None, "goal": None, "goal_kind": None, "goal_number": None,
            "goal_with_parts": False, "related_congress_id": None, "parent_id": None, "countries": [], "languages": [],
            "resolution_ids": [],
            "start_date": clock.now().date(), "end_date": None, "status": CampaignStatus.RUNNING,
            "open_to_subscribers": True, "open_to_sign_ups": False, "public_feed": False, "timezone": ZONES[0], "digest_frequency": Frequency.WEEKLY,
            "digest_weekday": 4, "digest_hour": 8, "digest_approval": Approval.ONE_PERSON, "public_archive": False,
        }
    )  # fmt: skip


def _call(campaign: Campaign) -> None:
    """Create a call to action at a time, which is shown differently in every zone."""
    calls.create(
        campaign,
        {
            "titles": {"es": "Concentración", "en": "Rally"}, "details": {}, "url": None, "timezone": ZONES[0],
            "starts_at": clock.now().replace(tzinfo=None) + timedelta(days=3), "last_day": None,
        },
    )  # fmt: skip


def _cite(campaign: Campaign, number: int) -> None:
    """Cite a Spanish article with translations into the other languages."""
    original = article(number, LANGUAGES[0])
    for language in LANGUAGES[1:]:
        translation = article(number, language)
        translation.version_of_id, translation.version_kind = original.id, VersionKind.TRANSLATION
    articles.cite_in_campaign(original, campaign, by=None)


def article(number: int, language: str, *, sentences: int = 4) -> Article:
    """Record an article; its excerpt has so many sentences."""
    return articles.create(
        {
            "headline": f"Article {number} in {language}", "authors": "Ana Ruiz", "translators": None, "publisher": "The Paper",
            "date_published": clock.now().date(), "in_language": language,
            "url": f"https://paper.example/{language}/{number}", "original_publisher": None, "original_date": None,
            "republication_notice": None, "disclaimer": "The views are the author's own.", "captions": None,
            "text": PARAGRAPH * 40, "excerpt": PARAGRAPH * sentences, "may_be_republished": True,
        },
        by=None,
    )  # fmt: skip


def _subscribe(campaign: Campaign, members: int) -> None:
    """Subscribe members with four languages and six zones, half of them with a second language."""
    for number in range(members):
        language = LANGUAGES[number % 4]
        languages = [language, "es"] if number % 8 < 4 and language != "es" else [language]
        preferences = subscriptions.default_preferences(campaign, languages) | {"timezone": ZONES[number // 8 % 6]}
        member = subscriptions.request(
            campaign, email=f"member{number}@example.org", preferences=preferences, consent_text="Yes."
        )
        member.status, member.confirmed_at = SubscriptionStatus.CONFIRMED, clock.now()
        member.covered_until = clock.now() - timedelta(days=7)
        member.next_letter_at = clock.now() + timedelta(days=1)
    db.session.flush()
    db.session.query(Delivery).delete()
