"""Mobilizations of a campaign."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts import removals
from app.domain.mobilizing import days_of_action, mobilizations
from app.emails.mobilizing.decisions import host_page
from app.forms.base import Button
from app.forms.listing import ListForm
from app.forms.mobilizing.mobilizations import MobilizationForm
from app.forms.mobilizing.placing import DescriptionForm
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Mobilization, MobilizationStatus
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.campaigns import campaigns
from app.queries.lookup import REMOVED_FOR
from app.queries.mobilizing import coverage, sign_ups
from app.queries.mobilizing import days_of_action as day_queries
from app.queries.mobilizing import mobilizations as mobilization_queries
from app.views.mobilizing.filled import spoken
from app.views.people.choices import offer_organizations
from app.views.travel.choices import offer_towns
from app.web.access import may, requires
from app.web.calendars import calendar_file
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import all_of_them, every, page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag, reader_zone
from app.wording.countdowns import countdown
from app.wording.events import event

bp = Blueprint("mobilizations", __name__, url_prefix="/campaigns/<int:campaign_id>/mobilizations")


@bp.get("")
@requires(Permission.MOBILIZATION_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the mobilizations of a campaign, by country."""
    form = ListForm(gettext("Title, town or country"), every(MobilizationStatus, all_of_them()))
    page = mobilization_queries.find(campaign_id, form.typed, form.shown, page_number(), language=locale_tag())
    return render_template(
        "mobilizing/mobilizations/index.html", campaign=campaigns.get(campaign_id), form=form, page=page
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Record a mobilization, alone or, with `day` in the address, as part of a day of action."""
    campaign = campaigns.get(campaign_id)
    number = request.args.get("day", type=int)
    day = None if number is None else day_queries.get(campaign_id, number)
    form = MobilizationForm(**_suggested(day))
    offer_towns(form.place)
    offer_organizations(form.host, None)
    return submit(
        form,
        creates(),
        write=lambda: mobilizations.create(campaign, day, form.described(), form.placed(), host=form.host.picked()),
        then=_location,
        otherwise=lambda: render_template(
            "mobilizing/mobilizations/form.html", form=form, campaign=campaign, day=day, mobilization=None
        ),
        done=gettext("Saved."),
    )


@bp.get("/<int:mobilization_id>")
@requires(Permission.MOBILIZATION_VIEW)
def show(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Show a mobilization."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    return render_template(
        "mobilizing/mobilizations/show.html",
        mobilization=mobilization,
        campaign=mobilization.campaign,
        countdown=countdown(mobilization.starts_at, mobilization.ends_at, reader_zone()),
        Status=MobilizationStatus,
        follow_ups=(
            follow_ups.open_about(FollowUp.mobilization_id, mobilization_id)
            if may(Permission.FOLLOW_UP_VIEW, None, campaign_id)
            else ()
        ),
        attending=sum(sign_ups.attendance(mobilization_id)),
        proposal=sign_ups.hosting(mobilization_id),
        host_page=host_page,
        pictures=coverage.pictures_of(mobilization_id),
        press_links=coverage.press_of(mobilization_id),
        history=history_of(mobilization),
    )


@bp.get("/<int:mobilization_id>.ics")
@requires(Permission.MOBILIZATION_VIEW)
def as_calendar(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Download it as an event for calendar applications."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    page = url_for("mobilizations.show", campaign_id=campaign_id, mobilization_id=mobilization_id, _external=True)
    return calendar_file([event(mobilization, page)])


@bp.route("/<int:mobilization_id>/edit", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def edit(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Edit what has no effect on where, when and whether it is."""
    mobilization = mobilization_queries.get(campaign_id, mobilization_id)
    form = DescriptionForm(obj=mobilization, languages=spoken(mobilization))
    return submit(
        form,
        edits(mobilization),
        write=lambda: mobilizations.update(mobilization, form.described()),
        then=_location(mobilization),
        otherwise=lambda: render_template(
            "mobilizing/mobilizations/form.html",
            form=form,
            campaign=mobilization.campaign,
            day=mobilization.day_of_action,
            mobilization=mobilization,
        ),
        done=gettext("Saved."),
    )


@bp.route("/<int:mobilization_id>/remove", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def remove(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a mobilization that was recorded by mistake."""
    mobilization, form = mobilization_queries.get(campaign_id, mobilization_id), Button()
    return submit(
        form,
        ACTS,
        write=lambda: removals.remove(mobilization, by=reader()),
        then=url_for("mobilizations.index", campaign_id=campaign_id),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=mobilization.title,
            consequences=[
                gettext("It disappears from all lists and maps, and nobody is told."),
                gettext("If it was announced and will not take place, cancel it instead."),
                gettext("Actions about it stay, but no longer name it."),
            ],
            trail=[(mobilization.title, _location(mobilization))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=mobilization.title,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:mobilization_id>/bring-back")
@requires(Permission.MOBILIZATION_EDIT)
def bring_back(campaign_id: int, mobilization_id: int) -> ResponseReturnValue:
    """Restore a removed mobilization."""
    mobilization = mobilization_queries.get_restorable(campaign_id, mobilization_id)
    return press(lambda: removals.bring_back(mobilization), then=_location(mobilization), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed mobilizations that the user may restore."""
    return [
        Removed(
            one.title,
            gettext("mobilization"),
            one,
            url_for("mobilizations.bring_back", campaign_id=one.campaign_id, mobilization_id=one.id),
        )
        for one in mobilization_queries.removed()
        if may(Permission.MOBILIZATION_EDIT, None, one.campaign_id)
    ]


def _suggested(day: DayOfAction | None) -> dict[str, object]:
    """Return what a new mobilization of a day of action has in common with it; a local hour may have to be decided."""
    if day is None:
        return {}
    title = day.title_in(locale_tag())
    return {"title": title} if day.is_at_same_instant else {"title": title, "starts": days_of_action.local_start(day)}


def _location(mobilization: Mobilization) -> str:
    return url_for("mobilizations.show", campaign_id=mobilization.campaign_id, mobilization_id=mobilization.id)
