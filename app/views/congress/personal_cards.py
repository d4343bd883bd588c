"""The border card of a delegate, on the personal page: about the delegate's own passport, and without anybody's name."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.domain.congress import arrivals
from app.domain.travel import cards
from app.models.congress.delegations import Delegate
from app.queries.congress import congresses
from app.views.congress.personal import LINK
from app.views.travel.cards import file_of, parts_of

bp = Blueprint("personal_cards", __name__, url_prefix="/here/<token>/card")


@bp.get("/<int:journey_id>")
@bp.get("/<int:journey_id>/card.html", endpoint="file")
@LINK.opens
def show(delegate: Delegate, journey_id: int) -> ResponseReturnValue:
    """Show what a delegate needs at the borders of a journey of their own, or send it as a file."""
    journey = next((leg.journey for leg in arrivals.ways(delegate) if leg.journey_id == journey_id), None)
    if journey is None:
        raise NotFound
    card = cards.of_journey(journey, cards.of_one(delegate), with_people=False)
    congress = congresses.get(delegate.congress_id)
    if request.endpoint == "personal_cards.file":
        return file_of(card, congress)
    return render_template("congress/personal/card.html", congress=congress, journey=journey, **parts_of(card))
