"""By a personal link, hosts add pictures, which organizers approve, and what the press wrote."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mobilizing import coverage
from app.forms.mobilizing.coverage import AddressForm, PictureForm
from app.models.mobilizing.sign_ups import SignUp
from app.queries.mobilizing import coverage as coverage_queries
from app.views.mobilizing.hosting import LINK, mobilization_of
from app.views.mobilizing.picture_files import picture_file
from app.web.submit import ACTS, submit

bp = Blueprint("host_coverage", __name__, url_prefix="/hosting/<token>")


@bp.route("/pictures", methods=["GET", "POST"])
@LINK.opens
def picture(sign_up: SignUp) -> ResponseReturnValue:
    """Add a picture; an organizer looks at it before everybody sees it."""
    mobilization, form = mobilization_of(sign_up), PictureForm()
    return submit(
        form,
        ACTS,
        write=lambda: coverage.add_picture(mobilization, form.values(), is_shown=False),
        then=url_for("hosting.show"),
        otherwise=lambda: render_template("mobilizing/coverage/picture.html", form=form, mobilization=mobilization),
        done=gettext("Saved. An organizer looks at it before everybody sees it."),
    )


@bp.get("/pictures/<int:picture_id>/<size>.jpg")
@LINK.opens
def file(sign_up: SignUp, picture_id: int, size: str) -> ResponseReturnValue:
    """Return a picture of the host's mobilization."""
    return picture_file(coverage_queries.get_picture(mobilization_of(sign_up), picture_id), size)


@bp.route("/press", methods=["GET", "POST"])
@LINK.opens
def press_link(sign_up: SignUp) -> ResponseReturnValue:
    """Add what the press wrote, by its address."""
    mobilization, form = mobilization_of(sign_up), AddressForm()
    return submit(
        form,
        ACTS,
        write=lambda: coverage.add_press_link(mobilization, form.values()),
        then=url_for("hosting.show"),
        otherwise=lambda: render_template("mobilizing/coverage/press_link.html", form=form, mobilization=mobilization),
        done=gettext("Saved. Thank you!"),
    )
