"""Storing instants that follow from what an action is: neither its revision nor what can be undone changes with them."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Table

from app.dialects.many_rows import update_each
from app.extensions import db
from app.models.actions.follow_ups import FollowUp


def store(column: str, instants: Mapping[int, datetime | None]) -> None:
    """Store the instants of actions, by their ids."""
    table = cast("Table", FollowUp.__table__)
    update_each(db.session, table.c[column], instants, unscoped="the actions were read in the scope of the session")
