"""The places in a shift: who is asked, who has one, and who was there; and swaps that wait for approval."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from app.domain.mobilizing import shift_places, shift_swaps
from app.models.mobilizing.brigades import Brigade
from app.models.mobilizing.shifts import Shift, ShiftPlace, ShiftSwap
from app.policy import Permission
from app.queries.mobilizing import brigades as brigade_queries
from app.queries.mobilizing import shifts as shift_queries
from app.text import N_
from app.views.mobilizing.shifts import list_of, page_of_shift, place_form, place_of
from app.views.people.parts import part_of
from app.web.access import requires
from app.web.submit import ACTS, press, submit

bp = Blueprint("shift_places", __name__, url_prefix="/campaigns/<int:campaign_id>/brigades/<int:brigade_id>")

_DECISIONS: dict[str, tuple[Callable[[ShiftPlace], object], str]] = {
    "approve": (shift_places.approve, N_("Approved.")),
    "refuse": (shift_places.refuse, N_("Refused.")),
    "release": (shift_places.release, N_("Taken out of the shift.")),
    "attended": (lambda place: shift_places.record_presence(place, was_there=True), N_("Recorded.")),
    "missed": (lambda place: shift_places.record_presence(place, was_there=False), N_("Recorded.")),
}


@bp.post("/shifts/<int:shift_id>/places")
@requires(Permission.BRIGADE_EDIT)
def add(campaign_id: int, brigade_id: int, shift_id: int) -> ResponseReturnValue:
    """Offer a member a place in a shift, or give it to one who has agreed."""
    brigade, shift = _shift(campaign_id, brigade_id, shift_id)
    form = place_form(brigade, shift)
    if form is None:
        raise NotFound

    def write() -> ShiftPlace:
        member = part_of(brigade.members, form.member.data)
        if form.certain.data:
            return shift_places.take(shift, member, by_coordinator=True)
        return shift_places.offer(shift, member)

    return submit(
        form,
        ACTS,
        write=write,
        then=place_of(shift),
        otherwise=lambda: page_of_shift(brigade, shift, form),
        done=lambda place: (
            gettext("Offered. The answer comes through the personal link.")
            if place.is_offered
            else gettext("Recorded.")
        ),
    )


@bp.post(
    "/shifts/<int:shift_id>/places/<int:shift_place_id>/<any(approve, refuse, release, attended, missed):decision>"
)
@requires(Permission.BRIGADE_EDIT)
def decide(campaign_id: int, brigade_id: int, shift_id: int, shift_place_id: int, decision: str) -> ResponseReturnValue:
    """Approve or refuse what a member wants, take her out, or record whether she was there."""
    _brigade, shift = _shift(campaign_id, brigade_id, shift_id)
    place, (write, done) = part_of(shift.places, shift_place_id), _DECISIONS[decision]
    return press(lambda: write(place), then=place_of(shift), done=gettext(done), undo=place.member.person.full_name)


@bp.post("/swaps/<int:swap_id>/approve")
@requires(Permission.BRIGADE_EDIT)
def approve_swap(campaign_id: int, brigade_id: int, swap_id: int) -> ResponseReturnValue:
    """Approve a swap on which both members agree."""
    brigade, swap = _swap(campaign_id, brigade_id, swap_id)
    return press(
        lambda: shift_swaps.carry_out(swap),
        then=list_of(brigade),
        done=gettext("Approved."),
        undo=swap.place.member.person.full_name,
    )


@bp.post("/swaps/<int:swap_id>/refuse")
@requires(Permission.BRIGADE_EDIT)
def refuse_swap(campaign_id: int, brigade_id: int, swap_id: int) -> ResponseReturnValue:
    """Refuse a swap on which both members agree: everyone keeps their shift."""
    brigade, swap = _swap(campaign_id, brigade_id, swap_id)
    return press(
        lambda: shift_swaps.decline(swap),
        then=list_of(brigade),
        done=gettext("Refused."),
        undo=swap.place.member.person.full_name,
    )


def _shift(campaign_id: int, brigade_id: int, shift_id: int) -> tuple[Brigade, Shift]:
    brigade = brigade_queries.get(campaign_id, brigade_id)
    return brigade, shift_queries.get(brigade, shift_id)


def _swap(campaign_id: int, brigade_id: int, swap_id: int) -> tuple[Brigade, ShiftSwap]:
    brigade = brigade_queries.get(campaign_id, brigade_id)
    return brigade, part_of(shift_queries.open_swaps(brigade.id), swap_id)
