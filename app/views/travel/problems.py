"""Route problems: whom they affect, and what is done about them."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app import clock
from app.domain.press import articles
from app.domain.travel import problems
from app.forms.listing import ListForm
from app.forms.press.articles import CiteArticleForm
from app.forms.travel.problems import DAILY_HOURS, ProblemForm
from app.models.congress.congresses import Congress
from app.models.travel.problems import RouteProblem
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations
from app.queries.paging import slice_of
from app.queries.press import articles as article_queries
from app.queries.travel import help_calls, hits, tallies
from app.queries.travel import legs as leg_queries
from app.queries.travel import problems as problem_queries
from app.queries.travel.impacts import NOTHING
from app.views.press import choices as press_choices
from app.views.travel import problem_entry
from app.web.access import requires
from app.web.asking import ask_first
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.submit import ACTS, creates, edits, submit
from app.web.templating import locale_tag
from app.wording.problems import problem_title

ROWS = 10
"""Delegations per page."""
LEGS = 3
"""Legs listed for each of them; the others are counted, and its own page lists them."""

bp = Blueprint("problems", __name__, url_prefix="/congresses/<int:congress_id>/problems")


@bp.get("")
@requires(Permission.PROBLEM_VIEW)
def index(congress_id: int) -> ResponseReturnValue:
    """Show the problems on the routes to a congress."""
    congress = congress_queries.get(congress_id)
    shows = [
        ("", gettext("all")),
        (problem_queries.Show.AHEAD.value, gettext("current or upcoming")),
        (problem_queries.Show.OVER.value, gettext("ended")),
        (problem_queries.Show.CALLED_OFF.value, gettext("withdrawn")),
    ]
    form = ListForm(gettext("Country, place, carrier or reference"), shows)
    page = problem_queries.find(congress_id, form.typed, form.shown, page_number())
    return render_template(
        "travel/problems/index.html",
        congress=congress,
        form=form,
        page=page,
        impacts=hits.of_current(page.rows, hits.survey(congress_id)[1]),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
@creating
def new(congress_id: int) -> ResponseReturnValue:
    """Create a problem."""
    congress = congress_queries.get(congress_id)
    form = ProblemForm(country=congress.country)
    problem_entry.offer(form, congress)
    problem_entry.check_period(form, congress)
    return submit(
        form,
        creates(_editor),
        write=lambda: problems.create(congress, form.values(congress.timezone), by=reader()),
        then=_location,
        otherwise=lambda: _page(form, congress, None),
        done=gettext("Recorded. Everyone affected is listed below."),
    )


@bp.get("/<int:problem_id>")
@requires(Permission.PROBLEM_VIEW)
def show(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Show whom a problem affects, and why."""
    problem = problem_queries.get(congress_id, problem_id)
    tally = tallies.of(problem, locale_tag())
    actions = follow_ups.of_problem(problem_id)
    page = slice_of(tally.delegation_ids, page_number(), size=ROWS)
    listed = (page.rows, tally.warned_ids[:ROWS], tally.lost_ids[:ROWS])
    shown = delegations.by_id(congress_id, {one for ids in listed for one in ids})
    impact, lost = hits.legs_of(problem, shown.keys()) if shown else (NOTHING, NOTHING)
    grouped, warned_grouped, lost_grouped = impact.of(listed[0]), impact.warnings_of(listed[1]), lost.of(listed[2])
    on_page = [one[:LEGS] for found in (grouped, lost_grouped, warned_grouped) for one in found.values()]
    legs = leg_queries.by_id(congress_id, {hit.leg_id for hits_of_one in on_page for hit in hits_of_one})
    return render_template(
        "travel/problems/show.html",
        congress=congress_queries.get(congress_id),
        problem=problem,
        tally=tally,
        grouped=grouped,
        lost_grouped=lost_grouped,
        lost_shown=[shown[one] for one in listed[2]],
        legs=legs,
        at_most=LEGS,
        entities={entity.id: entity for entity in problem.informed_entities},
        page=page.of([shown[one] for one in page.rows]),
        warned=[shown[one] for one in listed[1]],
        warned_grouped=warned_grouped,
        over=problem_queries.is_over(problem),
        has_begun=problem_queries.has_begun(problem),
        history=history_of(problem),
        records=problem_queries.past_hits(problem_id),
        follow_ups=actions,
        last_done=follow_ups.last_done(actions),
        help_calls=help_calls.open_of_problem(congress_id, problem_id),
        cared_for={one.delegation_id for one in actions if one.is_open},
        citations=article_queries.cited_on(problem_id),
    )


@bp.route("/<int:problem_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
def edit(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Edit a problem."""
    congress = congress_queries.get(congress_id)
    problem = problem_queries.get(congress_id, problem_id)
    typed = problem_entry.typed_period(problem.active_periods[0], congress)
    first = problem.informed_entities[:1]
    form = ProblemForm(obj=problem, **typed, **(problem_entry.typed_entity(first[0]) if first else {}))
    problem_entry.offer(form, congress)
    problem_entry.check_period(form, congress)
    return submit(
        form,
        edits(problem),
        write=lambda: problems.update(problem, form.values(congress.timezone), by=reader()),
        then=_location(problem),
        otherwise=lambda: _page(form, congress, problem),
        done=gettext("Saved. Everyone affected is listed below."),
    )


@bp.route("/<int:problem_id>/lift", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
def lift(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Ask for confirmation and mark a problem as over."""
    problem = problem_queries.get(congress_id, problem_id)
    title = problem_title(problem)
    return ask_first(
        lambda: problems.lift(problem),
        name=title,
        question=gettext("Has “%(problem)s” ended?", problem=title),
        consequences=_ends_with(problem),
        button=gettext("Mark as ended"),
        then=_location(problem),
        trail=[(title, _location(problem))],
        done=gettext("The problem is now marked as ended."),
    )


@bp.route("/<int:problem_id>/articles", methods=["GET", "POST"])
@requires(Permission.CITATION_EDIT)
def cite(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Cite an article as evidence of a problem."""
    problem = problem_queries.get(congress_id, problem_id)
    form = CiteArticleForm()
    press_choices.offer_articles(form.article, [one.article for one in article_queries.cited_on(problem_id)])
    congress = congress_queries.get(congress_id)
    return submit(
        form,
        ACTS,
        write=lambda: articles.cite_on_problem(form.article.data, problem, by=reader()),
        then=_location(problem),
        otherwise=lambda: render_template("travel/problems/cite.html", form=form, congress=congress, problem=problem),
        done=gettext("Cited."),
    )


def _page(form: ProblemForm, congress: Congress, problem: RouteProblem | None) -> str:
    carriers = problem_entry.carrier_names(congress)
    return render_template(
        "travel/problems/form.html",
        form=form,
        congress=congress,
        problem=problem,
        carriers=carriers,
        daily_hours=DAILY_HOURS,
    )


def _ends_with(problem: RouteProblem) -> list[str]:
    """Return the consequences of marking a problem as over, as sentences."""
    legs = len(hits.impact(problem.congress_id, problem.id).leg_ids)
    ahead = sum(period.starts_at > clock.now() for period in problem.active_periods)
    counted = (
        (legs, ngettext("%(num)d leg is no longer affected.", "%(num)d legs are no longer affected.", legs)),
        (ahead, ngettext("%(num)d future period is dropped.", "%(num)d future periods are dropped.", ahead)),
    )
    ends = gettext("Its end is set to now, replacing any end already recorded.")
    return [ends, *(sentence for count, sentence in counted if count)]


def _location(problem: RouteProblem) -> str:
    return url_for("problems.show", congress_id=problem.congress_id, problem_id=problem.id)


def _editor(problem: RouteProblem) -> str:
    return url_for("problems.edit", congress_id=problem.congress_id, problem_id=problem.id)
