"""Everything that happened with a person or an organization, in one list, latest first.

Each kind of event has one small function that returns a `Source`: the rows, when they happened, and their numbers. A page
costs one query for each kind, and every row is restricted to the scope like anywhere else. A new kind is a member of
`EventKind`, a function here in `OF_PERSON` or `OF_ORGANIZATION`, and one in app/views/people/timelines.py that says what is
shown of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.extensions import db
from app.models.actions.follow_ups import FollowUp
from app.models.congress.delegations import Delegate, Delegation
from app.models.mail.deliveries import Delivery
from app.models.people.affiliations import Affiliation
from app.models.people.consents import Consent
from app.models.people.interactions import Interaction
from app.models.people.memberships import Membership
from app.models.people.people import Participation
from app.models.people.relations import Relation

SIZE = 50
"""The number of events on a page."""


class EventKind(StrEnum):
    """The kinds of events."""

    ACTION = "action"
    AFFILIATION_BEGUN = "affiliation_begun"
    AFFILIATION_ENDED = "affiliation_ended"
    ARRIVAL = "arrival"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    DELEGATION = "delegation"
    INTERACTION = "interaction"
    LETTER = "letter"
    MAILING = "mailing"
    MEMBERSHIP_BEGUN = "membership_begun"
    MEMBERSHIP_ENDED = "membership_ended"
    PARTICIPATION = "participation"
    RELATION_BEGUN = "relation_begun"
    RELATION_ENDED = "relation_ended"
    SEAT = "seat"


class Source(NamedTuple):
    """The rows of one kind of event."""

    rows: Select[Any]
    """Selects one entity."""
    at: Any
    """The column with the day or the instant."""
    number: Any
    """The column with the number that distinguishes events at the same time."""
    is_day: bool = False
    """Whether `at` is a date."""


Sources = dict[EventKind, Callable[[int], Source]]


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
    kind: EventKind
    is_day: bool
    row: Any


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of events, latest first, and the position after which the next page begins, if there is one."""

    events: Sequence[Event]
    next: Position | None


def of_person(person_id: int, after: Position | None = None) -> Timeline:
    """Return a page of what happened with a person, as far as it is in scope."""
    return _page(OF_PERSON, person_id, after)


def of_organization(organization_id: int, after: Position | None = None) -> Timeline:
    """Return a page of what happened with an organization, as far as it is in scope."""
    return _page(OF_ORGANIZATION, organization_id, after)


def _page(sources: Sources, number: int, after: Position | None) -> Timeline:
    events = [event for kind, source in sources.items() for event in _events(kind, source(number), after)]
    events.sort(key=lambda event: event.position, reverse=True)
    shown = events[:SIZE]
    return Timeline(shown, shown[-1].position if len(events) > SIZE else None)


def _events(kind: EventKind, source: Source, after: Position | None) -> list[Event]:
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


def _is_after(kind: EventKind, source: Source, after: Position) -> ColumnElement[bool]:
    """Return the condition that events come after a position: earlier, or at the same time and later in its order."""
    bound = after.at.date() if source.is_day else after.at
    if source.is_day and after.at.time() != time.min:  # a day begins before any instant of it
        return source.at <= bound  # type: ignore[no-any-return]
    if kind.value == after.kind:
        return or_(source.at < bound, and_(source.at == bound, source.number < after.number))
    return source.at <= bound if kind.value < after.kind else source.at < bound  # type: ignore[no-any-return]


def _instant(at: date | datetime) -> datetime:
    return at.astimezone(UTC) if isinstance(at, datetime) else datetime.combine(at, time.min, UTC)


def _seats(person_id: int) -> Source:
    rows = select(Delegate).join(Delegate.delegation).where(Delegate.person_id == person_id)
    return Source(rows.options(contains_eager(Delegate.delegation)), Delegation.created_at, Delegate.id)


def _arrivals(person_id: int) -> Source:
    rows = select(Delegate).where(Delegate.person_id == person_id).options(joinedload(Delegate.delegation))
    return Source(rows, Delegate.arrived_at, Delegate.id)


def _letters(person_id: int) -> Source:
    """Return the emails to her as a delegate; those that were canceled are left out."""
    rows = select(Delivery).join(Delivery.delegate).where(Delegate.person_id == person_id)
    return Source(
        rows.where(Delivery.withdrawn_at.is_(None)), func.coalesce(Delivery.sent_at, Delivery.due_at), Delivery.id
    )


def _mailings(person_id: int) -> Source:
    """Return the letters of mailings to her that were sent."""
    rows = select(Delivery).join(Delivery.mailing).where(Delivery.person_id == person_id)
    return Source(rows.options(contains_eager(Delivery.mailing)), Delivery.sent_at, Delivery.id)


def _actions(person_id: int) -> Source:
    """Return the actions about her: next steps of interactions with her, and those about her delegations."""
    seats = select(Delegate.delegation_id).where(Delegate.person_id == person_id)
    said = select(Interaction.id).where(Interaction.person_id == person_id)
    return _follow_ups(or_(FollowUp.delegation_id.in_(seats), FollowUp.interaction_id.in_(said)))


def _participations(person_id: int) -> Source:
    rows = select(Participation).where(Participation.person_id == person_id)
    both = (joinedload(Participation.congress), joinedload(Participation.campaign))
    return Source(rows.options(*both), Participation.created_at, Participation.id)


def _memberships_begun(person_id: int) -> Source:
    return _memberships(Membership.person_id == person_id, Membership.start_date)


def _memberships_ended(person_id: int) -> Source:
    return _memberships(Membership.person_id == person_id, Membership.end_date)


def _relations_begun(person_id: int) -> Source:
    return _relations(person_id, Relation.start_date)


def _relations_ended(person_id: int) -> Source:
    return _relations(person_id, Relation.end_date)


def _consents_given(person_id: int) -> Source:
    return Source(_consents(person_id), Consent.given_at, Consent.id, is_day=True)


def _consents_withdrawn(person_id: int) -> Source:
    return Source(_consents(person_id), Consent.withdrawn_at, Consent.id, is_day=True)


def _interactions_with_person(person_id: int) -> Source:
    return _interactions(Interaction.person_id == person_id)


def _interactions_with_organization(organization_id: int) -> Source:
    return _interactions(Interaction.organization_id == organization_id)


def _delegations(organization_id: int) -> Source:
    rows = select(Delegation).where(Delegation.organization_id == organization_id)
    return Source(rows, Delegation.created_at, Delegation.id)


def _actions_about_organization(organization_id: int) -> Source:
    sent = select(Delegation.id).where(Delegation.organization_id == organization_id)
    said = select(Interaction.id).where(Interaction.organization_id == organization_id)
    return _follow_ups(or_(FollowUp.delegation_id.in_(sent), FollowUp.interaction_id.in_(said)))


def _members_begun(organization_id: int) -> Source:
    return _memberships(Membership.organization_id == organization_id, Membership.start_date)


def _members_ended(organization_id: int) -> Source:
    return _memberships(Membership.organization_id == organization_id, Membership.end_date)


def _affiliations_begun(organization_id: int) -> Source:
    return _affiliations(organization_id, Affiliation.start_date)


def _affiliations_ended(organization_id: int) -> Source:
    return _affiliations(organization_id, Affiliation.end_date)


def _interactions(condition: ColumnElement[bool]) -> Source:
    both = (joinedload(Interaction.person), joinedload(Interaction.organization))
    return Source(select(Interaction).where(condition).options(*both), Interaction.occurred_at, Interaction.id)


def _follow_ups(condition: ColumnElement[bool]) -> Source:
    return Source(select(FollowUp).where(condition), FollowUp.created_at, FollowUp.id)


def _memberships(condition: ColumnElement[bool], day: Any) -> Source:
    both = (joinedload(Membership.person), joinedload(Membership.organization))
    return Source(select(Membership).where(condition).options(*both), day, Membership.id, is_day=True)


def _consents(person_id: int) -> Select[Any]:
    return select(Consent).where(Consent.person_id == person_id)


def _relations(person_id: int, day: Any) -> Source:
    rows = select(Relation).where(or_(Relation.person_id == person_id, Relation.other_id == person_id))
    both = (joinedload(Relation.person), joinedload(Relation.other))
    return Source(rows.options(*both), day, Relation.id, is_day=True)


def _affiliations(organization_id: int, day: Any) -> Source:
    either = or_(Affiliation.organization_id == organization_id, Affiliation.parent_id == organization_id)
    both = (joinedload(Affiliation.organization), joinedload(Affiliation.parent))
    return Source(select(Affiliation).where(either).options(*both), day, Affiliation.id, is_day=True)


_K = EventKind
OF_PERSON: Sources = {
    _K.ACTION: _actions,
    _K.ARRIVAL: _arrivals,
    _K.CONSENT_GIVEN: _consents_given,
    _K.CONSENT_WITHDRAWN: _consents_withdrawn,
    _K.INTERACTION: _interactions_with_person,
    _K.LETTER: _letters,
    _K.MAILING: _mailings,
    _K.MEMBERSHIP_BEGUN: _memberships_begun,
    _K.MEMBERSHIP_ENDED: _memberships_ended,
    _K.PARTICIPATION: _participations,
    _K.RELATION_BEGUN: _relations_begun,
    _K.RELATION_ENDED: _relations_ended,
    _K.SEAT: _seats,
}
OF_ORGANIZATION: Sources = {
    _K.ACTION: _actions_about_organization,
    _K.AFFILIATION_BEGUN: _affiliations_begun,
    _K.AFFILIATION_ENDED: _affiliations_ended,
    _K.DELEGATION: _delegations,
    _K.INTERACTION: _interactions_with_organization,
    _K.MEMBERSHIP_BEGUN: _members_begun,
    _K.MEMBERSHIP_ENDED: _members_ended,
}
