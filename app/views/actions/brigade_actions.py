"""Actions of brigades, for the members with an account: they take them, and hand them back."""

from flask import Blueprint, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import tokens
from app.domain.actions import handing_back, taking
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.brigades import BrigadeMember
from app.models.people.people import Person
from app.policy import Permission
from app.queries.accounts import accounts
from app.queries.actions import brigades
from app.queries.actions import follow_ups as follow_up_queries
from app.web.access import Access, may_on, requires
from app.web.current_user import reader
from app.web.submit import press

bp = Blueprint("brigade_actions", __name__, url_prefix="/brigade-actions/<int:follow_up_id>")


@bp.post("/take")
@requires(Access.SIGNED_IN)
def take(follow_up_id: int) -> ResponseReturnValue:
    """Take an action of a brigade in which the user takes part; she sees no more of its campaign than she may."""
    shown = brigades.one_shown_to(brigades.participations(reader()), follow_up_id)
    follow_up, member = shown or abort(404)
    return press(
        lambda: taking.take(follow_up, member, by=reader()),
        then=lambda _holder: place_of(follow_up),
        otherwise=url_for("today.index", _anchor="brigades"),
        done=_taken,
    )


@bp.post("/hand-back")
@requires(Permission.FOLLOW_UP_EDIT)
def hand_back(follow_up_id: int) -> ResponseReturnValue:
    """Return an action to the brigade from which the user has taken it."""
    follow_up = follow_up_queries.get(follow_up_id)
    if follow_up.assignee_id != reader().id or not follow_up.is_taken or not follow_up.is_open:
        abort(404)
    team = accounts.working_on(follow_up.congress_id, follow_up.campaign_id)
    return press(
        lambda: handing_back.return_to_giver(follow_up, team, by=reader()),
        then=url_for("follow_ups.show", follow_up_id=follow_up_id),
        done=gettext("Handed back."),
    )


def place_of(follow_up: FollowUp) -> str:
    """Return where the user finds an action that she may take or has taken: the page of all who may see it, or *Today*."""
    if may_on(Permission.FOLLOW_UP_VIEW, follow_up.congress_id, follow_up.campaign_id):
        return url_for("follow_ups.show", follow_up_id=follow_up.id)
    return url_for("today.index", _anchor="brigades")


def own_page(follow_up: FollowUp) -> str:
    """Return the personal link to an action of whoever has taken it without seeing the campaign."""
    token = tokens.sign_shared_action(str(current_app.config["SECRET_KEY"]), follow_up)
    return url_for("shared_actions.show", token=token)


def membership(follow_up: FollowUp) -> BrigadeMember | None:
    """Return the membership with which the user can take an action, if there is one."""
    if not follow_up.is_open or follow_up.assignee_brigade_id is None:
        return None
    mine = brigades.participations(reader())
    return next((one for one in mine if one.brigade_id == follow_up.assignee_brigade_id), None)


def _taken(holder: User | Person) -> str:
    if isinstance(holder, User):
        return str(gettext("It is yours now. If you cannot do it, hand it back to the brigade."))
    return str(gettext("It is yours now: open it below."))
