"""The settings of the house."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import approvals, house
from app.forms.accounts.house import HouseForm
from app.models.accounts.accounts import Role
from app.models.accounts.approvals import ApprovalRequest
from app.models.accounts.house import Rule
from app.policy import Permission
from app.queries.accounts import house as house_queries
from app.queries.accounts.audit import History
from app.web.access import requires
from app.web.current_user import reader
from app.web.history import history_of
from app.web.submit import ACTS, submit

bp = Blueprint("house", __name__)


@bp.route("/house", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, fresh=True)
def settings() -> ResponseReturnValue:
    """Set which roles need a second factor, who decides on crossings, and what needs two admins."""
    form = HouseForm(
        roles=house_queries.factor_roles(),
        crossing_rule=house_queries.crossing_rule(),
        rules=sorted(house_queries.rules()),
    )
    return submit(
        form,
        ACTS,
        write=lambda: _save(form),
        then=url_for("house.settings"),
        otherwise=lambda: render_template("accounts/house/settings.html", form=form, history=_history()),
        done=_saved,
    )


def _save(form: HouseForm) -> ApprovalRequest | None:
    house.change(factor_roles=[Role(one) for one in form.roles.data or []])
    asked = approvals.set_crossing_rule(form.crossing_rule.data, by=reader())
    return approvals.set_rules({Rule(one) for one in form.rules.data or []}, by=reader()) or asked


def _saved(asked: ApprovalRequest | None) -> str:
    if asked is None:
        return str(gettext("Saved."))
    waits = gettext(
        "Saved, except for what needs two admins: another admin has to approve this, and has been told by email."
    )
    return str(waits)


def _history() -> History | None:
    """Return who changed the settings, if anybody has yet."""
    stored = house_queries.stored()
    return history_of(stored) if stored else None
