"""Attaching files to actions."""

import re
from typing import TypedDict

from app import clock
from app.attached_files import FileRefusal, FileRefused, FileType, Shelf, examined
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.attachments import Attachment
from app.models.actions.follow_ups import FollowUp
from app.models.people.people import Person
from app.queries.actions import attachments
from app.text import N_

MOST_ATTACHED = 20
_LONGEST_NAME = 150
MEGABYTE = 1024 * 1024
_ENDINGS = ", ".join(one.value.upper() for one in FileType)
_SENTENCES = {
    FileRefusal.EMPTY: N_("This file is empty."),
    FileRefusal.UNKNOWN_ENDING: N_("Files with this ending cannot be attached. Possible are: %(types)s."),
    FileRefusal.NOT_WHAT_IT_SAYS: N_(
        "This file is damaged, or its content is not what its name says. Save it again in its own program."
    ),
    FileRefusal.MACROS: N_("This document contains macros. Save it without them."),
}


class FileValues(TypedDict):
    """A file as it was sent."""

    name: str
    content: bytes


def check(follow_up: FollowUp, values: FileValues, most_megabytes: int) -> tuple[FileType, bytes]:
    """Return what a file is and what is kept of it; raises DomainError on `file` if it cannot be attached."""
    if len(attachments.of_follow_up(follow_up.id)) >= MOST_ATTACHED:
        raise DomainError(
            "file", N_("An action has at most %(most)s files. One has to be removed."), most=MOST_ATTACHED
        )
    if len(values["content"]) > most_megabytes * MEGABYTE:
        raise DomainError("file", N_("A file may have at most %(most)s megabytes."), most=most_megabytes)
    try:
        return examined(values["name"], values["content"])
    except FileRefused as error:
        raise DomainError("file", _SENTENCES[error.refusal], types=_ENDINGS) from error


def attach(
    follow_up: FollowUp,
    values: FileValues,
    shelf: Shelf,
    *,
    most_megabytes: int,
    by: User | None = None,
    person: Person | None = None,
) -> Attachment:
    """Attach a file that an account, or the person without one who has the action, has sent.

    Raises DomainError as `check` does.

    The file is on the disk before its row is stored: if the process ends in between, a sweep deletes it.
    """
    file_type, content = check(follow_up, values, most_megabytes)
    attachment = Attachment(
        follow_up=follow_up,
        key=shelf.put(content),
        name=plain_name(values["name"]),
        file_type=file_type,
        size=len(content),
        user_id=by.id if by else None,
        person_id=person.id if person else None,
        created_at=clock.now(),
    )
    before = _names(follow_up)
    db.session.add(attachment)
    db.session.flush()
    audit.note(follow_up, "changed", {"files": before}, {"files": _names(follow_up)})
    return attachment


def remove(attachment: Attachment) -> None:
    """Remove a file from its action; its content stays until that cannot be undone any more."""
    follow_up = attachment.follow_up
    before = _names(follow_up)
    db.session.delete(attachment)
    db.session.flush()
    audit.note(follow_up, "changed", {"files": before}, {"files": _names(follow_up)})


def sweep(shelf: Shelf) -> None:
    """Delete the files that no row has named for as long as a removal can be undone."""
    shelf.sweep(attachments.keys(), clock.now())


def _names(follow_up: FollowUp) -> list[str]:
    return [one.name for one in attachments.of_follow_up(follow_up.id)]


def plain_name(name: str) -> str:
    """Return the name of a file without folders and unusual characters, and with its ending if it is long."""
    last = re.split(r"[/\\]", name)[-1]
    stem, _, ending = "".join(one if one.isprintable() else " " for one in last).rpartition(".")
    return f"{' '.join(stem.split())[:_LONGEST_NAME].strip() or 'file'}.{ending.strip().lower()}"
