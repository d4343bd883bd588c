"""Notes and quotations marked in the text of an article."""

from typing import TypedDict

from app import clock
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.press.articles import Article
from app.models.press.notes import AROUND, Note
from app.reading.quotations import FoldedText, Span, around
from app.text import N_

LONGEST_QUOTATION = 2_000
"""Characters."""
MOST_PLACES = 20
"""Of words that stand at more places, nobody can choose one."""


class NoteValues(TypedDict):
    """What a person says about words of an article."""

    quotation: str
    place: int | None
    """Characters before the words, where they stand more than once."""
    body: str | None
    congress_id: int | None
    campaign_id: int | None


def create(article: Article, values: NoteValues, *, by: User | None) -> Note:
    """Mark words of an article. Raises DomainError where they do not stand in its text, or at several places."""
    span = _place(article, values["quotation"], values["place"])
    note = Note(
        article_id=article.id,
        congress_id=values["congress_id"],
        campaign_id=values["campaign_id"],
        body=values["body"],
        created_by_id=by.id if by else None,
        created_at=clock.now(),
    )
    _write(note, article, span)
    db.session.add(note)
    db.session.flush()
    return note


def update(note: Note, values: NoteValues) -> None:
    """Change what is said of which words; whom it belongs to stays. Words that are gone from the text may stand as they were."""
    note.body = values["body"]
    if values["quotation"] != note.quotation or values["place"] is not None:
        _write(note, note.article, _place(note.article, values["quotation"], values["place"]))
    db.session.flush()


def remove(note: Note) -> None:
    """Take a note away for good."""
    db.session.delete(note)
    db.session.flush()


def _place(article: Article, quotation: str, place: int | None) -> Span:
    if not article.text:
        raise DomainError(
            "quotation", N_("The text of this article is not saved, so nothing can be highlighted in it.")
        )
    found = FoldedText(article.text).find(quotation)
    if not found:
        raise DomainError("quotation", N_("These words are not in the text. Copy them exactly as they appear."))
    chosen = [span for span in found if len(found) == 1 or span.start == place]
    if chosen:
        return chosen[0]
    if len(found) > MOST_PLACES:
        raise DomainError("quotation", N_("These words appear in many places. Include more of the words around them."))
    raise DomainError("place", N_("These words appear in several places. Choose the one you mean."))


def _write(note: Note, article: Article, span: Span) -> None:
    note.quotation = article.text[span.start : span.end]
    note.prefix, note.suffix = around(article.text, span, AROUND)
    note.position = span.start
