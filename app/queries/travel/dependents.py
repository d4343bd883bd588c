"""What depends on a place."""

from collections import Counter

from sqlalchemy import or_

from app.models.travel.journeys import Leg
from app.models.travel.places import Crossing, Place, Service
from app.models.travel.problems import InformedEntity, RouteProblem
from app.queries.lookup import count


def on(place: Place) -> Counter[str]:
    """Return the number of records that use a place."""
    return Counter(
        legs=count(Leg, or_(Leg.origin_id == place.id, Leg.destination_id == place.id)),
        problems=count(
            RouteProblem,
            RouteProblem.informed_entities.any(
                or_(InformedEntity.place_id == place.id, InformedEntity.other_place_id == place.id)
            ),
        ),
        crossings=count(
            Crossing, or_(Crossing.near_id == place.id, Crossing.far_id == place.id, Crossing.place_id == place.id)
        ),
        services=count(Service, or_(Service.origin_id == place.id, Service.destination_id == place.id)),
    )
