"""Border cards of journeys and routes: to print, and to save as a file that works offline."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from app.config import MEMBER_LOCALES
from app.domain.travel import cards
from app.domain.travel.cards import Card
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegate, Delegation
from app.models.travel.journeys import Direction
from app.policy import Permission
from app.queries.congress import congresses
from app.queries.congress import delegations as delegation_queries
from app.queries.travel import border_facts, journeys, splits
from app.queries.travel import ways as way_queries
from app.queries.travel.ways import AlternativeRoute
from app.views.travel import way_search
from app.web.access import requires
from app.web.looks import looked_at
from app.web.templating import locale_tag
from app.wording.border_cards import opening_hours

bp = Blueprint("cards", __name__, url_prefix="/congresses/<int:congress_id>/delegations/<int:delegation_id>")
WITH_PEOPLE, IN_LANGUAGE = "people", "language"
"""The parameters of a file: to name in it whom to call, and its language."""


@bp.get("/journeys/<int:journey_id>/card")
@bp.get("/journeys/<int:journey_id>/card.html", endpoint="journey_file")
@requires(Permission.DELEGATION_VIEW)
def of_journey(congress_id: int, delegation_id: int, journey_id: int) -> ResponseReturnValue:
    """Show what is needed at the borders of a journey, or send it as a file."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    journey = journeys.get(delegation, journey_id)
    party = cards.party_of(delegation, journey)
    card = cards.of_journey(journey, party, with_people=_with_people())
    here: dict[str, Any] = {"congress_id": congress_id, "delegation_id": delegation_id, "journey_id": journey_id}
    return _answer(card, delegation, partial(url_for, ".journey_file", **here), direction=journey.direction)


@bp.get("/ways/<key>/card")
@bp.get("/ways/<key>/card.html", endpoint="way_file")
@requires(Permission.DELEGATION_VIEW)
def of_way(congress_id: int, delegation_id: int, key: str) -> ResponseReturnValue:
    """Show what is needed at the borders of a route that the search in the query string finds, or send it as a file."""
    congress = congresses.get(congress_id)
    delegation = delegation_queries.get(congress_id, delegation_id)
    question: dict[str, Any] = {name: request.args.get(name) for name in (*way_search.FIELDS, "problem", "part")}
    here: dict[str, Any] = {"congress_id": congress_id, "delegation_id": delegation_id}
    way, delegates = _found(congress, delegation, key)
    if way is None:
        flash(gettext("The data has changed since this route was shown. Check the routes again."))
        return redirect(url_for("ways.show", **here, **question))
    card = cards.of_way(way, cards.party_of(delegation, None, delegates), with_people=_with_people())
    return _answer(card, delegation, partial(url_for, ".way_file", **here, key=key, **question))


def _found(
    congress: Congress, delegation: Delegation, key: str
) -> tuple[AlternativeRoute | None, tuple[Delegate, ...] | None]:
    """Return the route with a key that the search in the query string finds, and who takes it if not everyone does."""
    asked = way_search.asked(way_search.form_for(congress, delegation), congress)
    if asked is None:
        return None, None
    found = way_queries.find_for(congress, [delegation], asked)[delegation.id]
    part = None
    if "part" in request.args:
        parts = splits.of(congress, delegation, asked, found)
        part = next((one for one in parts if one.key == request.args["part"]), None)
        found = list(part.ways) if part else []
    return next((one for one in found if one.key == key), None), part.delegates if part else None


def file_of(card: Card, congress: Congress) -> Response:
    """Return a card as one file without scripts, pictures or anything else from elsewhere."""
    language = request.args.get(IN_LANGUAGE, "")
    with force_locale(language if language in MEMBER_LOCALES else locale_tag()):
        text = render_template("travel/cards/file.html", help_phone=congress.help_phone, **parts_of(card))
    answer = Response(text, mimetype="text/html")
    answer.headers.set("Content-Disposition", "attachment", filename="card.html")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


def parts_of(card: Card) -> dict[str, Any]:
    """Return what the parts of a card need."""
    return {"card": card, "is_stale": border_facts.is_stale, "opening_hours": opening_hours}


def _with_people() -> bool:
    """Return whether the answer names whom to call: the page does, a file only if that was asked for."""
    return not _is_file() or WITH_PEOPLE in request.args


def _is_file() -> bool:
    return str(request.endpoint).endswith("_file")


def _answer(
    card: Card, delegation: Delegation, file: Callable[..., str], *, direction: Direction | None = None
) -> ResponseReturnValue:
    """Answer with a page, or with the file whose address `file` returns, given its parameters."""
    looked_at("delegations", [delegation.id], "nationalities")
    looked_at("people", [one.id for one in card.people], "phone")
    congress = congresses.get(delegation.congress_id)
    if _is_file():
        return file_of(card, congress)
    return render_template(
        "travel/cards/show.html",
        congress=congress,
        delegation=delegation,
        direction=direction,
        member_locales=MEMBER_LOCALES,
        **parts_of(card),
        file=file,
    )
