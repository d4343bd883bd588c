"""The order of actions: one is part of another, or begins when another is closed."""

from collections import defaultdict
from typing import NamedTuple

from app import clock
from app.dialects import lock_against_writes
from app.domain.accounts import audit
from app.domain.actions import escalations
from app.domain.actions.telling import tell_released
from app.domain_errors import DomainError
from app.extensions import db
from app.models.actions.follow_ups import FollowUp
from app.queries.actions import order
from app.text import N_


class Order(NamedTuple):
    """The action that an action is part of, and the one that it waits for."""

    parent: FollowUp | None
    after: FollowUp | None


def check_place(follow_up: FollowUp, parent: FollowUp | None, after: FollowUp | None) -> None:
    """Raise DomainError on `parent` or `after` if that action belongs to another congress or campaign."""
    for field, other in (("parent", parent), ("after", after)):
        if other is not None and _place(other) != _place(follow_up):
            raise DomainError(field, N_("Choose an action of the same congress or campaign."))


def check(follow_up: FollowUp, parent: FollowUp | None, after: FollowUp | None) -> None:
    """Raise DomainError on `parent` or `after` if an action cannot be part of the one and begin after the other.

    They must belong to the same place, and no action may have to be closed before itself.
    """
    check_place(follow_up, parent, after)
    if parent is not None and _goes_before(parent, follow_up, follow_up):
        raise DomainError("parent", N_("That action is part of this one, or waits until this one is done."))
    if after is not None and _goes_before(follow_up, after, follow_up):
        raise DomainError("after", N_("That action waits until this one is done, or this one is part of it."))
    if parent is not None and after is not None and _goes_before(parent, after, follow_up):
        raise DomainError("after", N_("That action waits for the one that this one is to be part of."))


def change(follow_up: FollowUp, among: Order) -> None:
    """Make an action part of another one, and let it wait for another one, or for none.

    Raises DomainError as `check` does. Of two transactions that would together make a circle, the second waits for the
    first, and then sees what it did.
    """
    if among == (follow_up.parent, follow_up.after):  # what is hidden from the session stays
        return
    db.session.flush()
    lock_against_writes(db.session, FollowUp.__tablename__)
    check(follow_up, *among)
    waited = follow_up.waits
    follow_up.parent, follow_up.after = among
    db.session.flush()
    if waited and not follow_up.waits:
        follow_up.waited_until = clock.now()
        tell_released([follow_up], audit.actor_id())


def release(first: FollowUp) -> None:
    """Tell the assignees of the actions that have waited for one that is closed now; their escalations count from now."""
    released = defaultdict(list)
    for follow_up in order.waiting_for(first.id):
        released[follow_up.held].append(follow_up)
    for together in released.values():
        tell_released(together, audit.actor_id())
    escalations.release(first.id)


def _place(follow_up: FollowUp) -> tuple[int | None, int | None]:
    return follow_up.congress_id, follow_up.campaign_id


def _goes_before(first: FollowUp, second: FollowUp, moved: FollowUp) -> bool:
    return order.goes_before(first.id, second.id, moved_id=moved.id)
