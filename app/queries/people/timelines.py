"""Everything that happened with a person or an organization, in one list, latest first.

A page costs one query for each kind of event (`timeline_sources.py`), and every row is restricted to the scope like
anywhere else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_

from app.extensions import db
from app.queries.people.timeline_sources import OF_ORGANIZATION, OF_PERSON, Source, Sources

SIZE = 50
"""The number of events on a page."""


class Position(NamedTuple):
    """The position of an event in a timeline; later ones come first."""

    at: datetime
    kind: str
    number: int

    def __str__(self) -> str:
        """Return it as it appears in an address."""
        return f"{self.at.isoformat()} {self.kind} {self.number}"

    @classmethod
    def read(cls, text: str) -> "Position | None":
        """Return the position in an address, or None if there is none."""
        try:
            at, kind, number = text.rsplit(" ", 2)
            return cls(datetime.fromisoformat(at).astimezone(UTC), kind, int(number))
        except ValueError:
            return None


class Event(NamedTuple):
    """Something that happened; `row` is the row that tells about it."""

    position: Position
    kind: StrEnum
    is_day: bool
    row: Any


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of events, latest first, and the position after which the next page begins, if there is one."""

    events: Sequence[Event]
    next: Position | None


def of_person(person_id: int, after: Position | None = None) -> Timeline:
    """Return a page of what happened with a person, as far as it is in scope."""
    return page_of(OF_PERSON, person_id, after)


def of_organization(organization_id: int, after: Position | None = None) -> Timeline:
    """Return a page of what happened with an organization, as far as it is in scope."""
    return page_of(OF_ORGANIZATION, organization_id, after)


def page_of(sources: Sources, number: int, after: Position | None, computed: Iterable[Event] = ()) -> Timeline:
    """Return a page of the events of several kinds; the functions of `sources` get `number`, the id of what they happened to.

    `computed` are a few events about which no rows tell.
    """
    events = [event for kind, source in sources.items() for event in _events(kind, source(number), after)]
    events += [event for event in computed if after is None or event.position < after]
    events.sort(key=lambda event: event.position, reverse=True)
    shown = events[:SIZE]
    return Timeline(shown, shown[-1].position if len(events) > SIZE else None)


def _events(kind: StrEnum, source: Source, after: Position | None) -> list[Event]:
    """Return the latest events of one kind after a position, at most one more than a page has."""
    times = (source.at.label("happened_at"), source.number.label("number"))
    rows = source.rows.add_columns(*times).where(source.at.is_not(None))
    if after is not None:
        rows = rows.where(_is_after(kind, source, after))
    latest = rows.order_by(source.at.desc(), source.number.desc()).limit(SIZE + 1)
    return [
        Event(Position(_instant(found.happened_at), kind.value, found.number), kind, source.is_day, found[0])
        for found in db.session.execute(latest).unique()
    ]


def _is_after(kind: StrEnum, source: Source, after: Position) -> ColumnElement[bool]:
    """Return the condition that events come after a position: earlier, or at the same time and later in its order."""
    bound = after.at.date() if source.is_day else after.at
    if source.is_day and after.at.time() != time.min:  # a day begins before any instant of it
        return source.at <= bound  # type: ignore[no-any-return]
    if kind.value == after.kind:
        return or_(source.at < bound, and_(source.at == bound, source.number < after.number))
    return source.at <= bound if kind.value < after.kind else source.at < bound  # type: ignore[no-any-return]


def _instant(at: date | datetime) -> datetime:
    return at.astimezone(UTC) if isinstance(at, datetime) else datetime.combine(at, time.min, UTC)
