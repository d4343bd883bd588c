"""The calendars of people without an account, under secret addresses that open nothing else: shifts, and one action.

They name no page, because the personal page acts for whoever has its address. They end with the personal link that
shows their address, or when that address is replaced.
"""

from datetime import timedelta

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock, tokens
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import HELD
from app.queries.mobilizing import shifts
from app.views.actions import shared_actions
from app.views.mobilizing import my_shifts
from app.web.calendars import followed
from app.web.cookieless import LinkOver, SignedLink
from app.wording.events import shift_event
from app.wording.todos import todo

bp = Blueprint("personal_calendars", __name__)

_PAST_FOR = timedelta(days=90)


def _member(token: str) -> BrigadeMember:
    named = tokens.read_shifts_calendar(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    member = my_shifts.member_of(named[0])
    if member.calendar_number != named[1]:
        raise LinkOver(my_shifts.languages(member))
    return member


def _follow_up(token: str) -> FollowUp:
    named = tokens.read_action_calendar(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    follow_up = shared_actions.action_of(*named[:2])
    if follow_up.calendar_number != named[2]:
        raise LinkOver(shared_actions.languages(follow_up))
    return follow_up


_OF_MEMBER = SignedLink(
    "calendar of shifts",
    read=_member,
    languages=my_shifts.languages,
    home="personal_calendars.my_shifts_feed",
    over="mobilizing/my_shifts/calendar_over.html",
    over_status=410,
)
_OF_ACTION = SignedLink(
    "calendar of an action",
    read=_follow_up,
    languages=shared_actions.languages,
    home="personal_calendars.action_feed",
    over="mobilizing/my_shifts/calendar_over.html",
    over_status=410,
)


@bp.get("/calendar/<token>/my-shifts.ics")
@_OF_MEMBER.opens
def my_shifts_feed(member: BrigadeMember) -> ResponseReturnValue:
    """Return the shifts in which a member has a place, each in its zone."""
    since = clock.now() - _PAST_FOR
    places = (one for one in shifts.places_of(member, *HELD) if one.shift.ends_at >= since)
    return followed([shift_event(one, stamp=one.changed_at) for one in places], gettext("My shifts"))


@bp.get("/calendar/<token>/my-action.ics")
@_OF_ACTION.opens
def action_feed(follow_up: FollowUp) -> ResponseReturnValue:
    """Return the action of a link, due in the zone of its congress or campaign."""
    entry = todo(follow_up, "", shared_actions.zone_of(follow_up), stamp=follow_up.assigned_at)
    return followed([entry], follow_up.title)
