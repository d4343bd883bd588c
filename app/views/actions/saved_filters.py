"""Filters of lists of actions that an account saves under a name."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.actions import saved_filters
from app.domain.actions.follow_ups import Where
from app.forms.actions.lists import SavedFilterForm
from app.policy import Permission
from app.queries.actions import saved_filters as saved_filter_queries
from app.views.actions import filters
from app.web.access import requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit
from app.web.undoing import written_together

bp = Blueprint("saved_filters", __name__, url_prefix="/follow-ups/filters")


@bp.get("")
@requires(Permission.FOLLOW_UP_VIEW)
def index() -> ResponseReturnValue:
    """Show the filters that the account has saved."""
    return render_template("actions/saved_filters/index.html", saved=saved_filter_queries.of_user(reader()))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_VIEW)
@creating
def new() -> ResponseReturnValue:
    """Save the filter in the address."""
    form, shown = SavedFilterForm(), filters.form_of(Where())
    return submit(
        form,
        creates(lambda saved: url_for("saved_filters.edit", filter_id=saved.id)),
        write=lambda: saved_filters.save(reader(), shown.parameters, form.values()),
        then=lambda saved: url_for("follow_up_lists.index", **saved.parameters),
        otherwise=lambda: render_template("actions/saved_filters/form.html", form=form, named=shown.named()),
        done=gettext("Saved. The filter is now a link above every list of actions."),
    )


@bp.route("/<int:filter_id>/edit", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_VIEW)
def edit(filter_id: int) -> ResponseReturnValue:
    """Rename a filter, or change whether lists begin with it."""
    saved = saved_filter_queries.get(filter_id, reader())
    form = SavedFilterForm(obj=saved)
    return submit(
        form,
        edits(saved),
        write=lambda: saved_filters.change(saved, reader(), form.values()),
        then=url_for("saved_filters.index"),
        otherwise=lambda: render_template("actions/saved_filters/form.html", form=form, saved=saved),
        done=gettext("Saved."),
    )


@bp.post("/<int:filter_id>/remove")
@requires(Permission.FOLLOW_UP_VIEW)
def remove(filter_id: int) -> ResponseReturnValue:
    """Remove a filter."""
    saved = saved_filter_queries.get(filter_id, reader())
    return press(
        lambda: written_together(lambda: saved_filters.remove(saved), saved.name),
        then=url_for("saved_filters.index"),
        done=gettext("The filter was removed."),
    )
