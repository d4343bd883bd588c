"""Which article addresses are due for a link check."""

from datetime import timedelta

from sqlalchemy import ColumnElement, literal_column, or_, select

from app import clock
from app.extensions import db
from app.models.press.articles import Article

EVERY = timedelta(days=7)
NEXT_NIGHT = timedelta(hours=18)
"""Time until the next night's check, whatever the hour of the last one."""


def next_to_check() -> tuple[int, str] | None:
    """Return the id and address of the article to check next, or None if none is due.

    Every address is checked once in seven days. An address that failed, but is not yet known to be broken, is checked
    again the next night, before all others.
    """
    now = clock.now()
    failing = Article.link_failures > literal_column("0")  # a literal, so that SQLite uses the partial index
    doubted = [failing, Article.link_broken_since.is_(None), Article.link_checked_at <= now - NEXT_NIGHT]
    due = or_(Article.link_checked_at.is_(None), Article.link_checked_at <= now - EVERY)
    return _first(*doubted) or _first(due)


def _first(*conditions: ColumnElement[bool]) -> tuple[int, str] | None:
    asked = select(Article.id, Article.url).where(Article.url.is_not(None), *conditions)
    row = db.session.execute(asked.order_by(Article.link_checked_at.nulls_first(), Article.id).limit(1)).first()
    return (row[0], str(row[1])) if row else None
