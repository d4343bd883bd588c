"""Pictures of a mobilization and what the press wrote about it, for organizers."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import removals
from app.domain.mobilizing import coverage
from app.forms.mobilizing.coverage import PictureForm, PressForm
from app.models.mobilizing.mobilizations import Mobilization
from app.policy import Permission
from app.queries.mobilizing import coverage as coverage_queries
from app.queries.mobilizing import mobilizations
from app.views.mobilizing.picture_files import picture_file
from app.views.press.choices import offer_articles
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.removals import Removed
from app.web.submit import creates, press, submit

bp = Blueprint("coverage", __name__, url_prefix="/campaigns/<int:campaign_id>/mobilizations/<int:mobilization_id>")


@bp.route("/pictures/new", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
@creating
def new_picture(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Add a picture that everybody sees."""
    mobilization, form = mobilizations.get(campaign_id, mobilization_id), PictureForm()
    return submit(
        form,
        creates(),
        write=lambda: coverage.add_picture(mobilization, form.values(), is_shown=True),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "mobilizing/coverage/picture.html", form=form, mobilization=mobilization, parents=_trail(mobilization)
        ),
        done=gettext("Saved."),
    )


@bp.get("/pictures/<int:picture_id>/<size>.jpg")
@requires(Permission.MOBILIZATION_VIEW)
def picture(campaign_id: int, mobilization_id: int, picture_id: int, size: str) -> ResponseReturnValue:
    """Return a picture, whether everybody sees it or not."""
    mobilization = mobilizations.get(campaign_id, mobilization_id)
    return picture_file(coverage_queries.get_picture(mobilization, picture_id), size)


@bp.post("/pictures/<int:picture_id>/show")
@requires(Permission.MOBILIZATION_EDIT)
def show_picture(campaign_id: int, mobilization_id: int, picture_id: int) -> ResponseReturnValue:
    """Let everybody see a picture."""
    mobilization = mobilizations.get(campaign_id, mobilization_id)
    picture = coverage_queries.get_picture(mobilization, picture_id)
    return press(
        lambda: coverage.show_picture(picture), then=_location(mobilization), done=gettext("Everybody sees it now.")
    )


@bp.post("/pictures/<int:picture_id>/hide")
@requires(Permission.MOBILIZATION_EDIT)
def hide_picture(campaign_id: int, mobilization_id: int, picture_id: int) -> ResponseReturnValue:
    """Show a picture to organizers and the host only."""
    mobilization = mobilizations.get(campaign_id, mobilization_id)
    picture = coverage_queries.get_picture(mobilization, picture_id)
    return press(
        lambda: coverage.hide_picture(picture),
        then=_location(mobilization),
        done=gettext("Only you and the host see it now."),
    )


@bp.post("/pictures/<int:picture_id>/remove")
@requires(Permission.MOBILIZATION_EDIT)
def remove_picture(campaign_id: int, mobilization_id: int, picture_id: int) -> ResponseReturnValue:
    """Remove a picture."""
    mobilization = mobilizations.get(campaign_id, mobilization_id)
    picture = coverage_queries.get_picture(mobilization, picture_id)
    return press(
        lambda: removals.remove(picture, by=reader()),
        then=_location(mobilization),
        done=gettext("Removed. It can be restored under “Recently removed”."),
    )


@bp.post("/pictures/<int:picture_id>/bring-back")
@requires(Permission.MOBILIZATION_EDIT)
def bring_back_picture(campaign_id: int, mobilization_id: int, picture_id: int) -> ResponseReturnValue:
    """Restore a removed picture."""
    mobilization = mobilizations.get(campaign_id, mobilization_id)
    picture = coverage_queries.get_restorable_picture(mobilization, picture_id)
    return press(lambda: removals.bring_back(picture), then=_location(mobilization), done=gettext("Restored."))


@bp.route("/press/new", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
@creating
def new_press_link(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Add what the press wrote: an article on record, or an address."""
    mobilization, form = mobilizations.get(campaign_id, mobilization_id), PressForm()
    known = coverage_queries.press_of(mobilization.id)
    offer_articles(form.article, [one.article for one in known if one.article])
    return submit(
        form,
        creates(),
        write=lambda: coverage.add_press_link(mobilization, form.values()),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "mobilizing/coverage/press_link.html", form=form, mobilization=mobilization, parents=_trail(mobilization)
        ),
        done=gettext("Saved."),
    )


@bp.post("/press/<int:press_link_id>/remove")
@requires(Permission.MOBILIZATION_EDIT)
def remove_press_link(campaign_id: int, mobilization_id: int, press_link_id: int) -> ResponseReturnValue:
    """Remove what the press wrote from a mobilization."""
    mobilization = mobilizations.get(campaign_id, mobilization_id)
    link = coverage_queries.get_press_link(mobilization, press_link_id)
    return press(
        lambda: coverage.remove_press_link(mobilization, link),
        then=_location(mobilization),
        done=gettext("Removed."),
        undo=link.headline,
    )


def removed() -> list[Removed]:
    """Return the removed pictures that the user may restore."""
    return [
        Removed(
            one.description,
            gettext("picture"),
            one,
            url_for(
                "coverage.bring_back_picture",
                campaign_id=one.campaign_id,
                mobilization_id=one.mobilization_id,
                picture_id=one.id,
            ),
        )
        for one in coverage_queries.removed_pictures()
        if may(Permission.MOBILIZATION_EDIT, None, one.campaign_id)
    ]


def _trail(mobilization: Mobilization) -> list[tuple[str, str]]:
    return [(mobilization.title, _location(mobilization))]


def _location(mobilization: Mobilization) -> str:
    return url_for("mobilizations.show", campaign_id=mobilization.campaign_id, mobilization_id=mobilization.id)
