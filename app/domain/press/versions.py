"""Linking the versions of an article. Only people link; programs only suggest."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, delete, or_, select

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.press.articles import Article, VersionKind
from app.models.press.versions import SuggestionKind, VersionSuggestion
from app.queries.press.versions import Text, original_id
from app.reading import duplicates
from app.reading.duplicates import Fingerprint, fingerprint
from app.reading.versions import Traits, suggest, traits_of
from app.text import N_

MOST_MEASURED = 3_000
"""Characters that one run processes before it starts no new comparison; 2,000 texts of 900 words take about 130 MB."""
LONGEST_RUN = 15.0
"""Seconds after which a run starts no new comparison; one among 2,000 takes two to six."""


def tie(article: Article, original: Article, kind: VersionKind) -> None:
    """Make an article a version of another; if that one is a version, of its original, so families stay one level deep.

    Versions of `article` move with it. Linking what is already linked changes the kind. Raises DomainError if it would
    become a version of itself.
    """
    _lock(article, original)
    root = original.original or original
    if article.id == original.id:
        raise DomainError("other", N_("An article cannot be a version of itself. Choose another one."))
    if root.id == article.id:
        raise DomainError(
            "other", N_("That article is already a version of this one. To reverse them, make that one the original.")
        )
    for version in _versions_of(article.id):
        _attach(version, root, _kind_by_language(version, root))
    _attach(article, root, kind)


def untie(article: Article) -> None:
    """Make a version independent again; it is not suggested again for this family."""
    _lock(article)
    root = article.original
    if root is None:
        raise DomainError(None, N_("This article is not a version of another."))
    family = [root, *_versions_of(root.id)]
    _detach(article)
    for one in family:
        if one.id != article.id:
            _refuse(article, one)
    db.session.flush()


def make_original(article: Article) -> None:
    """Make a version the original of its family, and all others versions of it."""
    _lock(article)
    root, kind = article.original, article.version_kind
    if root is None or kind is None:
        raise DomainError(None, N_("This article is already an original."))
    others = [one for one in _versions_of(root.id) if one.id != article.id]
    _detach(article)
    _attach(root, article, kind)
    for one in others:
        _attach(one, article, _kind_by_language(one, article))


def dismiss(suggestion: VersionSuggestion) -> None:
    """Record that two articles are unrelated; they are never suggested again."""
    suggestion.dismissed_at = clock.now()
    db.session.flush()


def came_first(article: Article, other: Article) -> bool:
    """Return whether an article seems to be earlier than another: by its first publication, otherwise by when it was saved."""
    day, other_day = (one.original_date or one.date_published for one in (article, other))
    return day < other_day if day and other_day and day != other_day else article.id < other.id


def compare_again(article: Article) -> None:
    """Have an article with a changed text compared again; unanswered suggestions are deleted."""
    article.compared_at = None
    concerned = or_(VersionSuggestion.article_id == article.id, VersionSuggestion.other_id == article.id)
    db.session.execute(delete(VersionSuggestion).where(concerned, VersionSuggestion.dismissed_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Alike:
    """How one article may be related to the one that was compared."""

    other_id: int
    kind: SuggestionKind
    likeness: float


class Measured:
    """The features by which texts are compared, computed once per run: 0.5 ms for a fingerprint, 2 ms for traits (900 words)."""

    def __init__(self) -> None:
        """Start without any features."""
        self._prints: dict[int, Fingerprint] = {}
        self._traits: dict[int, Traits] = {}
        self._begun = time.monotonic()

    @property
    def enough(self) -> bool:
        """Whether a run has taken so much time or memory that the next run should continue."""
        return len(self._prints) >= MOST_MEASURED or time.monotonic() - self._begun >= LONGEST_RUN

    def print(self, one: Text) -> Fingerprint:
        """Return the features for near-duplicates."""
        if one.id not in self._prints:
            self._prints[one.id] = fingerprint(one.text)
        return self._prints[one.id]

    def traits(self, one: Text) -> Traits:
        """Return the features for translations."""
        if one.id not in self._traits:
            self._traits[one.id] = traits_of(one.text, one.language, one.day)
        return self._traits[one.id]


def alike(one: Text, others: Sequence[Text], measured: Measured) -> list[Alike]:
    """Return the possible versions of one article among others: nearly the same text, or likely a translation."""
    own, found, foreign = measured.print(one), [], []
    for other in others:
        if duplicates.same(own, measured.print(other)):
            likeness = duplicates.containment(own, measured.print(other))
            found.append(Alike(other.id, SuggestionKind.SAME, likeness))
        elif _base(other.language) != _base(one.language):
            foreign.append(other)
    likely = suggest(measured.traits(one), [measured.traits(other) for other in foreign]) if foreign else []
    return found + [Alike(foreign[place].id, SuggestionKind.TRANSLATION, likeness) for place, likeness in likely]


def keep_suggestions(one: Text, found: Sequence[Alike]) -> None:
    """Store what was found, unless the article has changed in the meantime; existing pairs stay unchanged."""
    now = clock.now()
    article = db.session.get(Article, one.id, with_for_update=True, populate_existing=True)
    if article is None or article.updated_at != one.updated_at:
        return
    article.compared_at = now
    db.session.flush()
    _insert(one.id, found)


def _insert(article_id: int, found: Iterable[Alike]) -> None:
    rows = [
        {
            "article_id": max(article_id, one.other_id),
            "other_id": min(article_id, one.other_id),
            "kind": one.kind,
            "likeness": one.likeness,
            "made_at": clock.now(),
        }
        for one in found
    ]
    insert_missing(db.session, cast("Table", VersionSuggestion.__table__), rows)


def _refuse(article: Article, other: Article) -> None:
    """Record that a person has separated two articles, so that they are never suggested again."""
    kind = SuggestionKind.SAME if _base(article.in_language) == _base(other.in_language) else SuggestionKind.TRANSLATION
    _insert(article.id, [Alike(other.id, kind, 1.0)])
    later, earlier = max(article.id, other.id), min(article.id, other.id)
    pair = select(VersionSuggestion).where(VersionSuggestion.article_id == later, VersionSuggestion.other_id == earlier)
    dismiss(db.session.scalars(pair).one())


def _lock(*articles: Article) -> None:
    """Lock these articles and their originals, and read them again."""
    numbers = {one.id for one in articles} | {original_id(one) for one in articles}
    locked = select(Article).where(Article.id.in_(numbers)).order_by(Article.id).with_for_update()
    db.session.scalars(locked.execution_options(populate_existing=True)).all()


def _versions_of(article_id: int) -> Sequence[Article]:
    return db.session.scalars(select(Article).where(Article.version_of_id == article_id).order_by(Article.id)).all()


def _attach(article: Article, original: Article, kind: VersionKind) -> None:
    with audit.changing(article, _facts):
        article.original, article.version_kind = original, kind


def _detach(article: Article) -> None:
    with audit.changing(article, _facts):
        article.original, article.version_kind = None, None


def _facts(article: Article) -> audit.Facts:
    original = article.original
    return {"version_of": original.headline if original else None, "version_kind": article.version_kind}


def _kind_by_language(article: Article, original: Article) -> VersionKind:
    """Return the likely relationship of a version to an original that it was never compared with: in another language, a translation."""
    same = _base(article.in_language) == _base(original.in_language)
    return VersionKind.REPUBLICATION if same else VersionKind.TRANSLATION


def _base(language: str) -> str:
    return language.partition("-")[0]
