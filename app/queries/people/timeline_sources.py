"""The kinds of events in timelines, and the rows that tell about each.

Each kind of event has one small function that returns a `Source`: the rows, when they happened, and their numbers. A new
kind is a member of `EventKind`, a function here in `OF_PERSON` or `OF_ORGANIZATION`, and one in
app/views/people/timelines.py that says what is shown of it.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.models.actions.follow_ups import FollowUp
from app.models.congress.delegations import Delegate, Delegation
from app.models.mail.deliveries import Delivery
from app.models.people.affiliations import Affiliation
from app.models.people.consents import Consent
from app.models.people.interactions import Interaction
from app.models.people.memberships import Membership
from app.models.people.people import Participation
from app.models.people.relations import Relation
from app.models.press.articles import Article
from app.models.press.mentions import Mention


class EventKind(StrEnum):
    """The kinds of events."""

    ACTION = "action"
    AFFILIATION_BEGUN = "affiliation_begun"
    AFFILIATION_ENDED = "affiliation_ended"
    ARRIVAL = "arrival"
    ARTICLE = "article"
    ARTICLE_UNDATED = "article_undated"
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


Sources = Mapping[Any, Callable[[int], Source]]
"""The sources of a timeline by kind of event, each a function of the id of what it is about."""


def _seats(person_id: int) -> Source:
    rows = select(Delegate).join(Delegate.delegation).where(Delegate.person_id == person_id)
    return Source(rows.options(contains_eager(Delegate.delegation)), Delegation.created_at, Delegate.id)


def _arrivals(person_id: int) -> Source:
    rows = select(Delegate).where(Delegate.person_id == person_id).options(joinedload(Delegate.delegation))
    return Source(rows, Delegate.arrived_at, Delegate.id)


def _articles(person_id: int) -> Source:
    return _published(Mention.person_id == person_id)


def _undated_articles(person_id: int) -> Source:
    return _saved(Mention.person_id == person_id)


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
    """Return the actions about her, next steps of interactions with her, and actions about her delegations."""
    seats = select(Delegate.delegation_id).where(Delegate.person_id == person_id)
    said = select(Interaction.id).where(Interaction.person_id == person_id)
    about = FollowUp.person_id == person_id
    return _follow_ups(or_(about, FollowUp.delegation_id.in_(seats), FollowUp.interaction_id.in_(said)))


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


def _articles_naming(organization_id: int) -> Source:
    return _published(Mention.organization_id == organization_id)


def _undated_articles_naming(organization_id: int) -> Source:
    return _saved(Mention.organization_id == organization_id)


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


def _published(condition: ColumnElement[bool]) -> Source:
    return Source(_mentions(condition), Article.date_published, Mention.id, is_day=True)


def _saved(condition: ColumnElement[bool]) -> Source:
    """Return the articles whose day is not known, at the time when they were saved."""
    return Source(_mentions(condition & Article.date_published.is_(None)), Article.created_at, Mention.id)


def _mentions(condition: ColumnElement[bool]) -> Select[Any]:
    rows = select(Mention).join(Mention.article).where(condition)
    return rows.options(contains_eager(Mention.article))


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
    _K.ARTICLE: _articles,
    _K.ARTICLE_UNDATED: _undated_articles,
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
    _K.ARTICLE: _articles_naming,
    _K.ARTICLE_UNDATED: _undated_articles_naming,
    _K.DELEGATION: _delegations,
    _K.INTERACTION: _interactions_with_organization,
    _K.MEMBERSHIP_BEGUN: _members_begun,
    _K.MEMBERSHIP_ENDED: _members_ended,
}
