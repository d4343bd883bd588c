"""Letters a week before a role ends, to its holder and to whoever granted it, so that nobody is surprised."""

from datetime import timedelta

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import Grant, User
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.queries.accounts import accounts

TOLD_BEFORE = timedelta(days=7)


def tell() -> None:
    """Queue the letters about roles that end soon. Each end is told once; one that is moved is told again."""
    for given in accounts.grants_ending_within(TOLD_BEFORE):
        if given.ends_at is None or given.ends_at - given.granted_at <= TOLD_BEFORE:
            continue  # a role that was granted for some days only is no surprise
        granter = db.session.get(User, given.granted_by_id) if given.granted_by_id else None
        occasion = f"grant:{given.id}:{given.ends_at:%Y-%m-%dT%H:%M}"
        for user in {one.id: one for one in (given.user, granter) if one is not None and one.is_active}.values():
            deliveries.queue(DeliveryKind.ROLE_ENDS, user=user, occasion=occasion, due_at=clock.now())


def of(delivery: Delivery) -> Grant | None:
    """Return the role that a letter is about, if it still ends when the letter says."""
    _, number, end = delivery.occasion.split(":", 2)
    given = db.session.get(Grant, int(number))
    is_so = (
        given is not None and given.stands and given.ends_at is not None and f"{given.ends_at:%Y-%m-%dT%H:%M}" == end
    )
    return given if is_so else None
