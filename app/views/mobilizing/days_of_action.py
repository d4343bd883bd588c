"""Days of action of a campaign: calling them, and who answers where."""

from datetime import datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.countries import named
from app.domain.accounts import removals
from app.domain.mobilizing import days_of_action, mobilizations
from app.forms.base import Button
from app.forms.mobilizing.days_of_action import DayForm
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.lookup import REMOVED_FOR
from app.queries.mobilizing import coverage
from app.queries.mobilizing import days_of_action as day_queries
from app.queries.mobilizing import mobilizations as mobilization_queries
from app.times import to_typed
from app.views.mobilizing import day_svg
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag, reader_zone
from app.wording.countdowns import countdown

bp = Blueprint("days_of_action", __name__, url_prefix="/campaigns/<int:campaign_id>/days-of-action")


@bp.get("")
@requires(Permission.MOBILIZATION_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the days of action of a campaign."""
    return render_template(
        "mobilizing/days_of_action/index.html",
        campaign=campaigns.get(campaign_id),
        page=day_queries.find(campaign_id, page_number()),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Call a day of action."""
    campaign = campaigns.get(campaign_id)
    form = DayForm(timezone=campaign.timezone, is_public=True)
    return submit(
        form,
        creates(lambda day: url_for("days_of_action.edit", campaign_id=campaign_id, day_id=day.id)),
        write=lambda: days_of_action.create(campaign, form.values()),
        then=_location,
        otherwise=lambda: _form_page(form, campaign, None),
        done=gettext("Saved. Next: the first mobilization."),
    )


@bp.get("/<int:day_id>")
@requires(Permission.MOBILIZATION_VIEW)
def show(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Show when and where a day of action takes place."""
    day = day_queries.get(campaign_id, day_id)
    found = mobilization_queries.of_day(day)
    going = [one for one in found if one.is_on]
    first = mobilization_queries.next_of(found)
    return render_template(
        "mobilizing/days_of_action/show.html",
        day=day,
        campaign=day.campaign,
        mobilizations=found,
        going=going,
        countries=mobilization_queries.by_countries(found, list(named(locale_tag()))),
        countdown=countdown(first.starts_at, first.ends_at, reader_zone()) if first else "",
        local_start=days_of_action.local_start(day),
        Status=MobilizationStatus,
        history=history_of(day),
    )


@bp.get("/<int:day_id>/hours.svg")
@requires(Permission.MOBILIZATION_VIEW)
def hours(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Draw when each mobilization begins."""
    day = day_queries.get(campaign_id, day_id)
    return day_svg.strip(day, mobilization_queries.of_day(day), reader_zone())


@bp.get("/<int:day_id>/map.svg")
@requires(Permission.MOBILIZATION_VIEW)
def places(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Draw where mobilizations are."""
    day = day_queries.get(campaign_id, day_id)
    return day_svg.places(day, mobilization_queries.of_day(day))


@bp.get("/<int:day_id>/report")
@requires(Permission.MOBILIZATION_VIEW)
def report(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Show on one page that prints what was expected and reported in each country."""
    day = day_queries.get(campaign_id, day_id)
    found = [one for one in mobilization_queries.of_day(day) if one.is_on]
    countries = mobilization_queries.by_countries(found, list(named(locale_tag())))
    return render_template(
        "mobilizing/days_of_action/report.html",
        day=day,
        campaign=day.campaign,
        countries=countries,
        turnouts=mobilization_queries.turnouts(countries),
        total=mobilization_queries.turnout_of(found),
        press_links=coverage.press_of(*(one.id for one in found)),
    )


@bp.get("/<int:day_id>/turnout.svg")
@requires(Permission.MOBILIZATION_VIEW)
def turnout(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Draw the expected and the reported turnout by country."""
    day = day_queries.get(campaign_id, day_id)
    found = [one for one in mobilization_queries.of_day(day) if one.is_on]
    countries = mobilization_queries.by_countries(found, list(named(locale_tag())))
    return day_svg.turnouts(day, mobilization_queries.turnouts(countries))


@bp.route("/<int:day_id>/edit", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def edit(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Edit a day of action; mobilizations that begin with it move with it."""
    day = day_queries.get(campaign_id, day_id)
    form = DayForm(data=_filled(day))
    return submit(
        form,
        edits(day),
        write=lambda: mobilizations.change_day(day, form.values()),
        then=_location(day),
        otherwise=lambda: _form_page(form, day.campaign, day),
        done=gettext("Saved."),
    )


@bp.route("/<int:day_id>/remove", methods=["GET", "POST"])
@requires(Permission.MOBILIZATION_EDIT)
def remove(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Ask for confirmation and remove a day of action."""
    day, form = day_queries.get(campaign_id, day_id), Button()
    count = len(mobilization_queries.of_day(day))
    kept = ngettext("%(num)d mobilization remains.", "%(num)d mobilizations remain.", count)
    return submit(
        form,
        ACTS,
        write=lambda: removals.remove(day, by=reader()),
        then=url_for("days_of_action.index", campaign_id=campaign_id),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=_title(day),
            consequences=[gettext("Its public page is no longer shown."), kept],
            trail=[(_title(day), _location(day))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=_title(day),
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:day_id>/bring-back")
@requires(Permission.MOBILIZATION_EDIT)
def bring_back(campaign_id: int, day_id: int) -> ResponseReturnValue:
    """Restore a removed day of action."""
    day = day_queries.get_restorable(campaign_id, day_id)
    return press(lambda: removals.bring_back(day), then=_location(day), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed days of action that the user may restore."""
    return [
        Removed(
            _title(one),
            gettext("day of action"),
            one,
            url_for("days_of_action.bring_back", campaign_id=one.campaign_id, day_id=one.id),
        )
        for one in day_queries.removed()
        if may(Permission.MOBILIZATION_EDIT, None, one.campaign_id)
    ]


def _filled(day: DayOfAction) -> dict[str, object]:
    words = {f"title_{locale}": title for locale, title in day.titles.items()}
    words |= {f"text_{locale}": text for locale, text in day.texts.items()}
    starts: datetime = days_of_action.local_start(day)
    if day.starts_at and day.timezone:
        starts = to_typed(day.starts_at, day.timezone)
    return {
        **words, "synchronized_by": day.synchronized_by, "starts": starts, "timezone": day.timezone,
        "is_public": day.is_public,
    }  # fmt: skip


def _form_page(form: DayForm, campaign: Campaign, day: DayOfAction | None) -> str:
    return render_template("mobilizing/days_of_action/form.html", form=form, campaign=campaign, day=day)


def _location(day: DayOfAction) -> str:
    return url_for("days_of_action.show", campaign_id=day.campaign_id, day_id=day.id)


def _title(day: DayOfAction) -> str:
    return day.title_in(locale_tag())
