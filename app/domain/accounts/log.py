"""The audit log, as far as functions write it themselves: everything else is noted by the session (app/models/oversight)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from app.extensions import db
from app.models.oversight import watching
from app.models.oversight.chain import Actor
from app.models.oversight.lines import LogLine, LogValues, LogVerb
from app.models.people.merges import MergedId
from app.models.people.people import Person

_MOST = 10_000
"""How many lines one line tells of."""


def act(actor: Actor) -> None:
    """Set what acts in this session."""
    watching.act_in(db.session, actor)


def erase_about(table: str, ids: Collection[int]) -> None:
    """Erase the values of all lines about rows, and of whatever was about a person with her; the lines stay."""
    if not ids:
        return
    erase(db.session.scalars(_about(table, list(ids))).all())


def erase(numbers: Sequence[int]) -> None:
    """Erase the values of lines by their numbers; the lines stay."""
    for start in range(0, len(numbers), _MOST):
        some = numbers[start : start + _MOST]
        db.session.execute(delete(LogValues).where(LogValues.number.in_(some)))
        watching.note(db.session, LogVerb.ERASE, LogValues.__tablename__, record_ids=list(some), row_count=len(some))


def _about(table: str, ids: list[int]) -> Any:
    """Return a statement for the numbers of the lines about rows that still have values."""
    lines = select(LogValues.number).join(LogLine, LogLine.number == LogValues.number).order_by(LogValues.number)
    about: ColumnElement[bool] = (LogLine.table_name == table) & LogLine.record_id.in_(ids)
    if table == Person.__tablename__:
        merged = select(MergedId.old_id).where(MergedId.table_name == table, MergedId.new_id.in_(ids))
        about = or_(about, LogValues.person_id.in_(ids), LogValues.person_id.in_(merged))
    return lines.where(about)


def note_export(table: str, row_count: int | None, fields: Sequence[str]) -> None:
    """Note that rows of a table are taken out as a file; `row_count` is None if there are too many to count."""
    watching.note(db.session, LogVerb.EXPORT, table, row_count=row_count, fields=list(fields))
