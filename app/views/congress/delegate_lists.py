"""Delegates from a pasted list."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.congress import delegate_lists
from app.domain.congress.delegate_lists import MOST_LINES, DelegateList
from app.forms.congress.delegate_lists import DelegateListForm
from app.models.congress.delegations import Delegate
from app.policy import Permission
from app.queries.congress import congresses, delegations
from app.web.access import requires
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.wording.capacities import capacity_words

bp = Blueprint(
    "delegate_lists", __name__, url_prefix="/congresses/<int:congress_id>/delegations/<int:delegation_id>/delegates"
)


@bp.route("/paste", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
@creating
def paste(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Add the people of a pasted list to the delegation, after showing how the list was understood."""
    delegation = delegations.get(congress_id, delegation_id)
    congress = congresses.get(congress_id)
    form = DelegateListForm()

    def page(preview: Preview[DelegateList] | None) -> str:
        return render_template(
            "congress/delegate_lists/new.html", form=form, congress=congress, delegation=delegation, preview=preview,
            most=MOST_LINES,
        )  # fmt: skip

    return submit_with_preview(
        form,
        draft=lambda: delegate_lists.understand(delegation, str(form.people.data), capacity_words()),
        write=lambda listed: delegate_lists.seat(delegation, listed, form.chosen(listed)),
        then=url_for("delegations.show", congress_id=congress_id, delegation_id=delegation_id),
        page=page,
        done=_done,
    )


def _done(seated: list[Delegate]) -> str:
    return str(ngettext("%(num)d delegate recorded.", "%(num)d delegates recorded.", len(seated)))
