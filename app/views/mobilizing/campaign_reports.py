"""The report of a campaign on one page that prints."""

from collections.abc import Iterable

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.countries import named
from app.forms.mobilizing.reports import PeriodForm
from app.models.campaigns.campaigns import Campaign
from app.policy import Permission
from app.queries.campaigns import campaigns, origins, partners
from app.queries.mobilizing import goals, mobilizations, reports, targets
from app.queries.mobilizing.mobilizations import Turnout
from app.queries.mobilizing.reports import Period
from app.tables import Value, csv_pieces
from app.views.mobilizing import day_svg
from app.web.access import may, requires, seeing
from app.web.templating import locale_tag
from app.wording.labels import country_name

bp = Blueprint("campaign_reports", __name__, url_prefix="/campaigns/<int:campaign_id>/report")


@bp.get("")
@requires(Permission.MOBILIZATION_VIEW)
def show(campaign_id: int) -> ResponseReturnValue:
    """Show what a campaign has reached, in a period or altogether."""
    campaign, form = campaigns.get(campaign_id), PeriodForm()
    period = Period(*form.days(), campaign.timezone)
    listed = targets.every(campaign_id, language=locale_tag())
    found = reports.mobilizations(campaign, period)
    with seeing(Permission.CONGRESS_VIEW):
        resolutions = origins.resolutions_of(campaign_id)
    return render_template(
        "mobilizing/campaign_reports/show.html",
        campaign=campaign,
        form=form,
        period=period,
        goal=goals.progress_of(campaign),
        turnouts=_turnouts(campaign, period),
        total=mobilizations.turnout_of(found),
        actions=reports.actions(campaign, period, clock.now()),
        sign_ups=reports.sign_ups(campaign, period),
        letters=reports.letters(campaign, period),
        targets=listed,
        statuses=targets.statuses(listed),
        entries=reports.entries(campaign, period),
        citations=reports.citations(campaign, period),
        partners=partners.of_campaign(campaign_id),
        parts=origins.parts_of(campaign_id),
        resolutions=resolutions,
        work=reports.work(campaign, period) if may(Permission.BRIGADE_VIEW, None, campaign_id) else None,
    )


@bp.get("/turnout.svg")
@requires(Permission.MOBILIZATION_VIEW)
def turnout(campaign_id: int) -> ResponseReturnValue:
    """Draw the expected and the reported turnout by country."""
    campaign = campaigns.get(campaign_id)
    period = Period(*PeriodForm().days(), campaign.timezone)
    return day_svg.turnout_bars(campaign.title, _turnouts(campaign, period))


@bp.get("/turnout.csv")
@requires(Permission.MOBILIZATION_VIEW)
def as_table(campaign_id: int) -> ResponseReturnValue:
    """Return the mobilizations by country as a table."""
    campaign = campaigns.get(campaign_id)
    found = _turnouts(campaign, Period(*PeriodForm().days(), campaign.timezone))
    return Response(b"".join(csv_pieces([_heads(), *_rows(found)])), mimetype="text/csv")


def _turnouts(campaign: Campaign, period: Period) -> list[Turnout]:
    found = reports.mobilizations(campaign, period)
    return mobilizations.turnouts(mobilizations.by_countries(found, list(named(locale_tag()))))


def _heads() -> list[Value]:
    return [
        gettext("Country"), gettext("Mobilizations"), gettext("Expected"), gettext("Reported, at least"),
        gettext("Reported, at most"),
    ]  # fmt: skip


def _rows(found: Iterable[Turnout]) -> Iterable[tuple[Value, ...]]:
    for one in found:
        least, most = (one.least, one.most) if one.reported else (None, None)
        yield country_name(one.country), one.held, one.expected, least, most
