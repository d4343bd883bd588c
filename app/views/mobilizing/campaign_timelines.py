"""The timeline of a campaign: what its events are called and where they lead."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, format_percent, gettext, ngettext

from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.digests import Digest
from app.models.congress.resolutions import Resolution
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.statements import StatementVersion
from app.models.mobilizing.targets import TargetEntry
from app.models.press.articles import Citation
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.mobilizing import campaign_events
from app.queries.mobilizing.campaign_events import CampaignEvent
from app.queries.mobilizing.milestones import Milestone
from app.queries.people.timelines import Position
from app.views.people.timelines import Line
from app.web.access import requires
from app.web.templating import locale_tag
from app.wording.labels import country_name, label
from app.wording.places import place_called
from app.wording.statements import title_of

bp = Blueprint("campaign_timelines", __name__)

_AFTER = "after"
"""The query parameter with the position after which a page begins."""


@bp.get("/campaigns/<int:campaign_id>/timeline")
@requires(Permission.MOBILIZATION_VIEW)
def show(campaign_id: int) -> ResponseReturnValue:
    """Show what happened in a campaign, latest first."""
    campaign, after = campaigns.get(campaign_id), Position.read(request.args.get(_AFTER, ""))
    shown = campaign_events.of_campaign(campaign, after)
    return render_template(
        "people/timelines/show.html",
        lines=[(event, _LINES[CampaignEvent(event.kind)](event.row)) for event in shown.events],
        name=campaign.title,
        parent=url_for("campaigns.show", campaign_id=campaign_id),
        is_first=after is None,
        first=request.path,
        next=shown.next and f"{request.path}?{urlencode({_AFTER: str(shown.next)})}",
    )


def _article(row: Citation) -> Line:
    url = url_for("articles.show", article_id=row.article_id)
    return Line(gettext("Article cited"), row.article.headline, url, row.article.publisher or "")


def _begun(row: Campaign) -> Line:
    return Line(gettext("Campaign begun"), row.title)


def _day_of_action(row: DayOfAction) -> Line:
    url = url_for("days_of_action.show", campaign_id=row.campaign_id, day_id=row.id)
    return Line(gettext("Day of action called"), row.title_in(locale_tag()), url)


def _digest(row: Digest) -> Line:
    url = url_for("digests.show", campaign_id=row.campaign_id, digest_id=row.id)
    count = len(row.items)
    return Line(gettext("Digest sent"), ngettext("%(num)d article", "%(num)d articles", count), url)


def _ended(row: Campaign) -> Line:
    return Line(gettext("Campaign ended"), row.title)


def _milestone(row: Milestone) -> Line:
    share = format_percent(row.share / 100)
    goal = f"{label(row.kind)}: {format_decimal(row.reached)} / {format_decimal(row.number)}"
    return Line(gettext("%(share)s of the goal reached", share=share), goal)


def _mobilization(row: Mobilization) -> Line:
    url = url_for("mobilizations.show", campaign_id=row.campaign_id, mobilization_id=row.id)
    where = f"{place_called(row.place)}, {country_name(row.place.country)}"
    return Line(gettext("Mobilization"), row.title, url, " · ".join(filter(None, (where, _turnout(row)))))


def _turnout(row: Mobilization) -> str:
    if row.turnout_least is None:
        return ""
    return str(ngettext("%(num)d person came, at least", "%(num)d people came, at least", row.turnout_least))


def _part(row: Campaign) -> Line:
    url = url_for("campaigns.show", campaign_id=row.id)
    return Line(gettext("A part of it begun"), row.title, url, label(row.status))


def _resolution(row: Resolution) -> Line:
    url = url_for("resolutions.show", congress_id=row.congress_id, resolution_id=row.id)
    return Line(gettext("Resolution adopted"), row.title, url)


def _statement(row: StatementVersion) -> Line:
    url = url_for("statements.show", campaign_id=row.campaign_id, statement_id=row.statement_id)
    detail = gettext("version %(number)d", number=row.number)
    return Line(gettext("Statement published"), title_of(row), url, detail)


def _target(row: TargetEntry) -> Line:
    url = url_for("targets.show", campaign_id=row.campaign_id, target_id=row.target_id)
    return Line(gettext("Target"), row.target.name, url, label(row.kind))


_K = CampaignEvent
_LINES: Mapping[CampaignEvent, Callable[[Any], Line]] = {
    _K.ARTICLE: _article,
    _K.BEGUN: _begun,
    _K.DAY_OF_ACTION: _day_of_action,
    _K.DIGEST: _digest,
    _K.ENDED: _ended,
    _K.MILESTONE: _milestone,
    _K.MOBILIZATION: _mobilization,
    _K.PART: _part,
    _K.RESOLUTION: _resolution,
    _K.STATEMENT: _statement,
    _K.TARGET: _target,
}
