"""Informed entities that are joined: a leg is affected only if all of them touch it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.extensions import db
from app.models.travel.hits import HitKind
from app.models.travel.problems import InformedEntity, RouteProblem
from app.queries.travel.being_there import Missed
from app.queries.travel.touching import Touch

HARDEST_FIRST = (HitKind.DIRECT, HitKind.PASSAGE, HitKind.DETOUR, HitKind.WARNING)


class Group(NamedTuple):
    """The group of a joined entity, and how many entities are in it."""

    problem_id: int
    number: int
    size: int


def groups(congress_id: int, problem_id: int | None, problem: RouteProblem | None = None) -> dict[int, Group]:
    """Return the groups of joined entities, by entity."""
    listed: list[tuple[int, int, int | None]]
    if problem is None:
        joint = select(InformedEntity.id, InformedEntity.problem_id, InformedEntity.group_number).where(
            InformedEntity.congress_id == congress_id, InformedEntity.group_number.is_not(None)
        )
        if problem_id is not None:
            joint = joint.where(InformedEntity.problem_id == problem_id)
        listed = [(*row,) for row in db.session.execute(joint)]
    else:
        listed = [(one.id, problem.id, one.group_number) for one in problem.informed_entities]
    grouped = [(entity_id, one, number) for entity_id, one, number in listed if number is not None]
    sizes = Counter((one, number) for _, one, number in grouped)
    return {entity_id: Group(one, number, sizes[one, number]) for entity_id, one, number in grouped}


def holding(touches: Iterable[Touch], missed: Missed, groups: Mapping[int, Group]) -> Iterator[Touch]:
    """Yield the touches that count: of entities that stand alone, and one of each group that touches a leg as a whole."""
    if not groups:
        yield from (touch for touch in touches if (touch.leg_id, touch.period_id, touch.presence) not in missed)
        return
    joint: dict[tuple[int, Group, int], list[Touch]] = defaultdict(list)
    for touch in touches:
        group = groups.get(touch.entity_id)
        if group is not None:
            joint[touch.leg_id, group, touch.period_id].append(touch)
        elif not missed or not _misses(touch, missed):
            yield touch
    for (_, group, _), found in joint.items():
        # What is left of a group of which something was deleted would cover more than the group did.
        if 1 < group.size == len({one.entity_id for one in found}) and _is_there(found, missed):
            yield from _together(found)


def _misses(touch: Touch, missed: Missed) -> bool:
    return (touch.leg_id, touch.period_id, touch.presence) in missed


def _is_there(found: Sequence[Touch], missed: Missed) -> bool:
    """Return whether the leg is at one of the ends that are closed in the period, or, if none is, traveled in it."""
    at_ends = [one for one in found if one.presence.end]
    return any(not _misses(one, missed) for one in at_ends or found)


def _together(found: Sequence[Touch]) -> Iterator[Touch]:
    """Yield what the entities of a group affect in common: everyone, or the delegates that all entities about people name.

    The group is as sure as its least sure entity.
    """
    reach: dict[int, dict[int | None, HitKind]] = defaultdict(dict)
    for one in found:
        known = reach[one.entity_id].get(one.delegate_id)
        if known is None or HARDEST_FIRST.index(one.kind) < HARDEST_FIRST.index(known):
            reach[one.entity_id][one.delegate_id] = one.kind
    personal = [set(kinds) for kinds in reach.values() if None not in kinds]
    concerned: set[int | None] = set.intersection(*personal) if personal else {None}
    first = min(found, key=lambda one: one.entity_id)
    for delegate_id in sorted(concerned, key=lambda one: one or 0):
        kinds = [kinds.get(delegate_id, kinds.get(None)) for kinds in reach.values()]
        weakest = max(HARDEST_FIRST.index(kind) for kind in kinds if kind is not None)
        yield first._replace(kind=HARDEST_FIRST[weakest], delegate_id=delegate_id)
