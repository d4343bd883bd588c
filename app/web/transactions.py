"""Writes what was sent once, in one transaction, and commits it. Knows nothing of forms and pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.domain.accounts import submissions
from app.domain_errors import DomainError
from app.extensions import db
from app.models.types import Revised
from app.queries.accounts import submissions as submission_queries
from app.text import N_

Saved = TypeVar("Saved")

CHANGED_MEANWHILE = N_("Someone else changed this at the same time. Check it and save again.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What arrived: its key, who sent it, and a short form of its content."""

    key: str
    """Empty where none was sent; then nothing tells that it is sent a second time."""
    user_id: int | None
    digest: str
    fields: str = ""
    """The fingerprints of the fields; see app/forms/merging.py."""


@dataclass(frozen=True, slots=True)
class Written(Generic[Saved]):
    """What was written now, and the address of its page."""

    saved: Saved
    location: str


@dataclass(frozen=True, slots=True)
class WrittenBefore:
    """The same was written before under its key; the address of its page, for the one who wrote it."""

    location: str | None


class RepeatedError(DomainError):
    """The same person saved the same content a moment ago under another key: only a person can tell if it is another one."""


class SavedBeforeError(DomainError):
    """The page of a form that creates something was saved before, and has been changed and sent again since.

    `location` is the page of what was saved and `editor` the one where it is edited in the same form; both are empty for
    anyone but the one who saved it.
    """

    def __init__(self, location: str, editor: str) -> None:
        """Keep where what was saved is found."""
        super().__init__(None, N_("You have already saved this page. Your changes since then are not saved yet."))
        self.location, self.editor = location, editor


def write_once(
    sent: Sent,
    write: Callable[[], Saved],
    location: Callable[[Saved], str],
    *,
    creates: bool,
    confirmed: bool = False,
    row: Revised | None = None,
    editor: Callable[[Saved], str] | None = None,
) -> Written[Saved] | WrittenBefore:
    """Run `write` once for the key of `sent`, note where its page is, and commit; whatever goes wrong is rolled back.

    What `creates` something and says to the letter what was saved a moment ago under another key is written only when
    a person has `confirmed` it. A change to what exists already is written under its old key as well, unless it says
    the same: a browser may have kept the page whole. The edited `row` counts every such change. `editor` returns the
    page where what was created is edited.

    Raises:
        RepeatedError: the same content was saved a moment ago, and nobody has confirmed it.
        SavedBeforeError: the key was used to create something else.
        StaleDataError: a row was changed since it was read.
        DomainError: `write` refused, or somebody else changed the same rows at the same moment.

    """
    try:
        before = _before(sent, creates=creates)
        if before is not None:
            db.session.rollback()
            return before
        if creates and not confirmed and submission_queries.was_sent(sent.digest, sent.key, sent.user_id):
            raise RepeatedError(
                None, N_("An identical entry was saved a moment ago. Save again only if you want a duplicate.")
            )
        if row is not None:
            row.touch()
        saved = write()
        written = Written(saved, location(saved))
        db.session.flush()
        edited = row or (saved if isinstance(saved, Revised) else None)
        submissions.finish(
            sent.key,
            location=written.location,
            digest=sent.digest,
            fields=sent.fields,
            revision=edited.revision if edited else None,
            editor=editor(saved) if editor else "",
        )
        db.session.commit()
    except (DomainError, StaleDataError):
        db.session.rollback()
        raise
    except IntegrityError as error:
        db.session.rollback()
        raise DomainError(None, CHANGED_MEANWHILE) from error
    return written


def _before(sent: Sent, *, creates: bool) -> WrittenBefore | None:
    """Take the key of what was sent; return what was written before where it is the same, None where it is to be written."""
    if not sent.key or submissions.begin(sent.key, sent.user_id, sent.digest):
        return None
    before = submission_queries.find(sent.key)
    if before is None:
        return None
    is_own = before.user_id == sent.user_id
    if before.digest == sent.digest:
        return WrittenBefore(before.location if is_own else None)
    if creates:
        raise SavedBeforeError(*((before.location, before.editor or "") if is_own else ("", "")))
    return None
