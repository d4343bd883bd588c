"""The shifts of a brigade, and who has a place in them."""

from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app import clock
from app.domain.mobilizing import shift_notices, shifts
from app.forms.fields import given
from app.forms.mobilizing.shifts import NewShiftForm, PlaceForm, ShiftForm, filled_shift
from app.models.mobilizing.brigades import Brigade, BrigadeMember
from app.models.mobilizing.shifts import Shift
from app.policy import Permission
from app.queries.mobilizing import brigades as brigade_queries
from app.queries.mobilizing import shifts as shift_queries
from app.views.mobilizing.brigades import location
from app.views.mobilizing.days import by_day
from app.web import choices
from app.web.access import requires
from app.web.asking import ask_first
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.looks import looked_at
from app.web.submit import creates, edits, submit
from app.wording.brigades import role_name, shift_name

bp = Blueprint("shifts", __name__, url_prefix="/campaigns/<int:campaign_id>/brigades/<int:brigade_id>/shifts")


@bp.get("")
@requires(Permission.BRIGADE_VIEW)
def index(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Show the shifts of a brigade by day: those to come, or those that are over."""
    brigade, past = brigade_queries.get(campaign_id, brigade_id), request.args.get("show") == "past"
    page = shift_queries.find(brigade, page_number(), past=past)
    return render_template(
        "mobilizing/shifts/index.html",
        brigade=brigade,
        page=page,
        past=past,
        days=by_day(page.rows),
        missing=shift_queries.missing(brigade),
        swaps=[swap for swap in shift_queries.open_swaps(brigade.id) if swap.waits],
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
@creating
def new(campaign_id: int, brigade_id: int) -> ResponseReturnValue:
    """Plan a shift, or one on each of several days."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    form = NewShiftForm(timezone=brigade.timezone, venue=brigade.locality)
    _offer(form, brigade)
    return submit(
        form,
        creates(),
        write=lambda: shifts.create(brigade, form.values(brigade), days=given(form.days)),
        then=list_of(brigade),
        otherwise=lambda: render_template("mobilizing/shifts/form.html", form=form, brigade=brigade, shift=None),
        done=lambda made: ngettext("%(num)d shift is planned.", "%(num)d shifts are planned.", len(made)),
    )


@bp.get("/<int:shift_id>")
@requires(Permission.BRIGADE_VIEW)
def show(campaign_id: int, brigade_id: int, shift_id: int) -> ResponseReturnValue:
    """Show a shift: who has a place, and who can still be asked."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    shift = shift_queries.get(brigade, shift_id)
    return page_of_shift(brigade, shift, place_form(brigade, shift))


@bp.route("/<int:shift_id>/edit", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def edit(campaign_id: int, brigade_id: int, shift_id: int) -> ResponseReturnValue:
    """Edit a shift."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    shift = shift_queries.get(brigade, shift_id)
    form = ShiftForm(obj=shift, **filled_shift(shift))
    form.check(partial(shifts.check_needed, shift=shift), "needed")
    _offer(form, brigade)
    return submit(
        form,
        edits(shift),
        write=lambda: shifts.update(shift, form.values(brigade)),
        then=place_of(shift),
        otherwise=lambda: render_template("mobilizing/shifts/form.html", form=form, brigade=brigade, shift=shift),
        done=gettext("Saved."),
    )


@bp.route("/<int:shift_id>/remove", methods=["GET", "POST"])
@requires(Permission.BRIGADE_EDIT)
def remove(campaign_id: int, brigade_id: int, shift_id: int) -> ResponseReturnValue:
    """Ask for confirmation, with who has a place, and delete a shift."""
    brigade = brigade_queries.get(campaign_id, brigade_id)
    shift = shift_queries.get(brigade, shift_id)
    name, by_email = shift_name(shift), len(shift_notices.told(shift))
    holders = [place.member.person.full_name for place in shift.held]
    names = ", ".join(place.member.person.full_name for place in shift_notices.to_call(shift))
    return ask_first(
        lambda: shifts.remove(shift),
        name=name,
        question=gettext("Remove the shift “%(name)s”?", name=name),
        consequences=[
            gettext("These people have a place: %(names)s.", names=", ".join(holders))
            if holders
            else gettext("Nobody has a place in it."),
            *(
                [ngettext("%(num)d person gets an email.", "%(num)d people get an email.", by_email)]
                if by_email
                else []
            ),
            *([gettext("Call those without email: %(names)s.", names=names)] if names else []),
            gettext("Its reminders are not sent."),
        ],
        button=gettext("Remove"),
        then=list_of(brigade),
        trail=[(brigade.name, location(brigade)), (name, place_of(shift))],
        done=gettext("Removed."),
    )


def page_of_shift(brigade: Brigade, shift: Shift, form: PlaceForm | None) -> str:
    """Return the page of a shift; without a form, nobody can be added."""
    looked_at("people", [place.member.person_id for place in shift.places], "contact_details")
    return render_template(
        "mobilizing/shifts/show.html",
        brigade=brigade,
        shift=shift,
        form=form,
        has_begun=shift.has_begun(clock.now()),
        history=history_of(shift),
    )


def place_form(brigade: Brigade, shift: Shift) -> PlaceForm | None:
    """Return the form that adds somebody to a shift, or None if it has begun or everyone has a place."""
    members = askable(brigade, shift)
    if shift.has_begun(clock.now()) or not members:
        return None
    form = PlaceForm()
    form.member.offer([("", gettext("– choose –")), *((one.id, _described(one)) for one in members)])
    return form


def askable(brigade: Brigade, shift: Shift) -> list[BrigadeMember]:
    """Return the members who take part and have no place in a shift, those with its role first."""
    having = {place.member_id for place in shift.held}
    free = [one for one in brigade_queries.in_order(brigade) if one.is_confirmed and one.id not in having]
    return sorted(free, key=lambda one: shift.role_id is not None and one.role_id != shift.role_id)


def list_of(brigade: Brigade) -> str:
    """Return the address of the shifts of a brigade."""
    return url_for("shifts.index", campaign_id=brigade.campaign_id, brigade_id=brigade.id)


def place_of(shift: Shift) -> str:
    """Return the address of a shift's page."""
    return url_for("shifts.show", campaign_id=shift.campaign_id, brigade_id=shift.brigade_id, shift_id=shift.id)


def _described(member: BrigadeMember) -> str:
    return f"{member.person.full_name} ({role_name(member.role)})"


def _offer(form: ShiftForm, brigade: Brigade) -> None:
    form.role.offer([("", gettext("any role")), *((role.id, role_name(role)) for role in brigade.roles)])
    choices.offer_languages(form.language)
