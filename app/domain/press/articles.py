"""Articles and their citations."""

from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import func, select

from app import clock
from app.dialects.article_words import keep_words
from app.dialects.many_rows import insert_missing
from app.domain.accounts import audit
from app.domain.press import versions
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.digests import OPEN, Digest, DigestItem, DigestVersion
from app.models.naming import SearchWord
from app.models.press.articles import Article, Citation
from app.models.travel.problems import RouteProblem
from app.queries.press import articles as article_queries
from app.reading.addresses import address_key, cleaned
from app.text import N_, words_of

LONGEST_TEXT = 500_000
"""Characters; almost enough for a book, far more than an article."""


class ArticleValues(TypedDict):
    """An article's source and text, as a person has confirmed them."""

    headline: str
    authors: str | None
    translators: str | None
    publisher: str | None
    date_published: date | None
    in_language: str
    url: str | None
    original_publisher: str | None
    original_date: date | None
    republication_notice: str | None
    may_be_republished: bool
    disclaimer: str | None
    captions: str | None
    text: str | None
    excerpt: str


def create(values: ArticleValues, *, by: User | None) -> Article:
    """Save an article; one with the same address is the same article."""
    _check(values, None)
    article = Article(created_by_id=by.id if by else None, created_at=clock.now(), **_kept(values))
    db.session.add(article)
    db.session.flush()
    audit.note(article, "recorded", {}, _facts(article))
    _let_find(article)
    return article


def update(article: Article, values: ArticleValues) -> None:
    """Correct an article. A changed text is compared again, a changed address is checked again."""
    _check(values, article)
    before = (article.url, article.text)
    with audit.changing(article, _facts):
        for name, value in _kept(values).items():
            setattr(article, name, value)
        article.updated_at = clock.now()
    if article.url != before[0]:
        article.link_checked_at, article.link_failure, article.link_failures = None, None, 0
        article.link_broken_since = None
    if article.text != before[1]:
        versions.compare_again(article)
    db.session.flush()
    _let_find(article)


def cite_in_campaign(article: Article, campaign: Campaign, *, by: User | None) -> Citation:
    """Cite an article in a campaign, so that it is in the next digest. Citing it again changes nothing.

    An article that was in a digest before keeps the time of its first citation, so nobody gets it twice.
    """
    same = select(Citation).where(Citation.article_id == article.id, Citation.campaign_id == campaign.id)
    held = select(func.min(DigestVersion.cited_at)).join(DigestItem).join(Digest)
    held = held.where(
        DigestVersion.article_id == article.id,
        DigestVersion.campaign_id == campaign.id,
        Digest.status.not_in(OPEN),
    )
    citation = Citation(article_id=article.id, campaign_id=campaign.id)
    return db.session.scalar(same) or _cite(citation, by, cited_at=db.session.scalar(held))


def cite_on_problem(article: Article, problem: RouteProblem, *, by: User | None) -> Citation:
    """Cite an article as evidence of a route problem. Citing it again changes nothing."""
    same = select(Citation).where(Citation.article_id == article.id, Citation.problem_id == problem.id)
    citation = Citation(article_id=article.id, problem_id=problem.id, congress_id=problem.congress_id)
    return db.session.scalar(same) or _cite(citation, by)


def withdraw_citation(citation: Citation) -> None:
    """Withdraw a citation; a digest that has already been composed keeps the article."""
    db.session.delete(citation)
    db.session.flush()


def _cite(citation: Citation, by: User | None, *, cited_at: datetime | None = None) -> Citation:
    citation.cited_by_id, citation.cited_at = by.id if by else None, cited_at or clock.now()
    db.session.add(citation)
    db.session.flush()
    return citation


def _facts(article: Article) -> audit.Facts:
    return audit.facts_of(article, ArticleValues.__annotations__)


def _let_find(article: Article) -> None:
    parts = {
        "headline": article.headline,
        "authors": article.authors or "",
        "publisher": article.publisher or "",
        "text": article.text,
    }
    words = {name: words_of(part) for name, part in parts.items()}
    keep_words(db.session, article.id, words)
    known = {word for name in ("headline", "authors", "publisher") for word in words[name]}
    rows = [{"word": word} for word in sorted(known)]
    insert_missing(db.session, SearchWord.__table__, rows)  # type: ignore[arg-type]


def _kept(values: ArticleValues) -> dict[str, Any]:
    url = cleaned(values["url"]) if values["url"] else None
    return {**values, "url": url, "text": values["text"] or "", "address_key": address_key(url) if url else None}


def check_source(url: str | None, text: str | None) -> None:
    """Raise DomainError if an article has neither an address nor a text."""
    if not url and not text:
        raise DomainError("url", N_("Enter its address, paste its text, or do both."))


def check_days(date_published: date | None, original_date: date | None) -> None:
    """Raise DomainError if an article cannot have been published on its days."""
    today = clock.now().date()
    for field, published in (("date_published", date_published), ("original_date", original_date)):
        if published is not None and (published - today).days > 1:
            raise DomainError(field, N_("This date is in the future."))
    if original_date and date_published and original_date > date_published:
        raise DomainError("original_date", N_("The republication date is before the original date. Check both dates."))


def _check(values: ArticleValues, own: Article | None) -> None:
    check_source(values["url"], values["text"])
    check_days(values["date_published"], values["original_date"])
    check_address(values["url"], own)


def check_address(url: str | None, own: Article | None = None) -> None:
    """Raise DomainError if another article than `own` is saved with an address."""
    moves = bool(url) and (own is None or own.address_key != address_key(str(url)))
    if moves and article_queries.at_address(str(url)):
        raise DomainError("url", N_("This article is already saved."))
