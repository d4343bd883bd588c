"""Subscribing several selected people to a campaign's digest, or inviting them to it."""

from collections.abc import Callable, Sequence

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext, ngettext

from app.config import MEMBER_LOCALES
from app.domain.bulk import MOST, Left, Outcome
from app.domain.campaigns import enrollments, invitations
from app.domain.campaigns.addressees import Plan
from app.forms.selecting import SelectedForm
from app.models.campaigns.campaigns import Campaign
from app.models.people.people import Person
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.people import selected
from app.views.people import subjects
from app.views.people.selected import selected_people
from app.views.people.selections import NAMED, Selection, parameters, selected_page
from app.web.access import requires
from app.web.current_user import reader
from app.web.templating import locale_tag
from app.web.undoing import written_together
from app.wording.labels import label
from app.wording.member_labels import agreement

bp = Blueprint("enrolling", __name__, url_prefix="/people/selected")

_CAMPAIGN = "campaign"


@bp.route("/subscribe", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def subscribe() -> ResponseReturnValue:
    """Subscribe the selected people who have consented to emails."""
    selection, offered = selected_people(MOST), _campaigns()
    campaign = _chosen(offered)
    if campaign is None:
        heading = ngettext("Subscribe %(num)d person", "Subscribe %(num)d people", len(selection.ids))
        return _choose(selection, offered, heading)
    planned = enrollments.plan(campaign, selection.ids)
    heading = ngettext(
        "Subscribe %(num)d person to “%(title)s”",
        "Subscribe %(num)d people to “%(title)s”",
        len(planned.new),
        title=campaign.title,
    )
    return _page(
        selection,
        campaign,
        planned,
        heading=heading,
        button=gettext("Subscribe"),
        what=gettext("Will be subscribed, with the words of their consent"),
        write=lambda: enrollments.subscribe(campaign, planned),
        done=lambda count: ngettext("%(num)d person was subscribed.", "%(num)d people were subscribed.", count),
    )


@bp.route("/invite", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
def invite() -> ResponseReturnValue:
    """Invite the selected people by an email that asks them to confirm."""
    selection, offered = selected_people(invitations.MOST), _campaigns()
    campaign = _chosen(offered)
    if campaign is None:
        heading = ngettext("Invite %(num)d person", "Invite %(num)d people", len(selection.ids))
        return _choose(selection, offered, heading)
    planned = invitations.plan(campaign, selection.ids)
    heading = ngettext(
        "Invite %(num)d person to the digest “%(title)s”",
        "Invite %(num)d people to the digest “%(title)s”",
        len(planned.new),
        title=campaign.title,
    )
    note = gettext("Each gets one email in their language, with your name, and is subscribed only by confirming it.")
    undoing = gettext(
        "The emails are sent after %(minutes)s minutes. Until then, one press withdraws them all.",
        minutes=invitations.HELD.seconds // 60,
    )
    return _page(
        selection,
        campaign,
        planned,
        heading=heading,
        button=gettext("Invite"),
        what=gettext("Will be invited"),
        write=lambda: invitations.invite(campaign, planned, _agreements(campaign), by=reader()),
        done=lambda count: ngettext("%(num)d person was invited.", "%(num)d people were invited.", count),
        notes=[note] if planned.new else (),
        undoing=undoing,
    )


def _page(
    selection: Selection,
    campaign: Campaign,
    planned: Plan,
    *,
    heading: str,
    button: str,
    what: str,
    write: Callable[[], Outcome],
    done: Callable[[int], str],
    notes: Sequence[str] = (),
    undoing: str = "",
) -> ResponseReturnValue:
    """Show what would become of each; `what` becomes of those who are not left out."""

    def said(outcome: Outcome) -> str:
        already = ngettext("%(num)d was subscribed already.", "%(num)d were subscribed already.", outcome.already)
        return f"{done(len(outcome.done))} {already}" if outcome.already else str(done(len(outcome.done)))

    return selected_page(
        SelectedForm(),
        selection.shown_with(planned),
        heading=heading,
        button=button,
        fields=[],
        write=lambda: written_together(write, campaign.title, campaign_id=campaign.id),
        done=said,
        notes=notes,
        template="people/selected/groups.html",
        is_ready=bool(planned.new),
        groups=_groups(planned, what),
        undoing=undoing,
    )


def _choose(selection: Selection, offered: Sequence[tuple[int, str]], heading: str) -> ResponseReturnValue:
    """Ask for which campaign."""
    return selected_page(
        SelectedForm(),
        selection,
        heading=heading,
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


def _chosen(offered: Sequence[tuple[int, str]]) -> Campaign | None:
    """Return the offered campaign that the address names, or the only one."""
    campaign_id = request.args.get(_CAMPAIGN, type=int) or (offered[0][0] if len(offered) == 1 else 0)
    return campaigns.get(campaign_id) if campaign_id in dict(offered) else None


def _agreements(campaign: Campaign) -> dict[str, str]:
    """Return what those agree to who confirm, by language."""
    words = {}
    for language in MEMBER_LOCALES:
        with force_locale(language):
            words[language] = agreement(campaign.title)
    return words


def _groups(planned: Plan, what: str) -> list[tuple[str, int, list[str]]]:
    """Return what becomes of the people: a heading, how many they are, and the first names."""
    groups = [
        (what, [one.person_id for one in planned.new]),
        (gettext("Already subscribed"), list(planned.already)),
        *((label(reason), planned.left[reason]) for reason in Left if reason in planned.left),
    ]
    return [(heading, len(ids), _names(ids)) for heading, ids in groups if ids]


def _names(ids: Sequence[int]) -> list[str]:
    return [one.full_name for one in selected.first(Person, ids, language=locale_tag(), limit=NAMED)]
