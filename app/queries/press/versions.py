"""Articles and their versions: the original, its translations and republications."""

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
"""An article is compared with those published up to this long before or after it."""
MOST_COMPARED = 2_000
_COMPARED_CHARACTERS = 60_000
"""Only the beginning of a text is compared, which is enough to recognize it and limits memory."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article's data for comparison, detached from the session."""

    id: int
    text: str
    language: str
    day: date | None
    family: int
    """The id of the original."""
    updated_at: datetime | None


def original_id(article: Article) -> int:
    """Return the id of the original of an article: its own id unless it is a version of another."""
    return article.version_of_id or article.id


def families(articles: Iterable[Article]) -> dict[int, Sequence[Article]]:
    """Return all versions of the given articles by the id of the original, with the original first.

    Translations come before republications, each in the order in which they were saved.
    """
    roots = {original_id(article) for article in articles}
    listed = select(Article).where(or_(Article.id.in_(roots), Article.version_of_id.in_(roots)))
    found = sorted(db.session.scalars(listed), key=lambda it: (original_id(it), _RANK[it.version_kind], it.id))
    return {root: list(versions) for root, versions in groupby(found, key=original_id)}


def family(article: Article) -> Sequence[Article]:
    """Return the original of an article and all its versions, the original first."""
    return families([article])[original_id(article)]


def not_compared(limit: int) -> list[int]:
    """Return the ids of articles whose text has not been compared with others yet, earliest first."""
    return list(
        db.session.scalars(select(Article.id).where(Article.compared_at.is_(None)).order_by(Article.id).limit(limit))
    )


def text_of(article_id: int) -> Text:
    """Return an article's data for comparison."""
    return Text(*db.session.execute(_texts().where(Article.id == article_id)).one())


def texts_around(text: Text, limit: int | None = None) -> list[Text]:
    """Return the texts to compare an article with: the latest of those published around its date or without a date."""
    around = _texts().where(Article.id != text.id, func.coalesce(Article.version_of_id, Article.id) != text.family)
    if text.day is not None:
        near = Article.date_published.between(text.day - AROUND, text.day + AROUND)
        around = around.where(or_(Article.date_published.is_(None), near))
    found = db.session.execute(
        around.where(Article.text != "").order_by(Article.id.desc()).limit(limit or MOST_COMPARED)
    )
    return [Text(*row) for row in found]


def suggestions(article: Article) -> Sequence[VersionSuggestion]:
    """Return the undecided suggestions about an article, likeliest first."""
    concerned = or_(VersionSuggestion.article_id == article.id, VersionSuggestion.other_id == article.id)
    asked = select(VersionSuggestion).where(concerned, VersionSuggestion.dismissed_at.is_(None))
    asked = asked.options(joinedload(VersionSuggestion.article), joinedload(VersionSuggestion.other))
    found = db.session.scalars(asked.order_by(VersionSuggestion.likeness.desc(), VersionSuggestion.id))
    return [it for it in found if original_id(it.article) != original_id(it.other)]


def get_suggestion(article_id: int, suggestion_id: int) -> VersionSuggestion:
    """Return an undecided suggestion about an article."""
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
