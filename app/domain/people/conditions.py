"""The conditions of segments."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from app.domain.accounts import audit
from app.domain.people.segments import facts
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.people.custom_fields import Comparison, CustomField
from app.models.people.organizations import Organization
from app.models.people.segments import ConditionKind, ConditionObject, Segment, SegmentCondition
from app.models.people.tags import Tag
from app.models.scoping import in_every_scope
from app.queries.people import segments as segment_queries
from app.text import N_

MOST_CONDITIONS = 30
"""The most conditions of a segment."""
MOST_LEVELS = 3
"""The most segments of which each asks for the members of the next one."""


class ConditionValues(TypedDict, total=False):
    """What a condition asks; each kind needs some of these."""

    is_negated: bool
    tag: Tag
    field: CustomField
    congress: Congress
    campaign: Campaign
    organization: Organization
    user: User
    other: Segment
    comparison: Comparison
    text: str
    option: str
    status: str
    number: Decimal
    day: date


def add(
    segment: Segment, kind: ConditionKind, values: ConditionValues, group_number: int | None = None
) -> SegmentCondition:
    """Add a condition to a group, or to a new one.

    Raises DomainError if there are too many, and as `check_other` does.
    """
    if len(segment.conditions) >= MOST_CONDITIONS:
        raise DomainError(None, N_("A segment has at most %(most)s conditions."), most=MOST_CONDITIONS)
    with _changing(segment):
        condition = SegmentCondition(segment=segment, kind=kind, **_columns(segment, values, group_number))
        db.session.add(condition)
    return condition


def change(condition: SegmentCondition, values: ConditionValues, group_number: int | None = None) -> None:
    """Change what a condition asks, and move it to a group, or to a new one. Raises DomainError as `check_other` does."""
    with _changing(condition.segment):
        for name, value in _columns(condition.segment, values, group_number).items():
            setattr(condition, name, value)


def remove(condition: SegmentCondition) -> None:
    """Remove a condition."""
    segment = condition.segment
    with _changing(segment):
        db.session.delete(condition)


def check_other(segment: Segment, other: Segment | None) -> None:
    """Raise DomainError on `other` if a segment may not ask for the members of another one.

    A circle would have no answer, and each level makes the statement longer.
    """
    if other is None:
        return
    with in_every_scope():
        if segment_queries.leads_to(other, segment):
            raise DomainError(
                "other", N_("This segment is part of that one already, so that one cannot be part of it.")
            )
        levels = segment_queries.levels_above(segment) + segment_queries.levels_below(other)
        if levels > MOST_LEVELS:
            raise DomainError(
                "other", N_("At most %(most)s segments can be part of one another in a row."), most=MOST_LEVELS
            )


@contextmanager
def _changing(segment: Segment) -> Iterator[None]:
    """Record a change of the conditions, as a change of the segment that they belong to."""
    segment.touch()
    db.session.flush()
    with audit.changing(segment, facts):
        yield
        db.session.flush()
        db.session.expire(segment, ["conditions"])


def _columns(segment: Segment, values: ConditionValues, group_number: int | None) -> dict[str, Any]:
    """Return the columns of a condition with these values, in a group of the segment or in a new one."""
    check_other(segment, values.get("other"))
    numbers = [number for number, _conditions in segment.groups]
    return {
        "group_number": group_number if group_number in numbers else max(numbers, default=0) + 1,
        "is_negated": values.get("is_negated", False),
        "about": next((about for name, about in _ABOUT.items() if name in values), None),
        **{name: values.get(name) for name in (*_ABOUT, *_VALUES)},
    }


_ABOUT = {
    "tag": ConditionObject.TAG,
    "field": ConditionObject.FIELD,
    "congress": ConditionObject.CONGRESS,
    "campaign": ConditionObject.CAMPAIGN,
    "organization": ConditionObject.ORGANIZATION,
    "user": ConditionObject.USER,
    "other": ConditionObject.SEGMENT,
}
"""What a condition refers to, by the name of its relationship."""
_VALUES = ("comparison", "text", "option", "status", "number", "day")
