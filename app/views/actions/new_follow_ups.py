"""The form for new actions: of a congress, of a campaign or of the house, and about what its address says."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.actions import follow_ups, proposals
from app.domain.actions.follow_ups import Where
from app.forms.actions.follow_ups import ESCALATION, AssignForm, RespondForm
from app.models.actions.follow_ups import FollowUp, FollowUpKind
from app.models.congress.delegations import Delegation
from app.models.travel.problems import RouteProblem
from app.policy import Permission
from app.queries.congress import delegations
from app.queries.travel import hits
from app.views.actions import about, choices
from app.web.access import requires
from app.web.another import carried, prefilled
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.submit import creates, submit
from app.web.templating import locale_tag
from app.wording.labels import delegation_name, label

bp = Blueprint("new_follow_ups", __name__)

_THE_SAME = ("assignee_id", "priority")
"""Fields whose values are kept when several actions are assigned in a row."""


@bp.route("/follow-ups/new", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def new() -> ResponseReturnValue:
    """Assign an action, or the same to each of several delegations.

    The query string may name the congress or campaign, and what the action is about (`about.SUBJECTS`).
    """
    where = choices.in_address()
    found = about.in_address(where)
    problem, named = found.get("problem"), found.pop("delegations", [])
    offered = [] if "leg" in found else _offered(where, problem)
    form = _form(where, problem, offered, named)
    if "leg" in found:
        named = [found["leg"].journey.delegation]
    return submit(
        form,
        creates(),
        write=lambda: _assign(form, where, found, form.chosen(offered) if offered else named),
        then=lambda created: _after_assigning(problem, created),
        otherwise=lambda: render_template(
            "actions/follow_ups/form.html",
            form=form,
            follow_up=None,
            escalation=ESCALATION,
            subjects=about.named(found),
            place=choices.named(where),
        ),
        done=lambda created: choices.said(
            gettext("Assigned. The daily letter mentions it when it is due."), created[0]
        ),
        another=lambda _: _next(form),
    )


def _offered(where: Where | None, problem: RouteProblem | None) -> list[Delegation]:
    """Return the delegations to choose from: those affected by the problem, or all of the congress."""
    congress_id = where.get("congress_id") if where else None
    if congress_id is None:
        return []
    if problem is not None:
        return list(delegations.some(congress_id, hits.impact(congress_id, problem.id).delegation_ids, locale_tag()))
    return list(delegations.listing(congress_id, locale_tag()))


def _form(
    where: Where | None, problem: RouteProblem | None, offered: list[Delegation], named: list[Delegation]
) -> AssignForm:
    """Return the form for a new action. The current user is the assignee; all affected delegations are chosen by default."""
    ticked = [one.id for one in named] or ([one.id for one in offered] if problem else [])
    given = {"delegations": ticked, "assignee_id": reader().id} | prefilled(*_THE_SAME, "place")
    form = RespondForm(**given) if problem else AssignForm(**given)
    if offered:
        everyone = gettext("all affected delegations") if problem else gettext("all delegations")
        form.offer_delegations([(one.id, delegation_name(one)) for one in offered], everyone)
    else:
        del form.whom, form.delegations
    if problem and isinstance(form, RespondForm):
        form.kind.offer(_kinds(problem))
    if where is None:
        keys = choices.places()
        form.place.offer(keys)
        choices.prepare(form, *(choices.where_of(key) for key, _name in keys))
        form.check(choices.check_assignee, "place", "assignee_id")
        form.check(choices.check_escalation, "place", "escalate_to_id")
    else:
        del form.place
        choices.prepare(form, where)
    return form


def _kinds(problem: RouteProblem) -> list[tuple[object, str]]:
    """Return the kinds of action for the cause of the problem, and the choice of another action."""
    proposed = proposals.proposed(problem.cause)
    return [
        *((kind.value, label(kind).capitalize()) for kind in proposed),
        ("", gettext("something else").capitalize()),
    ]


def _assign(form: AssignForm, where: Where | None, found: dict[str, Any], chosen: list[Delegation]) -> list[FollowUp]:
    where = choices.where_of(form.place.data) if where is None else where
    values = form.values(choices.assignee(where, form), reader().timezone, choices.escalate_to(where, form))
    kind = FollowUpKind(form.kind.data) if isinstance(form, RespondForm) and form.kind.data else None
    if kind and not values["title"]:
        values["title"] = label(kind).capitalize()
    return follow_ups.assign(values, by=reader(), delegations=chosen, kind=kind, **where, **found)


def _next(form: AssignForm) -> str:
    """Return the address of the form for the next action, with the same occasion, delegations and assignee."""
    same: dict[str, Any] = {name: request.args.getlist(name) for name in about.OCCASION}
    same |= carried(form, *_THE_SAME, *(name for name in ("place", "delegations") if name in form))
    same["delegation"] = same.pop("delegations", same["delegation"])
    return url_for("new_follow_ups.new", **same)


def _after_assigning(problem: RouteProblem | None, created: list[FollowUp]) -> str:
    if problem is not None:
        return url_for("problems.show", congress_id=problem.congress_id, problem_id=problem.id, _anchor="actions")
    return url_for("follow_ups.show", follow_up_id=created[0].id)
