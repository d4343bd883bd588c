"""Using a template of actions in a congress, in a campaign or in the house."""

from datetime import date

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.actions import template_uses
from app.domain.actions.template_uses import Plan
from app.forms.actions.templates import UseForm, named_roles
from app.forms.fields import given
from app.models.actions.follow_ups import FollowUp
from app.models.actions.templates import Anchor
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.policy import Permission
from app.queries.actions import templates as template_queries
from app.views.actions import about, choices
from app.web.access import may_on, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.web.undoing import undoable
from app.wording.formats import day

bp = Blueprint("template_uses", __name__)


@bp.route("/action-templates/<int:template_id>/use", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def new(template_id: int) -> ResponseReturnValue:
    """Create the actions of a template around a date, after a preview.

    The query string may name the congress or campaign, and what the actions are about (`about.SUBJECTS`).
    """
    template = template_queries.get(template_id)
    own = choices.where(template)
    where = choices.in_address() or own
    place = choices.named(where)
    if (own and own != where) or (place is None and not may_on(Permission.FOLLOW_UP_ASSIGN, None, None)):
        abort(404)
    found = about.in_address(where)
    found["delegation"] = next(iter(found.pop("delegations", [])), None)
    offered = choices.by_choice(where)
    form = UseForm(assignee_id=reader().id)
    form.assignee_id.offer([(choice, choices.called(one, where)) for choice, one in offered.items()])
    form.kind.offer(_dates(place))
    zone = place.timezone if place else reader().timezone

    def write(plan: Plan) -> list[FollowUp]:
        assignees = form.assignees(plan.roles, offered)
        return undoable(
            lambda: template_uses.apply(template, plan, assignees, by=reader(), where=where, about=found),
            template.title,
        )()

    def page(preview: Preview[Plan] | None) -> str:
        return render_template(
            "actions/template_uses/new.html",
            form=form,
            preview=preview,
            template=template,
            place=place,
            zone=zone,
            subjects=about.named(found),
            fields=[name for name, _role in named_roles(preview.draft.roles)] if preview else [],
        )

    return submit_with_preview(
        form,
        draft=lambda: template_uses.plan(template, form.kind.data, _date(form, place), zone),
        write=write,
        then=url_for(choices.list_of(where), **where),
        page=page,
        done=lambda created: ngettext("%(num)d action was created.", "%(num)d actions were created.", len(created)),
    )


def _dates(place: Congress | Campaign | None) -> list[tuple[str, str]]:
    """Return the dates from which the days of a template may count, by the value of the anchor."""
    offered = []
    if place is not None:
        offered.append((Anchor.START.value, gettext("First day: %(day)s", day=day(place.start_date))))
        if place.end_date is not None:
            offered.append((Anchor.END.value, gettext("Last day: %(day)s", day=day(place.end_date))))
    return [*offered, (Anchor.DAY.value, gettext("Another date"))]


def _date(form: UseForm, place: Congress | Campaign | None) -> date:
    """Return the chosen date; a first or last day is offered only where there is one."""
    anchor = form.kind.data
    if place is None or anchor is Anchor.DAY:
        day: date = given(form.day)
        return day
    return place.start_date if anchor is Anchor.START else place.end_date or abort(404)
