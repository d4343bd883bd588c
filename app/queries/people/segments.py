"""Segments, and the statements that find their members: each follows the indexes of what its conditions ask."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.people.custom_fields import CustomField, RecordKind
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.people.segments import ConditionKind, Segment, SegmentCondition, SegmentMember
from app.models.people.tags import Tag
from app.queries.lookup import count, kept, one, removed_lately, restorable
from app.queries.naming import by_name, holding
from app.queries.paging import Page, page_of
from app.queries.people import conditions

_DEEP = 20
"""Rows of segments are shorter; a circle, which undoing may close, ends here."""
_WHOLE = (joinedload(Segment.congress), joinedload(Segment.campaign))


def get(segment_id: int) -> Segment:
    """Return a segment in scope that is not removed."""
    return one(Segment, Segment.id == segment_id, kept(Segment), options=_WHOLE)


def get_restorable(segment_id: int) -> Segment:
    """Return a segment in scope, also if it was removed and can still be restored."""
    return restorable(Segment, Segment.id == segment_id)


def condition(segment_id: int, condition_id: int) -> SegmentCondition:
    """Return a condition of a segment."""
    return one(SegmentCondition, SegmentCondition.id == condition_id, SegmentCondition.segment_id == segment_id)


def conditions_about(tag: Tag) -> Sequence[SegmentCondition]:
    """Return the conditions in scope that ask for a tag."""
    return db.session.scalars(select(SegmentCondition).where(SegmentCondition.tag_id == tag.id)).all()


def asking_for(record: Segment | Tag | CustomField) -> Sequence[Segment]:
    """Return the segments in scope that ask for a tag, a value of a field, or the members of a segment, by name."""
    column = {Segment: SegmentCondition.other_id, Tag: SegmentCondition.tag_id}.get(
        type(record), SegmentCondition.field_id
    )
    asking = select(SegmentCondition.segment_id).where(column == record.id)
    found = select(Segment).where(kept(Segment), Segment.id.in_(asking))
    return db.session.scalars(found.order_by(Segment.sort_key, Segment.id)).all()


def find(
    typed: str = "",
    number: int = 1,
    *,
    language: str,
    congress_id: int | None = None,
    campaign_id: int | None = None,
) -> Page[Segment]:
    """Return a page of the segments in scope whose name and description contain every word of `typed`, by name.

    With a congress or a campaign, only those of it.
    """
    found = select(Segment).where(kept(Segment), *holding(Segment.words, typed)).options(*_WHOLE)
    if congress_id is not None:
        found = found.where(Segment.congress_id == congress_id)
    if campaign_id is not None:
        found = found.where(Segment.campaign_id == campaign_id)
    return page_of(found.order_by(by_name(Segment.sort_key, language), Segment.id), number)


def listing(kind: RecordKind) -> Sequence[Segment]:
    """Return the segments in scope of a kind of record, by name."""
    listed = select(Segment).where(kept(Segment), Segment.record_kind == kind)
    return db.session.scalars(listed.order_by(Segment.sort_key, Segment.id)).all()


def removed() -> Sequence[Segment]:
    """Return the removed segments in scope that can be restored, latest first."""
    return removed_lately(Segment)


def members(segment: Segment) -> Select[int]:
    """Return the statement for the ids of the members that are in scope, without an order.

    It is executed in the scope of the reader. What a condition is about counts only as far as it is in that scope; a
    condition about a record that is gone or out of scope is met by nobody.
    """
    return _members(segment, frozenset())


def total(segment: Segment) -> int:
    """Return the number of members in scope."""
    model = Person if segment.is_of_people else Organization
    return count(model, model.id.in_(members(segment)))


def first_people(segment: Segment, limit: int) -> Sequence[Person]:
    """Return the first people of a segment, by family name."""
    found = select(Person).where(Person.id.in_(members(segment)))
    return db.session.scalars(found.order_by(Person.sort_key, Person.id).limit(limit)).all()


def first_organizations(segment: Segment, limit: int) -> Sequence[Organization]:
    """Return the first organizations of a segment, by name."""
    found = select(Organization).where(Organization.id.in_(members(segment)))
    return db.session.scalars(found.order_by(Organization.sort_key, Organization.id).limit(limit)).all()


def leads_to(segment: Segment, other: Segment) -> bool:
    """Return whether a segment is another one, or asks for its members, directly or through others."""
    return any(other.id in level for level in _levels(segment, SegmentCondition.segment_id, SegmentCondition.other_id))


def levels_below(segment: Segment) -> int:
    """Return the number of segments in the longest row in which each asks for the next one, and this one is the first."""
    return len(_levels(segment, SegmentCondition.segment_id, SegmentCondition.other_id))


def levels_above(segment: Segment) -> int:
    """Return the number of segments in the longest row in which each asks for the next one, and this one is the last."""
    return len(_levels(segment, SegmentCondition.other_id, SegmentCondition.segment_id))


def _levels(segment: Segment, start: Any, end: Any) -> list[set[int]]:
    levels: list[set[int]] = []
    new = {segment.id}
    while new and len(levels) < _DEEP:
        levels.append(new)
        new = set(db.session.scalars(select(end).where(start.in_(new), end.is_not(None))))
    return levels


def _members(segment: Segment, above: Collection[int]) -> Select[int]:
    if segment.frozen_at is not None:
        return _frozen(segment)
    model = Person if segment.is_of_people else Organization
    groups = (or_(*(_met(condition, above) for condition in conditions)) for _number, conditions in segment.groups)
    return select(model.id).where(kept(model), *_place(segment), *groups)


def _frozen(segment: Segment) -> Select[Any]:
    own = (SegmentMember.segment_id == segment.id, SegmentMember.frozen_at == segment.frozen_at)
    if segment.is_of_people:
        return select(SegmentMember.person_id).where(*own)
    return select(SegmentMember.organization_id).join(SegmentMember.organization).where(*own, kept(Organization))


def _place(segment: Segment) -> list[ColumnElement[bool]]:
    """Return the condition that people belong to the congress or campaign of the segment."""
    if segment.is_of_people and segment.congress_id is not None:
        return [conditions.in_congress(segment.congress_id)]
    if segment.is_of_people and segment.campaign_id is not None:
        return [conditions.in_campaign(segment.campaign_id)]
    return []


def _met(condition: SegmentCondition, above: Collection[int]) -> ColumnElement[bool]:
    other = condition.other
    if is_void(condition) or (other is not None and other.id in above):
        return false()
    if other is None:
        return conditions.met(condition)
    ids = _members(other, {*above, condition.segment_id})
    return conditions.among(ids, Person.id if other.is_of_people else Organization.id, is_negated=condition.is_negated)


def is_void(condition: SegmentCondition) -> bool:
    """Return whether a condition is met by nobody: what it is about is gone, or not for the reader to see."""
    if condition.kind is ConditionKind.SUBSCRIPTION and not conditions.may_see_subscribers(
        condition.in_campaign_id or 0
    ):
        return True
    return condition.is_void
