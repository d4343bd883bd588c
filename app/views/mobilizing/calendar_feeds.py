"""The calendars that an account follows under secret addresses, without cookies: its actions, and our mobilizations.

They contain what the account may see when they are requested. The addresses are shown in the account.
"""

from datetime import timedelta

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.mobilizations import Mobilization
from app.models.scoping import enter_scope
from app.policy import Permission, giving
from app.queries.accounts import accounts
from app.queries.actions import calendars
from app.queries.mobilizing import mobilizations
from app.web.calendars import followed
from app.web.cookieless import LinkOver, SignedLink
from app.wording.events import event
from app.wording.todos import todo

bp = Blueprint("calendar_feeds", __name__)

_DONE_FOR, _PAST_FOR = timedelta(days=30), timedelta(days=90)
_MOST = 1000
"""The number of mobilizations in a calendar."""


def _owner(key: str) -> User:
    user = accounts.by_calendar_key(key)
    if user is None:
        raise LinkOver
    return user


LINK = SignedLink(
    "calendar",
    read=_owner,
    languages=lambda user: [user.locale],
    home="calendar_feeds.actions",
    over="accounts/accounts/calendar_over.html",
    over_status=410,
)


@bp.get("/calendar/<token>/actions.ics")
@LINK.opens
def actions(user: User) -> ResponseReturnValue:
    """Return the actions of the account, due in its zone."""
    _see(user, Permission.FOLLOW_UP_VIEW)
    found = calendars.actions_of(user, clock.now() - _DONE_FOR)
    todos = (todo(one, _page(one), user.timezone, stamp=one.assigned_at) for one in found)
    return followed(todos, gettext("My actions"))


@bp.get("/calendar/<token>/mobilizations.ics")
@LINK.opens
def our_mobilizations(user: User) -> ResponseReturnValue:
    """Return the mobilizations of the account's campaigns, each in the zone of its place."""
    _see(user, Permission.MOBILIZATION_VIEW)
    found = mobilizations.in_scope(clock.now() - _PAST_FOR, _MOST)
    events = (event(one, _page(one), stamp=one.created_at) for one in found)
    return followed(events, gettext("Our mobilizations"))


def _page(row: FollowUp | Mobilization) -> str:
    """Return the address of a row for those who sign in."""
    if isinstance(row, FollowUp):
        return url_for("follow_ups.show", follow_up_id=row.id, _external=True)
    return url_for("mobilizations.show", campaign_id=row.campaign_id, mobilization_id=row.id, _external=True)


def _see(user: User, permission: Permission) -> None:
    enter_scope(accounts.scope(giving(accounts.held(user), permission)))
