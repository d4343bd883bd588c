"""The audit log: its lines, and whether its chain is whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select

from app.extensions import db
from app.models.oversight.chain import Head, commitment_of, digest_of, head_of, key_of
from app.models.oversight.lines import LogLine, LogValues, LogVerb

_BATCH = 2_000
_COLUMNS = tuple(LogLine.__table__.columns)


class Fault(StrEnum):
    """What is wrong with a line."""

    MISSING = "missing"
    """The number of the line before it is not the one before."""
    CHANGED = "changed"
    """The line, or the order of lines, is not what was written."""
    VALUES_CHANGED = "values_changed"
    VALUES_MISSING = "values_missing"
    """No line tells that its values were erased."""
    NOT_THE_ONE = "not_the_one"
    """It is not the line that was noted elsewhere."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out of checking the chain."""

    head: Head
    """The last line that was checked and found to be as it was written."""
    at: datetime | None
    """When that line was written."""
    checked: int
    erased: int
    """How many lines had values that were erased since."""
    wrong: int | None = None
    """The number of the first line that is wrong."""
    fault: Fault | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


def head() -> Head:
    """Return the last line of the log."""
    return head_of(db.session.connection())


def at_of(number: int) -> datetime | None:
    """Return when a line was written, if there is one of that number."""
    return db.session.scalar(select(LogLine.at).where(LogLine.number == number))


def first_since(instant: datetime) -> int:
    """Return the number of the first line that was written at an instant or later; the one after the last if there is none."""
    since = select(LogLine.number).where(LogLine.at >= instant).order_by(LogLine.at, LogLine.number).limit(1)
    return db.session.scalar(since) or head().number + 1


def verify(first: int = 1, *, known: Head | None = None) -> Verdict:
    """Check the lines from `first` on, each against the one before; `known` is a line that was noted elsewhere."""
    key, erased = key_of(db.session.connection()), _erased()
    before = db.session.scalar(select(LogLine.digest).where(LogLine.number == first - 1)) or ""
    number, at, checked, gone = first - 1, None, 0, 0
    for row in _rows(first):
        line = dict(zip((column.name for column in _COLUMNS), row, strict=False))
        fault = _fault(key, number, before, line, row, erased)
        if fault is None and known and known.number == line["number"] and known.digest != line["digest"]:
            fault = Fault.NOT_THE_ONE
        if fault is not None:
            return Verdict(Head(number, before), at, checked, gone, line["number"], fault)
        number, before, at, checked = line["number"], line["digest"], line["at"], checked + 1
        gone += line["commitment"] is not None and row.salt is None
    if known and known.number > number:
        return Verdict(Head(number, before), at, checked, gone, number + 1, Fault.MISSING)
    return Verdict(Head(number, before), at, checked, gone)


def _fault(
    key: bytes, number: int, before: str, line: dict[str, Any], row: "Row[Any]", erased: frozenset[int]
) -> Fault | None:
    if line["number"] != number + 1:
        return Fault.MISSING
    if digest_of(key, before, line) != line["digest"]:
        return Fault.CHANGED
    if line["commitment"] is None:
        return None if row.salt is None else Fault.VALUES_CHANGED
    if row.salt is None:
        return None if line["number"] in erased else Fault.VALUES_MISSING
    is_same = commitment_of(key, row.salt, row.before, row.after) == line["commitment"]
    return None if is_same else Fault.VALUES_CHANGED


def _rows(first: int) -> Iterator["Row[Any]"]:
    """Yield the columns of lines and of their values, in order."""
    lines = (
        select(*_COLUMNS, LogValues.salt, LogValues.before, LogValues.after)
        .outerjoin(LogValues, LogValues.number == LogLine.number)
        .order_by(LogLine.number)
        .limit(_BATCH)
    )
    rows: Sequence[Any] = db.session.execute(lines.where(LogLine.number >= first)).all()
    while rows:
        yield from rows
        rows = db.session.execute(lines.where(LogLine.number > rows[-1].number)).all()


def _erased() -> frozenset[int]:
    """Return the numbers of the lines whose values were erased, as the log tells."""
    told = db.session.scalars(select(LogLine.record_ids).where(LogLine.verb == LogVerb.ERASE))
    return frozenset(int(one) for ids in told if ids for one in ids.strip(",").split(","))
