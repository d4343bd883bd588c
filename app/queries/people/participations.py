"""What people take part in."""

from collections.abc import Collection

from sqlalchemy import select

from app.extensions import db
from app.models.people.people import Participation


def of_people(person_ids: Collection[int], congress_id: int | None, campaign_id: int | None) -> dict[int, int]:
    """Return the participations of people in one congress or campaign: the id of each by that of the person."""
    found = select(Participation.person_id, Participation.id).where(
        Participation.person_id.in_(person_ids),
        Participation.congress_id.is_not_distinct_from(congress_id),
        Participation.campaign_id.is_not_distinct_from(campaign_id),
    )
    return dict(db.session.execute(found.order_by(Participation.person_id)).all())
