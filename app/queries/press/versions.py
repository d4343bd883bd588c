"""Articles with their versions: the original, its translations, and where either was republished."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.press.articles import Article, VersionKind
from app.models.press.versions import VersionSuggestion
from app.queries.lookup import one

_RANK = {None: 0, VersionKind.TRANSLATION: 1, VersionKind.REPUBLICATION: 2}

AROUND = timedelta(days=120)
"""An article is compared with those that were published so long before and after it."""
MOST_COMPARED = 2_000
_COMPARED_CHARACTERS = 60_000
"""The beginning of a text tells whether it is another one; books must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it is compared, taken out of the session."""

    id: int
    text: str
    language: str
    day: date | None
    family: int
    """The number of its original."""
    updated_at: datetime | None


def original_id(article: Article) -> int:
    """Return the number of the original of an article: its own where it is no version of another."""
    return article.version_of_id or article.id


def families(articles: Iterable[Article]) -> dict[int, Sequence[Article]]:
    """Return every version of the articles given, by the number of the original, with the original first.

    Translations come before republications, each in the order in which they were kept.
    """
    roots = {original_id(article) for article in articles}
    listed = select(Article).where(or_(Article.id.in_(roots), Article.version_of_id.in_(roots)))
    found = sorted(db.session.scalars(listed), key=lambda it: (original_id(it), _RANK[it.version_kind], it.id))
    return {root: list(versions) for root, versions in groupby(found, key=original_id)}


def family(article: Article) -> Sequence[Article]:
    """Return an article's original and every version of it, the original first."""
    return families([article])[original_id(article)]


def not_compared(limit: int) -> list[int]:
    """Return articles whose text is still to be compared with others, the earliest kept first."""
    return list(
        db.session.scalars(select(Article.id).where(Article.compared_at.is_(None)).order_by(Article.id).limit(limit))
    )


def text_of(article_id: int) -> Text:
    """Return one article as it is compared."""
    return Text(*db.session.execute(_texts().where(Article.id == article_id)).one())


def texts_around(text: Text, limit: int | None = None) -> list[Text]:
    """Return what one article is compared with: the latest kept of those published around its day, or on no known day."""
    around = _texts().where(Article.id != text.id, func.coalesce(Article.version_of_id, Article.id) != text.family)
    if text.day is not None:
        near = Article.date_published.between(text.day - AROUND, text.day + AROUND)
        around = around.where(or_(Article.date_published.is_(None), near))
    found = db.session.execute(
        around.where(Article.text != "").order_by(Article.id.desc()).limit(limit or MOST_COMPARED)
    )
    return [Text(*row) for row in found]


def suggestions(article: Article) -> Sequence[VersionSuggestion]:
    """Return what may be versions of an article and nobody has decided about, the likeliest first."""
    concerned = or_(VersionSuggestion.article_id == article.id, VersionSuggestion.other_id == article.id)
    asked = select(VersionSuggestion).where(concerned, VersionSuggestion.dismissed_at.is_(None))
    asked = asked.options(joinedload(VersionSuggestion.article), joinedload(VersionSuggestion.other))
    found = db.session.scalars(asked.order_by(VersionSuggestion.likeness.desc(), VersionSuggestion.id))
    return [it for it in found if original_id(it.article) != original_id(it.other)]


def get_suggestion(article_id: int, suggestion_id: int) -> VersionSuggestion:
    """Return one suggestion about an article that nobody has decided about yet."""
    concerned = or_(VersionSuggestion.article_id == article_id, VersionSuggestion.other_id == article_id)
    return one(
        VersionSuggestion,
        VersionSuggestion.id == suggestion_id,
        concerned,
        VersionSuggestion.dismissed_at.is_(None),
    )


def _texts() -> Select[int, str, str, date | None, int, datetime | None]:
    return select(
        Article.id,
        func.substr(Article.text, 1, _COMPARED_CHARACTERS),
        Article.in_language,
        Article.date_published,
        func.coalesce(Article.version_of_id, Article.id),
        Article.updated_at,
    )
