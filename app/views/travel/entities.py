"""Further entities that a problem affects, and further periods."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import problems
from app.forms.travel.problems import ENTITY_FIELDS, PERIOD_ROWS, EntityForm, PeriodForm
from app.models.travel.problems import InformedEntity, RouteProblem
from app.policy import Permission
from app.queries.congress import congresses as congress_queries
from app.queries.travel import problems as problem_queries
from app.views.travel import problem_entry
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, press, submit
from app.wording.problems import entity_title, problem_title

bp = Blueprint("entities", __name__, url_prefix="/congresses/<int:congress_id>/problems/<int:problem_id>")


@bp.route("/touches/new", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
@creating
def new(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Add an entity that the problem affects: an alternative, or with `joined` in the address one that another is limited to."""
    congress = congress_queries.get(congress_id)
    problem = problem_queries.get(congress_id, problem_id)
    number = request.args.get("joined", type=int)
    joined_to = problem_queries.get_entity(problem, number) if number else None
    form = EntityForm()
    problem_entry.offer(form, congress)
    return submit(
        form,
        creates(),
        write=lambda: problems.add_entity(problem, form.entity(), joined_to=joined_to),
        then=_location(problem),
        otherwise=lambda: render_template(
            "travel/problems/more.html",
            form=form,
            congress=congress,
            problem=problem,
            fields=ENTITY_FIELDS,
            title=_limits(joined_to) if joined_to else gettext("What else does it cover?"),
            carriers=problem_entry.carrier_names(congress),
        ),
        done=gettext("Saved. Everyone affected is listed below."),
    )


@bp.post("/touches/<int:entity_id>/remove")
@requires(Permission.PROBLEM_EDIT)
def remove(congress_id: int, problem_id: int, entity_id: int) -> ResponseReturnValue:
    """Remove an entity from the problem."""
    problem = problem_queries.get(congress_id, problem_id)
    entity = problem_queries.get_entity(problem, entity_id)
    name = entity_title(entity, closed=problem.closes)
    return _pressed(problem, lambda: problems.remove_entity(problem, entity), name)


@bp.route("/periods/new", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
@creating
def new_period(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Add a period to the problem."""
    congress = congress_queries.get(congress_id)
    problem = problem_queries.get(congress_id, problem_id)
    form = PeriodForm()
    return submit(
        form,
        creates(),
        write=lambda: problems.add_period(problem, form.period(congress.timezone)),
        then=_location(problem),
        otherwise=lambda: render_template(
            "travel/problems/more.html",
            form=form,
            congress=congress,
            problem=problem,
            fields=PERIOD_ROWS,
            title=gettext("When else does it apply?"),
            carriers=(),
        ),
        done=gettext("Saved. Everyone affected is listed below."),
    )


@bp.post("/periods/<int:period_id>/remove")
@requires(Permission.PROBLEM_EDIT)
def remove_period(congress_id: int, problem_id: int, period_id: int) -> ResponseReturnValue:
    """Remove a period from the problem."""
    problem = problem_queries.get(congress_id, problem_id)
    period = problem_queries.get_period(problem, period_id)
    return _pressed(problem, lambda: problems.remove_period(problem, period), problem_title(problem))


def _pressed(problem: RouteProblem, change: Callable[[], None], name: str) -> ResponseReturnValue:
    return press(change, then=_location(problem), done=gettext("Saved. Everyone affected is listed below."), undo=name)


def _limits(entity: InformedEntity) -> str:
    return str(gettext("To what is “%(what)s” limited?", what=entity_title(entity, closed=entity.problem.closes)))


def _location(problem: RouteProblem) -> str:
    return url_for("problems.show", congress_id=problem.congress_id, problem_id=problem.id)
