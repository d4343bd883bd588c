"""Writes submitted input once, in one transaction, and commits it. Independent of forms and pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

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


def write_first(write: Callable[[], None]) -> None:
    """Write something and commit it, before an answer that must not be sent without it."""
    write()
    db.session.commit()


class RepeatedError(DomainError):
    """The same account saved the same content a moment ago under another key; only a person can tell whether it is a new one."""


class SavedBeforeError(DomainError):
    """A form that creates something was saved before under the same key, and has been changed since.

    `location` is the page of what was created, `editor` the page where it is edited in a form with the same fields. Both
    are empty if someone else saved it; `editor` also if there is no such page.
    """

    def __init__(self, location: str, editor: str) -> None:
        """Set the addresses."""
        super().__init__(None, N_("You have already saved this page. Your changes since then are not saved yet."))
        self.location, self.editor = location, editor


@dataclass(frozen=True, slots=True)
class Effect(Generic[Saved]):
    """What a form does to stored rows: it edits one, creates one, or does neither."""

    row: Revised | None = None
    """The row that the form was filled from and changes."""
    creates: bool = False
    """Whether sending it twice could create a second one by mistake."""
    editor: Callable[[Saved], str] | None = None
    """Returns the page where what was saved is edited in a form with the same fields."""


ACTS: Effect[Any] = Effect()
"""The effect of a form that shows no stored values and creates nothing twice: a decision, an answer, a request."""


def write_once(
    sent: Sent,
    effect: Effect[Saved],
    write: Callable[[], Saved],
    location: Callable[[Saved], str],
    *,
    confirmed: bool = False,
) -> Written[Saved] | WrittenBefore:
    """Run `write` once for the key of `sent`, record the address of its page, and commit; any error rolls everything back.

    A form that creates something and has the same content as one that was saved recently under another key is written
    only if a person has `confirmed` it. A form that does not create anything is written again under the same key if its
    content has changed: the browser may have kept the page. Every change counts as a revision of the edited row.

    Raises:
        RepeatedError: the same content was saved recently, and nobody has confirmed it.
        SavedBeforeError: the key was used before to create something else.
        StaleDataError: a row has been changed since it was read.
        DomainError: `write` refused, or someone else changed the same rows at the same time.

    """
    try:
        before = _before(sent, effect)
        if before is not None:
            db.session.rollback()
            return before
        if effect.creates and not confirmed and submission_queries.was_sent(sent.digest, sent.key, sent.user_id):
            raise RepeatedError(
                None, N_("An identical entry was saved a moment ago. Save again only if you want a duplicate.")
            )
        if effect.row is not None:
            effect.row.touch()
        saved = write()
        written = Written(saved, location(saved))
        _finish(sent, effect, written)
        db.session.commit()
    except (DomainError, StaleDataError):
        db.session.rollback()
        raise
    except IntegrityError as error:
        db.session.rollback()
        raise DomainError(None, CHANGED_MEANWHILE) from error
    return written


def _finish(sent: Sent, effect: Effect[Saved], written: Written[Saved]) -> None:
    """Record under the key of `sent` what was saved, and where it is shown and edited."""
    db.session.flush()
    edited = effect.row or (written.saved if isinstance(written.saved, Revised) else None)
    submissions.finish(
        sent.key,
        location=written.location,
        digest=sent.digest,
        fields=sent.fields,
        revision=edited.revision if edited else None,
        editor=effect.editor(written.saved) if effect.editor else "",
    )


def saved_before(sent: Sent) -> SavedBeforeError | None:
    """Return where the form was saved before with other content; None for a form that is new."""
    before = submission_queries.find(sent.key) if sent.key else None
    if before is None or before.digest == sent.digest:
        return None
    is_own = before.user_id == sent.user_id
    return SavedBeforeError(before.location if is_own else "", (before.editor or "") if is_own else "")


def _before(sent: Sent, effect: Effect[Saved]) -> WrittenBefore | None:
    """Claim the key; return what was saved under it before with the same content, None if the form has to be written."""
    if not sent.key or submissions.begin(sent.key, sent.user_id, sent.digest):
        return None
    error = saved_before(sent)
    if error is None:
        before = submission_queries.find(sent.key)
        is_own = before is not None and before.user_id == sent.user_id
        return WrittenBefore(before.location if before is not None and is_own else None)
    if effect.creates:
        raise error
    return None
