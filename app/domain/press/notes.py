"""Notes and quotations highlighted in the text of an article."""

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
"""If the words occur more often than this, nobody can choose one place."""


class NoteValues(TypedDict):
    """A person's note about words of an article."""

    quotation: str
    place: int | None
    """Characters before the words, if they occur more than once."""
    body: str | None
    congress_id: int | None
    campaign_id: int | None


def create(article: Article, values: NoteValues, *, by: User | None) -> Note:
    """Highlight words of an article. Raises DomainError if they are not in its text, or in several places."""
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
    """Change the note or its words; its scope stays. Words that are no longer in the text may stay unchanged."""
    note.body = values["body"]
    if values["quotation"] != note.quotation or values["place"] is not None:
        _write(note, note.article, _place(note.article, values["quotation"], values["place"]))
    db.session.flush()


def remove(note: Note) -> None:
    """Delete a note for good."""
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
        raise DomainError("quotation", N_("These words appear in many places. Include more of the surrounding text."))
    raise DomainError("place", N_("These words appear in several places. Choose the one you mean."))


def _write(note: Note, article: Article, span: Span) -> None:
    note.quotation = article.text[span.start : span.end]
    note.prefix, note.suffix = around(article.text, span, AROUND)
    note.position = span.start
