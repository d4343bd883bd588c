"""Writes submitted input once, in one transaction, and commits it. Independent of forms and pages."""

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
    """A submission: its idempotency key, its sender, and a digest of its content."""

    key: str
    """Empty if none was sent; a repeated submission cannot be detected then."""
    user_id: int | None
    digest: str
    fields: str = ""
    """The fingerprints of the fields; see app/forms/merging.py."""


@dataclass(frozen=True, slots=True)
class Written(Generic[Saved]):
    """What was just written, and the address of its page."""

    saved: Saved
    location: str


@dataclass(frozen=True, slots=True)
class WrittenBefore:
    """The same key was used to write the same content before. The address of its page, for the account that wrote it."""

    location: str | None


class RepeatedError(DomainError):
    """The same account saved the same content a moment ago under another key; only a person can tell whether it is a new one."""


class SavedBeforeError(DomainError):
    """A form created a record, and was then changed and sent again under the same key.

    `location` is the page of the record and `editor` the page that edits it in the same form; both are empty for anyone but
    the account that saved it.
    """

    def __init__(self, location: str, editor: str) -> None:
        """Store the two addresses."""
        super().__init__(None, N_("You saved this page before. What you have changed since is not saved yet."))
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
    """Run `write` once for the key of `sent`, store the address of its page, and commit; on any error, roll back.

    If the form `creates` a record with the same content as one saved a moment ago under another key, it is written only
    after a person has `confirmed` it. A change to an existing record is written under its old key too, unless the content is
    the same: the browser may have kept the page. Every such change increments the revision of `row`. `editor` returns the
    page that edits the created record.

    Raises:
        RepeatedError: the same content was saved a moment ago and was not confirmed.
        SavedBeforeError: the key was used to create something else.
        StaleDataError: a row was changed since it was read.
        DomainError: `write` refused, or another transaction changed the same rows.

    """
    try:
        before = _before(sent, creates=creates)
        if before is not None:
            db.session.rollback()
            return before
        if creates and not confirmed and submission_queries.was_sent(sent.digest, sent.key, sent.user_id):
            raise RepeatedError(
                None, N_("An identical entry was saved a moment ago. Save again only if you want a second one.")
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
    """Claim the key of a submission; return the earlier result if it is the same, or None if it is to be written."""
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
