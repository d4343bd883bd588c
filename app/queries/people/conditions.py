"""What the conditions of a segment ask of people and organizations, as conditions of a statement."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true, union
from sqlalchemy.orm import aliased

from app import clock
from app.extensions import db
from app.models.accounts.accounts import Grant
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Capacity, Delegate, Delegation, DelegationStatus
from app.models.people.affiliations import Affiliation
from app.models.people.consents import Consent, ConsentPurpose
from app.models.people.custom_fields import Comparison
from app.models.people.interactions import Interaction, InteractionKind
from app.models.people.memberships import Membership
from app.models.people.organizations import Classification, Organization
from app.models.people.people import ContactDetail, ContactType, Participation, Person
from app.models.people.segments import BELOW, ConditionKind, SegmentCondition
from app.policy import Held, Permission, allowed_on
from app.queries import finding
from app.queries.paging import holding_or_in, holding_words
from app.queries.people import custom_fields, tags


def met(condition: SegmentCondition) -> ColumnElement[bool]:
    """Return the condition on `Person` or `Organization` under which a record meets a condition of a segment.

    A condition about another segment is the caller's: see `among`.
    """
    model = Person if condition.segment.is_of_people else Organization
    if condition.kind in _IDS:
        return among(_IDS[condition.kind](condition), model.id, is_negated=condition.is_negated)
    asked = _OWN[condition.kind](condition, model)
    return asked.is_not(true()) if condition.is_negated else asked


def among(ids: Select[Any], column: Any, *, is_negated: bool = False) -> ColumnElement[bool]:
    """Return whether a column is among the ids of a statement, or is not.

    NOT EXISTS stays fast however many ids there are; PostgreSQL executes NOT IN once for each row if they are many.
    """
    if not is_negated:
        return column.in_(ids)  # type: ignore[no-any-return]
    found = ids.subquery()
    [number] = found.c
    return ~exists().where(number == column)


def in_congress(congress_id: int) -> ColumnElement[bool]:
    """Return the condition that people are recorded for a congress, or in one of its delegations."""
    recorded = select(Participation.person_id).where(Participation.congress_id == congress_id)
    seated = select(Delegate.person_id).where(Delegate.congress_id == congress_id)
    return Person.id.in_(union(recorded, seated))


def in_campaign(campaign_id: int) -> ColumnElement[bool]:
    """Return the condition that people are recorded for a campaign."""
    return Person.id.in_(select(Participation.person_id).where(Participation.campaign_id == campaign_id))


def _name(condition: SegmentCondition, model: Any) -> ColumnElement[bool]:
    """Return whether the names are found by the words as in the lists, those of organizations together with the country."""
    text = condition.text or ""
    if condition.segment.is_of_people:
        return and_(true(), *finding.beginning(Person, text))
    return and_(true(), *holding_or_in(text, [model.words], [model.country]))


def _words(condition: SegmentCondition, column: Any) -> ColumnElement[bool]:
    return and_(true(), *holding_words(condition.text or "", column))


def _language(condition: SegmentCondition, _model: Any) -> ColumnElement[bool]:
    """Return whether a person prefers a language, in any of its variants."""
    spoken = Person.preferred_language
    return or_(spoken == condition.text, spoken.startswith(f"{condition.text}-"))


def _participation(condition: SegmentCondition, _model: Any) -> ColumnElement[bool]:
    if condition.in_congress_id is not None:
        return in_congress(condition.in_congress_id)
    return in_campaign(condition.in_campaign_id or 0)


def _recorded(condition: SegmentCondition, model: Any) -> ColumnElement[bool]:
    since = datetime.combine(condition.day or date.min, time.min, UTC)
    return model.created_at >= since  # type: ignore[no-any-return]


def _tag(condition: SegmentCondition) -> Select[Any]:
    who = tags.people_with if condition.segment.is_of_people else tags.organizations_with
    return who(condition.tag_id or 0)


def _field(condition: SegmentCondition) -> Select[Any]:
    return custom_fields.matching(condition.object, condition.comparison or Comparison.IS_SET, condition.value)


def _members(condition: SegmentCondition) -> Select[Any]:
    current = or_(Membership.end_date.is_(None), Membership.end_date >= _today())
    return select(Membership.person_id).where(current, Membership.organization_id.in_(_organizations(condition)))


def _affiliated(condition: SegmentCondition) -> Select[Any]:
    above = Affiliation.parent_id.in_(_organizations(condition))
    return select(Affiliation.organization_id).where(_is_current(), above)


def _seats(condition: SegmentCondition) -> Select[Any]:
    seated = select(Delegate.person_id).join(Delegate.delegation).where(*_of_delegation(condition))
    return seated.where(Delegate.capacity == Capacity(condition.option)) if condition.option else seated


def _delegations(condition: SegmentCondition) -> Select[Any]:
    return select(Delegation.organization_id).where(*_of_delegation(condition))


def _organizations(condition: SegmentCondition) -> Select[int]:
    """Return the id of the organization that a condition is about, and if it asks so, those that belong to it now."""
    own = select(Organization.id).where(Organization.id == condition.organization_id)
    if condition.option != BELOW:
        return own
    reached = own.cte(recursive=True)
    below = (
        select(Affiliation.organization_id).join(reached, reached.c.id == Affiliation.parent_id).where(_is_current())
    )
    return select(reached.union(below).c.id)


def _is_current() -> ColumnElement[bool]:
    return or_(Affiliation.end_date.is_(None), Affiliation.end_date >= _today())


def _of_delegation(condition: SegmentCondition) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if condition.in_congress_id is not None:
        asked.append(Delegation.congress_id == condition.in_congress_id)
    if condition.status is not None:
        asked.append(Delegation.status == DelegationStatus(condition.status))
    return asked


def _reachable(condition: SegmentCondition, _model: Any) -> ColumnElement[bool]:
    """Return whether a person has a current contact detail of the type that the condition is called by."""
    today, kind = _today(), ContactType(condition.kind.value)
    return exists().where(
        ContactDetail.person_id == Person.id,
        ContactDetail.type == kind,
        or_(ContactDetail.valid_from.is_(None), ContactDetail.valid_from <= today),
        or_(ContactDetail.valid_until.is_(None), ContactDetail.valid_until >= today),
    )


def _interactions(condition: SegmentCondition) -> Select[Any]:
    owner = Interaction.person_id if condition.segment.is_of_people else Interaction.organization_id
    asked: list[ColumnElement[bool]] = [owner.is_not(None)]
    if condition.option is not None:
        asked.append(Interaction.kind == InteractionKind(condition.option))
    if condition.days is not None:
        asked.append(Interaction.occurred_at >= clock.now() - timedelta(days=condition.days))
    if condition.user_id is not None:
        asked.append(Interaction.created_by_id == condition.user_id)
    return select(owner).where(*asked)


def _quiet(condition: SegmentCondition, _model: Any) -> ColumnElement[bool]:
    since = clock.now() - timedelta(days=condition.days or 0)
    spoken = select(Interaction.organization_id).where(Interaction.occurred_at >= since)
    sent = select(Delegation.organization_id).join(Delegation.congress).where(Congress.end_date >= since.date())
    return and_(*(among(ids, Organization.id, is_negated=True) for ids in (spoken, sent)))


def _consents(condition: SegmentCondition) -> Select[Any]:
    """Return who has agreed to a purpose since they last withdrew a consent to it."""
    withdrawn, purpose = aliased(Consent), ConsentPurpose(condition.option or "")
    later = (
        withdrawn.person_id == Consent.person_id,
        withdrawn.purpose == purpose,
        withdrawn.withdrawn_at >= Consent.given_at,
    )
    given = select(Consent.person_id).where(Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    return given.where(~exists().where(*later))


def _subscribers(condition: SegmentCondition) -> Select[Any]:
    """Return who has an address that is subscribed to a campaign."""
    asked = [Subscription.campaign_id == condition.in_campaign_id]
    if condition.status is not None:
        asked.append(Subscription.status == SubscriptionStatus(condition.status))
    address = and_(ContactDetail.type == ContactType.EMAIL, ContactDetail.value == Subscription.email)
    return select(ContactDetail.person_id).join(Subscription, address).where(*asked)


def may_see_subscribers(campaign_id: int) -> bool:
    """Return whether the acting account may see the subscribers of a campaign."""
    standing = (Grant.user_id == db.session.info.get("actor_id"), Grant.standing())
    rows = db.session.execute(select(Grant.role, Grant.congress_id, Grant.campaign_id).where(*standing))
    return allowed_on([Held(*row) for row in rows], Permission.SUBSCRIBER_VIEW, None, campaign_id)


def _today() -> date:
    return clock.now().date()


_OWN: dict[ConditionKind, Callable[[SegmentCondition, Any], ColumnElement[bool]]] = {
    ConditionKind.NAME: _name,
    ConditionKind.COUNTRY: lambda asked, model: model.country == asked.text,
    ConditionKind.NATIONALITY: lambda asked, model: model.nationality_digest == asked.text,
    ConditionKind.LANGUAGE: _language,
    ConditionKind.TOWN: lambda asked, model: _words(asked, model.locality),
    ConditionKind.SECTOR: lambda asked, model: _words(asked, model.sector),
    ConditionKind.CLASSIFICATION: lambda asked, model: model.classification == Classification(asked.option or ""),
    ConditionKind.EMAIL: _reachable,
    ConditionKind.PHONE: _reachable,
    ConditionKind.PARTICIPATION: _participation,
    ConditionKind.QUIET: _quiet,
    ConditionKind.RECORDED: _recorded,
}
"""Conditions on the record itself."""
_IDS: dict[ConditionKind, Callable[[SegmentCondition], Select[Any]]] = {
    ConditionKind.TAG: _tag,
    ConditionKind.FIELD: _field,
    ConditionKind.MEMBER: _members,
    ConditionKind.AFFILIATED: _affiliated,
    ConditionKind.SEAT: _seats,
    ConditionKind.DELEGATION: _delegations,
    ConditionKind.INTERACTION: _interactions,
    ConditionKind.CONSENT: _consents,
    ConditionKind.SUBSCRIPTION: _subscribers,
}
"""The ids of the records to which rows refer that are as a condition asks."""
