"""Congresses and their current state."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models.congress.congresses import Congress
from app.queries.lookup import one
from app.queries.paging import Page, holding_words, page_of

WAY_HOME = timedelta(days=30)
"""How long after its end a congress goes on for those who travel: then their personal links are closed."""


def get(congress_id: int) -> Congress:
    """Return a congress."""
    return one(Congress, Congress.id == congress_id)


def ids_not_long_over() -> Sequence[int]:
    """Return the ids of congresses that have not ended or ended recently: return journeys matter too."""
    recent = select(Congress.id).where(Congress.end_date >= clock.now().date() - WAY_HOME)
    return db.session.scalars(recent.order_by(Congress.id)).all()


def is_long_over(congress: Congress) -> bool:
    """Return whether a congress has ended so long ago that everyone is home."""
    return congress.end_date < clock.now().date() - WAY_HOME


def find(typed: str, number: int) -> Page[Congress]:
    """Return a page of the congresses, latest first; all text fields together must contain every word of `typed`."""
    named = (Congress.title, Congress.edition, Congress.theme, Congress.venue, Congress.locality)
    found = select(Congress).where(*holding_words(typed, *named))
    return page_of(found.order_by(Congress.start_date.desc(), Congress.id), number)


def listing() -> Sequence[Congress]:
    """Return congresses, latest first."""
    return db.session.scalars(select(Congress).order_by(Congress.start_date.desc(), Congress.id)).all()
