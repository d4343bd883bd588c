"""Comments on actions, and the accounts that they mention."""

import re
from collections.abc import Iterable, Sequence

from app import clock
from app.attached_files import Shelf
from app.domain.actions import attachments
from app.domain.actions.attachments import FileValues
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.actions.parts import FollowUpComment
from app.models.mail.deliveries import DeliveryKind
from app.models.people.people import Person
from app.text import N_, plain

_AT = re.compile(r"(?:^|(?<=[\s(,;:]))@(?=\w)")
"""Where a mention begins; an address such as ana@example.org is none."""


def comment(
    follow_up: FollowUp,
    body: str,
    *,
    by: User | None = None,
    person: Person | None = None,
    readers: Sequence[User] = (),
) -> FollowUpComment:
    """Record a comment, and queue an email to each account that it mentions, of those that may see the action.

    Raises DomainError on `body` if a mention means several of them.
    """
    meant = mentioned(body, readers)
    said = FollowUpComment(follow_up=follow_up, body=body, user=by, person=person, created_at=clock.now())
    db.session.add(said)
    db.session.flush()
    for user in meant:
        if by is None or user.id != by.id:
            deliveries.queue(
                DeliveryKind.MENTION,
                user=user,
                occasion=f"comment:{said.id}",
                due_at=clock.now(),
                follow_up_id=follow_up.id,
            )
    return said


def report(follow_up: FollowUp, body: str, sent: FileValues | None, shelf: Shelf, *, most_megabytes: int) -> None:
    """Record what the person without an account who has an action says and sends: a comment, a file, or both.

    Nobody is mentioned, because she does not know who has an account. Raises DomainError on `body` if it is neither,
    and on `file` if that cannot be attached.
    """
    person = follow_up.assignee_person
    if not body and sent is None:
        raise DomainError("body", N_("Write something, or choose a file."))
    if sent is not None:
        attachments.attach(follow_up, sent, shelf, most_megabytes=most_megabytes, person=person)
    if body:
        comment(follow_up, body, person=person)


def mentioned(body: str, readers: Iterable[User]) -> list[User]:
    """Return the accounts that a text mentions, each once: `@` and the full name, the first name, or the part before the @.

    The longest name that fits is meant. A name that nobody has is plain text. Raises DomainError on `body` if several
    accounts have the name.
    """
    names = [(name, user) for user in readers for name in _names(user)]
    found: dict[int, User] = {}
    for place in _AT.finditer(body):
        said = plain(body[place.end() : place.end() + 200])
        fitting = [(name, user) for name, user in names if re.match(rf"{re.escape(name)}\b", said)]
        longest = max((len(name) for name, _user in fitting), default=0)
        meant = {user.id: user for name, user in fitting if len(name) == longest}
        if len(meant) > 1:
            several = ", ".join(sorted(user.name for user in meant.values()))
            raise DomainError(
                "body", N_("Several people are called that. Write the full name: %(names)s."), names=several
            )
        found |= meant
    return list(found.values())


def _names(user: User) -> set[str]:
    """Return what an account may be called after an @, folded."""
    full = plain(user.name)
    return {name for name in (full, full.partition(" ")[0], plain(user.email.partition("@")[0])) if name}
