"""The targets of a campaign, and how each has answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select
from sqlalchemy.orm import selectinload

from app.dialects import folded
from app.extensions import db
from app.models.mobilizing.letters import SentLetter
from app.models.mobilizing.targets import EntryKind, Target, TargetEntry, TargetKind, TargetStatus
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.naming import by_country
from app.queries.paging import Page, holding_or_in, ids_of, page_of

_DECISIVE = (EntryKind.COMMITTED, EntryKind.REFUSED, EntryKind.SIGNED)
"""The entries of which the latest one says how a target has answered; another reply does not take it back."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of targets shows: all words of `typed`, and what has the other values, if they are not empty."""

    typed: str = ""
    status: str = ""
    kind: str = ""
    country: str = ""


def get(campaign_id: int, target_id: int) -> Target:
    """Return a target of a campaign that is not removed, with its log."""
    whole = (selectinload(Target.entries),)
    return one(Target, Target.id == target_id, Target.campaign_id == campaign_id, kept(Target), options=whole)


def get_restorable(campaign_id: int, target_id: int) -> Target:
    """Return a target of a campaign, also if it was removed and can still be restored."""
    return restorable(Target, Target.id == target_id, Target.campaign_id == campaign_id)


def get_entry(target: Target, entry_id: int) -> TargetEntry:
    """Return an entry of the log of a target."""
    return one(TargetEntry, TargetEntry.id == entry_id, TargetEntry.target_id == target.id)


def removed() -> Sequence[Target]:
    """Return the removed targets in scope that can be restored, latest first."""
    return removed_lately(Target)


def find(campaign_id: int, wanted: Wanted, number: int, *, language: str) -> Page[Target]:
    """Return a page of the targets of a campaign, by country in a language, then by name."""
    return page_of(_found(campaign_id, wanted, language), number)


def numbers(campaign_id: int, wanted: Wanted, *, language: str) -> Sequence[int]:
    """Return the ids of the targets that `find` lists, in its order."""
    return ids_of(Target.id, _found(campaign_id, wanted, language))


def some(campaign_id: int, ids: Sequence[int]) -> Sequence[Target]:
    """Return the targets of a campaign with these ids, with their logs."""
    found = select(Target).where(Target.campaign_id == campaign_id, Target.id.in_(ids))
    return db.session.scalars(found.options(selectinload(Target.entries))).unique().all()


def every(campaign_id: int, *, language: str) -> Sequence[Target]:
    """Return all targets of a campaign with their logs, by country in a language, then by name."""
    found = _found(campaign_id, Wanted(), language).options(selectinload(Target.entries))
    return db.session.scalars(found).unique().all()


def countries(campaign_id: int) -> Sequence[str]:
    """Return the codes of the countries that a campaign has targets in."""
    found = select(Target.country).where(Target.campaign_id == campaign_id, kept(Target), Target.country.is_not(None))
    return [code for code in db.session.scalars(found.distinct()) if code]


def statuses(targets: Sequence[Target]) -> dict[int, TargetStatus]:
    """Return how each target has answered, by id."""
    found = select(Target.id, status()).where(Target.id.in_([one.id for one in targets]))
    return {number: TargetStatus(value) for number, value in db.session.execute(found)}


def counts(campaign_id: int) -> Counter[TargetStatus]:
    """Return the number of targets of a campaign by how they have answered."""
    found = select(status()).where(Target.campaign_id == campaign_id, kept(Target))
    return Counter(TargetStatus(value) for value in db.session.scalars(found))


def offered(campaign_id: int, *, language: str) -> Sequence[Target]:
    """Return the targets that anyone is asked to write to, by country in a language, then by name."""
    return db.session.scalars(_found(campaign_id, Wanted(), language).where(*_offered())).unique().all()


def is_offered(target: Target) -> bool:
    """Return whether anyone is asked to write to a target."""
    return db.session.scalar(select(Target.id).where(Target.id == target.id, *_offered())) is not None


def status() -> ColumnElement[str]:
    """Return the expression for how a target has answered. One that somebody has written to was asked."""
    decided = select(cast(TargetEntry.kind, String)).where(_of_target(), TargetEntry.kind.in_(_DECISIVE))
    latest = decided.order_by(TargetEntry.happened_on.desc(), TargetEntry.id.desc()).limit(1)
    unanswered = case(
        (_has(EntryKind.REPLIED), TargetStatus.REPLIED.value),
        (_has(EntryKind.ASKED) | _was_written_to(), TargetStatus.ASKED.value),
        else_=TargetStatus.NEW.value,
    )
    return func.coalesce(latest.correlate(Target).scalar_subquery(), unanswered)


def is_won() -> ColumnElement[bool]:
    """Return the condition that a target does what is asked of it."""
    return status().in_([one.value for one in TargetStatus if one.is_won])


def decided_at() -> ColumnElement[datetime]:
    """Return the expression for when the answer of a target was recorded that decides how it stands."""
    decided = select(TargetEntry.recorded_at).where(_of_target(), TargetEntry.kind.in_(_DECISIVE))
    latest = decided.order_by(TargetEntry.happened_on.desc(), TargetEntry.id.desc()).limit(1)
    return latest.correlate(Target).scalar_subquery()


def _has(kind: EntryKind) -> ColumnElement[bool]:
    return select(TargetEntry.id).where(_of_target(), TargetEntry.kind == kind).correlate(Target).exists()


def _was_written_to() -> ColumnElement[bool]:
    return select(SentLetter.id).where(SentLetter.target_id == Target.id).correlate(Target).exists()


def _offered() -> list[ColumnElement[bool]]:
    reachable = or_(*(column.is_not(None) for column in (Target.email, Target.phone, Target.postal_address)))
    return [kept(Target), Target.open_to_letters.is_(True), reachable, ~is_won()]


def _of_target() -> ColumnElement[bool]:
    return TargetEntry.target_id == Target.id


def _found(campaign_id: int, wanted: Wanted, language: str) -> Select[Target]:
    words = holding_or_in(wanted.typed, [folded(Target.name), folded(Target.post)], [Target.country])
    conditions: list[Any] = [Target.campaign_id == campaign_id, kept(Target), *words]
    if wanted.status:
        conditions.append(status() == wanted.status)
    if wanted.kind:
        conditions.append(Target.kind == TargetKind(wanted.kind))
    if wanted.country:
        conditions.append(Target.country == wanted.country)
    listed = select(Target).where(*conditions)
    return listed.order_by(by_country(Target.country, language), folded(Target.name), Target.id)
