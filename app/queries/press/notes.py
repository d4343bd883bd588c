"""Notes in the texts of articles."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.press.articles import Article, Citation
from app.models.press.notes import Note
from app.models.travel.problems import RouteProblem
from app.queries.lookup import one


def of_article(article_id: int) -> Sequence[Note]:
    """Return the notes in an article that the scope shows, in the order of the text as it was when they were made."""
    listed = select(Note).where(Note.article_id == article_id).order_by(Note.position, Note.id)
    whole = (joinedload(Note.created_by), joinedload(Note.campaign), joinedload(Note.congress))
    return db.session.scalars(listed.options(*whole)).all()


def get(article_id: int, note_id: int) -> Note:
    """Return one note in an article."""
    return one(Note, Note.id == note_id, Note.article_id == article_id)


def quoted_as_source(article: Article) -> Sequence[RouteProblem]:
    """Return the problems in the scope that quote an article as their source: it is cited on them, or lies at its address."""
    cited = RouteProblem.id.in_(select(Citation.problem_id).where(Citation.article_id == article.id))
    source = cited | (RouteProblem.source_url == article.url) if article.url else cited
    listed = select(RouteProblem).where(source, RouteProblem.source_quote.is_not(None)).order_by(RouteProblem.id)
    return db.session.scalars(listed).unique().all()
