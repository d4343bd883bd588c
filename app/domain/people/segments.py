"""Segments: their questions, and freezing their members."""

from collections.abc import Sequence
from typing import TypedDict, cast

from sqlalchemy import Table, delete, insert, select

from app import clock
from app.domain.accounts import audit, removals
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.people.custom_fields import RecordKind
from app.models.people.segments import Segment, SegmentCondition, SegmentMember
from app.queries.lookup import REMOVED_FOR
from app.queries.people import segments as segment_queries

_BATCH = 5_000
_REASON = "the ids were read in the scope of the reader"


class SegmentValues(TypedDict):
    """What is recorded about a segment, besides its conditions."""

    name: str
    purpose: str | None


def create(
    record_kind: RecordKind,
    values: SegmentValues,
    *,
    by: User | None,
    congress_id: int | None = None,
    campaign_id: int | None = None,
    columns: Sequence[str] = (),
    sorting: str = "",
) -> Segment:
    """Record a segment of a congress or a campaign, or for those with access to everything; it has no conditions yet.

    Its list has these columns and this order, if any are given.
    """
    segment = Segment(
        record_kind=record_kind, congress_id=congress_id, campaign_id=campaign_id, columns=list(columns), sorting=sorting,
        created_by_id=by.id if by else None, created_at=clock.now(), **values,
    )  # fmt: skip
    db.session.add(segment)
    db.session.flush()
    audit.note(segment, "recorded", {}, facts(segment))
    return segment


def update(segment: Segment, values: SegmentValues) -> None:
    """Change the name and the purpose."""
    with audit.changing(segment, facts):
        segment.name, segment.purpose = values["name"], values["purpose"]


def freeze(segment: Segment) -> int:
    """Keep the members of this moment, as far as they are in scope, until the segment is frozen again or unfrozen.

    Returns their number. Earlier members are kept for some time (`sweep`), so that this can be undone.
    """
    now, column = clock.now(), "person_id" if segment.is_of_people else "organization_id"
    with audit.changing(segment, facts):
        segment.frozen_at = None
        ids = list(db.session.scalars(segment_queries.members(segment)))
        segment.frozen_at = now
    table = cast("Table", SegmentMember.__table__)
    for start in range(0, len(ids), _BATCH):
        rows = [{"segment_id": segment.id, "frozen_at": now, column: one} for one in ids[start : start + _BATCH]]
        db.session.execute(insert(table), rows, execution_options={"unscoped": _REASON})
    return len(ids)


def unfreeze(segment: Segment) -> None:
    """Have the segment ask its question anew whenever it is used."""
    with audit.changing(segment, facts):
        segment.frozen_at = None


def remove(segment: Segment, *, by: User | None) -> None:
    """Remove a segment; it can be restored for some time."""
    removals.remove(segment, by=by)


def bring_back(segment: Segment) -> None:
    """Restore a removed segment."""
    removals.bring_back(segment)


def sweep() -> None:
    """Delete segments that were removed too long ago to be restored, and members of times that cannot come back."""
    removals.forget(Segment)
    current = select(Segment.id).where(
        Segment.id == SegmentMember.segment_id, Segment.frozen_at == SegmentMember.frozen_at
    )
    past = delete(SegmentMember).where(SegmentMember.frozen_at <= clock.now() - REMOVED_FOR, ~current.exists())
    db.session.execute(past.execution_options(synchronize_session=False))


def facts(segment: Segment) -> audit.Facts:
    """Return what the history tells: of conditions about what only some can see, their kinds."""
    conditions = [_fact(condition) for _number, group in segment.groups for condition in group]
    return audit.facts_of(segment, ("name", "purpose", "frozen_at")) | {"conditions": conditions}


def _fact(condition: SegmentCondition) -> list[str | bool]:
    public = condition.tag or condition.organization
    values = (condition.comparison, condition.text, condition.option, condition.status, condition.number, condition.day)
    shown = [public.name] if public else []
    shown += [str(value) for value in values if value is not None]
    return [condition.kind.value, condition.is_negated, ", ".join(shown)]
