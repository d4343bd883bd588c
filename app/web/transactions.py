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

CHANGED_MEANWHILE = N_("Somebody else changed this at the same moment. Look again and save once more.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What arrived: its key, who sent it, and a short form of its content."""

    key: str
    """Empty where none was sent; then nothing tells that it is sent a second time."""
    user_id: int | None
    digest: str


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


def write_once(
    sent: Sent,
    write: Callable[[], Saved],
    location: Callable[[Saved], str],
    *,
    creates: bool,
    confirmed: bool = False,
    row: Revised | None = None,
) -> Written[Saved] | WrittenBefore:
    """Run `write` once for the key of `sent`, note where its page is, and commit; whatever goes wrong is rolled back.

    What `creates` something and says to the letter what was saved a moment ago under another key is written only when
    a person has `confirmed` it. A change to what exists already is written under its old key as well, unless it says
    the same: a browser may have kept the page whole. The revision of the edited `row` counts every such change.

    Raises:
        RepeatedError: the same content was saved a moment ago, and nobody has confirmed it.
        StaleDataError: a row was changed since it was read.
        DomainError: `write` refused, or somebody else changed the same rows at the same moment.

    """
    try:
        taken = bool(sent.key) and not submissions.begin(sent.key, sent.user_id, sent.digest)
        if taken and (creates or submission_queries.digest_of(sent.key) == sent.digest):
            db.session.rollback()
            return WrittenBefore(submission_queries.location(sent.key, sent.user_id))
        if creates and not confirmed and submission_queries.was_sent(sent.digest, sent.key, sent.user_id):
            raise RepeatedError(
                None, N_("An identical entry was saved a moment ago. Save again only if you want a second one.")
            )
        if row is not None:
            row.touch()
        saved = write()
        written = Written(saved, location(saved))
        db.session.flush()
        submissions.finish(sent.key, written.location, sent.digest, row.revision if row is not None else None)
        db.session.commit()
    except (DomainError, StaleDataError):
        db.session.rollback()
        raise
    except IntegrityError as error:
        db.session.rollback()
        raise DomainError(None, CHANGED_MEANWHILE) from error
    return written
