"""How actions repeat."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.actions import repeating
from app.forms.actions.repeating import RepeatForm
from app.policy import Permission
from app.queries.actions import follow_ups
from app.web.access import requires
from app.web.current_user import reader
from app.web.submit import edits, submit

bp = Blueprint("repeating", __name__)


@bp.route("/follow-ups/<int:follow_up_id>/repeat", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def edit(follow_up_id: int) -> ResponseReturnValue:
    """Choose on which days an action repeats; a new series is local to the zone of the user."""
    follow_up = follow_ups.get(follow_up_id)
    zone = follow_up.series.timezone if follow_up.series and follow_up.repeats else reader().timezone
    day = repeating.day_of(follow_up, zone)
    form = RepeatForm.of(day, repeating.rule_from(follow_up))
    return submit(
        form,
        edits(follow_up),
        write=lambda: repeating.repeat(follow_up, form.values(), timezone=zone),
        then=url_for("follow_ups.show", follow_up_id=follow_up_id),
        otherwise=lambda: render_template(
            "actions/repeating/form.html", form=form, follow_up=follow_up, day=day, zone=zone
        ),
        done=gettext("Saved."),
    )
