"""Reads legs and their addresses for the tests of journeys."""

from app.extensions import db
from app.models.travel.journeys import Direction, Leg


def path(delegation, rest):
    return f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/legs/{rest}"


def journey_id(house, direction=Direction.OUT):
    with house.open():
        return db.session.query(Leg).filter(Leg.journey.has(direction=direction)).first().journey_id


def legs(house, delegation, direction):
    with house.open():
        found = db.session.query(Leg).filter(Leg.journey.has(delegation_id=delegation.id, direction=direction))
        return [
            (one.origin.code, one.destination.code, f"{one.departs_at:%d %H:%M}", one.carrier, one.status)
            for one in found.order_by(Leg.departs_at)
        ]
