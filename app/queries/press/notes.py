"""Notes on the text of articles."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.press.articles import Article, Citation
from app.models.press.notes import Note
from app.models.travel.problems import RouteProblem
from app.queries.lookup import one


def of_article(article_id: int) -> Sequence[Note]:
    """Return the notes on an article that are in scope, in the order of the text at the time they were written."""
    listed = select(Note).where(Note.article_id == article_id).order_by(Note.position, Note.id)
    whole = (joinedload(Note.created_by), joinedload(Note.campaign), joinedload(Note.congress))
    return db.session.scalars(listed.options(*whole)).all()


def get(article_id: int, note_id: int) -> Note:
    """Return a note on an article."""
    return one(Note, Note.id == note_id, Note.article_id == article_id)


def quoted_as_source(article: Article) -> Sequence[RouteProblem]:
    """Return the problems in scope whose source is the article: by a citation or by its address."""
    cited = RouteProblem.id.in_(select(Citation.problem_id).where(Citation.article_id == article.id))
    source = cited | (RouteProblem.source_url == article.url) if article.url else cited
    listed = select(RouteProblem).where(source, RouteProblem.source_quote.is_not(None)).order_by(RouteProblem.id)
    return db.session.scalars(listed).unique().all()
