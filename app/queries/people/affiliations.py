"""Which organizations belong to which, directly and through others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.people.affiliations import Affiliation
from app.models.people.organizations import Organization
from app.queries.lookup import one

MOST_ROWS = 120
"""The number of rows of a structure, after which the rest is only counted."""
Edges = dict[int, list[Affiliation]]
"""Affiliations by the id of the organization to which others belong."""
_WHOLE = (joinedload(Affiliation.organization), joinedload(Affiliation.parent))


@dataclass(frozen=True, slots=True)
class Row:
    """An organization in a structure, drawn as a tree."""

    organization: Organization
    depth: int
    affiliation: Affiliation | None
    """How it belongs to the organization above it; None at the top."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What an organization belongs to, from the top, and what belongs to it."""

    rows: Sequence[Row]
    omitted: int
    """Organizations that are not among the rows, because there are too many."""


def get(organization_id: int, affiliation_id: int) -> Affiliation:
    """Return an affiliation of an organization."""
    return one(
        Affiliation, Affiliation.id == affiliation_id, Affiliation.organization_id == organization_id, options=_WHOLE
    )


def of_organization(organization_id: int) -> Sequence[Affiliation]:
    """Return what an organization belongs to and what belongs to it."""
    ends = or_(Affiliation.organization_id == organization_id, Affiliation.parent_id == organization_id)
    return db.session.scalars(select(Affiliation).where(ends).options(*_WHOLE).order_by(Affiliation.id)).all()


def belongs_to(organization_id: int, parent_id: int) -> bool:
    """Return whether an organization is another one or belongs to it, directly or through others, now or earlier."""
    reached, new = {organization_id}, {organization_id}
    while new and parent_id not in reached:
        above = select(Affiliation.parent_id).where(Affiliation.organization_id.in_(new))
        new = set(db.session.scalars(above)) - reached
        reached |= new
    return parent_id in reached


def structure(organization: Organization, today: date) -> Structure:
    """Return the current structure around an organization as the rows of a tree.

    An organization that belongs to several others has a row below each of them, until there are `MOST_ROWS`.
    """
    above = _edges(organization, today, upward=True)
    below = _edges(organization, today, upward=False)
    rows: list[Row] = []

    def add(one: Organization, depth: int, affiliation: Affiliation | None, edges: Edges) -> None:
        if len(rows) == MOST_ROWS:
            return
        rows.append(Row(one, depth, affiliation))
        edges = below if one is organization else edges
        for edge in sorted(edges.get(one.id, []), key=lambda edge: edge.organization.sort_key):
            add(edge.organization, depth + 1, edge, edges)

    for top in _tops(organization, above):
        add(top, 0, None, above)
    there = {edge.organization_id for edges in (above, below) for listed in edges.values() for edge in listed}
    return Structure(rows, len(there - {row.organization.id for row in rows}))


def _edges(organization: Organization, today: date, *, upward: bool) -> Edges:
    """Return the current affiliations by parent that are reached from an organization in one direction."""
    found: dict[int, list[Affiliation]] = defaultdict(list)
    reached, new = {organization.id}, {organization.id}
    start, end = (
        (Affiliation.organization_id, Affiliation.parent_id)
        if upward
        else (Affiliation.parent_id, Affiliation.organization_id)
    )
    while new:
        wanted = select(Affiliation).where(start.in_(new)).options(*_WHOLE).order_by(Affiliation.id)
        edges = [edge for edge in db.session.scalars(wanted) if edge.is_current(today)]
        for edge in edges:
            found[edge.parent_id].append(edge)
        new = {getattr(edge, end.key) for edge in edges} - reached
        reached |= new
    return found


def _tops(organization: Organization, above: Edges) -> list[Organization]:
    """Return the organizations at the top, by name: those that belong to none. Without any, the organization itself."""
    edges = [edge for listed in above.values() for edge in listed]
    members = {edge.organization_id for edge in edges}
    tops = {edge.parent_id: edge.parent for edge in edges if edge.parent_id not in members}
    return sorted(tops.values(), key=lambda one: one.sort_key) or [organization]
