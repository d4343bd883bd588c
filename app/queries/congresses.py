"""Congresses and the state of each."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models.congresses import Congress
from app.queries.lookup import one


def get(congress_id: int) -> Congress:
    """Return one congress."""
    return one(Congress, Congress.id == congress_id)


def listing() -> Sequence[Congress]:
    """Return congresses, the latest first."""
    return db.session.scalars(select(Congress).order_by(Congress.start_date.desc(), Congress.id)).all()
