"""Lists of mobilizations and of sign-ups as files."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts.exports import Exported
from app.forms.listing import ListForm
from app.forms.mobilizing.lists import SignUpListForm
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.models.mobilizing.sign_ups import SignUpState
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.mobilizing import mobilizations, sign_ups
from app.queries.paging import in_batches
from app.views.mobilizing import list_columns
from app.web.access import may, requires
from app.web.downloads import Download, download
from app.web.listing import all_of_them, every
from app.web.templating import locale_tag

bp = Blueprint("list_downloads", __name__, url_prefix="/campaigns/<int:campaign_id>")


@bp.route("/mobilizations/download", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_VIEW)
def of_mobilizations(campaign_id: int) -> ResponseReturnValue:
    """Download the mobilizations that the search in the list finds."""
    campaign = campaigns.get(campaign_id)
    form, language = ListForm(gettext("Title, town or country"), every(MobilizationStatus, all_of_them())), locale_tag()
    return download(
        Download(
            Exported.MOBILIZATIONS,
            gettext("Mobilizations of “%(title)s”", title=campaign.title),
            of=campaign,
            columns=list_columns.of_mobilizations(),
            numbers=lambda: mobilizations.numbers(campaign_id, form.typed, form.shown, language=language),
            rows=lambda numbers: in_batches(numbers, lambda batch: mobilizations.some(campaign_id, batch)),
            parents=[
                (gettext("Mobilizations"), url_for("mobilizations.index", campaign_id=campaign_id, **form.kept()))
            ],
        )
    )


@bp.route("/sign-ups/download", methods=["GET", "POST"])
@requires(Permission.SIGN_UP_VIEW, fresh=True)
def of_sign_ups(campaign_id: int) -> ResponseReturnValue:
    """Download the sign-ups that the search in the list finds; how to reach them only with the permission for it."""
    campaign = campaigns.get(campaign_id)
    kinds = every((one.kind for one in sign_ups.counts(campaign_id)), all_of_them())
    form = SignUpListForm(gettext("Name, organization or address"), every(SignUpState, all_of_them()), {"kind": kinds})
    kind = form.sound(form.kind) or ""
    return download(
        Download(
            Exported.SIGN_UPS,
            gettext("Sign-ups of “%(title)s”", title=campaign.title),
            of=campaign,
            columns=list_columns.of_sign_ups(with_contacts=may(Permission.PERSON_EXPORT, None, campaign_id)),
            numbers=lambda: sign_ups.numbers(campaign_id, form.typed, kind, form.shown),
            rows=lambda numbers: in_batches(numbers, lambda batch: sign_ups.some(campaign_id, batch)),
            parents=[(gettext("Sign-ups"), url_for("sign_ups.index", campaign_id=campaign_id, **form.kept()))],
        )
    )
