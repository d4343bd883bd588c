"""The public page of a day of action: when and where, in the zone of the place and in that of the reader."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.countries import named
from app.domain.mobilizing import proposals
from app.forms.mobilizing.public_days import ReaderForm
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Mobilization
from app.queries.mobilizing import days_of_action, mobilizations
from app.views.campaigns.public_campaigns import opened
from app.views.mobilizing import day_svg
from app.web.calendars import calendar_file
from app.web.cookieless import public_page
from app.web.templating import locale_tag
from app.wording.countdowns import countdown
from app.wording.events import event
from app.wording.formats import at_both

bp = Blueprint("public_days", __name__, url_prefix="/c/<slug>/days-of-action/<int:day_id>")


@bp.get("")
@public_page
def show(slug: str, day_id: int) -> ResponseReturnValue:
    """Show when it begins in each place."""
    day, found = _opened(slug, day_id)
    form, zone = _reader(day)
    first = mobilizations.next_of(found)
    return render_template(
        "mobilizing/public/day.html",
        day=day,
        campaign=day.campaign,
        countries=mobilizations.by_countries(found, list(named(locale_tag()))),
        countdown=countdown(first.starts_at, first.ends_at, zone) if first else "",
        is_open=day.campaign.open_to_sign_ups and proposals.is_open(day),
        form=form,
        zone=zone,
        at_both=at_both,
    )


@bp.get("/hours.svg")
@public_page
def hours(slug: str, day_id: int) -> ResponseReturnValue:
    """Draw when each mobilization begins."""
    day, found = _opened(slug, day_id)
    return day_svg.strip(day, found, _reader(day)[1])


@bp.get("/map.svg")
@public_page
def places(slug: str, day_id: int) -> ResponseReturnValue:
    """Draw where mobilizations are."""
    return day_svg.places(*_opened(slug, day_id))


@bp.get("/calendar.ics")
@public_page
def feed(slug: str, day_id: int) -> ResponseReturnValue:
    """Return all its mobilizations, for calendars that follow this address."""
    day, found = _opened(slug, day_id)
    page = url_for("public_days.show", slug=slug, day_id=day_id, _external=True)
    return calendar_file((event(one, page) for one in found), name=day.title_in(locale_tag()))


def _opened(slug: str, day_id: int) -> tuple[DayOfAction, Sequence[Mobilization]]:
    """Return a public day of action with its announced mobilizations, and narrow the scope to its campaign; 404 otherwise."""
    campaign = opened(days_of_action.campaign_of(slug, day_id))
    day = days_of_action.get(campaign.id, day_id)
    return day, mobilizations.of_day(day, announced=True)


def _reader(day: DayOfAction) -> tuple[ReaderForm, str]:
    """Return the form with which readers choose their zone, and the zone: that of the campaign unless they have chosen."""
    form = ReaderForm()
    if "zone" in request.args:
        form.validate()
    chosen = form.sound(form.zone)
    return form, str(chosen or day.campaign.timezone)
