"""Copies of what is known about a person, outside of her own rows: letters, changes that can be undone, imports, exports, histories."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from sqlalchemy import delete, select, update

from app.domain.accounts import log
from app.domain.privacy.needles import Needles
from app.extensions import db
from app.models.accounts.approvals import ApprovalRequest
from app.models.accounts.audit import AuditEntry
from app.models.accounts.pending import PendingChange
from app.models.accounts.undo import UndoEntry
from app.models.actions.attachments import Attachment
from app.models.actions.follow_ups import FollowUp
from app.models.imports.imports import Import, ImportFile, ImportKind, ImportRow
from app.models.mail.deliveries import MailboxLetter
from app.models.oversight.lines import LogValues
from app.models.people.scheduled_exports import ExportedFile, FilePiece
from app.models.press.intakes import Intake, IntakeSource, IntakeStatus
from app.models.removing import REMOVED
from app.queries.privacy.subjects import Subject
from app.text import contact_key

_IN_BULK: dict[str, Any] = {"synchronize_session": False}
_AT_ONCE = 200
_EMPTY_ROW: dict[str, Any] = {"cells": [], "problems": None, "reasons": None, "before": None}


@dataclass(slots=True)
class Copied:
    """What was found and deleted."""

    counts: Counter[str] = field(default_factory=Counter)
    file_keys: set[str] = field(default_factory=set)
    """The attached files that only such a copy named."""


def attached_to(subject: Subject) -> list[str]:
    """Return the keys of the files that are attached to actions about a person, which are deleted with her."""
    about = select(FollowUp.id).where(FollowUp.person_id == subject.person_id)
    found = select(Attachment.key).where(Attachment.follow_up_id.in_(about))
    return list(db.session.scalars(found, execution_options=REMOVED))


def erase(subject: Subject, needles: Needles) -> Copied:
    """Delete or empty all copies of what is known about a person, after her own rows are gone."""
    done = Copied()
    for erase_some in (_undo_entries, _letters, _import_rows, _exported_files, _histories, _rest):
        erase_some(subject, needles, done)
    log.erase_where(needles.are_in_any(LogValues.before, LogValues.after))
    return done


def _undo_entries(subject: Subject, needles: Needles, done: Copied) -> None:
    """Delete changes that can be undone if they concern her; of changes of many records, only hers."""
    for entry in _all(UndoEntry):
        concern = [one for one in entry.changes if _concerns(one, subject, needles)]
        if not concern and not needles.are_in(entry.name):
            continue
        gone = entry.changes if not entry.of_many else concern
        tables = [one for one in gone if one["table"] == Attachment.__tablename__]
        done.file_keys |= {one[which]["key"] for one in tables for which in ("before", "after") if "key" in one[which]}
        done.counts[UndoEntry.__tablename__] += 1
        left = [one for one in entry.changes if one not in concern]
        if entry.of_many and left:
            values = {"changes": left, "name": needles.cleaned(entry.name)}
            _write(update(UndoEntry).where(UndoEntry.id == entry.id).values(values))
        else:
            _write(delete(UndoEntry).where(UndoEntry.id == entry.id))


def _concerns(change: dict[str, Any], subject: Subject, needles: Needles) -> bool:
    """Return whether a recorded change is about a person: her row, a row that refers to her, or one that names her."""
    places = [(change["table"], change["id"]), tuple(change.get("of", ("", 0)))]
    if any(table == "people" and number in subject.person_ids for table, number in places):
        return True
    values = (change["before"], change["after"])
    if any(one.get("person_id") in subject.person_ids or one.get("other_id") in subject.person_ids for one in values):
        return True
    return any(map(needles.are_in_value, values))


def _letters(subject: Subject, needles: Needles, done: Copied) -> None:
    """Delete the letters in the application's own mailbox that went to her or name her."""
    for letter in _all(MailboxLetter):
        if letter.recipient in subject.addresses or needles.are_in(letter.subject) or _names(letter.content, needles):
            done.counts[MailboxLetter.__tablename__] += 1
            _write(delete(MailboxLetter).where(MailboxLetter.id == letter.id))


def _names(content: bytes, needles: Needles) -> bool:
    """Return whether a letter names somebody, in its header, its texts or what is attached to it."""
    message = message_from_bytes(content, policy=policy.default)
    if any(needles.are_in(str(value)) for value in message.values()):
        return True
    parts = (one.get_payload(decode=True) for one in message.walk() if not one.is_multipart())
    return any(needles.are_in_file(part) for part in parts if isinstance(part, bytes))


def _import_rows(subject: Subject, needles: Needles, done: Copied) -> None:
    """Empty the rows of uploaded files that are about her; a file that nobody has read yet is deleted if it names her."""
    about_people = select(Import.id).where(Import.kind == ImportKind.PEOPLE)
    hers = set(db.session.scalars(
        select(ImportRow.id).where(ImportRow.import_id.in_(about_people), ImportRow.record_id.in_(subject.person_ids))
    ))  # fmt: skip
    for row in _all(ImportRow, ImportRow.cells.is_not(None) | ImportRow.id.in_(hers)):
        cells = row.cells or []
        if row.id in hers or any(needles.are_in(one) or _is_hers(one, subject) for one in cells):
            done.counts[ImportRow.__tablename__] += 1
            _write(update(ImportRow).where(ImportRow.id == row.id).values(_EMPTY_ROW))
    for work in _all(Import):
        values = {name: needles.cleaned(getattr(work, name)) for name in ("top", "samples", "details", "unknown")}
        _write(update(Import).where(Import.id == work.id).values(values))
    unread = select(ImportFile.import_id).distinct()
    for import_id in db.session.scalars(unread).all():
        pieces = select(ImportFile.data).where(ImportFile.import_id == import_id).order_by(ImportFile.position)
        if needles.are_in_file(b"".join(db.session.scalars(pieces))):
            done.counts[Import.__tablename__] += 1
            _write(delete(Import).where(Import.id == import_id))


def _is_hers(cell: str, subject: Subject) -> bool:
    return contact_key(cell) in subject.phone_keys


def _exported_files(_subject: Subject, needles: Needles, done: Copied) -> None:
    """Delete the files of scheduled exports that name her; the next ones are made without her."""
    for file_id in db.session.scalars(select(ExportedFile.id)).all():
        pieces = select(FilePiece.data).where(FilePiece.exported_file_id == file_id).order_by(FilePiece.id)
        if needles.are_in_file(b"".join(db.session.scalars(pieces))):
            done.counts[ExportedFile.__tablename__] += 1
            _write(delete(ExportedFile).where(ExportedFile.id == file_id))


def _histories(subject: Subject, needles: Needles, done: Copied) -> None:
    """Leave a gap where the history of another record names her, and delete what is left of her own."""
    own = (AuditEntry.subject == "people") & AuditEntry.subject_id.in_(subject.person_ids)
    _write(delete(AuditEntry).where(own))
    naming = needles.are_in_any(AuditEntry.before, AuditEntry.after)
    for entry in db.session.scalars(select(AuditEntry).where(naming), execution_options=REMOVED).all():
        values = {"before": needles.cleaned(entry.before), "after": needles.cleaned(entry.after)}
        done.counts[AuditEntry.__tablename__] += 1
        _write(update(AuditEntry).where(AuditEntry.id == entry.id).values(values))


def _rest(_subject: Subject, needles: Needles, done: Copied) -> None:
    """Delete what was decided long ago: intakes, changes of shared records, and searches for which approval was asked."""
    over = Intake.status.in_((IntakeStatus.KEPT, IntakeStatus.REFUSED)) & (Intake.source != IntakeSource.FEED)
    for model, condition in (
        (Intake, over & needles.are_in_any(Intake.pasted, Intake.fields)),
        (
            PendingChange,
            PendingChange.decided_at.is_not(None) & needles.are_in_any(PendingChange.before, PendingChange.after),
        ),
        (ApprovalRequest, needles.are_in_any(ApprovalRequest.what)),
    ):
        ids = db.session.scalars(select(model.id).where(condition)).all()
        done.counts[model.__tablename__] += len(ids)
        _write(delete(model).where(model.id.in_(ids)))


def _all(model: Any, *conditions: Any) -> Iterator[Any]:
    """Yield the rows of a table, some at a time, hidden ones too; what was read before is forgotten."""
    last = 0
    while True:
        some = select(model).where(model.id > last, *conditions).order_by(model.id).limit(_AT_ONCE)
        rows = db.session.scalars(some, execution_options=REMOVED).unique().all()
        if not rows:
            return
        last = rows[-1].id
        yield from rows
        for row in rows:
            db.session.expunge(row)


def _write(statement: Any) -> None:
    db.session.execute(statement, execution_options=_IN_BULK)
