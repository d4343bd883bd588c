"""Legs of journeys in words."""

from flask_babel import gettext

from app.models.travel.journeys import Leg
from app.wording.formats import at
from app.wording.places import place_name


def leg_with_times(leg: Leg) -> str:
    """Return from where to where a leg goes, when it departs and when it arrives."""
    origin, destination = place_name(leg.origin), place_name(leg.destination)
    arrival = at(leg.arrives_at, leg.destination.timezone, destination)
    return str(
        gettext(
            "%(leg)s, departure %(departure)s, arrival %(arrival)s",
            leg=f"{origin} → {destination}",
            departure=at(leg.departs_at, leg.origin.timezone, origin),
            arrival=gettext("%(when)s (estimated)", when=arrival) if leg.arrival_estimated else arrival,
        )
    )
