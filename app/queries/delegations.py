"""Delegations, and how each stands on its way to the congress."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.models.delegations import Delegate, Delegation, DelegationStatus
from app.models.people import Person
from app.models.travel import Direction, Journey
from app.queries.hits import Hit, Impact
from app.queries.lookup import one

_WHOLE = (selectinload(Delegation.delegates).joinedload(Delegate.person).selectinload(Person.contact_details),)


def get(congress_id: int, delegation_id: int) -> Delegation:
    """Return one delegation of a congress with its delegates."""
    return one(Delegation, Delegation.id == delegation_id, Delegation.congress_id == congress_id, options=_WHOLE)


def get_delegate(congress_id: int, delegation_id: int, delegate_id: int) -> Delegate:
    """Return one delegate of a delegation."""
    in_delegation: tuple[ColumnElement[bool], ...] = (
        Delegate.id == delegate_id,
        Delegate.delegation_id == delegation_id,
        Delegate.congress_id == congress_id,
    )
    return one(Delegate, *in_delegation)


def listing(congress_id: int) -> Sequence[Delegation]:
    """Return the delegations of a congress with their delegates, by country."""
    listed = select(Delegation).where(Delegation.congress_id == congress_id)
    listed = listed.options(selectinload(Delegation.delegates))
    return db.session.scalars(listed.order_by(Delegation.country, Delegation.id)).all()


class Standing(StrEnum):
    """How a delegation stands on its way."""

    ARRIVED = "arrived"
    ON_THE_WAY = "on_the_way"
    CLEAR = "clear"
    NO_JOURNEY = "no_journey"
    HIT = "hit"
    UNABLE = "unable"


ARRIVING = (Standing.ARRIVED, Standing.ON_THE_WAY, Standing.CLEAR)
"""Those who are there or whose way is open."""


@dataclass(frozen=True, slots=True)
class Row:
    """A delegation on the board."""

    delegation: Delegation
    standing: Standing
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """All delegations of a congress, those that need a hand first."""

    rows: tuple[Row, ...]

    def among(self, *standings: Standing) -> tuple[Row, ...]:
        """Return the rows with one of the standings."""
        return tuple(row for row in self.rows if row.standing in standings)

    def seats(self, *standings: Standing) -> int:
        """Return the seats of the delegations with one of the standings, or of all."""
        return sum(row.delegation.seats for row in (self.among(*standings) if standings else self.rows))


def board(congress_id: int, impact: Impact) -> Board:
    """Return how every delegation of a congress stands under an impact."""
    with_journey = set(
        db.session.scalars(
            select(Journey.delegation_id).where(
                Journey.congress_id == congress_id, Journey.direction == Direction.OUT, Journey.legs.any()
            )
        )
    )
    rows = [
        Row(delegation, _standing(delegation, out_hits(impact, delegation), with_journey), impact.of(delegation))
        for delegation in listing(congress_id)
    ]
    order = [Standing.HIT, Standing.NO_JOURNEY, Standing.UNABLE, Standing.ON_THE_WAY, Standing.CLEAR, Standing.ARRIVED]
    return Board(tuple(sorted(rows, key=lambda row: order.index(row.standing))))


def out_hits(impact: Impact, delegation: Delegation) -> tuple[Hit, ...]:
    """Return the hits that stand between a delegation and the congress; a hit on the way home does not."""
    return tuple(hit for hit in impact.of(delegation) if hit.leg.journey.direction == Direction.OUT)


def _standing(delegation: Delegation, hits: tuple[Hit, ...], with_journey: set[int]) -> Standing:
    if delegation.status == DelegationStatus.ARRIVED:
        return Standing.ARRIVED
    if delegation.status == DelegationStatus.UNABLE_TO_ATTEND:
        return Standing.UNABLE
    if hits:
        return Standing.HIT
    if delegation.status == DelegationStatus.TRAVELLING:
        return Standing.ON_THE_WAY
    return Standing.CLEAR if delegation.id in with_journey else Standing.NO_JOURNEY
