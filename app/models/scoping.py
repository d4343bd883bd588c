"""What a session may see: the second wall behind the queries.

A row that belongs to a congress or a campaign is read and written only under a scope that holds it. Without a scope
nothing of the kind can be read or written at all: forgetting to set one fails closed.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, event, inspect
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)

from app.extensions import Base, db


class OutOfScope(Exception):
    """A row outside the session's scope was about to be read or written."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The congresses and campaigns that a session may touch; `everything` is for the house's own work."""

    congress_ids: frozenset[int] = frozenset()
    campaign_ids: frozenset[int] = frozenset()
    everything: bool = False

    def holds(self, row: "Scoped") -> bool:
        """Whether `row` belongs to this scope."""
        return self.everything or row.belongs_to(self)


EVERYTHING = Scope(everything=True)


class Scoped:
    """A row that belongs to a congress or a campaign."""

    @classmethod
    def criteria(cls, scope: Scope) -> ColumnElement[bool]:
        """Return the condition under which a row of this table is visible in `scope`."""
        raise NotImplementedError

    def belongs_to(self, scope: Scope) -> bool:
        """Whether this row may be written in `scope`."""
        raise NotImplementedError


class InCongress(Scoped):
    """A row of one congress."""

    @declared_attr
    def congress_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the congress that the row belongs to."""
        return mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"), index=True)

    @classmethod
    def criteria(cls, scope: Scope) -> ColumnElement[bool]:
        """Visible in the congresses of the scope."""
        return cls.congress_id.in_(scope.congress_ids)

    def belongs_to(self, scope: Scope) -> bool:
        """Writable in the congresses of the scope."""
        return {*_before_and_after(self, "congress_id")} <= scope.congress_ids


class InCampaign(Scoped):
    """A row of one campaign."""

    @declared_attr
    def campaign_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the campaign that the row belongs to."""
        return mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), index=True)

    @classmethod
    def criteria(cls, scope: Scope) -> ColumnElement[bool]:
        """Visible in the campaigns of the scope."""
        return cls.campaign_id.in_(scope.campaign_ids)

    def belongs_to(self, scope: Scope) -> bool:
        """Writable in the campaigns of the scope."""
        return {*_before_and_after(self, "campaign_id")} <= scope.campaign_ids


class InEither(Scoped):
    """A row of one congress or of one campaign, or of neither: then only the whole house sees it."""

    @declared_attr
    def congress_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the congress that the row belongs to, if any."""
        return mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"), index=True)

    @declared_attr
    def campaign_id(cls) -> Mapped[int | None]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Return the column of the campaign that the row belongs to, if any."""
        return mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), index=True)

    @classmethod
    def criteria(cls, scope: Scope) -> ColumnElement[bool]:
        """Visible in the congresses and campaigns of the scope."""
        in_congress: ColumnElement[bool] = cls.congress_id.in_(scope.congress_ids)
        in_campaign: ColumnElement[bool] = cls.campaign_id.in_(scope.campaign_ids)
        return in_congress | in_campaign

    def belongs_to(self, scope: Scope) -> bool:
        """Writable where every congress and campaign it names, before and after, is in the scope."""
        congresses = {*_before_and_after(self, "congress_id")} - {None}
        campaigns = {*_before_and_after(self, "campaign_id")} - {None}
        return bool(congresses or campaigns) and congresses <= scope.congress_ids and campaigns <= scope.campaign_ids


def _before_and_after(row: Any, attribute: str) -> list[Any]:
    """Return the stored and the new value of a foreign key, so that a row can neither enter nor leave by stealth."""
    history = inspect(row).attrs[attribute].history
    return [*history.deleted, *(history.added or history.unchanged or [None])]


def current_scope() -> Scope | None:
    """Return the scope that the session works in, or None where nobody has set one."""
    scope: Scope | None = db.session.info.get("scope")
    return scope


def enter_scope(scope: Scope) -> None:
    """Let the session work in `scope` from here on."""
    db.session.info["scope"] = scope
    db.session.info.pop("criteria", None)


def _scoped_classes() -> list[type[Scoped]]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Scoped)]


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    """Add the scope's condition to every ORM statement that touches a scoped table."""
    if not any(issubclass(mapper.class_, Scoped) for mapper in state.all_mappers) or state.is_column_load:
        return
    scope: Scope | None = state.session.info.get("scope")
    if scope is None:
        raise OutOfScope("no scope was set for this session")
    if scope.everything:
        return
    if state.is_insert:
        raise OutOfScope("bulk inserts are the house's own work")
    options = state.session.info.setdefault("criteria", [])
    if not options:
        options += [with_loader_criteria(cls, cls.criteria(scope), include_aliases=True) for cls in _scoped_classes()]
    state.statement = state.statement.options(*options)


@event.listens_for(Session, "before_flush")
def _refuse(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Refuse to write a row that does not belong to the scope."""
    scope: Scope | None = session.info.get("scope")
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Scoped) and (scope is None or not scope.holds(row)):
            raise OutOfScope(type(row).__name__)
