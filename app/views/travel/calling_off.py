"""Calling off a problem, and undoing it."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.travel import calling_off
from app.forms.base import Button
from app.models.actions.follow_ups import AFTER_REROUTING
from app.models.travel.problems import RouteProblem
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.congress import congresses
from app.queries.press import articles
from app.queries.travel import check_ins, hits, problems
from app.web.access import requires
from app.web.current_user import reader
from app.web.submit import ACTS, press, submit
from app.wording.problems import problem_title

bp = Blueprint("calling_off", __name__, url_prefix="/congresses/<int:congress_id>/problems/<int:problem_id>")


@bp.route("/call-off", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
def call_off(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Ask for confirmation, listing the consequences, and call off a problem."""
    problem = problems.get(congress_id, problem_id)
    page = url_for("problems.show", congress_id=congress_id, problem_id=problem_id)
    board = (congresses.get(congress_id).title, url_for("congresses.board", congress_id=congress_id))
    form = Button()
    return submit(
        form,
        ACTS,
        write=lambda: calling_off.call_off(problem, by=reader()),
        then=page,
        otherwise=lambda: render_template(
            "travel/problems/call_off.html", form=form, problem=problem, consequences=_consequences(problem),
            trail=[board, (problem_title(problem), page)],
        ),
        done=gettext("The problem has been withdrawn. Everything recorded about it is kept."),
    )  # fmt: skip


@bp.post("/reinstate")
@requires(Permission.PROBLEM_EDIT)
def reinstate(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Undo calling off a problem."""
    problem = problems.get(congress_id, problem_id)
    page = url_for("problems.show", congress_id=congress_id, problem_id=problem_id)
    done = gettext("The problem applies again, with its proposed actions.")
    return press(lambda: calling_off.reinstate(problem), then=page, done=done)


def _consequences(problem: RouteProblem) -> list[str]:
    """Return the consequences of calling off a problem, as sentences."""
    legs = len(hits.impact(problem.congress_id, problem.id).leg_ids)
    actions = [one for one in follow_ups.of_problem(problem.id) if one.is_open]
    proposed = sum(one.kind is not None and one.kind not in AFTER_REROUTING for one in actions)
    roll, cited = check_ins.roll(problem), len(articles.cited_on(problem.id))
    answers = ngettext("%(num)d answer", "%(num)d answers", roll.asked - len(roll.silent))
    counted = (
        (legs, ngettext("%(num)d leg is no longer affected.", "%(num)d legs are no longer affected.", legs)),
        (
            proposed,
            ngettext(
                "%(num)d proposed action and its reminders are withdrawn.",
                "%(num)d proposed actions and their reminders are withdrawn.",
                proposed,
            ),
        ),
        (
            len(actions) - proposed,
            ngettext(
                "%(num)d other open action stays open.",
                "%(num)d other open actions stay open.",
                len(actions) - proposed,
            ),
        ),
        (
            roll.asked,
            ngettext(
                "%(num)d check-in with %(answers)s is kept. Its email is canceled if it has not been sent yet.",
                "%(num)d check-ins with %(answers)s are kept. Emails that have not been sent yet are canceled.",
                roll.asked,
                answers=answers,
            ),
        ),
        (cited, ngettext("%(num)d citation is kept.", "%(num)d citations are kept.", cited)),
    )
    return [sentence for count, sentence in counted if count] or [gettext("Nothing depends on it.")]
