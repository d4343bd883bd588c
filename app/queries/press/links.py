"""Which addresses of articles are to be asked whether their pages still stand."""

from datetime import timedelta

from sqlalchemy import ColumnElement, literal_column, or_, select

from app import clock
from app.extensions import db
from app.models.press.articles import Article

EVERY = timedelta(days=7)
NEXT_NIGHT = timedelta(hours=18)
"""After a night's question comes the next night's, whatever the hour."""


def next_to_check() -> tuple[int, str] | None:
    """Return the article whose address is asked next, with the address; None where none is due.

    Each is asked once in seven days; one that did not answer, and is not known to be gone, again in the next night, and
    before all others, so that what is doubted is soon known.
    """
    now = clock.now()
    failing = Article.link_failures > literal_column("0")  # written out, so that SQLite takes the index of those alone
    doubted = [failing, Article.link_broken_since.is_(None), Article.link_checked_at <= now - NEXT_NIGHT]
    due = or_(Article.link_checked_at.is_(None), Article.link_checked_at <= now - EVERY)
    return _first(*doubted) or _first(due)


def _first(*conditions: ColumnElement[bool]) -> tuple[int, str] | None:
    asked = select(Article.id, Article.url).where(Article.url.is_not(None), *conditions)
    row = db.session.execute(asked.order_by(Article.link_checked_at.nulls_first(), Article.id).limit(1)).first()
    return (row[0], str(row[1])) if row else None
