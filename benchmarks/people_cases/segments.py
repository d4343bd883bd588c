"""A page of the list of a segment: country, tag, and no contact for 90 days."""

from datetime import timedelta
from decimal import Decimal
from statistics import median

from app import clock
from app.domain.people import conditions, segments
from app.domain.people.conditions import ConditionValues
from app.extensions import db
from app.models.people.custom_fields import RecordKind
from app.models.people.interactions import Interaction, InteractionKind
from app.models.people.segments import ConditionKind, Segment
from app.models.people.tags import Tag, Tagging
from app.queries.people import people
from app.queries.people import segments as segment_queries
from app.queries.people.filters import PersonFilter
from benchmarks import Case, ground
from benchmarks.crowd import Crowd
from benchmarks.timing import compared

_TAGGED, _CALLED = 10, 7
"""One of so many people has the tag, or was called lately."""


def cases(crowd: Crowd, quick: bool) -> list[Case]:
    """Measure the first page, compared with its SQL statements alone."""
    segment = _segment(crowd)
    whole, bare = compared([lambda: _page(segment)] * (2 if quick else 7))
    name = f"a page of a segment of three conditions, {crowd.size:,} people, compared with the bare SQL statements"
    return [Case(name, median(whole) / median(bare), 2.0, "times")]


def _page(segment: Segment) -> int:
    chosen = PersonFilter(among=segment_queries.members(segment))
    return len(people.find(chosen, language="es").rows)


def _segment(crowd: Crowd) -> Segment:
    """Return a segment, after tagging and calling some of the people."""
    tag = Tag(names={"es": "Delegada"}, created_at=ground.NOW)
    db.session.add(tag)
    db.session.flush()
    tagged = range(1, crowd.size + 1, _TAGGED)
    ground.fill(Tagging, [{"tag_id": tag.id, "person_id": one, "created_at": ground.NOW} for one in tagged])
    call = {"kind": InteractionKind.CALL, "subject": "Call", "created_at": ground.NOW}
    lately = clock.now() - timedelta(days=1)
    called = range(1, crowd.size + 1, _CALLED)
    ground.fill(Interaction, [call | {"person_id": one, "occurred_at": lately} for one in called])
    segment = segments.create(RecordKind.PERSON, {"name": "Por llamar", "purpose": None}, by=None)
    for kind, values in (
        (ConditionKind.COUNTRY, ConditionValues(text="MX")),
        (ConditionKind.TAG, ConditionValues(tag_id=tag.id)),
        (ConditionKind.INTERACTION, ConditionValues(number=Decimal(90), is_negated=True)),
    ):
        conditions.add(segment, kind, values)
    db.session.commit()
    return segment
