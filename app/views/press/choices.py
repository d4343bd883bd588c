"""Choices of articles."""

import re
from collections.abc import Iterable

from app.forms.picking import Choice, PickField
from app.models.press.articles import Article
from app.queries.press import articles


def offer_articles(field: PickField, cited: Iterable[Article] = ()) -> None:
    """Let a field find every article by words or by its id, except those already `cited`.

    The latest ones are suggested.
    """
    taken = {article.id for article in cited}

    def free(found: Iterable[Article]) -> list[Choice]:
        return [_article(one) for one in found if one.id not in taken]

    field.choices = free(_versions(articles.Wanted()))
    field.search = lambda typed: free(_articles_found(typed))


def _articles_found(typed: str) -> list[Article]:
    numbered = re.search(r"#(\d{1,9})\)?$", typed)
    if numbered:
        return [one for one in [articles.known(int(numbered[1]))] if one]
    return _versions(articles.Wanted(words=typed))


def _versions(wanted: articles.Wanted) -> list[Article]:
    return [article for one in articles.find(wanted).rows for article in (one.article, *one.others)]


def _article(article: Article) -> Choice:
    return Choice(f"{article.headline} (#{article.id})", article, (article.headline,))
