"""Splitting a delegation of which some are refused entry on the way: routes for them and for the others."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app import clock
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegate, Delegation
from app.models.travel.journeys import Direction
from app.queries.travel import closures, parties
from app.queries.travel.ways import AlternativeRoute, RouteConstraints, find_for
from app.routing.search import HORIZON

_MUCH = 1.5
"""A delegation is worth splitting if together it takes this many times as long as most of it alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """Delegates who are refused by the same countries, and routes for them."""

    key: str
    """The codes of the countries that refuse them."""
    delegates: tuple[Delegate, ...]
    refused_by: tuple[str, ...]
    ways: tuple[AlternativeRoute, ...]

    @property
    def stays(self) -> bool:
        """Whether they keep the shared itinerary, because nobody refuses them."""
        return not self.refused_by


def of(
    congress: Congress, delegation: Delegation, constraints: RouteConstraints, together: Sequence[AlternativeRoute]
) -> list[Part]:
    """Return the parts of a delegation that would travel much better, or at all, on different routes; usually none.

    `together` are the routes for the whole delegation. Those whom nobody refuses come first.
    """
    groups = _groups(congress, delegation, constraints)
    if len(groups) < 2:
        return []
    found = [_part(congress, delegation, constraints, codes, members) for codes, members in groups]
    alone = [part.ways[0].hours for part in found if part.ways]
    helps = alone and (not together or together[0].hours > _MUCH * min(alone))
    return found if helps else []


def _groups(
    congress: Congress, delegation: Delegation, constraints: RouteConstraints
) -> list[tuple[tuple[str, ...], list[Delegate]]]:
    """Return the delegates on the shared itinerary, by the countries that refuse them."""
    _, refusals = closures.of_congress(congress.id)
    apart = parties.of(congress.id, [delegation.id]).named.get((delegation.id, Direction.OUT), frozenset())
    starts = constraints.starts_at or clock.now()
    ends = constraints.latest_at or starts + HORIZON
    groups: dict[tuple[str, ...], list[Delegate]] = defaultdict(list)
    for one in delegation.delegates:
        if one.id not in apart:
            refusing = closures.refusing(refusals, _codes([one], delegation), starts, ends)
            groups[tuple(sorted({closure.country for closure in refusing}))].append(one)
    return sorted(groups.items(), key=lambda group: (len(group[0]), group[0]))


def _part(
    congress: Congress,
    delegation: Delegation,
    constraints: RouteConstraints,
    refused_by: tuple[str, ...],
    members: Sequence[Delegate],
) -> Part:
    codes = {delegation.id: _codes(members, delegation)}
    ways = find_for(congress, [delegation], constraints, most=3, travelers=codes)[delegation.id]
    return Part("-".join(refused_by) or "rest", tuple(members), refused_by, tuple(ways))


def _codes(members: Collection[Delegate], delegation: Delegation) -> frozenset[str]:
    return frozenset(one.person.nationality or delegation.country for one in members)
