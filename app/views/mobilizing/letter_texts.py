"""The texts that letters to targets begin with, and how many letters were sent."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.mobilizing import letters
from app.forms.mobilizing.letters import LetterTextForm
from app.models.mobilizing.letters import LetterText
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.mobilizing import letters as letter_queries
from app.queries.mobilizing import targets
from app.web.access import requires
from app.web.form_keys import creating
from app.web.listing import page_number
from app.web.submit import creates, edits, press, submit
from app.web.templating import locale_tag

bp = Blueprint("letter_texts", __name__, url_prefix="/campaigns/<int:campaign_id>/letters")


@bp.get("")
@requires(Permission.TARGET_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show how many letters were sent, to whom and from where, and the texts that they begin with."""
    page = letter_queries.find_texts(campaign_id, page_number())
    return render_template(
        "mobilizing/letter_texts/index.html",
        campaign=campaigns.get(campaign_id),
        page=page,
        tally=letter_queries.tally(campaign_id),
        counts=letter_queries.counts(campaign_id),
        targets=targets.every(campaign_id, language=locale_tag()),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TARGET_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Add a text."""
    campaign = campaigns.get(campaign_id)
    form = LetterTextForm(letter_language=locale_tag())
    return submit(
        form,
        creates(_editor),
        write=lambda: letters.create_text(campaign, form.values()),
        then=_location(campaign_id),
        otherwise=lambda: render_template("mobilizing/letter_texts/form.html", form=form, campaign=campaign, text=None),
        done=gettext("Saved."),
    )


@bp.route("/<int:text_id>/edit", methods=["GET", "POST"])
@requires(Permission.TARGET_EDIT)
def edit(campaign_id: int, text_id: int) -> ResponseReturnValue:
    """Edit a text."""
    campaign, text = campaigns.get(campaign_id), letter_queries.get_text(campaign_id, text_id)
    form = LetterTextForm(obj=text)
    return submit(
        form,
        edits(text),
        write=lambda: letters.update_text(text, form.values()),
        then=_location(campaign_id),
        otherwise=lambda: render_template("mobilizing/letter_texts/form.html", form=form, campaign=campaign, text=text),
        done=gettext("Saved."),
    )


@bp.post("/<int:text_id>/remove")
@requires(Permission.TARGET_EDIT)
def remove(campaign_id: int, text_id: int) -> ResponseReturnValue:
    """Remove a text."""
    text = letter_queries.get_text(campaign_id, text_id)
    return press(
        lambda: letters.remove_text(text), then=_location(campaign_id), done=gettext("Removed."), undo=text.subject
    )


def _location(campaign_id: int) -> str:
    return url_for("letter_texts.index", campaign_id=campaign_id)


def _editor(text: LetterText) -> str:
    return url_for("letter_texts.edit", campaign_id=text.campaign_id, text_id=text.id)
