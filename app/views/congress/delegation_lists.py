"""Delegations from a pasted list."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.congress import delegation_lists
from app.domain.congress.delegation_lists import MOST_LINES, DelegationList
from app.forms.congress.delegation_lists import DelegationListForm
from app.forms.fields import given
from app.models.congress.delegations import Delegation
from app.policy import Permission
from app.queries.congress import congresses
from app.web import choices
from app.web.access import requires
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.wording.capacities import capacity_words

bp = Blueprint("delegation_lists", __name__, url_prefix="/congresses/<int:congress_id>/delegations")


@bp.route("/paste", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def paste(congress_id: int) -> ResponseReturnValue:
    """Record the delegations of a pasted list, after a preview."""
    congress = congresses.get(congress_id)
    form = DelegationListForm(choices.countries())

    def page(preview: Preview[DelegationList] | None) -> str:
        return render_template(
            "congress/delegation_lists/new.html", form=form, congress=congress, preview=preview, most=MOST_LINES
        )

    return submit_with_preview(
        form,
        draft=lambda: delegation_lists.understand(
            congress, str(form.delegations.data), capacity_words(), given(form.seats), given(form.classification)
        ),
        write=lambda listed: delegation_lists.record(congress, listed, form.answers(listed)),
        then=url_for("delegations.index", congress_id=congress_id),
        page=page,
        done=_done,
    )


def _done(recorded: list[Delegation]) -> str:
    return str(ngettext("%(num)d delegation recorded.", "%(num)d delegations recorded.", len(recorded)))
