"""Articles and where they are cited."""

from datetime import date
from typing import Any, TypedDict

from sqlalchemy import select

from app import clock
from app.domain.errors import DomainError
from app.extensions import db
from app.models.accounts import User
from app.models.articles import Article, Citation
from app.models.campaigns import Campaign
from app.models.problems import RouteProblem
from app.queries import articles as article_queries
from app.reading.addresses import address_key
from app.text import N_

LONGEST_TEXT = 500_000
"""Characters; a book would be shorter than this by little, an article by far."""


class ArticleValues(TypedDict):
    """An article with where it comes from apart from what it says; a person has confirmed each field."""

    headline: str
    authors: str | None
    publisher: str | None
    date_published: date | None
    in_language: str
    url: str | None
    original_publisher: str | None
    original_date: date | None
    republication_notice: str | None
    disclaimer: str | None
    captions: str | None
    text: str | None
    excerpt: str


def create(values: ArticleValues, *, by: User | None) -> Article:
    """Keep an article; one with the same address is the same article."""
    _check(values, None)
    article = Article(created_by_id=by.id if by else None, created_at=clock.now(), **_kept(values))
    db.session.add(article)
    db.session.flush()
    return article


def update(article: Article, values: ArticleValues) -> None:
    """Correct what is kept."""
    _check(values, article.id)
    for name, value in _kept(values).items():
        setattr(article, name, value)
    db.session.flush()


def cite_in_campaign(article: Article, campaign: Campaign, *, by: User | None) -> Citation:
    """Cite an article in a campaign: members will find it in the next digest. Citing it again changes nothing."""
    same = select(Citation).where(Citation.article_id == article.id, Citation.campaign_id == campaign.id)
    return db.session.scalar(same) or _cite(Citation(article_id=article.id, campaign_id=campaign.id), by)


def cite_on_problem(article: Article, problem: RouteProblem, *, by: User | None) -> Citation:
    """Cite an article as evidence of a route problem. Citing it again changes nothing."""
    same = select(Citation).where(Citation.article_id == article.id, Citation.problem_id == problem.id)
    citation = Citation(article_id=article.id, problem_id=problem.id, congress_id=problem.congress_id)
    return db.session.scalar(same) or _cite(citation, by)


def withdraw_citation(citation: Citation) -> None:
    """Take a citation back; a digest that has already been composed keeps the article."""
    db.session.delete(citation)
    db.session.flush()


def _cite(citation: Citation, by: User | None) -> Citation:
    citation.cited_by_id, citation.cited_at = by.id if by else None, clock.now()
    db.session.add(citation)
    db.session.flush()
    return citation


def _kept(values: ArticleValues) -> dict[str, Any]:
    url = values["url"]
    return {**values, "text": values["text"] or "", "address_key": address_key(url) if url else None}


def _check(values: ArticleValues, own_id: int | None) -> None:
    if not values["url"] and not values["text"]:
        raise DomainError("url", N_("Give its address, or paste its text, or both."))
    today = clock.now().date()
    for field in ("date_published", "original_date"):
        published = values[field]
        if published is not None and (published - today).days > 1:
            raise DomainError(field, N_("This date lies in the future."))
    original_date, date_published = values["original_date"], values["date_published"]
    if original_date and date_published and original_date > date_published:
        raise DomainError("original_date", N_("It was published again before it first appeared. Check both dates."))
    if values["url"] and any(one.id != own_id for one in article_queries.at_address(values["url"])):
        raise DomainError("url", N_("This article is already kept."))
