"""A member's own shifts, without an account: taken, given back, swapped, and whether she was there."""

from collections.abc import Callable, Sequence

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from app import clock, tokens
from app.domain.actions import taking
from app.domain.mobilizing import brigade_members, next_asks, shift_places, shift_swaps
from app.forms.base import Button, Form
from app.forms.mobilizing.swaps import SwapForm
from app.models.accounts.accounts import User
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import HELD, SWAPPABLE, PlaceStatus, Shift, ShiftPlace, ShiftSwap
from app.models.people.people import Person
from app.models.scoping import Scope, enter_scope
from app.queries.actions import brigades as actions
from app.queries.campaigns import campaigns
from app.queries.mobilizing import brigades as brigade_queries
from app.queries.mobilizing import shifts
from app.text import N_
from app.views.actions.brigade_actions import own_page
from app.views.people.parts import part_of
from app.web.cookieless import LinkOver, SignedLink
from app.web.submit import ACTS, submit
from app.wording.brigades import shift_name

bp = Blueprint("my_shifts", __name__, url_prefix="/shifts/<token>")

_ANSWERS: dict[str, tuple[Callable[[ShiftPlace], object], str]] = {
    "accept": (lambda place: shift_places.take(place.shift, place.member), N_("The shift is yours. Thank you!")),
    "give-back": (shift_places.give_back, ""),
    "there": (lambda place: shift_places.record_presence(place, was_there=True, by_member=True), N_("Thank you!")),
}


def _member(token: str) -> BrigadeMember:
    """Return the member of a link; a renewed link replaces the previous one.

    It ends when the member leaves, and 30 days after the campaign.
    """
    named = tokens.read_brigade_member(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    return member_of(named)


def member_of(named: tokens.BrigadeLink) -> BrigadeMember:
    """Return the member whom a link names, and narrow the scope to the campaign; raise LinkOver if it has ended."""
    enter_scope(Scope(campaign_ids=frozenset({named.campaign_id})))
    member = brigade_queries.get_member(named.member_id)
    if member.link_number != named.number or member.has_left:
        raise LinkOver(languages(member))
    if campaigns.is_long_over(member.brigade.campaign):
        raise LinkOver(languages(member), is_past=True)
    return member


def languages(member: BrigadeMember) -> Sequence[str]:
    """Return a member's languages, most preferred first."""
    return [one for one in (member.person.preferred_language, *member.brigade.languages) if one]


LINK = SignedLink(
    "brigade member", read=_member, languages=languages, home="my_shifts.show", over="mobilizing/my_shifts/over.html"
)


@bp.get("")
@LINK.opens
def show(member: BrigadeMember) -> ResponseReturnValue:
    """Show a member her shifts, and those that she can take."""
    return _page(member, Button())


@bp.post("/join")
@LINK.opens
def join(member: BrigadeMember) -> ResponseReturnValue:
    """Confirm that a person takes part in the brigade."""
    return _done(member, lambda: brigade_members.confirm(member), gettext("You take part. Thank you!"))


@bp.post("/decline")
@LINK.opens
def decline(member: BrigadeMember) -> ResponseReturnValue:
    """Record that a person who was asked does not take part."""
    button = Button()
    return submit(
        button,
        ACTS,
        write=lambda: brigade_members.decline(member),
        then=url_for("my_shifts.show"),
        otherwise=lambda: _page(member, button),
    )


@bp.post("/asks/<any(stop, allow):wish>")
@LINK.opens
def asks(member: BrigadeMember, wish: str) -> ResponseReturnValue:
    """Record whether a member wants to be asked after each shift."""
    done = gettext("You will not be asked again.") if wish == "stop" else gettext("You will be asked after shifts.")
    return _done(member, lambda: brigade_members.set_asks(member, wanted=wish == "allow"), done)


@bp.post("/calendar")
@LINK.opens
def renew_calendar(member: BrigadeMember) -> ResponseReturnValue:
    """Replace the address of a member's calendar."""
    done = gettext("This is the address of your calendar. Earlier ones no longer work.")
    return _done(member, lambda: brigade_members.renew_calendar(member), done)


@bp.post("/take/<int:shift_id>")
@LINK.opens
def take(member: BrigadeMember, shift_id: int) -> ResponseReturnValue:
    """Take a shift."""
    shift = shifts.get(member.brigade, shift_id)

    def done(place: ShiftPlace) -> str:
        if place.waits:
            return str(gettext("A coordinator will approve it."))
        return str(gettext("The shift is yours. Thank you!"))

    return _done(member, lambda: shift_places.take(shift, member), done)


@bp.post("/actions/<int:follow_up_id>/take")
@LINK.opens
def take_action(member: BrigadeMember, follow_up_id: int) -> ResponseReturnValue:
    """Take an action of the brigade; its own page is a link of its own."""
    shown = actions.one_shown_to([member], follow_up_id)
    if shown is None:
        raise NotFound

    def done(holder: User | Person) -> str:
        if isinstance(holder, User):
            return str(gettext("It is yours now. You find it under “Today” when you sign in."))
        return str(gettext("It is yours now: open it below."))

    return _done(member, lambda: taking.take(shown[0], member), done)


@bp.post("/refuse/<int:shift_id>")
@LINK.opens
def refuse(member: BrigadeMember, shift_id: int) -> ResponseReturnValue:
    """Record that a member does not come to the shift for which she was asked."""
    shift = shifts.get(member.brigade, shift_id)
    return _done(member, lambda: shift_places.say_no(shift, member), gettext("All right. Maybe next time."))


@bp.post("/places/<int:shift_place_id>/<any(accept, 'give-back', there):answer>")
@LINK.opens
def answer(member: BrigadeMember, shift_place_id: int, answer: str) -> ResponseReturnValue:
    """Take what was offered, give a shift back, or say that she was there."""
    place = part_of(shifts.places_of(member), shift_place_id)
    write, sentence = _ANSWERS[answer]
    late = answer == "give-back" and place.is_held and shift_places.is_late(place)
    done = gettext("A coordinator will decide, because the shift is soon.") if late else gettext("Given back.")
    return _done(member, lambda: write(place), gettext(sentence) if sentence else done)


@bp.route("/places/<int:shift_place_id>/swap", methods=["GET", "POST"])
@LINK.opens
def swap(member: BrigadeMember, shift_place_id: int) -> ResponseReturnValue:
    """Propose to another member to change places."""
    place = part_of(shifts.places_of(member, *SWAPPABLE), shift_place_id)
    others = [one for one in shifts.swappable(member.brigade_id) if shift_swaps.is_possible(place, one)]
    form = SwapForm()
    form.other_place.offer([("", gettext("– choose –")), *((one.id, _described(one)) for one in others)])
    return submit(
        form,
        ACTS,
        write=lambda: shift_swaps.propose(place, part_of(others, form.other_place.data)),
        then=url_for("my_shifts.show"),
        otherwise=lambda: render_template(
            "mobilizing/my_shifts/swap.html", form=form, member=member, place=place, others=others
        ),
        done=gettext("Proposed. Ask the other person to answer on their own page."),
    )


@bp.post("/swaps/<int:swap_id>/<any(agree, decline):wish>")
@LINK.opens
def decide(member: BrigadeMember, swap_id: int, wish: str) -> ResponseReturnValue:
    """Agree to a swap that another member proposed, decline it, or take one's own proposal back."""
    proposed: ShiftSwap = part_of(shifts.open_swaps(member.brigade_id, member), swap_id)
    if wish == "agree" and proposed.other_place.member_id != member.id:
        raise NotFound
    if wish == "decline":
        return _done(member, lambda: shift_swaps.decline(proposed), gettext("Both keep their shifts."))

    def done(_saved: object) -> str:
        if proposed.waits:
            return str(gettext("A coordinator will approve the swap."))
        return str(gettext("Swapped."))

    return _done(member, lambda: shift_swaps.agree(proposed), done)


def _described(place: ShiftPlace) -> str:
    return f"{place.member.person.given_name}: {shift_name(place.shift)}"


def _done(member: BrigadeMember, write: Callable[[], object], done: str | Callable[..., str]) -> ResponseReturnValue:
    """Record what a member does with one press, or show the page again with the error."""
    button = Button()
    return submit(
        button,
        ACTS,
        write=write,
        then=url_for("my_shifts.show"),
        otherwise=lambda: _page(member, button),
        done=done,
    )


def _page(member: BrigadeMember, form: Form) -> str:
    now, places = clock.now(), shifts.places_of(member)
    held = [place for place in places if place.status in HELD]
    had = {place.shift_id for place in places if place.status is not PlaceStatus.GIVEN_BACK}
    return render_template(
        "mobilizing/my_shifts/show.html",
        form=form,
        member=member,
        brigade=member.brigade,
        coming=[place for place in held if place.shift.ends_at > now],
        past=[place for place in reversed(held) if place.shift.ends_at <= now][:5],
        offered=[place for place in places if place.is_offered and not place.shift.has_begun(now)],
        open_shifts=[one for one in shifts.coming(member.brigade_id) if one.id not in had and _is_open(one, member)],
        actions=actions.shown_to([member], 1).rows if member.is_confirmed else (),
        own_page=own_page,
        swaps=shifts.open_swaps(member.brigade_id, member),
        question=next(filter(None, map(next_asks.open_question, reversed(held))), None),
        is_late=shift_places.is_late,
        has_begun=lambda shift: shift.has_begun(now),
        SWAPPABLE=SWAPPABLE,
        calendar=url_for(
            "personal_calendars.my_shifts_feed",
            token=tokens.sign_shifts_calendar(current_app.config["SECRET_KEY"], member),
            _external=True,
        ),
    )


def _is_open(shift: Shift, member: BrigadeMember) -> bool:
    return bool(shift.free) and member.is_confirmed and shift_places.may_take(shift, member)
