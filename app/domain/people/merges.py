"""Merging two people or two organizations into one, and checking whether that can be undone."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from sqlalchemy import Table, select
from sqlalchemy.orm.exc import StaleDataError

from app import clock
from app.domain.accounts import audit
from app.domain.people import organizations, people
from app.domain.people.merge_rules import RULES, Move, name_of, references
from app.domain.people.merge_walk import Walk, model_of
from app.domain.people.organizations import OrganizationValues
from app.domain.recording import recording
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.undo import UndoEntry
from app.models.people.memberships import Membership
from app.models.people.merges import Merge
from app.models.people.organizations import Organization
from app.models.people.other_names import ONLY_ONE, NameKind, OtherName
from app.models.people.people import Person
from app.models.removing import REMOVED
from app.models.scoping import in_every_scope
from app.queries.lookup import count
from app.queries.people import affiliations as affiliation_queries
from app.queries.people import merges as merge_queries
from app.text import N_, plain


class MergedPersonValues(TypedDict):
    """What is recorded about the person who stands for both."""

    given_name: str
    family_name: str | None
    family_name_first: bool
    preferred_language: str | None
    country: str | None
    nationality: str | None
    locality: str | None


@dataclass(frozen=True, slots=True)
class _Sides:
    kept: Any
    gone: Any


def merge_people(kept: Person, gone: Person, values: MergedPersonValues, *, by: User | None) -> Merge:
    """Merge a person into another one; everything that refers to either refers to `kept` afterwards.

    The name of `gone` becomes another name of `kept` unless it is the same. Raises DomainError if they are one person,
    or if one of them was removed, and StaleDataError if somebody else has just merged one of them.
    """

    def write(sides: _Sides) -> None:
        if sides.kept.is_at_risk or sides.gone.is_at_risk:  # both are sealed, so that the same numbers are found
            sides.kept.is_at_risk = sides.gone.is_at_risk = True
            db.session.flush()
        names = {plain(sides.kept.full_name): sides.kept.full_name, plain(sides.gone.full_name): sides.gone.full_name}
        for name, value in values.items():
            setattr(sides.kept, name, value)
        names.pop(plain(sides.kept.full_name), None)
        known = {plain(one.name) for one in (*sides.kept.other_names, *sides.gone.other_names)}
        only = {one.kind for one in sides.kept.other_names} & ONLY_ONE
        for one in sides.gone.other_names:
            one.kind = NameKind.KNOWN_AS if one.kind in only else one.kind
        for folded, name in names.items():
            if folded not in known:
                db.session.add(OtherName(person_id=sides.kept.id, kind=NameKind.KNOWN_AS, name=name[:200]))
        db.session.flush()

    return _merge(Merge(person_id=kept.id), _Sides(kept, gone), people.facts, write, gone.full_name, by)


def merge_organizations(
    kept: Organization, gone: Organization, values: OrganizationValues, *, by: User | None
) -> Merge:
    """Merge an organization into another one; everything that refers to either refers to `kept` afterwards.

    Raises DomainError as `merge_people` does, and if one belongs to the other through others, because then the kept one
    would belong to itself.
    """

    def write(sides: _Sides) -> None:
        ids = (sides.kept.id, sides.gone.id)
        own = select(Membership).where(Membership.organization_id.in_(ids), Membership.on_behalf_of_id.in_(ids))
        for membership in db.session.scalars(own):
            membership.on_behalf_of_id = None  # nobody is a member on behalf of the very organization
        for name, value in values.items():
            setattr(sides.kept, name, value)
        db.session.flush()

    merge = Merge(organization_id=kept.id)
    return _merge(
        merge, _Sides(kept, gone), organizations.facts, write, gone.name, by, then=lambda: _refuse_circle(kept)
    )


def combined(model_values: type[Any], kept: Any, gone: Any) -> Any:
    """Return the values of the kept one, with its gaps filled."""
    names = [name for name in model_values.__annotations__ if hasattr(kept, name)]
    own = {name: getattr(kept, name) for name in names}
    return {name: getattr(gone, name) if value is None else value for name, value in own.items()}


def following(gone: Person | Organization) -> dict[str, int]:
    """Return how many rows in scope refer to a record and would move, by table."""
    counts: Counter[str] = Counter()
    for key in references(cast("Table", gone.__table__)):
        if isinstance(RULES[name_of(key)], Move):
            model = model_of(key.parent.table)
            counts[key.parent.table.name] += count(model, getattr(model, key.parent.key) == gone.id)
    return dict(counts)


def undo_entry(merge: Merge) -> UndoEntry:
    """Return what a merge changed, which is needed to undo it. Needs access to everything.

    Raises DomainError if it was undone, if a later merge stands on it, or if it is too old.
    """
    stands = merge_queries.later(merge)
    if stands is not None:
        raise DomainError(None, N_("A later merge stands on this one. Undo the later merge first."))
    if merge.undone_at is not None:
        raise DomainError(None, N_("This merge has already been undone."))
    entry = db.session.get(UndoEntry, merge.undo_entry_id or 0, execution_options=REMOVED)
    if entry is None:
        raise DomainError(None, N_("This merge is too old to be undone."))
    return entry


def close(merge: Merge) -> None:
    """Record that a merge was undone, and let the kept one be found by its own names only."""
    merge.undone_at = clock.now()
    db.session.flush()
    db.session.expire_all()
    if merge.person_id is not None:
        db.session.get_one(Person, merge.person_id).touch()
    else:
        db.session.get_one(Organization, merge.organization_id).touch()
    db.session.flush()


def _merge(
    merge: Merge,
    sides: _Sides,
    facts: Callable[[Any], audit.Facts],
    write: Callable[[_Sides], None],
    name: str,
    by: User | None,
    *,
    then: Callable[[], None] = lambda: None,
) -> Merge:
    if sides.kept is sides.gone:
        raise DomainError(None, N_("A record cannot be merged with itself. Choose another one."))
    merge.kept_id, merge.merged_id, merge.merged_name = sides.kept.id, sides.gone.id, name[:200]
    merge.at, merge.by_id = clock.now(), by.id if by else None
    with in_every_scope():
        _lock(sides)
        db.session.add(merge)
        db.session.flush()
        with recording("merges", "", by=by) as entry:
            before = facts(sides.kept)
            write(sides)
            Walk(merge).unite(sides.kept, sides.gone)
            then()
            sides.kept.touch()
            db.session.flush()
            audit.note(sides.kept, "merged", before | {"merged": None}, facts(sides.kept) | {"merged": name})
        merge.undo_entry_id = entry.id
        db.session.flush()
    return merge


def _lock(sides: _Sides) -> None:
    """Let nobody else merge or remove one of the two at the same time."""
    model, ids = type(sides.kept), [sides.kept.id, sides.gone.id]
    found = select(model.removed_at).where(model.id.in_(ids)).order_by(model.id).with_for_update()
    removals = db.session.scalars(found, execution_options=REMOVED).all()
    if len(removals) < len(ids):
        raise StaleDataError("one of them was merged after it was read")
    if any(removals):
        raise DomainError(None, N_("One of them was removed. Restore it first, under “Recently removed”."))


def _refuse_circle(kept: Organization) -> None:
    for one in affiliation_queries.of_organization(kept.id):
        if one.organization_id == kept.id and affiliation_queries.belongs_to(one.parent_id, kept.id):
            raise DomainError(
                None,
                N_("One of them belongs to the other through %(parent)s. They cannot be one organization."),
                parent=one.parent.name,
            )
