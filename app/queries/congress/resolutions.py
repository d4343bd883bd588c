"""Resolutions."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from app.extensions import db
from app.models.congress.resolutions import Resolution
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.naming import holding
from app.queries.paging import Page, page_of


def get(congress_id: int, resolution_id: int) -> Resolution:
    """Return a resolution of a congress that is not removed."""
    return one(Resolution, Resolution.id == resolution_id, Resolution.congress_id == congress_id, kept(Resolution))


def get_restorable(congress_id: int, resolution_id: int) -> Resolution:
    """Return a resolution of a congress, also if it was removed and can still be restored."""
    return restorable(Resolution, Resolution.id == resolution_id, Resolution.congress_id == congress_id)


def removed() -> Sequence[Resolution]:
    """Return the removed resolutions in scope that can be restored, latest first."""
    return removed_lately(Resolution)


def find(congress_id: int, typed: str, number: int) -> Page[Resolution]:
    """Return a page of the resolutions of a congress whose title and number contain every word of `typed`."""
    found = _ordered().where(Resolution.congress_id == congress_id, *holding(Resolution.words, typed))
    return page_of(found, number)


def listing() -> Sequence[Resolution]:
    """Return the resolutions in scope, latest first."""
    return db.session.scalars(_ordered()).all()


def _ordered() -> Select[Resolution]:
    return select(Resolution).where(kept(Resolution)).order_by(Resolution.adopted_on.desc(), Resolution.id)
