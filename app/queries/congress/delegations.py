"""Delegations and their standing: whether they can arrive."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.config import LOCALES
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation, DelegationStatus
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.travel.journeys import LOST, Direction, Journey, Leg
from app.queries.lookup import one, removed_lately, restorable
from app.queries.naming import by_country, by_name, holding
from app.queries.paging import PAGE, Page, holding_or_in, ids_of, page_of, slice_of
from app.queries.travel.impacts import Hit, Impact
from app.queries.travel.parties import among

_WHOLE = (selectinload(Delegation.delegates).joinedload(Delegate.person).selectinload(Person.contact_details),)


def get(congress_id: int, delegation_id: int) -> Delegation:
    """Return a delegation of a congress with its delegates."""
    return one(Delegation, Delegation.id == delegation_id, Delegation.congress_id == congress_id, options=_WHOLE)


def removed() -> Sequence[Delegation]:
    """Return the delegations that can be restored, in all congresses in scope."""
    return removed_lately(Delegation)


def get_restorable(congress_id: int, delegation_id: int) -> Delegation:
    """Return a delegation, removed or not, as long as it can be restored."""
    return restorable(Delegation, Delegation.id == delegation_id, Delegation.congress_id == congress_id)


def get_delegate(congress_id: int, delegation_id: int, delegate_id: int) -> Delegate:
    """Return a delegate of a delegation."""
    in_delegation: tuple[ColumnElement[bool], ...] = (
        Delegate.id == delegate_id,
        Delegate.delegation_id == delegation_id,
        Delegate.congress_id == congress_id,
    )
    return one(Delegate, *in_delegation)


def listing(congress_id: int, language: str = LOCALES[0]) -> Sequence[Delegation]:
    """Return the delegations of a congress with their delegates, sorted by country and organization in `language`."""
    listed = _in_congress(congress_id).options(selectinload(Delegation.delegates))
    return db.session.scalars(_in_order(listed, language)).all()


def _in_congress(congress_id: int) -> Select[Delegation]:
    return select(Delegation).where(Delegation.congress_id == congress_id)


def some(congress_id: int, delegation_ids: Collection[int], language: str = LOCALES[0]) -> Sequence[Delegation]:
    """Return delegations of a congress by id, sorted by country and organization in `language`."""
    return db.session.scalars(_in_order(_among(congress_id, delegation_ids), language)).all()


def by_id(congress_id: int, delegation_ids: Collection[int]) -> dict[int, Delegation]:
    """Return delegations of a congress by id."""
    return {one.id: one for one in db.session.scalars(_among(congress_id, delegation_ids))} if delegation_ids else {}


def page_among(
    congress_id: int, delegation_ids: Collection[int], language: str, number: int, *, size: int = PAGE
) -> Page[Delegation]:
    """Return a page of delegations by id, sorted by country and organization in `language`.

    Thousands of whole rows are not sorted for a page of few: first the ids, then the rows that are shown.
    """
    wanted = frozenset(delegation_ids)
    listed = select(Delegation).where(Delegation.congress_id == congress_id, among(Delegation.id, wanted))
    ordered = ids_of(Delegation.id, _in_order(listed, language))
    shown = slice_of([one for one in ordered if one in wanted], number, size=size)
    rows = by_id(congress_id, shown.rows)
    return shown.of([rows[one] for one in shown.rows])


def _among(congress_id: int, delegation_ids: Collection[int]) -> Select[Delegation]:
    return select(Delegation).where(Delegation.congress_id == congress_id, Delegation.id.in_(delegation_ids))


def _in_order(listed: Select[Delegation], language: str, *first: ColumnElement[Any]) -> Select[Delegation]:
    ordered = listed.join(Organization, Organization.id == Delegation.organization_id)
    country, organization = by_country(Delegation.country, language), by_name(Organization.sort_key, language)
    return ordered.order_by(*first, country, organization, Delegation.id)


def find_delegates(
    congress_id: int, typed: str = "", *, language: str = LOCALES[0], limit: int = 40
) -> Sequence[Delegate]:
    """Return delegates of a congress by name: those with the ids, or those whose name contains every typed word."""
    found = select(Delegate).join(Person, Person.id == Delegate.person_id).where(Delegate.congress_id == congress_id)
    found = found.where(*holding(Person.words, typed.partition(" (#")[0]))
    ordered = found.order_by(by_name(Person.sort_key, language), Delegate.id)
    return db.session.scalars(ordered.limit(limit)).unique().all()


def delegates(congress_id: int, delegate_ids: Collection[int]) -> Sequence[Delegate]:
    """Return delegates of a congress by id, with their contact details."""
    wanted = select(Delegate).where(Delegate.congress_id == congress_id, Delegate.id.in_(delegate_ids))
    wanted = wanted.options(joinedload(Delegate.person).selectinload(Person.contact_details))
    return db.session.scalars(wanted.order_by(Delegate.id)).unique().all()


class Standing(StrEnum):
    """The standing of a delegation."""

    ARRIVED = "arrived"
    ON_THE_WAY = "on_the_way"
    CLEAR = "clear"
    NO_JOURNEY = "no_journey"
    HIT = "hit"
    OTHER_WAY = "other_way"
    UNABLE = "unable"

    @property
    def is_unable(self) -> bool:
        """Whether the delegation cannot attend."""
        return self is Standing.UNABLE


ARRIVING = (Standing.ARRIVED, Standing.ON_THE_WAY, Standing.CLEAR, Standing.OTHER_WAY)
"""The standings of delegations that have arrived or can arrive."""


@dataclass(frozen=True, slots=True)
class Row:
    """The standing of one delegation."""

    seats: int
    standing: Standing
    hits: tuple[Hit, ...]
    """Hits on the outbound journey; hits on the return journey do not count."""
    at_risk: int
    """Seats that may remain empty."""


@dataclass(frozen=True, slots=True)
class Board:
    """The standings of all delegations of a congress, by id; the delegations are loaded one page at a time."""

    rows: Mapping[int, Row]

    def among(self, *standings: Standing) -> list[int]:
        """Return the ids of the delegations with one of the standings, or of all."""
        return [number for number, row in self.rows.items() if not standings or row.standing in standings]

    def seats(self, *standings: Standing) -> int:
        """Return the seats of the delegations with one of the standings, or of all."""
        return sum(self.rows[number].seats for number in self.among(*standings))

    @property
    def seats_at_risk(self) -> int:
        """Seats whose journey is affected or unknown."""
        return sum(row.at_risk for row in self.rows.values())


def board(congress_id: int, impact: Impact) -> Board:
    """Return the standing of every delegation of a congress, given the current hits."""
    out: dict[int, list[Hit]] = defaultdict(list)
    for hit in impact.hits:
        if hit.direction is Direction.OUT:
            out[hit.delegation_id].append(hit)
    ways = _ways(congress_id)
    rows = {}
    listed = select(Delegation.id, Delegation.seats, Delegation.status).where(Delegation.congress_id == congress_id)
    for row in db.session.execute(listed.order_by(Delegation.id)):
        hits = tuple(out.get(row.id, ()))
        standing = _standing(row.status, hits, ways.get(row.id))
        at_risk = impact.risk.get((row.id, Direction.OUT), 0) if standing is Standing.HIT else 0
        at_risk = row.seats if standing is Standing.NO_JOURNEY else at_risk
        rows[row.id] = Row(row.seats, standing, hits, at_risk)
    return Board(rows)


def find(
    congress_id: int,
    board: Board,
    *standings: Standing,
    typed: str = "",
    number: int = 1,
    language: str = LOCALES[0],
    size: int = PAGE,
) -> Page[Delegation]:
    """Return a page of the delegations of a congress with their delegates, those that need attention first.

    Organization and country together must contain every word of `typed`. With `standings`, only delegations with one
    of these are included.
    """
    found = _found(congress_id, board, standings, typed, language)
    return page_of(found.options(selectinload(Delegation.delegates)), number, size=size)


def numbers(congress_id: int, board: Board, *standings: Standing, typed: str = "", language: str) -> Sequence[int]:
    """Return the ids of all delegations that `find` shows, in the same order."""
    return ids_of(Delegation.id, _found(congress_id, board, standings, typed, language))


def with_delegates(congress_id: int, delegation_ids: Collection[int]) -> Sequence[Delegation]:
    """Return delegations of a congress by id, with their delegates and the contact details of these."""
    return db.session.scalars(_among(congress_id, delegation_ids).options(*_WHOLE)).all()


def _found(
    congress_id: int, board: Board, standings: Sequence[Standing], typed: str, language: str
) -> Select[Delegation]:
    listed = _among(congress_id, board.among(*standings)) if standings else _in_congress(congress_id)
    listed = listed.where(*holding_or_in(typed, [Organization.words], [Delegation.country]))
    ranks = [(Delegation.id.in_(board.among(one)), rank) for rank, one in enumerate(_ORDER) if board.among(one)]
    needs = (case(*ranks, else_=len(_ORDER)),) if ranks else ()
    return _in_order(listed, language, *needs)


_ORDER = (
    Standing.HIT, Standing.NO_JOURNEY, Standing.UNABLE, Standing.OTHER_WAY, Standing.ON_THE_WAY, Standing.CLEAR,
    Standing.ARRIVED,
)  # fmt: skip


def _ways(congress_id: int) -> dict[int, bool]:
    """Return the delegations with an outbound journey, and whether it is an alternative route around a problem."""
    around = func.max(case((Leg.around_id.is_not(None), 1), else_=0))
    ways = (
        select(Journey.delegation_id, around)
        .join(Leg, Leg.journey_id == Journey.id)
        .where(Journey.congress_id == congress_id, Journey.direction == Direction.OUT, Leg.status.not_in(LOST))
        .group_by(Journey.delegation_id)
    )
    return {delegation_id: bool(other) for delegation_id, other in db.session.execute(ways)}


def _standing(status: DelegationStatus, hits: tuple[Hit, ...], goes_around: bool | None) -> Standing:
    if status == DelegationStatus.ARRIVED:
        return Standing.ARRIVED
    if status == DelegationStatus.UNABLE_TO_ATTEND:
        return Standing.UNABLE
    if hits:
        return Standing.HIT
    if status == DelegationStatus.TRAVELING:
        return Standing.ON_THE_WAY
    if goes_around is None:
        return Standing.NO_JOURNEY
    return Standing.OTHER_WAY if goes_around else Standing.CLEAR


def counts(congress_id: int) -> dict[DelegationStatus, int]:
    """Return the number of delegations of a congress by status."""
    counted = select(Delegation.status, func.count()).where(Delegation.congress_id == congress_id)
    return dict(db.session.execute(counted.group_by(Delegation.status)).all())
