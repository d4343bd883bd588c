"""Storing instants that follow from what an action is: neither its revision nor what can be undone changes with them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Table, update

from app.extensions import db
from app.models.actions.follow_ups import FollowUp


def store(column: str, moved: Mapping[datetime | None, Collection[int]]) -> None:
    """Store instants of actions, by their ids: a statement for each, of which assignees of one zone have few."""
    table = cast("Table", FollowUp.__table__)
    for instant, ids in moved.items():
        later = update(table).where(table.c.id.in_(ids)).values({column: instant})
        db.session.execute(later, execution_options={"unscoped": "the actions were read in the scope of the session"})
