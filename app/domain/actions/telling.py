"""Who has an action, and the emails that tell them at once: what was assigned to them, and what they can begin now."""

from collections.abc import Sequence

from app import clock
from app.domain.accounts import audit
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import Delivery
from app.models.mobilizing.brigades import Brigade
from app.models.people.people import Person
from app.models.scoping import in_every_scope
from app.queries.actions import brigades

Assignee = User | Person | Brigade
"""Who can have an action: an account, a person without one, or a brigade, whose members take it."""

_RELEASED = "released:"
"""How the occasion of an email begins that tells what can be begun now."""


def held_by(holder: Assignee | None, taken_from: Brigade | None = None) -> dict[str, int | None]:
    """Return the columns of a follow-up that name its new holder; none if it keeps the one that it has.

    They are columns because the relationships do not tell who has it, if that person is out of scope.
    """
    if holder is None:
        return {}
    return {
        "assignee_id": holder.id if isinstance(holder, User) else None,
        "assignee_person_id": holder.id if isinstance(holder, Person) else None,
        "assignee_brigade_id": holder.id if isinstance(holder, Brigade) else None,
        "from_brigade_id": taken_from.id if taken_from else None,
    }


def told_of(holder: Assignee | None, campaign_id: int | None) -> audit.Facts:
    """Return what the history of an action tells about its holder.

    Everyone who reads it sees the accounts, and the brigades of the campaign that the action belongs to.
    """
    is_named = isinstance(holder, User) or (isinstance(holder, Brigade) and holder.campaign_id == campaign_id)
    return {
        "assignee": holder.name if is_named else None,  # type: ignore[union-attr]  # people are never named
        "without_account": isinstance(holder, Person),
        "with_brigade": isinstance(holder, Brigade),
    }


def tell_assignee(follow_ups: Sequence[FollowUp], by: User | None) -> None:
    """Queue an email about actions that were assigned together, unless the assignee assigned them.

    Of a brigade, the coordinators are told.
    """
    first = follow_ups[0]
    _tell(follow_ups, by.id if by else None, f"assigned:{first.id}:{first.assigned_at:%Y-%m-%dT%H:%M:%S}")


def tell_released(follow_ups: Sequence[FollowUp], by_id: int | None) -> None:
    """Queue an email about actions of one assignee that no longer wait, unless the assignee has released them."""
    _tell(follow_ups, by_id, f"{_RELEASED}{follow_ups[0].id}:{clock.now():%Y-%m-%dT%H:%M:%S}")


def is_release(delivery: Delivery) -> bool:
    """Whether an email about actions tells that they can be begun now."""
    return delivery.occasion.startswith(_RELEASED)


def _tell(follow_ups: Sequence[FollowUp], by_id: int | None, occasion: str) -> None:
    brigade_id = follow_ups[0].assignee_brigade_id
    if brigade_id is not None:
        for one in brigades.coordinators([brigade_id])[brigade_id]:
            if one.user is None or one.user.id != by_id:
                deliveries.queue_assignment(follow_ups, one.who, occasion=occasion, member=one.member)
        return
    holder = _holder(follow_ups[0])
    if holder is not None and (by_id is None or follow_ups[0].assignee_id != by_id):
        deliveries.queue_assignment(follow_ups, holder, occasion=occasion)


def _holder(follow_up: FollowUp) -> User | Person | None:
    """Return who has an action, whom the session may not see."""
    if follow_up.assignee_person_id is None:
        return follow_up.assignee
    with in_every_scope():
        return db.session.get(Person, follow_up.assignee_person_id)
