"""Subscribing several selected people to a campaign's digest."""

from collections.abc import Sequence

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.bulk import MOST, Left, Outcome
from app.domain.campaigns import enrollments
from app.domain.campaigns.enrollments import Plan
from app.forms.selecting import SelectedForm
from app.models.people.people import Person
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.people import selected
from app.views.people import subjects
from app.views.people.selected import selected_people
from app.views.people.selections import NAMED, Selection, parameters, selected_page
from app.web.access import requires
from app.web.templating import locale_tag
from app.web.undoing import written_together
from app.wording.labels import label

bp = Blueprint("enrolling", __name__, url_prefix="/people/selected/subscribe")

_CAMPAIGN = "campaign"


@bp.route("", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def subscribe() -> ResponseReturnValue:
    """Subscribe the selected people who have consented to emails."""
    selection, offered = selected_people(MOST), _campaigns()
    campaign_id = request.args.get(_CAMPAIGN, type=int) or (offered[0][0] if len(offered) == 1 else 0)
    if campaign_id not in dict(offered):
        return _choose(selection, offered)
    campaign = campaigns.get(campaign_id)
    planned = enrollments.plan(campaign, selection.ids)
    heading = ngettext(
        "Subscribe %(num)d person to “%(title)s”",
        "Subscribe %(num)d people to “%(title)s”",
        len(planned.new),
        title=campaign.title,
    )
    return selected_page(
        SelectedForm(),
        selection.shown_with(planned),
        heading=heading,
        button=gettext("Subscribe"),
        fields=[],
        write=lambda: written_together(
            lambda: enrollments.subscribe(campaign, planned), campaign.title, campaign_id=campaign.id
        ),
        done=_done,
        template="people/selected/subscribe.html",
        is_ready=bool(planned.new),
        groups=_groups(planned),
    )


def _choose(selection: Selection, offered: Sequence[tuple[int, str]]) -> ResponseReturnValue:
    """Ask for which campaign."""
    return selected_page(
        SelectedForm(),
        selection,
        heading=ngettext("Subscribe %(num)d person", "Subscribe %(num)d people", len(selection.ids)),
        button="",
        fields=[],
        write=lambda: Outcome(()),
        done=lambda _outcome: "",
        notes=[] if offered else [gettext("You do not coordinate a campaign.")],
        template="people/selected/choose.html",
        offered=offered,
        kept=parameters(_CAMPAIGN),
    )


def _campaigns() -> list[tuple[int, str]]:
    """Return the campaigns that the user coordinates."""
    keys = [(subjects.ids_in(key), title) for key, title in subjects.of_user(Permission.CAMPAIGN_EDIT)]
    return [(ids["campaign_id"], title) for ids, title in keys if "campaign_id" in ids]


def _groups(planned: Plan) -> list[tuple[str, int, list[str]]]:
    """Return what becomes of the people: a heading, how many they are, and the first names."""
    groups = [
        (gettext("Will be subscribed, with the words of their consent"), [one.person_id for one in planned.new]),
        (gettext("Already subscribed"), list(planned.already)),
        *((label(reason), planned.left[reason]) for reason in Left if reason in planned.left),
    ]
    return [(heading, len(ids), _names(ids)) for heading, ids in groups if ids]


def _names(ids: Sequence[int]) -> list[str]:
    return [one.full_name for one in selected.first(Person, ids, language=locale_tag(), limit=NAMED)]


def _done(outcome: Outcome) -> str:
    done = ngettext("%(num)d person was subscribed.", "%(num)d people were subscribed.", len(outcome.done))
    already = ngettext("%(num)d was subscribed already.", "%(num)d were subscribed already.", outcome.already)
    return f"{done} {already}" if outcome.already else str(done)
