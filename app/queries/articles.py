"""Articles and their citations."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.articles import Article, Citation
from app.models.problems import RouteProblem
from app.queries.lookup import one
from app.reading.addresses import address_key


def get(article_id: int) -> Article:
    """Return one article."""
    return one(Article, Article.id == article_id)


def listing(search: str = "") -> Sequence[Article]:
    """Return articles, the latest kept first, those whose headline, authors or publisher hold `search`."""
    listed = select(Article).order_by(Article.created_at.desc(), Article.id.desc())
    if search:
        listed = listed.where(
            Article.headline.icontains(search, autoescape=True)
            | Article.authors.icontains(search, autoescape=True)
            | Article.publisher.icontains(search, autoescape=True)
        )
    return db.session.scalars(listed).all()


def at_address(url: str) -> Sequence[Article]:
    """Return the articles kept from an address, in whichever form it is written, the first kept first."""
    return db.session.scalars(select(Article).where(Article.address_key == address_key(url)).order_by(Article.id)).all()


def citations_of(article_id: int) -> Sequence[Citation]:
    """Return where an article is cited, as far as the scope shows."""
    problem = joinedload(Citation.problem)
    listed = select(Citation).where(Citation.article_id == article_id).order_by(Citation.cited_at)
    whole = (joinedload(Citation.campaign), problem.selectinload(RouteProblem.informed_entities))
    return db.session.scalars(listed.options(*whole)).unique().all()


def cited_in(campaign_id: int) -> Sequence[Citation]:
    """Return the citations of a campaign with their articles, the latest first."""
    listed = select(Citation).where(Citation.campaign_id == campaign_id).order_by(Citation.cited_at.desc())
    return db.session.scalars(listed.options(joinedload(Citation.article, innerjoin=True))).all()


def cited_on(problem_id: int) -> Sequence[Citation]:
    """Return the citations on a problem with their articles, the latest first."""
    listed = select(Citation).where(Citation.problem_id == problem_id).order_by(Citation.cited_at.desc())
    return db.session.scalars(listed.options(joinedload(Citation.article, innerjoin=True))).all()


def get_citation(article_id: int, citation_id: int) -> Citation:
    """Return one citation of an article."""
    return one(Citation, Citation.id == citation_id, Citation.article_id == article_id)
