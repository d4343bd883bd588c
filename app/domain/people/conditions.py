"""The conditions of segments."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.accounts import audit
from app.domain.people.segments import facts
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.custom_fields import Comparison, RecordKind
from app.models.people.segments import ConditionKind, ConditionObject, Segment, SegmentCondition
from app.models.scoping import in_every_scope
from app.queries.people import segments as segment_queries
from app.text import N_

MOST_CONDITIONS = 30
"""The most conditions of a segment."""
MOST_LEVELS = 3
"""The most segments of which each asks for the members of the next one."""


_K = ConditionKind
KINDS: dict[RecordKind, tuple[ConditionKind, ...]] = {
    RecordKind.PERSON: (
        _K.NAME, _K.TAG, _K.COUNTRY, _K.TOWN, _K.LANGUAGE, _K.NATIONALITY, _K.MEMBER, _K.PARTICIPATION, _K.SEAT,
        _K.INTERACTION, _K.EMAIL, _K.PHONE, _K.CONSENT, _K.SUBSCRIPTION, _K.RECORDED, _K.SEGMENT, _K.FIELD,
    ),
    RecordKind.ORGANIZATION: (
        _K.NAME, _K.TAG, _K.COUNTRY, _K.TOWN, _K.CLASSIFICATION, _K.SECTOR, _K.AFFILIATED, _K.DELEGATION, _K.INTERACTION,
        _K.QUIET, _K.RECORDED, _K.SEGMENT, _K.FIELD,
    ),
}  # fmt: skip
"""What can be asked of people and of organizations, in the order in which it is offered."""


@dataclass(frozen=True, slots=True)
class ConditionValues:
    """What a condition asks; each kind needs some of these."""

    is_negated: bool = False
    tag_id: int | None = None
    field_id: int | None = None
    in_congress_id: int | None = None
    in_campaign_id: int | None = None
    organization_id: int | None = None
    user_id: int | None = None
    other_id: int | None = None
    comparison: Comparison | None = None
    text: str | None = None
    option: str | None = None
    status: str | None = None
    number: Decimal | None = None
    day: date | None = None


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
    if group_number is None and is_alone(condition):
        group_number = condition.group_number
    with _changing(condition.segment):
        for name, value in _columns(condition.segment, values, group_number).items():
            setattr(condition, name, value)


def remove(condition: SegmentCondition) -> None:
    """Remove a condition."""
    segment = condition.segment
    with _changing(segment):
        db.session.delete(condition)


def is_alone(condition: SegmentCondition) -> bool:
    """Return whether no other condition is in its group."""
    return dict(condition.segment.groups)[condition.group_number] == [condition]


def check_other(segment: Segment, other_id: int | None) -> None:
    """Raise DomainError on `other_id` if a segment may not ask for the members of another one.

    A circle would have no answer, and each level makes the statement longer.
    """
    if other_id is None:
        return
    other = segment_queries.get(other_id)
    with in_every_scope():
        if segment_queries.leads_to(other, segment):
            raise DomainError(
                "other_id", N_("This segment is part of that one already, so that one cannot be part of it.")
            )
        levels = segment_queries.levels_above(segment) + segment_queries.levels_below(other)
        if levels > MOST_LEVELS:
            raise DomainError(
                "other_id", N_("At most %(most)s segments can be part of one another in a row."), most=MOST_LEVELS
            )


def check_value(comparison: Comparison, value: object) -> None:
    """Raise DomainError on `value` if there is nothing to compare with."""
    if comparison is not Comparison.IS_SET and value is None:
        raise DomainError("value", N_("Enter what it is compared with."))


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
    check_other(segment, values.other_id)
    numbers = [number for number, _conditions in segment.groups]
    columns = asdict(values)
    return {
        **columns,
        "group_number": group_number if group_number in numbers else max(numbers, default=0) + 1,
        "about": next((about for name, about in _ABOUT.items() if columns[name] is not None), None),
    }


_ABOUT = {
    "tag_id": ConditionObject.TAG,
    "field_id": ConditionObject.FIELD,
    "in_congress_id": ConditionObject.CONGRESS,
    "in_campaign_id": ConditionObject.CAMPAIGN,
    "organization_id": ConditionObject.ORGANIZATION,
    "user_id": ConditionObject.USER,
    "other_id": ConditionObject.SEGMENT,
}
"""What a condition refers to, by its column."""
