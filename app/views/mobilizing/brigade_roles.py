"""The roles of a brigade."""

from functools import partial

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.mobilizing import brigades
from app.forms.mobilizing.brigades import RoleForm
from app.models.mobilizing.brigades import Brigade, BrigadeRole
from app.policy import Permission
from app.queries.mobilizing import brigades as brigade_queries
from app.views.mobilizing.brigades import location
from app.views.people.parts import part_of
from app.web.access import requires
from app.web.asking import ask_first
from app.web.form_keys import creating
from app.web.submit import creates, edits, submit
from app.wording.brigades import role_name

bp = Blueprint("brigade_roles", __name__, url_prefix="/campaigns/<int:campaign_id>/brigades/<int:brigade_id>/roles")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
@creating
def new(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Add a role to a brigade."""
    brigade, form = brigade_queries.get(campaign_id, brigade_id), RoleForm()
    form.check(partial(brigades.check_role, brigade=brigade), "kind", "name")
    return submit(
        form,
        creates(_editor),
        write=lambda: brigades.add_role(brigade, form.values()),
        then=location(brigade),
        otherwise=lambda: _page(form, brigade),
        done=gettext("Saved."),
        another=url_for("brigade_roles.new", campaign_id=campaign_id, brigade_id=brigade_id),
    )


@bp.route("/<int:role_id>/edit", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def edit(campaign_id: int, brigade_id: int, role_id: int) -> ResponseReturnValue:
    """Edit a role of a brigade."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    role = part_of(brigade.roles, role_id)
    form = RoleForm(obj=role)
    form.check(partial(brigades.check_role, brigade=brigade, own=role), "kind", "name")
    return submit(
        form,
        edits(role),
        write=lambda: brigades.update_role(role, form.values()),
        then=location(brigade),
        otherwise=lambda: _page(form, brigade, role),
        done=gettext("Saved."),
    )


@bp.route("/<int:role_id>/remove", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def remove(campaign_id: int, brigade_id: int, role_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a role from a brigade."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    role = part_of(brigade.roles, role_id)
    name, having = role_name(role), sum(member.role is role for member in brigade.members)
    return ask_first(
        lambda: brigades.remove_role(role),
        name=name,
        question=gettext("Remove the role “%(name)s”?", name=name),
        consequences=[
            ngettext(
                "%(num)d person who has it stays in the brigade without a role.",
                "%(num)d people who have it stay in the brigade without a role.",
                having,
            )
        ],
        button=gettext("Remove"),
        then=location(brigade),
        trail=[(brigade.name, location(brigade))],
        done=gettext("Removed."),
    )


def _editor(role: BrigadeRole) -> str:
    return url_for("brigade_roles.edit", campaign_id=role.campaign_id, brigade_id=role.brigade_id, role_id=role.id)


def _page(form: RoleForm, brigade: Brigade, role: BrigadeRole | None = None) -> str:
    return render_template("mobilizing/brigade_roles/form.html", form=form, brigade=brigade, role=role)
