"""The brigades of a campaign."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.accounts.exports import Exported
from app.domain.mobilizing import brigades
from app.forms.actions.follow_ups import brigade_choice
from app.forms.base import Button
from app.forms.listing import ListForm
from app.forms.mobilizing.brigades import BrigadeForm, filled
from app.models.mobilizing.brigades import Brigade
from app.policy import Permission
from app.queries.actions import brigades as brigade_actions
from app.queries.campaigns import campaigns
from app.queries.lookup import REMOVED_FOR
from app.queries.mobilizing import brigades as brigade_queries
from app.queries.mobilizing import shifts as shift_queries
from app.queries.paging import in_batches, slice_of
from app.views.mobilizing import columns
from app.views.mobilizing.days import by_day
from app.web import choices
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.downloads import Download, download
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit

LATEST = 6
"""The number of shifts on the page of a brigade; their own page shows all."""

bp = Blueprint("brigades", __name__, url_prefix="/campaigns/<int:campaign_id>/brigades")


@bp.get("")
@requires(Permission.BRIGADE_VIEW)
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the brigades of a campaign, and what each still needs."""
    form = ListForm(gettext("Name or town"))
    page = brigade_queries.find(campaign_id, form.typed, page_number())
    return render_template(
        "mobilizing/brigades/index.html",
        campaign=campaigns.get(campaign_id),
        form=form,
        page=page,
        needs={one.id: brigade_queries.needs(one) for one in page.rows},
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Start a brigade."""
    campaign = campaigns.get(campaign_id)
    form = BrigadeForm(timezone=campaign.timezone)
    form.country.offer(choices.countries())
    return submit(
        form,
        creates(_editor),
        write=lambda: brigades.create(campaign, form.values()),
        then=location,
        otherwise=lambda: render_template("mobilizing/brigades/form.html", form=form, brigade=None),
        done=gettext("Started. Next: the roles that it needs."),
    )


@bp.get("/<int:brigade_id>")
@requires(Permission.BRIGADE_VIEW)
def show(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Show a brigade: what is still needed, and who is in it."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    return render_template(
        "mobilizing/brigades/show.html",
        brigade=brigade,
        needs=brigade_queries.needs(brigade),
        follow_ups=brigade_actions.open_of(brigade.id) if may(Permission.FOLLOW_UP_VIEW, None, campaign_id) else (),
        assigns=may(Permission.FOLLOW_UP_ASSIGN, None, campaign_id),
        choice=brigade_choice(brigade.id),
        days=by_day(shift_queries.find(brigade, 1, size=LATEST).rows),
        members=slice_of(brigade_queries.in_order(brigade), page_number()),
        history=history_of(brigade, *brigade.members),
        about={("brigade_members", one.id): one.person.full_name for one in brigade.members},
    )


@bp.route("/<int:brigade_id>/edit", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def edit(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Edit a brigade."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    form = BrigadeForm(obj=brigade, **filled(brigade))
    form.country.offer(choices.countries())
    return submit(
        form,
        edits(brigade),
        write=lambda: brigades.update(brigade, form.values()),
        then=location(brigade),
        otherwise=lambda: render_template("mobilizing/brigades/form.html", form=form, brigade=brigade),
        done=gettext("Saved."),
    )


@bp.route("/<int:brigade_id>/remove", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def remove(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Ask for confirmation, listing the consequences, and remove a brigade."""
    brigade, form = brigade_queries.get(campaign_id, brigade_id), Button()
    return submit(
        form,
        ACTS,
        write=lambda: brigades.remove(brigade, by=reader()),
        then=url_for("brigades.index", campaign_id=campaign_id),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=brigade.name,
            consequences=_consequences(brigade),
            trail=[(brigade.name, location(brigade))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=brigade.name,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:brigade_id>/bring-back")
@requires(Permission.BRIGADE_EDIT)
def bring_back(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Restore a removed brigade with its members."""
    brigade = brigade_queries.get_restorable(campaign_id, brigade_id)
    return press(lambda: brigades.bring_back(brigade, by=reader()), then=location(brigade), done=gettext("Restored."))


@bp.route("/<int:brigade_id>/download", methods=["GET", "POST"])
@requires(Permission.BRIGADE_VIEW, fresh=True)
def roster(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Download the members of a brigade."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    return download(
        Download(
            Exported.ROSTER,
            gettext("Roster of %(name)s", name=brigade.name),
            of=brigade.campaign,
            columns=columns.of_members(with_contacts=may(Permission.PERSON_EXPORT, None, campaign_id)),
            numbers=lambda: [member.id for member in brigade_queries.in_order(brigade)],
            rows=lambda numbers: in_batches(
                numbers, lambda batch: brigade_queries.some_members(campaign_id, brigade_id, batch)
            ),
            parents=[(brigade.name, location(brigade))],
        )
    )


def removed() -> list[Removed]:
    """Return the removed brigades that the user may restore."""
    return [
        Removed(
            f"{one.name} ({one.campaign.title})",
            gettext("brigade"),
            one,
            url_for("brigades.bring_back", campaign_id=one.campaign_id, brigade_id=one.id),
        )
        for one in brigade_queries.removed()
        if may(Permission.BRIGADE_EDIT, None, one.campaign_id)
    ]


def location(brigade: Brigade) -> str:
    """Return the address of a brigade's page."""
    return url_for("brigades.show", campaign_id=brigade.campaign_id, brigade_id=brigade.id)


def _editor(brigade: Brigade) -> str:
    return url_for("brigades.edit", campaign_id=brigade.campaign_id, brigade_id=brigade.id)


def _consequences(brigade: Brigade) -> list[str]:
    """Return what removing a brigade changes, in sentences."""
    number = len(brigade.members)
    with_it = gettext("Nobody is in it.")
    if number:
        with_it = ngettext(
            "The list of its %(num)d member is removed with it.",
            "The list of its %(num)d members is removed with it.",
            number,
        )
    actions = brigade_actions.number_of(brigade.id)
    returned = ngettext(
        "Its %(num)d open action goes back to whoever assigned it, until the brigade is restored.",
        "Its %(num)d open actions go back to whoever assigned them, until the brigade is restored.",
        actions,
    )
    told = [returned] if actions else []
    return [*told, with_it, gettext("Its members are still listed under People, if they take part in anything else.")]
