"""Actions that can be undone."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer, joinedload

from app import clock
from app.extensions import db
from app.models.accounts.undo import UndoEntry
from app.queries.lookup import REMOVED_FOR, one
from app.queries.paging import Page, page_of


def get(undo_id: int, congress_id: int | None, campaign_id: int | None) -> UndoEntry:
    """Return an action in a congress, in a campaign, or on shared data, as long as it can be undone."""
    return one(UndoEntry, UndoEntry.id == undo_id, *_of(congress_id, campaign_id))


def find(
    congress_id: int | None,
    campaign_id: int | None,
    endpoints: Sequence[str],
    number: int,
    *,
    of_people: Sequence[str] = (),
) -> Page[UndoEntry]:
    """Return a page of the actions by these views that can be undone, latest first.

    Those by the views in `of_people` are listed only if they belong to a person.
    """
    shown = UndoEntry.endpoint.in_(endpoints) | (UndoEntry.endpoint.in_(of_people) & UndoEntry.person_id.is_not(None))
    listed = select(UndoEntry).where(*_of(congress_id, campaign_id), shown)
    listed = listed.options(joinedload(UndoEntry.by), joinedload(UndoEntry.undone_by), defer(UndoEntry.changes))
    return page_of(listed.order_by(UndoEntry.at.desc(), UndoEntry.id.desc()), number)


def past() -> Sequence[UndoEntry]:
    """Return the actions that can no longer be undone."""
    old = select(UndoEntry).where(UndoEntry.at <= clock.now() - REMOVED_FOR)
    return db.session.scalars(old.options(defer(UndoEntry.changes))).all()


def _of(congress_id: int | None, campaign_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return (
        UndoEntry.congress_id.is_not_distinct_from(congress_id),
        UndoEntry.campaign_id.is_not_distinct_from(campaign_id),
        UndoEntry.at > clock.now() - REMOVED_FOR,
    )
