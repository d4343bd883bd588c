"""What lists show of people and organizations besides their own values: each for many rows, in one statement."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from app import clock
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegate
from app.models.people.custom_fields import CustomValue
from app.models.people.interactions import Interaction
from app.models.people.memberships import Membership
from app.models.people.records import RecordColumn
from app.models.people.tags import Tag, Tagging


def tags_by(owner: RecordColumn) -> Callable[[Sequence[int]], dict[int, list[dict[str, str]]]]:
    """Return what loads the names of tags by language, in alphabetical order, by person or by organization."""

    def load(numbers: Sequence[int]) -> dict[int, list[dict[str, str]]]:
        column = getattr(Tagging, owner)
        listed = select(column, Tag.names).join(Tagging.tag).where(column.in_(numbers)).order_by(Tag.sort_key, Tag.id)
        return _collected(listed)

    return load


def last_interactions_by(owner: RecordColumn) -> Callable[[Sequence[int]], dict[int, datetime]]:
    """Return what loads when the last interaction in scope was, by person or by organization."""

    def load(numbers: Sequence[int]) -> dict[int, datetime]:
        column = getattr(Interaction, owner)
        last = select(column, func.max(Interaction.occurred_at)).where(column.in_(numbers)).group_by(column)
        return {row[0]: row[1] for row in db.session.execute(last)}

    return load


def values_by(owner: RecordColumn) -> Callable[[Sequence[int]], dict[int, dict[int, CustomValue]]]:
    """Return what loads the values of all the house's own fields by field, by person or by organization."""

    def load(numbers: Sequence[int]) -> dict[int, dict[int, CustomValue]]:
        found: dict[int, dict[int, CustomValue]] = defaultdict(dict)
        for value in db.session.scalars(select(CustomValue).where(getattr(CustomValue, owner).in_(numbers))):
            found[getattr(value, owner)][value.field_id] = value
        return found

    return load


def congresses_of(person_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the titles of the congresses in scope that people are delegates to, the latest first."""
    listed = select(Delegate.person_id, Congress.title).join(Congress, Congress.id == Delegate.congress_id)
    return _collected(
        listed.where(Delegate.person_id.in_(person_ids)).order_by(Congress.start_date.desc(), Congress.id)
    )


def members_of(organization_ids: Sequence[int]) -> dict[int, int]:
    """Return how many people in scope are members of organizations today."""
    is_current = or_(Membership.end_date.is_(None), Membership.end_date >= clock.now().date())
    members = select(Membership.organization_id, func.count(Membership.person_id.distinct()))
    found = members.where(Membership.organization_id.in_(organization_ids), is_current)
    return {row[0]: row[1] for row in db.session.execute(found.group_by(Membership.organization_id))}


def _collected(listed: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for number, text in db.session.execute(listed):
        if text not in found[number]:
            found[number].append(text)
    return found
