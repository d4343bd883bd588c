"""Alternative routes for delegations, and choosing one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.travel import ways
from app.forms.travel.bookings import ChooseWayForm
from app.models.actions.follow_ups import FollowUpKind
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.travel.journeys import HITTABLE, Leg, LegStatus
from app.models.travel.places import Place
from app.models.travel.problems import RouteProblem
from app.models.travel.ruled_out_roads import RuledOutRoad
from app.policy import Permission
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations as delegation_queries
from app.queries.travel import hits, problems, ruled_out_roads, splits, starting
from app.queries.travel import legs as leg_queries
from app.queries.travel import places as place_queries
from app.queries.travel import ways as way_queries
from app.queries.travel.borders import is_unrecorded
from app.queries.travel.openings import openings
from app.queries.travel.splits import Part
from app.queries.travel.sureness import most_minutes, sureness
from app.queries.travel.ways import AlternativeRoute, RouteConstraints
from app.routing.network import Evidence
from app.routing.staleness import FRESH_SINCE
from app.routing.wishes import Preference
from app.text import N_
from app.views.travel import way_search
from app.views.travel.map_svg import picture
from app.web.access import requires
from app.web.asking import ask_first
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.templating import locale_tag
from app.wording.formats import listed
from app.wording.labels import delegation_name, way_and_reference
from app.wording.places import place_name

bp = Blueprint("ways", __name__, url_prefix="/congresses/<int:congress_id>")
LEGS = 40
"""The largest number of a delegation's own legs on the map."""
_ORDERS = {
    Preference.FASTEST: N_("The routes that arrive first are listed first."),
    Preference.CHEAPEST: N_("The cheapest routes are listed first."),
    Preference.FEWEST_BORDERS: N_("The routes with the fewest borders are listed first."),
}
"""What a page says about the order of its routes."""


@bp.get("/problems/<int:problem_id>/ways")
@requires(Permission.DELEGATION_VIEW)
def index(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Show alternative routes for all delegations that a problem affects on their way to the congress."""
    congress = congress_queries.get(congress_id)
    problem = problems.get(congress_id, problem_id)
    impact = hits.impact(congress_id, problem_id)
    out = {hit.delegation_id for hit in impact.hits if hit.direction == "out"}
    page = delegation_queries.page_among(congress_id, out, locale_tag(), page_number())
    found = way_queries.find_for(congress, page.rows, RouteConstraints(), most=4)
    return render_template(
        "travel/ways/index.html",
        congress=congress,
        problem=problem,
        page=page,
        ways=found,
        openings=openings(congress, [one for one in page.rows if not found[one.id]], RouteConstraints()),
    )


@bp.get("/delegations/<int:delegation_id>/ways")
@requires(Permission.DELEGATION_VIEW)
def show(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Show alternative routes for one delegation, with the criteria in the query string."""
    congress = congress_queries.get(congress_id)
    delegation = delegation_queries.get(congress_id, delegation_id)
    form = way_search.form_for(congress, delegation)
    asked = way_search.asked(form, congress)
    found = way_queries.find_for(congress, [delegation], asked)[delegation_id] if asked else []
    start = starting.points(congress, [delegation]).get(delegation_id)
    starts_from = asked.origin if asked and asked.origin else place_queries.get_place(start[0]) if start else None
    return render_template(
        "travel/ways/show.html",
        congress=congress,
        delegation=delegation,
        problem=_problem(congress_id),
        form=form,
        ways=found,
        kept_legs=ways.legs_kept(delegation, found),
        openings=openings(congress, [delegation], asked) if asked and not found else [],
        parts=splits.of(congress, delegation, asked, found) if asked else [],
        fresh_since=FRESH_SINCE,
        starts_from=starts_from,
        has_arrived=delegation.status is DelegationStatus.ARRIVED and not (asked and asked.origin),
        unrecorded=starts_from is not None and is_unrecorded(starts_from.country, congress.country),
        left_out=_left_out(congress, starts_from, found),
        asked=asked,
        order=gettext(_ORDERS[asked.preference]) if asked else "",
        begins=way_queries.bounds(congress)[0],
        day_earlier=_day_earlier(found[0], asked, congress) if asked and found else None,
        Evidence=Evidence,
        sureness=sureness,
        most_minutes=most_minutes,
        kept={name: request.args.get(name) for name in (*way_search.FIELDS, "problem")},
    ), (422 if form.faulty else 200)


def _left_out(congress: Congress, start: Place | None, found: Sequence[AlternativeRoute]) -> list[RuledOutRoad]:
    """Return the ruled-out roads in the countries of the routes, or in those of their ends if none was found."""
    countries = {congress.country, start.country if start else congress.country}
    return ruled_out_roads.within(countries | {code for way in found for code in way.transit})


@bp.get("/delegations/<int:delegation_id>/ways.svg")
@requires(Permission.DELEGATION_VIEW)
def drawing(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Draw the same routes, and the affected one."""
    congress = congress_queries.get(congress_id)
    delegation = delegation_queries.get(congress_id, delegation_id)
    asked = way_search.asked(way_search.form_for(congress, delegation), congress)
    found = way_queries.find_for(congress, [delegation], asked)[delegation_id] if asked else []
    legs = leg_queries.to_the_congress(congress_id, [delegation_id], LEGS)
    return picture(congress, legs, hits.impact(congress_id, delegation_id=delegation_id), found)


@bp.route("/delegations/<int:delegation_id>/ways/<key>", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def choose(congress_id: int, delegation_id: int, key: str) -> ResponseReturnValue:
    """Ask for confirmation and choose a route; its legs become the plan, and booking it becomes an action."""
    congress = congress_queries.get(congress_id)
    delegation = delegation_queries.get(congress_id, delegation_id)
    problem = _problem(congress_id)
    asked = way_search.asked(way_search.form_for(congress, delegation), congress)
    found: Sequence[AlternativeRoute] = []
    part = None
    if asked:
        found = way_queries.find_for(congress, [delegation], asked)[delegation_id]
    if asked and "part" in request.args:
        parts = splits.of(congress, delegation, asked, found)
        part = next((one for one in parts if one.key == request.args["part"]), None)
        found = part.ways if part else []
    way = next((one for one in found if one.key == key), None)
    question: dict[str, Any] = {name: request.args.get(name) for name in (*way_search.FIELDS, "problem")}
    again = url_for("ways.show", congress_id=congress_id, delegation_id=delegation_id, **question)
    if way is None:
        flash(gettext("The data has changed since this route was shown. Check the routes again."))
        return redirect(again)
    if part and not part.stays:
        return _choose_apart(delegation, part, way, problem, again)
    form, given_up = ChooseWayForm(), ways.replaced(delegation, way)
    booked = [leg for leg in given_up if leg.status is LegStatus.BOOKED]
    called = " → ".join(_stops(way))
    title = gettext("Book the alternative route: %(way)s", way=called)
    return ask_first(
        lambda: ways.choose(
            delegation, way, problem=problem, by=reader(), title=title, then=_then(form, booked) if booked else {}
        ),
        name=delegation_name(delegation),
        question=gettext("Use the route %(way)s?", way=called),
        consequences=[
            *(_given_up(leg) for leg in given_up),
            gettext("The new legs are recorded as planned, and you are assigned an action to book them."),
        ],
        button=gettext("Use this route"),
        then=_delegation(delegation),
        trail=[(delegation_name(delegation), _delegation(delegation)), (gettext("Alternative routes"), again)],
        done=gettext("The route has been added to the journey. Booking it has been assigned to you as an action."),
        form=form,
        fields=("cancel", "refund") if booked else (),
    )


def _choose_apart(
    delegation: Delegation, part: Part, way: AlternativeRoute, problem: RouteProblem | None, again: str
) -> ResponseReturnValue:
    """Ask for confirmation and give some delegates a separate itinerary over a route."""
    called = " → ".join(_stops(way))
    who = listed(one.person.full_name for one in part.delegates)
    title = gettext("Book the separate route: %(way)s", way=called)
    return ask_first(
        lambda: ways.choose_apart(delegation, part.delegates, way, problem=problem, by=reader(), title=title),
        name=delegation_name(delegation),
        question=gettext("Use the route %(way)s for %(who)s?", way=called, who=who),
        consequences=[
            gettext("They get a separate itinerary; everyone else stays on the delegation’s shared one."),
            gettext("The new legs are recorded as planned, and you are assigned an action to book them."),
        ],
        button=gettext("Use this route"),
        then=_delegation(delegation),
        trail=[(delegation_name(delegation), _delegation(delegation)), (gettext("Alternative routes"), again)],
        done=gettext("The separate itinerary has been added. Booking it has been assigned to you as an action."),
    )


def _then(form: ChooseWayForm, booked: Sequence[Leg]) -> dict[FollowUpKind, str]:
    """Return the chosen actions for bookings that are no longer used."""
    legs = ", ".join(way_and_reference(leg) for leg in booked)
    titles = {
        FollowUpKind.CANCEL_BOOKING: (form.cancel, gettext("Cancel the booking: %(legs)s", legs=legs)),
        FollowUpKind.REFUND: (form.refund, gettext("Request a refund: %(legs)s", legs=legs)),
    }
    return {kind: title for kind, (ticked, title) in titles.items() if ticked.data}


def _given_up(leg: Leg) -> str:
    """Return a sentence on what happens to a leg that is replaced."""
    named = way_and_reference(leg)
    if leg.status is LegStatus.BOOKED:
        return str(
            gettext(
                "%(leg)s is no longer used. Its booking stays on record until someone marks it as canceled.", leg=named
            )
        )
    return str(gettext("%(leg)s is canceled.", leg=named))


@bp.route("/delegations/<int:delegation_id>/ways/undo", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def undo(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Ask for confirmation and return to the previous route."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    name = delegation_name(delegation)
    booked = [leg for leg in leg_queries.around_problems(delegation) if leg.status is LegStatus.BOOKED]
    cancel = gettext("Cancel the booking: %(legs)s", legs=", ".join(way_and_reference(leg) for leg in booked))
    return ask_first(
        lambda: ways.undo(delegation, by=reader(), cancel=cancel),
        name=name,
        question=gettext("Restore the previous route of %(delegation)s?", delegation=name),
        consequences=_restored(delegation),
        button=gettext("Restore the previous route"),
        then=_delegation(delegation),
        trail=[(name, _delegation(delegation))],
        done=gettext("The previous route has been restored, and the planned one has been removed."),
    )


def _restored(delegation: Delegation) -> list[str]:
    """Return sentences on what happens to each leg when the previous route is restored."""
    return [_taken_back(leg) for leg in leg_queries.around_problems(delegation)]


def _taken_back(leg: Leg) -> str:
    named = way_and_reference(leg)
    if leg.status is LegStatus.PLANNED:
        return str(gettext("%(leg)s is removed.", leg=named))
    if leg.status in HITTABLE:
        return (
            _given_up(leg) + " " + gettext("You are assigned an action to cancel it.")
            if leg.status is LegStatus.BOOKED
            else _given_up(leg)
        )
    return str(gettext("%(leg)s stays as it is.", leg=named))


def _day_earlier(way: AlternativeRoute, asked: RouteConstraints, congress: Congress) -> str | None:
    """Return the day before the start of a route as a form value; None if it is in the past."""
    starts_at = way.starts_at - timedelta(days=1)
    zone = asked.origin.timezone if asked.origin else congress.timezone
    return f"{starts_at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if starts_at > clock.now() else None


def _stops(way: way_queries.AlternativeRoute) -> list[str]:
    return [place_name(way.segments[0].origin), *(place_name(one.destination) for one in way.segments)]


def _problem(congress_id: int) -> RouteProblem | None:
    problem_id = request.args.get("problem", type=int)
    return problems.get(congress_id, problem_id) if problem_id is not None else None


def _delegation(delegation: Delegation) -> str:
    return url_for("delegations.show", congress_id=delegation.congress_id, delegation_id=delegation.id, _anchor="way")
