"""Articles and their citations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, select
from sqlalchemy.orm import joinedload

from app.dialects.article_words import found_words
from app.extensions import db
from app.models.press.articles import Article, Citation
from app.models.travel.problems import RouteProblem
from app.queries import finding
from app.queries.lookup import one
from app.queries.paging import PAGE, Page, holding_words, page_of
from app.queries.press.versions import families
from app.reading.addresses import address_key
from app.text import MOST_WORDS, words_of


def get(article_id: int) -> Article:
    """Return an article."""
    return one(Article, Article.id == article_id)


def known(article_id: int) -> Article | None:
    """Return an article, or None if there is none with this id."""
    return db.session.get(Article, article_id)


def some(numbers: Sequence[int]) -> list[Article]:
    """Return articles in the order of the given ids."""
    found = {one.id: one for one in db.session.scalars(select(Article).where(Article.id.in_(numbers)))}
    return [found[number] for number in numbers if number in found]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Search criteria for articles; empty criteria are ignored."""

    words: str = ""
    """Words in the headline, authors, publisher or text; each may be a prefix."""
    publisher: str = ""
    """Words in the publisher's name."""
    campaign_id: int | None = None
    """Only articles cited in this campaign, if it is in scope."""
    language: str = ""
    since: date | None = None
    until: date | None = None
    broken: bool = False
    """Only articles whose page is unavailable."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article with its other versions."""

    article: Article
    others: list[Article] = field(default_factory=list)


def find(wanted: Wanted, number: int = 1) -> Page[Found]:
    """Return a page of matching articles, one row per version family.

    The best-matching version of each family comes first, or the original if all match equally. In a word search,
    articles with the words in the headline come first; otherwise the most recently saved come first.
    """
    matching = _matching(wanted)
    if matching is None:
        return Page([], 0)
    each = matching.subquery()
    best, latest = func.min(each.c.rank), func.max(each.c.created_at)
    order = (best, each.c.family.desc()) if wanted.words else (latest.desc(), each.c.family.desc())
    page = page_of(select(each.c.family).group_by(each.c.family).order_by(*order), number)
    known = families(db.session.scalars(select(Article).where(Article.id.in_(page.rows))))
    several = [root for root in page.rows if len(known[root]) > 1]
    places = _places(each, several, ranked=bool(wanted.words)) if several else {}
    return page.of([_folded(known[root], places) for root in page.rows])


def matching(typed: str) -> finding.Found:
    """Return the originals of the articles with these words, best first, or with one typing slip if none has them."""
    words = words_of(typed)[:MOST_WORDS]
    ids = _best(words) if words else []
    for spelling in finding.spellings_of(words) if not ids else ():
        ids = ids or _best(spelling)
    return finding.Found(ids[: finding.MOST], len(ids) > finding.MOST)


def _best(words: list[str]) -> Sequence[int]:
    found = found_words(db.session, words, [])
    original = func.coalesce(Article.version_of_id, Article.id)
    ranked = select(original).join(found, found.c.id == Article.id).group_by(original)
    return db.session.scalars(ranked.order_by(func.min(found.c.rank), original).limit(finding.MOST + 1)).all()


def _places(each: Subquery, roots: list[int], *, ranked: bool) -> dict[int, int]:
    """Return the rank of each matching version, 0 for the best; all ranks are equal without a ranking."""
    fitting = select(each.c.id).where(each.c.family.in_(roots)).order_by(each.c.rank, each.c.id)
    found = db.session.scalars(fitting)
    return {article_id: place if ranked else 0 for place, article_id in enumerate(found)}


def _folded(family: Sequence[Article], places: dict[int, int]) -> Found:
    """Return a family with its best-matching version first; `family` starts with the original."""
    best = min(family, key=lambda it: places.get(it.id, len(places)))
    return Found(best, [it for it in family if it.id != best.id])


def _matching(wanted: Wanted) -> Select[int, int, float, datetime] | None:
    """Return a statement for the id, family, rank and age of each matching article, or None if none can match."""
    words, publisher = words_of(wanted.words)[:MOST_WORDS], words_of(wanted.publisher)[:MOST_WORDS]
    if (wanted.words and not words) or (wanted.publisher and not publisher):
        return None
    family = func.coalesce(Article.version_of_id, Article.id).label("family")
    if not words and not publisher:
        asked = select(Article.id, family, literal(0.0).label("rank"), Article.created_at)
        return asked.where(*_conditions(wanted))
    found = found_words(db.session, words, publisher)
    asked = select(Article.id, family, found.c.rank, Article.created_at).join(found, found.c.id == Article.id)
    return asked.where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.campaign_id is not None:
        cited = select(Citation.article_id).where(Citation.campaign_id == wanted.campaign_id)
        conditions.append(Article.id.in_(cited))
    if wanted.language:
        conditions.append(Article.in_language == wanted.language)
    if wanted.since is not None:
        conditions.append(Article.date_published >= wanted.since)
    if wanted.until is not None:
        conditions.append(Article.date_published <= wanted.until)
    if wanted.broken:
        conditions.append(Article.link_broken_since.is_not(None))
    return conditions


def feed_of(campaign_id: int, limit: int) -> Sequence[Citation]:
    """Return the latest citations of a campaign with their articles, in a stable order."""
    listed = select(Citation).where(Citation.campaign_id == campaign_id)
    listed = listed.order_by(Citation.cited_at.desc(), Citation.id.desc()).limit(limit)
    return db.session.scalars(listed.options(joinedload(Citation.article, innerjoin=True))).all()


def at_address(url: str) -> Sequence[Article]:
    """Return the articles saved from an address, in any of its forms, oldest first."""
    return db.session.scalars(select(Article).where(Article.address_key == address_key(url)).order_by(Article.id)).all()


def citations_of(article_id: int) -> Sequence[Citation]:
    """Return the citations of an article that are in scope."""
    problem = joinedload(Citation.problem)
    listed = select(Citation).where(Citation.article_id == article_id).order_by(Citation.cited_at)
    whole = (
        joinedload(Citation.campaign),
        joinedload(Citation.cited_by),
        problem.selectinload(RouteProblem.informed_entities),
    )
    return db.session.scalars(listed.options(*whole)).unique().all()


def cited_in(campaign_id: int) -> Sequence[Citation]:
    """Return the citations of a campaign with their articles, latest first."""
    listed = select(Citation).where(Citation.campaign_id == campaign_id).order_by(Citation.cited_at.desc())
    return db.session.scalars(listed.options(joinedload(Citation.article, innerjoin=True))).all()


def find_cited(campaign_id: int, typed: str, number: int, *, size: int = PAGE) -> Page[Citation]:
    """Return a page of the citations of a campaign with their articles, latest first.

    Headline, authors and publisher together must contain every word of `typed`.
    """
    found = select(Citation).join(Article, Article.id == Citation.article_id).where(Citation.campaign_id == campaign_id)
    found = found.where(*holding_words(typed, Article.headline, Article.authors, Article.publisher))
    found = found.options(joinedload(Citation.article, innerjoin=True))
    return page_of(found.order_by(Citation.cited_at.desc(), Citation.id.desc()), number, size=size)


def cited_on(problem_id: int) -> Sequence[Citation]:
    """Return the citations on a problem with their articles, latest first."""
    listed = select(Citation).where(Citation.problem_id == problem_id).order_by(Citation.cited_at.desc())
    return db.session.scalars(listed.options(joinedload(Citation.article, innerjoin=True))).all()


def get_citation(article_id: int, citation_id: int) -> Citation:
    """Return a citation of an article."""
    return one(Citation, Citation.id == citation_id, Citation.article_id == article_id)
