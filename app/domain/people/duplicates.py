"""Finding pairs of people and of organizations that may be the same, and what people say about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Table, or_, select, update

from app import clock
from app.dialects import lock_against_writes
from app.extensions import db
from app.matching.comparing import Decision, Verdict, compare
from app.matching.records import Record
from app.models.accounts.accounts import User
from app.models.people import match_keys
from app.models.people.duplicates import OrganizationPair, PersonPair
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.people import duplicates as duplicate_queries

BATCH = 200
"""The number of records that are compared in one transaction."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How records of one kind are read and compared."""

    model: Any
    keys: Any
    pairs: Any
    keep: Callable[[Connection, list[int]], None]
    records: Callable[[Connection, set[int]], Mapping[int, Record]]
    sharing_more: Callable[[list[int]], set[tuple[int, int]]] = lambda _ids: set()
    """Returns pairs that share what has no key."""


_PEOPLE = _Kind(
    Person, match_keys.PersonKey, PersonPair, match_keys.keep_people, match_keys.person_records,
    duplicate_queries.sharing_sealed,
)  # fmt: skip
_ORGANIZATIONS = _Kind(
    Organization,
    match_keys.OrganizationKey,
    OrganizationPair,
    match_keys.keep_organizations,
    match_keys.organization_records,
)


def search_people(limit: int = BATCH) -> int:
    """Compare people who have been changed since they were last compared; return how many were compared.

    Needs access to everything.
    """
    return _search(_PEOPLE, limit)


def search_organizations(limit: int = BATCH) -> int:
    """Compare organizations that have been changed since they were last compared; return how many were compared."""
    return _search(_ORGANIZATIONS, limit)


def dismiss(pair: PersonPair | OrganizationPair, *, by: User) -> None:
    """Record that the two are not the same; the pair is not shown again, whatever is found later."""
    if pair.dismissed_at is None:
        pair.dismissed_at, pair.dismissed_by_id = clock.now(), by.id
        db.session.flush()


def restore(pair: PersonPair | OrganizationPair) -> None:
    """Take back that the two are not the same."""
    pair.dismissed_at = pair.dismissed_by_id = None
    db.session.flush()


def _search(kind: _Kind, limit: int) -> int:
    lock_against_writes(db.session, kind.pairs.__tablename__)  # else two workers could find the same pair
    waiting = select(kind.model.id).where(kind.model.compared_at.is_(None)).order_by(kind.model.id).limit(limit)
    ids = list(db.session.scalars(waiting))
    if not ids:
        return 0
    kind.keep(db.session.connection(), ids)
    _store(kind, ids, _found(kind, ids))
    table = cast("Table", kind.model.__table__)
    db.session.execute(
        update(table).where(table.c.id.in_(ids)).values(compared_at=clock.now()),
        execution_options={"unscoped": "all records are compared"},
    )
    return len(ids)


def _found(kind: _Kind, ids: list[int]) -> dict[tuple[int, int], Verdict]:
    """Return the verdicts on pairs with one of the records that are not unlikely, by ids in order."""
    sharing = duplicate_queries.sharing_keys(kind.keys, ids) | kind.sharing_more(ids)
    near = {(min(pair), max(pair)) for pair in sharing}
    records = kind.records(db.session.connection(), {number for pair in near for number in pair})
    verdicts = {pair: compare(records[pair[0]], records[pair[1]]) for pair in near}
    return {pair: one for pair, one in verdicts.items() if one.decision is not Decision.UNLIKELY}


def _store(kind: _Kind, ids: list[int], found: dict[tuple[int, int], Verdict]) -> None:
    """Add new pairs, update known ones, and delete those that are no longer alike, unless a person dismissed them."""
    concerned = select(kind.pairs).where(or_(kind.pairs.first_id.in_(ids), kind.pairs.second_id.in_(ids)))
    known = {(pair.first_id, pair.second_id): pair for pair in db.session.scalars(concerned)}
    for sides, pair in known.items():
        if sides in found:
            pair.score, pair.decision = found[sides].score, found[sides].decision
            pair.evidence = [code.value for code in found[sides].evidence]
        elif pair.dismissed_at is None:
            db.session.delete(pair)
    for (first, second), verdict in found.items():
        if (first, second) not in known:
            evidence, now = [code.value for code in verdict.evidence], clock.now()
            new = kind.pairs(first_id=first, second_id=second, evidence=evidence, found_at=now)
            new.score, new.decision = verdict.score, verdict.decision
            db.session.add(new)
    db.session.flush()
