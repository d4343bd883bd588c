"""Whom articles name, as far as the reader can see them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.extensions import db
from app.models.people.records import Record, column_of
from app.models.press.articles import Article
from app.models.press.mentions import Mention
from app.queries.lookup import one
from app.queries.paging import Page, page_of

LATEST = 5
"""The number of articles on the page of a person or an organization; the timeline has all."""
_WHOM = (joinedload(Mention.person), joinedload(Mention.organization))


def get(article_id: int, mention_id: int) -> Mention:
    """Return a mention in an article."""
    return one(Mention, Mention.article_id == article_id, Mention.id == mention_id, options=_WHOM)


def of_article(article_id: int) -> Sequence[Mention]:
    """Return whom an article names."""
    listed = select(Mention).where(Mention.article_id == article_id).order_by(Mention.id)
    return db.session.scalars(listed.options(*_WHOM)).all()


def of_both(article_id: int, record: Record) -> Mention | None:
    """Return the mention of a record in an article, if there is one."""
    own = getattr(Mention, column_of(record)) == record.id
    return db.session.scalar(select(Mention).where(Mention.article_id == article_id, own))


def of_record(record: Record) -> Sequence[Mention]:
    """Return the mentions of a person or an organization, in the order in which they were recorded."""
    listed = select(Mention).where(getattr(Mention, column_of(record)) == record.id).order_by(Mention.id)
    return db.session.scalars(listed.options(joinedload(Mention.article))).all()


def latest(record: Record) -> Page[Mention]:
    """Return the mentions in the articles that were published last, those without a date at the end."""
    listed = select(Mention).join(Mention.article).where(getattr(Mention, column_of(record)) == record.id)
    order = (Article.date_published.desc().nulls_last(), Mention.id.desc())
    return page_of(listed.order_by(*order).options(contains_eager(Mention.article)), 1, size=LATEST)
