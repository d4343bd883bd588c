"""Maps of journeys, drawn on the server; the same stands beside them in words."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.drawing.routes import LineKind
from app.labels import country_name
from app.models.travel import Leg
from app.policy import Permission
from app.queries import congresses, delegations, hits, travel
from app.queries.hits import Impact
from app.views.guard import requires
from app.views.picturing import closed_countries, kind, picture

bp = Blueprint("maps", __name__, url_prefix="/congresses/<int:congress_id>/map")
MOST = 400
"""Legs on one map; of more, nobody could tell one from another."""


@bp.get("")
@requires(Permission.DELEGATION_VIEW)
def show(congress_id: int) -> ResponseReturnValue:
    """Show the way there of all delegations, of one, or of those whom a problem hits."""
    impact, legs = _shown(congress_id)
    asked = {name: request.args.get(name, type=int) for name in ("problem", "delegation")}
    return render_template(
        "maps/show.html",
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
    """Draw that map."""
    impact, legs = _shown(congress_id)
    return picture(congresses.get(congress_id), legs, impact)


def _shown(congress_id: int) -> tuple[Impact, list[Leg]]:
    """Return the legs that the address asks for, and what hits them."""
    problem_id = request.args.get("problem", type=int)
    delegation_id = request.args.get("delegation", type=int)
    impact = hits.impact(congress_id, problem_id, delegation_id=delegation_id)
    wanted = None if problem_id is None else impact.delegation_ids
    if delegation_id is not None:
        wanted = frozenset({delegations.get(congress_id, delegation_id).id})
    return impact, list(travel.to_the_congress(congress_id, wanted, MOST))
