"""Articles with their versions: the original, its translations, and where either was republished."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import or_, select

from app.extensions import db
from app.models.articles import Article, VersionKind

_RANK = {None: 0, VersionKind.TRANSLATION: 1, VersionKind.REPUBLICATION: 2}


def original_id(article: Article) -> int:
    """Return the number of the original of an article: its own where it is no version of another."""
    return article.version_of_id or article.id


def families(articles: Iterable[Article]) -> dict[int, Sequence[Article]]:
    """Return every version of the articles given, by the number of the original, with the original first.

    Translations come before republications, each in the order in which they were kept.
    """
    roots = {original_id(article) for article in articles}
    listed = select(Article).where(or_(Article.id.in_(roots), Article.version_of_id.in_(roots)))
    found = sorted(db.session.scalars(listed), key=lambda one: (original_id(one), _RANK[one.version_kind], one.id))
    return {root: list(versions) for root, versions in groupby(found, key=original_id)}


def family(article: Article) -> Sequence[Article]:
    """Return an article's original and every version of it, the original first."""
    return families([article])[original_id(article)]
