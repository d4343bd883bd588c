"""Route problems: whom each hits, and what is done about it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain import articles, problems
from app.domain.times import to_instant, to_local
from app.forms.articles import CiteArticleForm
from app.forms.base import Button
from app.forms.problems import ProblemForm
from app.models.congresses import Congress
from app.models.problems import RouteProblem
from app.policy import Permission
from app.queries import articles as article_queries
from app.queries import congresses as congress_queries
from app.queries import follow_ups, hits, travel
from app.queries import problems as problem_queries
from app.views import choices
from app.views.guard import requires
from app.views.reader import reader
from app.views.saving import save

bp = Blueprint("problems", __name__, url_prefix="/congresses/<int:congress_id>/problems")


@bp.get("")
@requires(Permission.PROBLEM_VIEW)
def index(congress_id: int) -> ResponseReturnValue:
    """Show all problems on the way to a congress."""
    congress = congress_queries.get(congress_id)
    recorded = problem_queries.listing(congress_id)
    impacts = {problem.id: hits.impact(congress_id, problem.id) for problem in recorded}
    return render_template(
        "problems/index.html", congress=congress, problems=recorded, impacts=impacts, is_over=problem_queries.is_over
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
def new(congress_id: int) -> ResponseReturnValue:
    """Record a problem."""
    congress = congress_queries.get(congress_id)
    form = _form(ProblemForm(country=congress.country))
    if form.validate_on_submit():
        saved = save(
            form,
            lambda: problems.create(congress, _values(form, congress), by=reader()),
            _location,
            gettext("Recorded. This is whom it hits."),
            creates=True,
        )
        if saved:
            return saved
    return _page(form, congress, None)


@bp.get("/<int:problem_id>")
@requires(Permission.PROBLEM_VIEW)
def show(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Show whom a problem hits, and why."""
    problem = problem_queries.get(congress_id, problem_id)
    impact = hits.impact(congress_id, problem_id)
    actions = follow_ups.of_problem(problem_id)
    return render_template(
        "problems/show.html",
        congress=congress_queries.get(congress_id),
        problem=problem,
        impact=impact,
        lost=hits.impact(congress_id, problem_id, hits.LOST),
        over=problem_queries.is_over(problem),
        follow_ups=actions,
        cared_for={one.delegation_id for one in actions},
        citations=article_queries.cited_on(problem_id),
    )


@bp.route("/<int:problem_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
def edit(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Change what is recorded about a problem."""
    congress = congress_queries.get(congress_id)
    problem = problem_queries.get(congress_id, problem_id)
    form = _form(ProblemForm(obj=problem, **_typed(problem, congress)))
    if form.validate_on_submit():
        saved = save(
            form,
            lambda: problems.update(problem, _values(form, congress)),
            lambda _: _location(problem),
            gettext("Saved. This is whom it hits now."),
        )
        if saved:
            return saved
    return _page(form, congress, problem)


@bp.post("/<int:problem_id>/lift")
@requires(Permission.PROBLEM_EDIT)
def lift(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Note that the problem is over."""
    problem = problem_queries.get(congress_id, problem_id)
    form = Button()
    done = gettext("The problem is over as of now.")
    saved = save(form, lambda: problems.lift(problem), lambda _: _location(problem), done)
    if saved:
        return saved
    for error in form.form_errors:
        flash(error)
    return redirect(url_for("problems.edit", congress_id=congress_id, problem_id=problem_id))


@bp.route("/<int:problem_id>/articles", methods=["GET", "POST"])
@requires(Permission.CITATION_EDIT)
def cite(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Cite an article as evidence of a problem."""
    problem = problem_queries.get(congress_id, problem_id)
    form = CiteArticleForm()
    form.article.choices = choices.all_articles(one.article for one in article_queries.cited_on(problem_id))
    if form.validate_on_submit():
        saved = save(
            form,
            lambda: articles.cite_on_problem(form.article.data, problem, by=reader()),
            lambda _: _location(problem),
            gettext("Cited."),
        )
        if saved:
            return saved
    congress = congress_queries.get(congress_id)
    return render_template("problems/cite.html", form=form, congress=congress, problem=problem), form.http_status


def _form(form: ProblemForm) -> ProblemForm:
    form.country.offer(choices.countries())
    form.place.choices = choices.places()
    return form


def _page(form: ProblemForm, congress: Congress, problem: RouteProblem | None) -> ResponseReturnValue:
    carriers = travel.carriers(congress.id)
    return render_template(
        "problems/form.html", form=form, congress=congress, problem=problem, carriers=carriers
    ), form.http_status


def _values(form: ProblemForm, congress: Congress) -> Any:
    """Return the form's values with instants for the congress's local times, and the one thing it touches."""
    values = form.values()
    entity = {name: values.pop(name) for name in ("kind", "country", "place", "carrier")}
    starts, ends = values.pop("starts"), values.pop("ends")
    values["starts_at"] = to_instant(starts, congress.timezone, "starts")
    values["ends_at"] = to_instant(ends, congress.timezone, "ends") if ends else None
    values["entities"] = [entity]
    return values


def _typed(problem: RouteProblem, congress: Congress) -> dict[str, Any]:
    period, entity = problem.active_periods[0], problem.informed_entities[0]
    return {
        "kind": entity.kind,
        "country": entity.country,
        "place": entity.place,
        "carrier": entity.carrier,
        "starts": to_local(period.starts_at, congress.timezone),
        "ends": to_local(period.ends_at, congress.timezone) if period.ends_at else None,
    }


def _location(problem: RouteProblem) -> str:
    return url_for("problems.show", congress_id=problem.congress_id, problem_id=problem.id)
