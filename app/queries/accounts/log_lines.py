"""The lines of the audit log that are looked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.oversight.lines import ActorKind, LogLine, LogValues, LogVerb
from app.queries.keyset import Group, KeysetPage, Order, counted, page_at
from app.queries.paging import BATCH, holding_words

_LATEST_FIRST = Order([Group((LogLine.number,), rank=0)], is_descending=True)
_MOST_ACCOUNTS = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None for everything."""

    account: str = ""
    """Words of the name or the address of an account."""
    kind: ActorKind | None = None
    verb: LogVerb | None = None
    table: str | None = None
    record_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A line with what is told about it: the name of the account, and the values before and after, unless they are erased."""

    line: LogLine
    account: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def is_erased(self) -> bool:
        """Whether it had values that are gone."""
        return self.line.commitment is not None and self.before is None

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """The columns whose values are kept, each before and after."""
        before, after = self.before or {}, self.after or {}
        return [(name, before.get(name), after.get(name)) for name in sorted({**before, **after})]

    @property
    def concealed(self) -> list[str]:
        """The columns that were written and whose values are not kept."""
        kept = {name for name, _before, _after in self.changes}
        return [name for name in self.line.fields.split(",") if name and name not in kept]


def page(wanted: Wanted, at: str) -> KeysetPage[LogLine]:
    """Return a page of the lines, latest first."""
    found = _found(wanted)
    return page_at(found, _LATEST_FIRST, at, counted(found, LogLine.number))


def count(wanted: Wanted) -> int:
    """Return the number of lines that are looked for, but at most one more than are counted."""
    return counted(_found(wanted), LogLine.number)


def every(wanted: Wanted, last: int) -> Iterator[Told]:
    """Yield the lines up to a number, latest first, in batches."""
    found, before = _found(wanted).order_by(LogLine.number.desc()).limit(BATCH), last + 1
    while rows := db.session.scalars(found.where(LogLine.number < before)).all():
        yield from told(rows)
        before = rows[-1].number
        db.session.expunge_all()


def told(lines: Iterable[LogLine]) -> list[Told]:
    """Return lines with the names of their accounts and their values."""
    known = list(lines)
    users = select(User.id, User.name).where(User.id.in_({one.user_id for one in known} - {None}))
    names = {row.id: row.name for row in db.session.execute(users)}
    kept = select(LogValues).where(LogValues.number.in_([one.number for one in known]))
    values = {one.number: (json.loads(one.before), json.loads(one.after)) for one in db.session.scalars(kept)}
    return [Told(one, names.get(one.user_id or 0), *values.get(one.number, (None, None))) for one in known]


def _found(wanted: Wanted) -> Select[Any]:
    return select(LogLine).where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.account:
        users = select(User.id).where(*holding_words(wanted.account, User.name, User.email)).limit(_MOST_ACCOUNTS)
        yield LogLine.user_id.in_(db.session.scalars(users).all())
    if wanted.kind is not None:
        yield LogLine.actor_kind == wanted.kind
    if wanted.verb is not None:
        yield LogLine.verb == wanted.verb
    if wanted.table:
        yield LogLine.table_name == wanted.table
    if wanted.record_id is not None:
        yield or_(LogLine.record_id == wanted.record_id, LogLine.record_ids.contains(f",{wanted.record_id},"))
    if wanted.since is not None:
        yield LogLine.at >= wanted.since
    if wanted.until is not None:
        yield LogLine.at < wanted.until
