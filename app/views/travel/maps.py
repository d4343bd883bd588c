"""Maps of journeys, drawn on the server; the page also lists the same information as text."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.drawing.routes import LineKind
from app.geography.sphere import distance_km
from app.models.travel.journeys import Leg
from app.models.travel.places import Place
from app.policy import Permission
from app.queries.congress import congresses, delegations
from app.queries.travel import hits, network
from app.queries.travel import legs as leg_queries
from app.queries.travel.impacts import Impact
from app.views.travel.map_svg import closed_countries, kind, picture
from app.web.access import requires
from app.wording.labels import country_name

bp = Blueprint("maps", __name__, url_prefix="/congresses/<int:congress_id>/map")
NEAR_KM = 2000.0
"""Kilometers in a straight line around the congress on the detail map."""
MOST = 400
"""The largest number of legs on a map; with more, they cannot be told apart."""


@bp.get("")
@requires(Permission.DELEGATION_VIEW)
def show(congress_id: int) -> ResponseReturnValue:
    """Show the outbound journeys of all delegations, of one, or of those affected by a problem."""
    impact, legs = _shown(congress_id)
    asked = {name: request.args.get(name, type=int) for name in ("problem", "delegation", "near")}
    return render_template(
        "travel/maps/show.html",
        congress=congresses.get(congress_id),
        legs=legs,
        kinds={leg.id: kind(leg, impact) for leg in legs},
        closed=sorted(closed_countries(congress_id), key=country_name),
        asked=asked,
        LineKind=LineKind,
    )


@bp.get("/drawing.svg")
@requires(Permission.DELEGATION_VIEW)
def drawing(congress_id: int) -> ResponseReturnValue:
    """Draw the map."""
    impact, legs = _shown(congress_id)
    congress = congresses.get(congress_id)
    if request.args.get("near"):
        legs = _near(legs, network.destination(congress))
    return picture(congress, legs, impact)


def _near(legs: list[Leg], goal: Place | None) -> list[Leg]:
    """Return the legs with both ends near the congress."""
    if goal is None or goal.point is None:
        return legs
    here = goal.point
    ends = {leg.id: [place.point for place in (leg.origin, leg.destination)] for leg in legs}
    return [leg for leg in legs if all(point and distance_km(here, point) <= NEAR_KM for point in ends[leg.id])]


def _shown(congress_id: int) -> tuple[Impact, list[Leg]]:
    """Return the legs that the query string asks for, and the impact of problems on them."""
    problem_id = request.args.get("problem", type=int)
    delegation_id = request.args.get("delegation", type=int)
    impact = hits.impact(congress_id, problem_id, delegation_id=delegation_id)
    wanted = None if problem_id is None else impact.delegation_ids
    if delegation_id is not None:
        wanted = frozenset({delegations.get(congress_id, delegation_id).id})
    return impact, list(leg_queries.to_the_congress(congress_id, wanted, MOST))
